"""What can be inferred of a hidden count, against trying every number."""

import numpy as np
import pandas as pd
import pytest
from attackers import BY, random_table, tried
from hypothesis import given, settings
from hypothesis import strategies as st
from whole import WHOLE

from loti_dash.disclosure import recoverable


@settings(deadline=None, max_examples=60 if WHOLE else 20)
@given(st.integers(0, 10_000), st.data())
def test_the_range_is_that_of_all_tables_that_agree(seed, data):
    table, totals = random_table(seed, 2, (2,), mean=1)
    hidden = data.draw(st.sets(st.integers(0, len(table) - 1), min_size=1, max_size=4))
    most = int(table["value"].max()) + 2
    shown = table.assign(value=table["value"].mask(table.index.isin(hidden)))

    found = recoverable(shown, by=BY, totals=totals, greatest=most)

    expected = tried(shown, BY, totals, most)
    assert found.index.tolist() == sorted(hidden)
    for row in found.itertuples():
        assert (row.least, row.greatest) == expected[row.Index]
        assert row.exact == (row.least == row.greatest)


def test_what_nothing_bounds_is_missing():
    table = pd.DataFrame({"group": ["a", "b"], "value": [None, 4]})

    found = recoverable(table, by=["group"])

    assert found["least"].tolist() == [0]
    assert found["greatest"].isna().tolist() == [True]
    assert found["exact"].tolist() == [False]


def test_what_is_known_beforehand_can_differ_from_cell_to_cell():
    table = pd.DataFrame({"group": ["a", "b", "all"], "value": [None, None, 9]}, index=[4, 5, 6])
    least = pd.Series([1, 0, 0], index=table.index)
    greatest = pd.Series([4, np.nan, np.nan], index=table.index)

    found = recoverable(
        table, by=["group"], totals={"group": {"all": ["a", "b"]}}, least=least, greatest=greatest
    )

    assert found[["least", "greatest"]].to_numpy().tolist() == [[1, 4], [5, 8]]


def test_a_table_that_contradicts_itself_tells_nothing():
    table = pd.DataFrame({"group": ["a", "b", "c", "all"], "value": [None, None, 50, 9]})

    found = recoverable(table, by=["group"], totals={"group": {"all": ["a", "b", "c"]}})

    assert not found["exact"].any()
    assert found["greatest"].isna().all()


def test_fractions_are_not_taken_for_whole_numbers():
    table = pd.DataFrame({"group": ["a", "b", "all"], "value": [None, 2.667, 9.0]})

    found = recoverable(table, by=["group"], totals={"group": {"all": ["a", "b"]}})

    assert found["least"].tolist() == pytest.approx([6.333])
    assert found["exact"].tolist() == [True]


def test_a_table_without_holes_has_nothing_to_infer():
    table = pd.DataFrame({"group": ["a", "b"], "value": [3, 4]})
    assert recoverable(table, by=["group"]).empty
