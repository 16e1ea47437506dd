"""What differs between two releases: each figure and each word, and nothing that is the same."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from loti_dash import build, catalogue, config, difference_texts, differences, notices
from loti_dash.notices import Notice
from loti_dash.store import Store

BEFORE = """
    series                   | period  | area      | group         | value | status
    homelessness_duties_owed | 2025-Q3 | E09000012 | white_british |    40 | ok
    homelessness_duties_owed | 2025-Q3 | E09000012 | white_irish   |    10 | ok
    homelessness_duties_owed | 2025-Q3 | E09000012 | asian_indian  |     7 | ok
    census_2021_households   | 2021    | E09000012 | white_british |  4000 | ok
"""
AFTER = """
    series                   | period  | area      | group         | value | status
    homelessness_duties_owed | 2025-Q3 | E09000012 | white_british |    40 | ok
    homelessness_duties_owed | 2025-Q3 | E09000012 | white_irish   |     - | suppressed
    homelessness_duties_owed | 2025-Q3 | E09000012 | black_african |   3.5 | provisional
    census_2021_households   | 2021    | E09000012 | white_british |  4000 | ok
"""
CATALOGUE = catalogue.read(config.CATALOGUE)


@pytest.fixture
def two(make_store):
    return make_store(BEFORE), make_store(AFTER)


def test_each_figure_that_differs_has_a_row_with_both_values(two):
    found = differences.figures(*two).set_index("group_code")

    # Sums over groups are figures too.
    assert found["what"].to_dict() == {
        "asian": "removed",
        "asian_indian": "removed",
        "black": "added",
        "black_african": "added",
        "white": "changed",
        "white_irish": "changed",
    }
    row = found.loc["white_irish"]
    assert (row["old"], row["old_status"], row["new_status"]) == (10, "ok", "suppressed")
    assert pd.isna(row["new"])
    assert (found.loc["white", "old"], found.loc["white", "new_status"]) == (50, "suppressed")
    assert (found.loc["asian", "old"], found.loc["asian", "new_status"]) == (7, "")
    assert (found.loc["black", "old_status"], found.loc["black", "new"]) == ("", 3.5)
    assert set(found["series_id"]) == {"homelessness_duties_owed"}
    assert set(found["period"]) == {"2025-Q3"}
    assert set(found["area"]) == {"Hackney"}
    assert found.loc["asian_indian", "group"] == "Indian"


def test_a_release_does_not_differ_from_itself(two):
    assert differences.figures(two[0], two[0]).empty
    assert differences.caveats(two[0], two[0]).empty
    assert list(differences.figures(two[0], two[0])) == differences.FIGURES


def test_backwards_what_was_added_is_removed(two):
    there = differences.figures(*two)
    back = differences.figures(*two[::-1])

    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    assert back["what"].to_list() == there["what"].map(turned).to_list()
    assert back["new"].fillna(-1).to_list() == there["old"].fillna(-1).to_list()


def test_a_withdrawn_series_is_in_no_difference(two, tmp_path):
    series = "homelessness_duties_owed"
    for folder in ("releases0", "releases1"):
        notice = Notice("withdrawn_series", date(2026, 1, 5), series, "Duties", "it was wrong")
        notices.add(tmp_path / folder, notice)

    assert differences.figures(*two).empty


def described(**changed):
    """Return what has the project's catalogue, with some of its tables replaced."""
    return SimpleNamespace(catalogue=replace(CATALOGUE, **changed))


