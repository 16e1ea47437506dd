"""Areas are in order of size only where that says something."""

import pytest
from tables import CATALOGUE, comparison

from loti_dash.area_order import ordered
from loti_dash.caveats import Found

BLACK = """
    area_code | group_code | numerator | rate | ratio | ratio_low | ratio_high | q_value
    E12000007 | black      |      9000 | 11.0 |   2.0 |       1.9 |        2.1 |   0.000
    E09000002 | black      |        40 |  7.0 |   1.5 |       1.1 |        2.1 |   0.200
    E09000003 | black      |        90 | 20.0 |   1.2 |       0.8 |        1.6 |   0.500
    E09000012 | black      |       340 | 15.0 |   5.4 |       4.4 |        6.7 |   0.000
    E09000022 | black      |       300 |  9.0 |   0.4 |       0.3 |        0.6 |   0.001
    E09000025 | black      |        12 | 30.0 |   9.0 |       4.0 |       16.0 |   0.000
    E09000029 | black      |         - |    - |     - |         - |          - |       -
"""


def limits(id_):
    return Found(id_, 3, "inclusivity", "Text.", "", "")


def context(id_):
    return Found(id_, 2, "inclusivity", "Text.", "", "")


def names(measure="ratio", cautions=None):
    found = ordered(comparison(BLACK), CATALOGUE, cautions or {}, measure)
    return found.rows["area"].to_list(), found


def test_the_largest_comes_first_after_the_area_that_contains_them():
    listed, found = names()
    assert found.by_size
    assert listed == [
        *("London", "Hackney", "Barking and Dagenham", "Barnet", "Lambeth"),
        *("Newham", "Sutton"),  # a count under 20, and none: below, by name
    ]
    assert found.apart == ["Newham", "Sutton"]


def test_the_order_is_that_of_what_is_measured():
    assert names("rate")[0][1:4] == ["Barnet", "Hackney", "Lambeth"]


def test_by_certainty_higher_comes_before_lower_and_what_is_alike_is_by_name():
    assert names("sure")[0][1:5] == ["Hackney", "Barking and Dagenham", "Barnet", "Lambeth"]


def test_a_caution_that_limits_use_everywhere_leaves_only_names():
    everywhere = {code: [limits("power")] for code in comparison(BLACK)["area_code"]}
    listed, found = names(cautions=everywhere)
    assert not found.by_size
    assert not found.apart
    assert listed == ["London", *sorted(listed[1:])]


def test_a_caution_of_one_area_takes_that_area_out_of_the_order():
    listed, found = names(cautions={"E09000012": [limits("depends")]})
    assert found.by_size
    assert listed[-3:] == ["Hackney", "Newham", "Sutton"]


def test_other_cautions_change_nothing():
    everywhere = {code: [context("small")] for code in comparison(BLACK)["area_code"]}
    assert names(cautions=everywhere)[0] == names()[0]


def test_where_most_are_out_of_the_order_there_is_none():
    some = ("E09000002", "E09000003")
    listed, found = names(cautions={code: [limits(code)] for code in some})
    assert not found.by_size
    assert listed == ["London", *sorted(listed[1:])]


@pytest.mark.parametrize("measure", ["ratio", "rate", "excess", "sure"])
def test_no_row_is_lost(measure):
    rows = comparison(BLACK)
    found = ordered(rows, CATALOGUE, {}, measure).rows
    assert sorted(found.index) == list(rows.index)
    assert list(found.columns) == list(rows.columns)


def test_rows_without_any_ratio_are_by_name():
    forces = comparison("area_code | group_code\nE23000034 | black\nE23000001 | black")
    found = ordered(forces, CATALOGUE, {}, "ratio")
    assert not found.by_size
    assert found.rows["area"].to_list() == ["City of London Police", "Metropolitan Police"]
