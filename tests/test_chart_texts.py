"""Titles of charts are messages that no row contradicts, and name who is compared with whom."""

import pytest
from copy_lint import offences
from tables import CATALOGUE, comparison

from loti_dash import chart_texts

FINISHED = CATALOGUE.indicators["talking_therapies_finished"]
OFFICERS = CATALOGUE.indicators["stop_and_search_officer"]
HACKNEY = """
    group_code | ratio | ratio_low | ratio_high | robust_to_unknown
    asian      |   0.5 |       0.4 |        0.7 | true
    black      |   5.4 |       4.4 |        6.7 | true
    mixed      |   1.7 |       1.1 |        2.8 | true
    white      |     - |         - |          - | none
    other      |   1.2 |       0.7 |        1.9 | none
"""
BOROUGHS = """
    area_code | group_code | ratio | ratio_low | ratio_high | robust_to_unknown
    E92000001 | black      |   2.0 |       1.9 |        2.1 | true
    E12000007 | black      |   4.8 |       4.6 |        4.9 | true
    E09000012 | black      |   5.4 |       4.4 |        6.7 | true
    E09000022 | black      |   9.3 |       7.5 |       11.6 | true
    E09000003 | black      |   1.5 |       1.2 |        1.9 | false
    E09000002 | black      |   1.1 |       0.8 |        1.6 | true
    E09000001 | black      |     - |         - |          - | none
"""
DETAILED = [group.code for group in CATALOGUE.groups if group.classification == "census_2021_19"]


def test_the_title_of_groups_says_which_are_higher_or_lower_and_of_which_we_cannot_tell():
    assert chart_texts.groups_title(comparison(HACKNEY)) == (
        "Black and Mixed: higher rate than White; Asian: lower; Other: cannot tell"
    )


def test_a_group_that_the_unknown_could_turn_is_one_of_which_we_cannot_tell():
    rows = comparison(HACKNEY).assign(robust_to_unknown="false")
    assert chart_texts.groups_title(rows) == (
        "Asian, Black, Mixed and Other: cannot tell whether higher or lower than White"
    )


def test_ratios_without_an_interval_are_said_to_be_as_published():
    rows = comparison("group_code | ratio\nasian | 0.8\nblack | 3.6\nwhite | -")
    assert chart_texts.groups_title(rows) == (
        "Black: higher rate than White as published (no interval); Asian: lower as published"
    )


def test_groups_without_a_ratio_are_named_too():
    rows = comparison("group_code | ratio | ratio_low | ratio_high\nasian|-|-|-\nblack|2|1.5|2.5")
    assert chart_texts.groups_title(rows) == ("Black: higher rate than White; Asian: no ratio")
    assert chart_texts.groups_title(rows.iloc[:1]) == "Asian: no ratio compared with White"


def test_many_groups_are_counted():
    lines = [f"{code} | 1.4 | 1.1 | 1.8" for code in DETAILED[:17]]
    lines += [f"{code} | 1.4 | 0.8 | 2.8" for code in DETAILED[17:]]
    drawn = "\n".join(lines)
    rows = comparison(f"group_code | ratio | ratio_low | ratio_high\n{drawn}")
    assert chart_texts.groups_title(rows) == (
        "Higher rate than White in 17 of 19 ethnic groups, cannot tell in 2"
    )


def test_the_title_of_areas_counts_areas_that_contain_no_others():
    assert chart_texts.areas_title(CATALOGUE, comparison(BOROUGHS)) == (
        "Black: higher rate than White in 2 of 5 areas, cannot tell in 2, no ratio in 1"
    )


def test_a_country_is_counted_where_there_is_nothing_else():
    rows = comparison(BOROUGHS).iloc[:1]
    assert chart_texts.areas_title(CATALOGUE, rows) == (
        "Black: higher rate than White in 1 of 1 areas"
    )


def test_the_areas_of_the_group_compared_with_have_no_message():
    rows = comparison("area_code | group_code\nE12000007 | white\nE09000012 | white")
    assert chart_texts.areas_title(CATALOGUE, rows) == (
        "White: the group that others are compared with"
    )


@pytest.mark.parametrize("reference", ["white", "white_british", "rest", "all"])
def test_every_title_names_the_group_compared_with_and_obeys_the_rules_on_words(reference):
    groups = comparison(HACKNEY, reference_code=reference)
    areas = comparison(BOROUGHS, reference_code=reference)
    for title in chart_texts.groups_title(groups), chart_texts.areas_title(CATALOGUE, areas):
        assert groups["reference"].iloc[0] in title
        assert not offences(title)


def test_texts_in_the_stead_of_charts_say_what_where_when_and_how_much():
    rows = comparison(HACKNEY, area_code="Y56", period="2024-25")
    alt = chart_texts.forest_alt(CATALOGUE, FINISHED, rows, "black")
    assert alt.startswith(
        "Chart of ratios by ethnic group in the London commissioning region, April 2024 to March "
        "2025. Talking therapies: referrals that finish treatment. "
    )
    assert "Black compared with White: 5.40 (4.40 to 6.70)." in alt
    areas = chart_texts.areas_alt(CATALOGUE, FINISHED, comparison(BOROUGHS, period="2024-25"))
    assert "6 areas have a ratio, from 1.10 to 9.30." in areas


def test_a_ratio_of_what_officers_saw_is_approximate_here_too():
    rows = comparison(HACKNEY, period="2018-04")
    alt = chart_texts.forest_alt(CATALOGUE, OFFICERS, rows, "black")
    assert "Black compared with White: about 5.40" in alt
