"""What is looked at, to and from an address, and the nearest thing there is to it."""

from io import StringIO

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loti_dash import catalogue, config
from loti_dash.selection import Selection, carried, honoured

HACKNEY, CITY, WESTMINSTER, LONDON = "E09000012", "E09000001", "E09000033", "E12000007"
METROPOLITAN, CITY_POLICE = "E23000001", "E23000034"
ENGLAND, LONDON_NHS = "E92000001", "Y56"

CHOICES = """
indicator_id              | period_id  | area_code | level
homelessness_duty_owed    | 2025-Q2    | E12000007 | 5
homelessness_duty_owed    | 2025-Q3    | E12000007 | 5
homelessness_duty_owed    | 2025-Q3    | E12000007 | 19
homelessness_duty_owed    | 2018-Q2    | E09000012 | 5
homelessness_duty_owed    | 2025-Q3    | E09000012 | 5
looked_after_children     | 2024-03-31 | E09000012 | 5
looked_after_children     | 2025-03-31 | E09000012 | 5
looked_after_children     | 2025-03-31 | E09000033 | 5
looked_after_children     | 2025-03-31 | E12000007 | 5
prosecution_to_conviction | 2016       | E23000001 | 5
prosecution_to_conviction | 2017       | E23000001 | 5
prosecution_to_conviction | 2017       | K04000001 | 5
prosecution_to_conviction | 2011       | E23000034 | 5
mental_health_detentions  | 2023-24    | QMJ       | 5
mental_health_detentions  | 2023-24    | E92000001 | 5
talking_therapies_finished | 2024-25   | QMJ       | 5
talking_therapies_finished | 2024-25   | E92000001 | 5
talking_therapies_finished | 2024-25   | Y56       | 5
stop_and_search           | 2018-04--2019-02 | E12000007 | 5
stop_and_search           | 2018-04--2019-02 | E12000007 | 19
"""


@pytest.fixture(scope="module")
def definitions():
    return catalogue.read(config.CATALOGUE)


@pytest.fixture(scope="module")
def choices():
    table = pd.read_csv(StringIO(CHOICES.strip()), sep=r"\s*\|\s*", engine="python", dtype=str)
    return table


@pytest.fixture
def shown(definitions, choices):
    def honour(domain, **asked):
        return honoured(Selection(**asked), domain, definitions, choices)

    return honour


@given(
    st.builds(
        Selection,
        indicator=st.text(),
        area=st.text(),
        period=st.text(),
        group=st.text(),
        reference=st.text(),
        classification=st.text(),
        release=st.text(),
        share=st.text(),
    )
)
def test_an_address_says_all_that_was_chosen(selection):
    assert Selection.from_params(selection.to_params(), otherwise=Selection()) == selection


def test_other_parameters_of_an_address_are_left_aside():
    assert Selection.from_params({"utm_source": "x"}, Selection()) == Selection()


def test_nothing_asked_for_is_nothing_to_explain(shown):
    selection, lines = shown("housing", indicator="homelessness_duty_owed")

    assert lines == []
    assert (selection.area, selection.period) == (LONDON, "2025-Q3")
    assert (selection.classification, selection.reference) == ("5", "white")
    assert selection.group == "black"


def test_what_there_is_is_shown_as_asked(shown):
    asked = {
        "indicator": "homelessness_duty_owed",
        "area": LONDON,
        "period": "2025-Q3",
        "group": "asian_indian",
        "reference": "white_british",
        "classification": "19",
    }

    selection, lines = shown("housing", **asked, release="r")

    assert lines == []
    assert selection == Selection(**asked, release="r")


@pytest.mark.parametrize("field", ["indicator", "area", "period", "group", "reference"])
def test_an_unknown_code_gives_the_usual_view_and_one_line(shown, field):
    usual, _ = shown("housing", indicator="homelessness_duty_owed")
    asked = {"indicator": "homelessness_duty_owed"} | {field: "not-a-code"}

    selection, lines = shown("housing", **asked)

    assert len(lines) == 1
    assert "“not-a-code”" in lines[0]
    if field != "indicator":
        assert selection == usual


def test_words_in_an_address_are_not_repeated_on_the_page(shown):
    _, lines = shown("housing", area="[send us your password](https://example.org)")

    assert lines == ["There are no figures for that code here. Shown: London."]


def test_an_indicator_of_another_page_is_named(shown):
    _, lines = shown("housing", indicator="stop_and_search")

    assert lines[0].startswith("This page has no indicator Stop and search")