def test_words_that_differ_are_found_and_reviews_are_not_words():
    [(first, caution), (second, other)] = sorted(CATALOGUE.caveats.items())[:2]
    cautions = {
        first: replace(caution, text="Quite other words."),
        second: replace(other, severity=other.severity % 3 + 1),
    }
    duties = CATALOGUE.indicators["homelessness_duty_owed"]
    denominator = replace(duties.denominator, label="dwellings")
    reworded = replace(duties, denominator=denominator, reviewed=date(2020, 1, 1), per=100)
    statement = CATALOGUE.statements["free_school_meals"]
    power = replace(statement.power, severity=statement.power.severity % 3 + 1)
    [group] = [
        each
        for each in CATALOGUE.groups
        if (each.classification, each.code) == ("census_2021_19", "asian_bangladeshi")
    ]
    groups = [
        replace(each, note="A note.") if each == group else each for each in CATALOGUE.groups
    ]

    found = differences.caveats(
        described(),
        described(
            caveats={**CATALOGUE.caveats, **cautions},
            indicators={**CATALOGUE.indicators, duties.id: reworded},
            statements={**CATALOGUE.statements, statement.id: replace(statement, power=power)},
            groups=tuple(groups),
        ),
    )

    rows = {
        (row.about, row.part, row.what): (row.old, row.new)
        for row in found.itertuples(index=False)
    }
    households = "{} (series census_2021_households, period 2021)"
    assert rows == {
        ("caution", "text", "reworded"): (caution.text, "Quite other words."),
        ("caution", "severity", "severity changed"): (
            str(other.severity),
            str(other.severity % 3 + 1),
        ),
        ("factor", "severity", "severity changed"): (
            str(statement.power.severity),
            str(power.severity),
        ),
        ("indicator", "denominator", "reworded"): (
            households.format("households"),
            households.format("dwellings"),
        ),
        ("indicator", "per", "reworded"): ("1000", "100"),
        ("group", "note", "reworded"): ("", "A note."),
    }


def test_definitions_that_come_and_go_are_one_row_each():
    [(id_, caution), *rest] = sorted(CATALOGUE.caveats.items())
    both = described(), described(caveats=dict(rest))

    [gone] = differences.caveats(*both).itertuples(index=False)
    [come] = differences.caveats(*both[::-1]).itertuples(index=False)

    assert gone.subject == come.subject == id_.replace("_", " ").capitalize()
    assert (gone.part, gone.what, gone.old, gone.new) == ("", "removed", caution.text, "")
    assert (come.part, come.what, come.old, come.new) == ("", "added", "", caution.text)
    table = difference_texts.by_words(differences.caveats(*both))
    assert table.to_dict("records") == [
        {"What": "removed", "Before": caution.text, "After": "none"}
    ]


def test_sentences_count_what_differs_and_say_so_where_nothing_does(two):
    figures, caveats = differences.figures(*two), differences.caveats(*two)
    title = CATALOGUE.series["homelessness_duties_owed"].title

    assert difference_texts.sentences(figures, caveats) == [
        f"{title}: 2 figures added, 2 figures removed, 2 figures changed.",
        "Cautions, definitions and lists of groups are the same in both.",
    ]
    assert difference_texts.sentences(figures.head(0), caveats) == [
        "Every published figure is the same in both.",
        "Cautions, definitions and lists of groups are the same in both.",
    ]


def test_the_table_has_signs_where_there_is_no_value(two):
    table = difference_texts.by_figure(differences.figures(*two))

    cells = table.set_index("Ethnicity")[["Before", "After"]].apply(tuple, axis=1).to_dict()
    assert cells == {
        "Asian": ("7", "no row"),
        "Indian": ("7", "no row"),
        "Black": ("no row", "3.5 [p]"),
        "Black African": ("no row", "3.5 [p]"),
        "White": ("50", "[c]"),
        "White Irish": ("10", "[c]"),
    }


def test_two_builds_of_the_same_figures_do_not_differ(data, tmp_path):
    file = data / "observations" / "homelessness_duties_owed.csv"
    line = "homelessness_duties_owed,2025-Q3,E09000012,{},0.1,ok\n"
    head = "series_id,period_id,area_code,group_code,value,status\n"
    stores = []
    for name, groups in (
        ("a", ["black_african", "asian_indian"]),
        ("b", ["asian_indian", "black_african"]),
    ):
        file.write_text(head + "".join(map(line.format, groups)))
        stores.append(Store(build.build(data, tmp_path / name, say=lambda _: None)))

    assert differences.figures(*stores).empty
