"""A month is all there if it is like the months around it."""

import pandas as pd

from loti_dash.ingest.completeness import incomplete


def months(rows: dict[str, tuple[int, int, int]]) -> pd.DataFrame:
    columns = pd.MultiIndex.from_tuples(
        [("self_defined", "white"), ("self_defined", "black"), ("officer_defined", "white")]
    )
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def test_months_like_their_neighbours_are_all_there() -> None:
    table = months({"2018-11": (60, 40, 100), "2018-12": (50, 30, 80), "2019-01": (60, 50, 110)})
    assert incomplete(table) == {}


def test_exactly_half_is_enough() -> None:
    table = months({"2018-11": (50, 50, 100), "2018-12": (25, 25, 50), "2019-01": (50, 50, 100)})
    assert incomplete(table) == {}


def test_a_rare_category_may_be_missing_by_chance() -> None:
    table = months({"2018-11": (91, 9, 100), "2018-12": (100, 0, 100), "2019-01": (91, 9, 100)})
    assert incomplete(table) == {}
    table = months({"2018-11": (90, 10, 100), "2018-12": (100, 0, 100), "2019-01": (90, 10, 100)})
    assert incomplete(table) == {
        "2018-12": "not one of 100 searches is recorded as black (self-defined)"
    }


def test_nearest_months_count_across_a_gap_and_judged_ones_are_not_compared_with_themselves() -> (
    None
):
    before = months({"2018-01": (5, 5, 10), "2018-09": (60, 40, 100), "2018-10": (60, 40, 100)})
    before = pd.concat([before, months({"2018-11": (60, 40, 100), "2018-12": (60, 40, 100)})])
    found = incomplete(months({"2024-09": (20, 13, 33)}), before)
    assert found == {
        "2024-09": "33 searches of people are less than half of 100, the median of "
        "2018-09, 2018-10, 2018-11, 2018-12"
    }
    # The same month read again replaces what was taken in before.
    again = months({"2018-09": (60, 40, 100)})
    assert incomplete(again, months({"2018-09": (600, 400, 1000)})) == {}
