"""How complete figures are: shares of what was counted, by area, period and reason."""

from math import isnan, nan

import pandas as pd
import pytest
from copy_lint import offences

from loti_dash import analysis, coverage, coverage_texts
from loti_dash.caveat_rules import COMPLETENESS_FLOOR

HACKNEY, CITY, WESTMINSTER = "E09000012", "E09000001", "E09000033"
SEARCHES = """
    series                   | period  | area      | group              | value | status
    searches_self_defined    | 2018-04 | E09000012 | white_british      |    30 | ok
    searches_self_defined    | 2018-04 | E09000012 | black_african      |    30 | ok
    searches_self_defined    | 2018-04 | E09000012 | unknown_not_stated |    30 | ok
    searches_self_defined    | 2018-04 | E09000012 | unknown_blank      |    10 | ok
    searches_self_defined    | 2018-05 | E09000012 | white_british      |    90 | ok
    searches_self_defined    | 2018-05 | E09000012 | unknown_not_stated |    10 | ok
    searches_self_defined    | 2018-04 | E09000002 | white_british      |     - | suppressed
    searches_self_defined    | 2018-04 | E09000002 | unknown_not_stated |     5 | ok
    searches_to_arrest       | 2018-04 | E09000012 | white_british      |     9 | ok
    searches_to_arrest       | 2018-04 | E09000012 | unknown_not_stated |     1 | ok
    census_2021_residents    | 2021    | E09000012 | white_british      |   900 | ok
    census_2021_residents    | 2021    | E09000002 | white_british      |   900 | ok
"""
CHILDREN = """
    series                       | period     | area      | group   | value | status
    looked_after_children        | 2025-03-31 | E09000001 | white   |     3 | ok
    looked_after_children        | 2025-03-31 | E09000001 | unknown |     2 | ok
    looked_after_children        | 2025-03-31 | E09000033 | white   |    12 | ok
    looked_after_children        | 2025-03-31 | E09000033 | unknown |     3 | ok
    census_2021_residents_0_17   | 2021       | E09000033 | white   |  9000 | ok
"""


def complete(table):
    """Return a drawn table with a 0 for every group that it leaves out, as the police publish."""
    cells = [[each.strip() for each in line.split("|")] for line in table.split("\n")[2:-1]]
    groups = (
        "asian_bangladeshi asian_chinese asian_indian asian_pakistani asian_other black_african "
        "black_caribbean black_other mixed_white_asian mixed_white_black_african "
        "mixed_white_black_caribbean mixed_other white_british white_irish "
        "white_other_incl_traveller_roma other_incl_arab"
    ).split()
    there = {tuple(row[:4]) for row in cells}
    more = {
        (*row[:3], group)
        for row in cells
        if row[0].startswith("searches")
        for group in groups
        if (*row[:3], group) not in there
    }
    return table + "".join(f"    {' | '.join(key)} | 0 | ok\n" for key in sorted(more))


@pytest.fixture
def searches(make_store):
    return make_store(complete(SEARCHES))


def of(store, indicator_id, period, area):
    indicator = store.catalogue.indicators[indicator_id]
    rows = coverage.completeness(store, indicator, "5")
    return coverage.of_view(store, indicator, rows, period, area)


def test_a_share_is_of_all_counted_and_parts_of_it_have_their_reasons(searches):
    found = of(searches, "stop_and_search", "2018-04", HACKNEY)

    assert found.here["share"] == pytest.approx(40 / 100)
    assert found.states["state"].to_list() == ["Not stated", "Not recorded"]
    assert found.states["value"].to_list() == [30, 10]
    assert found.states["share"].to_list() == pytest.approx([0.3, 0.1])
    assert isnan(found.here["set_share"]), "residents are no set: the Census has no unknown"


def test_it_is_the_share_of_the_comparison_table(release):
    for id_ in ("stop_and_search", "homelessness_duty_owed", "looked_after_children"):
        rows = coverage.completeness(release, release.catalogue.indicators[id_], "5")
        period = sorted(rows["period"])[-1]
        table = analysis.compare(release, id_, period).drop_duplicates("area_code")
        there = rows[rows["period"] == period].set_index("area_code")["share"]
        expected = table.set_index("area_code")["unknown_share"]
        assert there[expected.index].to_list() == pytest.approx(expected.to_list(), nan_ok=True)


def test_every_area_and_every_period_is_there_the_oldest_first(searches):
    found = of(searches, "stop_and_search", "2018-04", HACKNEY)

    assert found.by_area["area_code"].to_list() == ["E09000002", HACKNEY]
    assert found.over_time["period"].to_list() == ["2018-04", "2018-05"]
    assert found.over_time["share"].to_list() == pytest.approx([0.4, 0.1])


def test_spans_come_after_what_they_are_made_of(release):
    found = of(release, "stop_and_search", "2018-04--2019-02", HACKNEY)

    periods = found.over_time["period"].to_list()
    assert periods[-1] == "2018-04--2019-02"
    assert periods[:-1] == sorted(periods[:-1])


def test_a_share_of_a_sum_with_a_hidden_part_is_missing_and_says_why(searches):
    by_area = of(searches, "stop_and_search", "2018-04", HACKNEY).by_area.set_index("area_code")

    assert isnan(by_area.loc["E09000002", "share"])
    assert by_area.loc["E09000002", "status"] == "suppressed"
    assert of(searches, "stop_and_search", "2018-04", "E09000002") is None