def test_the_city_is_shown_with_westminster_where_they_are_counted_together(shown):
    selection, lines = shown("care", indicator="looked_after_children", area=CITY)

    assert selection.area == WESTMINSTER
    assert len(lines) == 1
    assert "City of London" in lines[0]
    assert lines[0].endswith("Shown: Westminster with City of London.")


def test_a_borough_without_figures_gives_london(shown):
    selection, lines = shown("housing", indicator="homelessness_duty_owed", area="E09000002")

    assert selection.area == LONDON
    assert lines == ["There are no figures for Barking and Dagenham here. Shown: London."]


@pytest.mark.parametrize(
    ("domain", "indicator", "area", "period"),
    [
        ("justice", "prosecution_to_conviction", METROPOLITAN, "2017"),
        ("care", "mental_health_detentions", ENGLAND, "2023-24"),
        ("care", "talking_therapies_finished", LONDON_NHS, "2024-25"),
    ],
)
def test_where_there_is_no_london_the_newest_figures_as_near_to_it_are_shown(
    shown, domain, indicator, area, period
):
    selection, lines = shown(domain, indicator=indicator, area=HACKNEY)

    assert (selection.area, selection.period) == (area, period)
    assert len(lines) == 1


def test_older_figures_of_a_place_are_shown_if_asked_for(shown):
    selection, lines = shown("justice", indicator="prosecution_to_conviction", area=CITY_POLICE)

    assert (selection.area, selection.period, lines) == (CITY_POLICE, "2011", [])


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("2026-Q1", "2025-Q3"),
        ("2018-Q3", "2018-Q2"),
        ("2017-18", "2018-Q2"),
        ("2024", "2025-Q3"),
        ("2018-05", "2018-Q2"),
        ("2018-13", "2025-Q3"),
        ("2019-02-31", "2025-Q3"),
    ],
)
def test_a_period_without_figures_gives_the_nearest_in_time(shown, asked, nearest):
    selection, lines = shown(
        "housing", indicator="homelessness_duty_owed", area=HACKNEY, period=asked
    )

    assert selection.period == nearest
    assert len(lines) == 1


def test_detailed_groups_are_shown_only_where_there_are_any(shown):
    selection, lines = shown("care", indicator="looked_after_children", classification="19")

    assert selection.classification == "5"
    assert lines == ["19 groups are not offered here. Shown: 5 groups."]


def test_white_british_is_compared_with_only_where_both_sides_count_it(shown):
    with_it, none = shown("housing", indicator="homelessness_duty_owed", reference="white_british")
    without, lines = shown("care", indicator="looked_after_children", reference="white_british")

    assert (with_it.reference, none) == ("white_british", [])
    assert without.reference == "white"
    assert lines == ["A comparison with White British is not offered here."]


def test_a_group_gives_the_one_it_is_part_of_and_one_of_its_parts(shown):
    asked = {"indicator": "stop_and_search", "area": LONDON}

    five, _ = shown("justice", **asked, classification="5", group="asian_indian")
    detailed, _ = shown("justice", **asked, classification="19", group="asian")

    assert five.group == "asian"
    assert detailed.group.startswith("asian_")


def test_a_group_that_nobody_named_is_one_with_a_rate(shown):
    asked = {"indicator": "homelessness_duty_owed", "classification": "19"}

    usual, _ = shown("housing", **asked)
    kin, lines = shown("housing", **asked, group="black")
    named, none = shown("housing", **asked, group="black_african")

    # The Census counts no households of the Black African group on their own.
    assert usual.group == kin.group == "white_british"
    assert len(lines) == 1
    assert (named.group, none) == ("black_african", [])


def test_the_group_compared_with_has_no_chart_of_its_own(shown):
    selection, lines = shown("housing", indicator="homelessness_duty_owed", group="white")

    assert selection.group != "white"
    assert len(lines) == 1


def test_an_indicator_without_figures_keeps_the_area_and_has_no_period(shown):
    selection, lines = shown(
        "employment", indicator="adult_employment", area=HACKNEY, period="2024"
    )

    assert (selection.area, selection.period) == (HACKNEY, "")
    assert len(lines) == 1


def test_a_saved_view_is_said_not_to_open(shown):
    selection, lines = shown("housing", indicator="homelessness_duty_owed", share="a1b2")

    assert selection.share == ""
    assert lines == ["A shared view is opened at /board, not here."]


def test_another_page_keeps_the_area_and_leaves_what_it_has_not_got(definitions, choices):
    last = Selection("stop_and_search", HACKNEY, "2018-04--2019-02", "asian", "rest", "5")

    there = carried(last, "housing", definitions, choices)

    assert there == Selection(area=HACKNEY, group="asian", reference="rest", classification="5")
    assert carried(last, "justice", definitions, choices) == last
