"""Breaks in series: read strictly, each with a reason, and known to old releases as none."""

import json

import pytest
from copy_lint import offences

from loti_dash import catalogue, config
from loti_dash.errors import CatalogueError

DEFINITIONS = catalogue.read(config.CATALOGUE)


def breaks_of(id_):
    return [each.id for each, _ in DEFINITIONS.breaks_of(DEFINITIONS.indicators[id_])]


def test_what_sources_say_cannot_be_compared_is_a_break():
    assert breaks_of("homelessness_duty_owed") == ["2020-Q3", "2021-Q3"]
    assert breaks_of("key_stage_4_english_and_maths") == ["2019-20", "2020-21", "2021-22"]
    assert breaks_of("free_school_meals") == ["2017-18"], "both its series break: once"
    assert breaks_of("looked_after_children") == []


def test_a_break_of_a_population_of_one_day_is_none_of_the_indicator(data):
    _append(data, "census_2021_households,2021,Counted in a new way.")

    read = catalogue.read(data / "catalogue")

    found = read.breaks_of(read.indicators["homelessness_duty_owed"])
    assert [each.id for each, _ in found] == ["2020-Q3", "2021-Q3"]


def test_reasons_obey_the_rules_on_words_and_are_sentences():
    for each in DEFINITIONS.breaks:
        assert not offences(each.reason)
        assert each.reason.endswith(".")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("no_such_series,2021,New.", "no_such_series"),
        ("pupils,2021-13,New.", "2021-13"),
        ("pupils,2020-21,", "there must be a reason"),
    ],
)
def test_a_mistake_is_an_error_that_names_the_file(data, row, says):
    _append(data, row)

    with pytest.raises(CatalogueError, match=r"breaks\.csv") as error:
        catalogue.read(data / "catalogue")
    assert says in str(error.value)


def test_a_release_keeps_its_breaks_and_one_from_before_there_were_any_has_none():
    written = catalogue.to_json(DEFINITIONS)
    old = json.dumps({k: v for k, v in json.loads(written).items() if k != "breaks"})

    assert catalogue.from_json(written).breaks == DEFINITIONS.breaks
    assert catalogue.from_json(old).breaks == ()


def _append(data, row):
    with (data / "catalogue" / "breaks.csv").open("a", encoding="utf-8") as file:
        file.write(row + "\n")
