"""Each authority is in one class, which measure or shade never changes."""

from itertools import pairwise
from math import isnan

import pytest
from tables import CATALOGUE, comparison

from loti_dash import where

HOMELESS = CATALOGUE.indicators["homelessness_duty_owed"]
LOOKED_AFTER = CATALOGUE.indicators["looked_after_children"]
CAMDEN, HACKNEY, LAMBETH, NEWHAM, SUTTON = (
    *("E09000007", "E09000012", "E09000022", "E09000025", "E09000029"),
)
CITY, WESTMINSTER, BARNET = "E09000001", "E09000033", "E09000003"
COLUMNS = "area_code | group_code | rate | ratio | ratio_low | ratio_high | excess | q_value"
BLACK = f"""
    {COLUMNS} | robust_to_unknown | status
    E12000007 | black | 11.0 | 4.8 | 4.6 | 4.9 | 9000 | 0.000 | true  | ok
    E09000012 | black | 15.0 | 5.4 | 4.4 | 6.7 |  290 | 0.000 | true  | ok
    E09000022 | black |  9.0 | 1.4 | 1.1 | 1.9 |   90 | 0.080 | true  | ok
    E09000007 | black |  2.0 | 0.4 | 0.3 | 0.6 |  -40 | 0.001 | true  | ok
    E09000025 | black |  4.0 | 1.2 | 0.7 | 1.9 |   10 | 0.500 | true  | ok
    E09000029 | black |  5.0 | 1.7 | 1.1 | 2.8 |   20 | 0.010 | false | ok
    E09000003 | black |    - |   - |   - |   - |    - |     - | none  | suppressed
"""


def places(measure="ratio", rows=None, indicator=HOMELESS):
    rows = comparison(BLACK) if rows is None else rows
    return {each.area_code: each for each in where.places(rows, CATALOGUE, indicator, measure)}


def test_all_33_authorities_are_drawn_by_code_and_london_is_not():
    found = list(places())
    assert found == sorted(found)
    assert len(found) == 33
    assert all(code.startswith("E09") for code in found)


@pytest.mark.parametrize("measure", ["ratio", "rate", "excess", "sure"])
def test_the_class_is_what_the_comparison_says_whatever_is_measured(measure):
    kinds = {code: place.kind for code, place in places(measure).items()}
    assert kinds[HACKNEY] == kinds[LAMBETH] == "higher"
    assert kinds[CAMDEN] == "lower"
    assert kinds[NEWHAM] == kinds[SUTTON] == "unclear"  # an interval with 1; the unknown
    assert kinds[BARNET] == "withheld"
    assert kinds[CITY] == "no_ratio"  # there is no row


@pytest.mark.parametrize("measure", ["ratio", "excess", "sure"])
def test_what_is_not_a_clear_difference_has_no_shade(measure):
    for place in places(measure).values():
        assert (place.shade is not None) == (place.kind in ("higher", "lower"))
        assert bool(place.size) == (place.shade is not None)


def test_a_rate_has_a_shade_wherever_it_is_known():
    found = places("rate")
    assert {code for code, place in found.items() if place.shade is not None} == {
        *(HACKNEY, LAMBETH, CAMDEN, NEWHAM, SUTTON)
    }
    assert found[HACKNEY].shade == where.DARKEST
    assert found[CAMDEN].shade == 0


@pytest.mark.parametrize(
    ("ratio", "low", "high", "shade", "size"),
    [
        (1.24, 1.1, 1.4, 0, "under 1.25 times"),
        (1.25, 1.1, 1.4, 1, "1.25 to under 2 times"),
        (2.0, 1.1, 3.0, 2, "2 to under 3 times"),
        (3.0, 1.1, 4.0, 3, "3 to under 5 times"),
        (5.0, 1.1, 9.0, 4, "5 times or more"),
        (0.9, 0.85, 0.95, 0, "over 0.8 times"),
        (0.8, 0.7, 0.9, 1, "over 0.5 to 0.8 times"),
        (0.5, 0.4, 0.9, 2, "over 0.33 to 0.5 times"),
        (0.2, 0.1, 0.4, 4, "0.2 times or less"),
        (0.0, 0.0, 0.4, 4, "0.2 times or less"),
    ],
)
def test_shades_of_ratios_are_fixed_and_alike_upwards_and_downwards(ratio, low, high, shade, size):
    rows = comparison(
        f"""
        area_code | group_code | ratio | ratio_low | ratio_high
        E09000012 | black      | {ratio} | {low} | {high}
        """
    )
    place = places(rows=rows)[HACKNEY]
    assert (place.shade, place.size) == (shade, size)


def test_an_excess_is_said_as_more_or_fewer():
    found = places("excess")
    # From 40 to 290: a quarter of that is 62.5, so the bands are 100 wide.
    assert found[HACKNEY].size == "more by 200 or more"
    assert found[CAMDEN].size == "fewer by under 100"
    assert found[LAMBETH].size == "more by under 100"
    assert found[NEWHAM].size == ""


def test_how_sure_tells_what_holds_among_all_comparisons_from_what_holds_alone():
    found = places("sure")
    assert found[HACKNEY].size == "clear among all comparisons made together"
    assert found[LAMBETH].size == "clear on its own only"
    assert found[HACKNEY].shade > found[LAMBETH].shade


def test_an_authority_shows_the_figures_it_is_published_together_with():
    rows = comparison(
        """
        area_code | group_code | ratio | ratio_low | ratio_high
        E09000033 | black      | 2.5   | 1.5       | 4.0
        """
    )
    found = places(rows=rows, indicator=LOOKED_AFTER)
    assert found[CITY].figures_of == found[WESTMINSTER].figures_of == WESTMINSTER
    assert found[CITY].kind == found[WESTMINSTER].kind == "higher"
    assert found[CITY].name == "City of London"
    assert places(rows=rows)[CITY].kind == "no_ratio"  # homelessness is not joined
    assert isnan(places(rows=rows)[CITY].value)


def test_what_the_page_withholds_is_not_drawn():
    rows = comparison(BLACK).assign(ratio=float("nan"), rate=float("nan"), evidence="none")
    for measure in ("ratio", "rate", "sure"):
        assert all(place.shade is None for place in places(measure, rows).values())


def test_every_look_that_occurs_is_listed_once():
    found = list(places().values())
    looks = where.sizes(found)
    assert {(p.kind, p.shade) for p in looks} == {(p.kind, p.shade) for p in found}
    assert len(looks) == len({(p.kind, p.shade) for p in looks})
    assert [each.kind for each in looks] == [
        *("higher", "higher", "lower", "unclear", "withheld", "no_ratio")
    ]


def test_areas_that_are_no_boroughs_are_not_drawn_as_places():
    forces = comparison("area_code | group_code\nE23000001 | black\nE23000034 | black")
    assert not where.is_of_boroughs(forces)
    assert where.is_of_boroughs(comparison(BLACK))
    assert "E12000007" not in set(where.boroughs(comparison(BLACK))["area_code"])


@pytest.mark.parametrize("values", [[0.1, 0.13, 0.4], [3, 900], [1e5, 1.01e5], [0, 1], [7.2, 55]])
def test_round_cuts_make_at_most_five_bands_inside_the_range(values):
    cuts = where.round_cuts(values)
    assert 1 <= len(cuts) <= 4
    assert all(min(values) < cut <= max(values) for cut in cuts)
    steps = {round(b - a, 9) for a, b in pairwise(cuts)}
    assert len(steps) <= 1
