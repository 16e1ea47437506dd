"""Coarser groups, areas and periods are offered before holes."""

import pandas as pd
from attackers import BY, random_table

from loti_dash.disclosure import POLICIES, offers, rounded


def test_a_table_of_holes_is_offered_coarser_first():
    table, totals = random_table(2, 5, (5, 4), mean=1)

    ways = offers(table, by=BY, totals=totals)

    assert ways[-1].column == ""
    assert ways[-1].withheld > 0.2
    assert ways[0].withheld <= min(way.withheld for way in ways[1:])
    detailed = {group for parts in ("g0", "g1") for group in totals["group"][parts]}
    by_group = next(way for way in ways if way.column == "group")
    assert set(by_group.dropped) == detailed
    assert set(by_group.table["group"]) == {"g0", "g1", "all"}


def test_a_table_with_few_holes_comes_as_it_is():
    table, totals = random_table(3, 4, (2, 3), mean=400)

    ways = offers(table, by=BY, totals=totals)

    assert (ways[0].column, ways[0].dropped) == ("", ())
    assert ways[0].withheld <= POLICIES["public"].coarser_from


def test_single_years_may_go_where_they_stand_together():
    table, totals = random_table(4, 2, (2,), periods=3, mean=1)

    dropped = {way.column: way.dropped for way in offers(table, by=BY, totals=totals)}

    assert dropped["period"] == ("y0", "y1", "y2")
    assert dropped["area"] == ("a0", "a1")


def test_sensitive_subjects_are_one_step_stricter():
    table = pd.DataFrame({"group": ["a", "b"], "value": [5, 40]})

    assert offers(table, by=["group"])[0].table["value"].notna().all()
    assert offers(table, by=["group"], sensitive=True)[0].table["value"].isna().tolist() == [
        True,
        False,
    ]


def test_inside_one_organisation_nothing_is_withheld():
    table = pd.DataFrame({"group": ["a", "b"], "value": [1, 40]})

    assert offers(table, POLICIES["internal"], by=["group"])[0].withheld == 0


def test_rounding_goes_half_up_to_the_base():
    assert rounded(pd.Series([2.0, 3.0, 12.5, 285.0]), 5).tolist() == [0, 5, 15, 285]
    assert rounded(285.0, 10) == 290
