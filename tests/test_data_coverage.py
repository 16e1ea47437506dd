"""What there is of a series: every place where area, period and group meet is looked at once."""

import pytest
from copy_lint import offences

from loti_dash import data_coverage_texts as texts
from loti_dash.charts import data_coverage as chart
from loti_dash.data_coverage import STATES, data_coverage

LONDON, CAMDEN, HACKNEY = "E12000007", "E09000007", "E09000012"
# Five groups and Unknown; Camden has sent nothing in 2022, and has no rows in 2024.
YEARS = ["2021-03-31", "2022-03-31", "2024-03-31"]
GROUPS = ["asian", "black", "mixed", "other", "unknown", "white"]


def drawn():
    rows = ["series | period | area | group | value | status"]
    for area in (LONDON, CAMDEN, HACKNEY):
        for year in YEARS:
            if area == CAMDEN and year == "2024-03-31":
                continue
            for group in GROUPS:
                value, status = "10", "ok"
                if area == CAMDEN and year == "2022-03-31":
                    value, status = "-", "not_available"
                if area == HACKNEY and year == "2021-03-31" and group in ("mixed", "other"):
                    value, status = "-", "suppressed"
                if area == HACKNEY and year == "2022-03-31" and group == "other":
                    value, status = "-", "not_available"
                rows.append(f"looked_after_children|{year}|{area}|{group}|{value}|{status}")
    return "\n".join(rows)


@pytest.fixture
def found(make_store):
    return data_coverage(make_store(drawn()), "looked_after_children")


def state(found, area, year):
    places = found.places.set_index(["area_code", "period"])
    return places.loc[(area, year), "state"]


def test_each_place_says_what_there_is(found):
    assert [state(found, LONDON, year) for year in YEARS] == ["whole"] * 3
    assert [state(found, CAMDEN, year) for year in YEARS] == ["whole", "none", "no_row"]
    assert [state(found, HACKNEY, year) for year in YEARS] == ["withheld", "in_part", "whole"]


def test_boroughs_without_any_row_are_named(found):
    assert len(found.areas) == 34
    assert found.names[:2] == ["London", "Barking and Dagenham"]
    assert state(found, "E09000002", YEARS[0]) == "no_row"


def test_all_counts_add_up_whichever_way_they_are_added(found):
    could_be = 34 * 3 * 6
    # 8 places have rows of 6 groups; 6 of Camden's and 1 of Hackney's not available, 2 withheld.
    assert found.totals.to_dict() == {
        "published": 48 - 9,
        "withheld": 2,
        "not_available": 7,
        "no_row": could_be - 48,
    }
    assert found.groups[list(found.totals.index)].sum().to_dict() == found.totals.to_dict()


def test_the_words_say_how_many_and_which_times_are_missing(found):
    assert texts.title(found) == (
        "39 of 612 counts are published; 2 withheld, 7 not available, 564 not in the file"
    )
    assert "34 areas, 3 periods, 6 ethnic groups, Unknown among them." in texts.sentence(found)
    assert texts.gaps(found) == ["There is nothing between 31 March 2022 and 31 March 2024."]


def test_the_table_by_area_has_the_rows_of_the_picture_in_words(found):
    table = texts.by_area(found)

    assert table.index.to_list() == found.names
    assert table.loc["London", "Every group has a count"] == "all periods"
    assert table.loc["Camden", "No group has a count"] == "31 March 2022"
    assert table.loc["Hackney", "Some counts withheld"] == "31 March 2021"
    assert table.loc["Hackney", "Some groups without a count"] == "31 March 2022"
    assert table.loc["Barnet", "Not in the file"] == "all periods"


def test_the_picture_tells_states_by_shape_and_leaves_a_gap_where_a_year_is_missing(found):
    picture = chart.places(found)

    symbols = [trace["marker"]["symbol"] for trace in picture["data"]]
    assert len(set(symbols)) == len(symbols) == len(STATES) - 1
    assert {trace["marker"]["color"] for trace in picture["data"]} == {"#12436D"}
    whole = picture["data"][0]
    assert sorted(whole["x"]) == [0, 0, 1, 3, 3]
    assert len(picture["layout"]["yaxis"]["ticktext"]) == 34
    assert chart.how_to_read(found).endswith("blank: not in the file.")


def test_detailed_groups_are_looked_at_and_not_once_more_what_contains_them(release):
    searches = data_coverage(release, "searches_self_defined")

    codes = searches.groups["group_code"].to_list()
    assert "asian" not in codes
    assert codes[:2] == ["asian_bangladeshi", "asian_chinese"]
    assert codes[-1] == "unknown"
    assert not [code for code in codes if code.startswith("unknown_")]
    assert not [each.id for each in searches.periods if each.kind == "span"]


def test_what_is_withheld_of_looked_after_children_is_what_the_publisher_withheld(release):
    # Of 1,050 rows of the file of 2021 to 2025 for London, by five groups and unknown.
    found = data_coverage(release, "looked_after_children")

    assert found.totals["withheld"] == 168
    assert found.totals.sum() == 35 * 5 * 6


def test_a_series_without_figures_has_none(release):
    assert data_coverage(release, "adults_employed") is None


def test_every_series_and_statement_can_be_said(release):
    catalogue = release.catalogue
    for id_ in catalogue.series:
        found = data_coverage(release, id_)
        if found:
            said = [texts.title(found), texts.sentence(found), texts.alt(found)]
            assert texts.title(found) in texts.alt(found)
            assert found.places["state"].isin(STATES).all()
            assert not [offences(text) for text in said if offences(text)]


def test_each_statement_has_five_factors_with_severity_in_words_and_a_reference(release):
    for statement in release.catalogue.statements.values():
        lines = texts.factors(statement)
        assert [line.split("**")[1] for line in lines] == [
            "Trust",
            "Consent",
            "Power",
            "Transparency",
            "Inclusivity",
        ]
        for line in lines:
            assert any(f"({words})" in line for words in ("limits use", "caution", "context"))
            assert " Source: " in line