def test_a_stage_has_the_share_of_its_set_too_and_the_greater_decides(searches):
    found = of(searches, "search_to_arrest", "2018-04", HACKNEY)

    assert found.here["share"] == pytest.approx(0.1)
    assert found.here["set_share"] == pytest.approx(0.4)
    assert coverage.deciding(found.by_area).to_list() == pytest.approx([0.4])
    assert found.states["set_value"].to_list() == [30, 10]
    assert found.states["value"].to_list()[0] == 1


def test_areas_published_together_are_added(make_store):
    store = make_store(
        CHILDREN
        + "".join(
            f"    looked_after_children | 2025-03-31 | {area} | {group} | 0 | ok\n"
            for area in (CITY, WESTMINSTER)
            for group in ("asian", "black", "mixed", "other")
        )
    )
    found = of(store, "looked_after_children", "2025-03-31", WESTMINSTER)

    assert found.here["area"] == "Westminster with City of London"
    assert found.here["share"] == pytest.approx(5 / 20)
    assert found.states["value"].to_list() == [5]
    assert found.states["state"].to_list() == ["Not known"], "the source gives no reason"


def test_the_sentence_says_what_is_known_and_what_could_be(searches):
    indicator = searches.catalogue.indicators["stop_and_search"]
    found = of(searches, "stop_and_search", "2018-04", HACKNEY)
    group = pd.Series(
        {
            "group_code": "black",
            "group": "Black",
            "reference_code": "white",
            "reference": "White",
            "ratio_if_unknown_low": 0.62,
            "ratio_if_unknown_high": 4.9,
        }
    )

    said = coverage_texts.sentence(searches.catalogue, indicator, found, group)

    assert said == (
        "In Hackney, April 2018, ethnicity is not known for 40% of searches of people, more than "
        "the 30% above which no ratio is shown. By what could be known, the rate for Black "
        "people is anywhere from 0.6 to 4.9 times that for White people."
    )
    missing = group.copy()
    missing["ratio_if_unknown_high"] = nan
    assert coverage_texts.sentence(searches.catalogue, indicator, found, missing).endswith(
        "shown."
    )


def test_where_the_set_is_what_is_not_known_the_sentence_says_so(searches):
    indicator = searches.catalogue.indicators["search_to_arrest"]
    found = of(searches, "search_to_arrest", "2018-04", HACKNEY)

    said = coverage_texts.sentence(searches.catalogue, indicator, found, None)

    assert f"for 40% of {indicator.denominator.label}, more than the 30%" in said
    assert coverage_texts.title_of_states(found).endswith("not stated 30%, not recorded 10%")


def test_reasons_are_in_a_table_without_empty_cells(searches):
    indicator = searches.catalogue.indicators["search_to_arrest"]
    table = coverage_texts.table_of_states(
        indicator, of(searches, "search_to_arrest", "2018-04", HACKNEY)
    )

    assert table.index.to_list() == ["Known", "Not stated", "Not recorded"]
    assert table.iloc[:, 0].to_list() == ["9", "1", "[x]"]
    assert table.iloc[:, 1].to_list() == ["90", "10", "[x]"]
    assert table.iloc[:, 2].to_list() == ["60", "30", "10"]
    assert (table != "").all(axis=None)


def test_in_the_table_of_areas_the_limit_is_a_word(searches):
    indicator = searches.catalogue.indicators["stop_and_search"]
    found = of(searches, "stop_and_search", "2018-04", HACKNEY)
    table = coverage_texts.table_of_shares(
        indicator, found.by_area, found.by_area["area"].to_list(), "Area"
    )

    assert table.loc["Hackney"].to_list() == ["40", "40", "yes"]
    assert table.loc["Barking and Dagenham"].to_list() == ["5", "[c]", "[c]"]


@pytest.mark.parametrize(("share", "words"), [(0.304, "30.4"), (0.3, "30"), (0.36, "36")])
def test_a_share_above_the_limit_does_not_read_as_the_limit(share, words):
    row = {"unknown": 1, "share": share, "set_share": nan, "status": "ok"}
    table = coverage_texts.table_of_shares(None, pd.DataFrame([row]), ["Hackney"], "Area")

    assert table["% not known"].item() == words
    assert table["More than 30%"].item() == ("yes" if share > COMPLETENESS_FLOOR else "no")


def test_titles_and_texts_of_real_figures_say_the_numbers_of_their_tables(release):
    catalogue = release.catalogue
    for id_, period, area in (
        ("stop_and_search_all_forces", "2021-12--2022-10", "E09000008"),
        ("search_to_arrest", "2018-08", HACKNEY),
        ("social_workers", "2023", HACKNEY),
        ("homelessness_duty_owed", "2025-Q3", "E12000007"),
    ):
        indicator = catalogue.indicators[id_]
        found = of(release, id_, period, area)
        table = coverage_texts.table_of_shares(
            indicator, found.by_area, found.by_area["area"].to_list(), "Area"
        )
        over = (table["More than 30%"] == "yes").sum()
        said = [
            coverage_texts.title_of_states(found),
            coverage_texts.title_of_areas(found.by_area),
            coverage_texts.title_of_time(found),
            coverage_texts.alt_of_states(catalogue, indicator, found),
            coverage_texts.alt_of_areas(catalogue, indicator, found),
            coverage_texts.alt_of_time(catalogue, indicator, found),
            coverage_texts.how_to_read(indicator, found.by_area),
            coverage_texts.sentence(catalogue, indicator, found, None),
        ]
        assert said[1].startswith(f"In {over or 'none'} of ")
        assert not [each for text in said for each in offences(text)]
        assert all("nan" not in text for text in said)
        for text in said[3:6]:
            assert text.endswith("The same figures are in the table below.")
