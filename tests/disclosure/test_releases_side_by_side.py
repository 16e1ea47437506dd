"""Two releases of the same counts: nothing hidden in either can be inferred from both."""

import numpy as np
import pandas as pd
import pytest
from attackers import (
    BY,
    assert_nobody_is_the_wiser,
    by_group,
    equations,
    hidden_rows,
    random_table,
)

from loti_dash.disclosure import protect, recoverable


def corrected(table, totals, row, by):
    """Return a table with one count corrected by `by`, and every total that it is in."""
    value = table["value"].copy()
    value[row] += by
    of = [(whole, parts) for whole, parts in equations(table, BY, totals)]
    # The sums of sums come last, after enough rounds for every level.
    for _ in range(4):
        for whole, parts in of:
            value[whole] = value[parts].sum()
    return table.assign(value=value)


def remembered(first, before, now, totals):
    """Yield the earlier sums over what a first release hid, as equations over the rows now.

    Of those over something hidden that has changed nobody knows that they still hold.
    """
    hidden = first["value"].isna()
    for whole, parts in equations(first, BY, totals):
        factors = {whole: 1.0} | dict.fromkeys(parts, -1.0)
        unknown = {row: factor for row, factor in factors.items() if hidden[row]}
        right = -sum(f * first.loc[row, "value"] for row, f in factors.items() if not hidden[row])
        if unknown and all(now.loc[row, "value"] == before.loc[row, "value"] for row in unknown):
            yield unknown, right


@pytest.mark.parametrize("tens", range(20))
def test_one_corrected_count_gives_nothing_away(tens):
    for seed in range(10 * tens, 10 * tens + 10):
        table, totals = random_table(seed, 2 + seed % 3, [(2, 2), (3,)][seed % 2])
        leaves = ~table["group"].isin(totals["group"]) & (table["area"] != "London")
        row = int(np.random.default_rng(seed).choice(np.flatnonzero(leaves)))
        first = protect(table, by=BY, totals=totals)
        change = [3, -min(3, table.loc[row, "value"])][seed % 2]
        now = corrected(table, totals, row, change)

        second = protect(now, by=BY, totals=totals, earlier=[first])

        # Whoever compares knows each cell that either release shows, if it did not change.
        shown_then = first["value"].notna() & (table["value"] == now["value"])
        extra = list(remembered(first, table, now, totals))
        extra += [({r: 1.0}, table.loc[r, "value"]) for r in np.flatnonzero(shown_then)]
        assert_nobody_is_the_wiser(now, second, BY, totals, extra=extra)


def test_a_count_shown_before_cannot_hide_another_now():
    table, totals = by_group(9, 20, 30, 40)
    first = protect(table, by=["group"], totals=totals)
    assert not len(hidden_rows(first))
    now = table.assign(value=[3, 20, 30, 40, 93])

    second = protect(now, by=["group"], totals=totals, earlier=[first])

    # 20, 30 and 40 are known from before: only the total keeps the 3 secret.
    assert hidden_rows(second).tolist() == [0, 4]


def test_what_was_hidden_stays_hidden():
    table, totals = by_group(3, 8, 30, 40)
    first = protect(table, by=["group"], totals=totals)
    now = table.assign(value=[9, 8, 30, 40, 87])

    second = protect(now, by=["group"], totals=totals, earlier=[first])

    assert set(hidden_rows(first)) <= set(hidden_rows(second))


def test_the_attacker_reads_earlier_releases_too():
    totals = {"group": {"all": ["a", "b", "c"]}}
    first = pd.DataFrame({"group": ["a", "b", "c", "all"], "value": [None, None, 30, 41]})
    second = pd.DataFrame({"group": ["a", "b", "c", "all"], "value": [None, 9, None, 41]})

    alone = recoverable(second, by=["group"], totals=totals)
    both = recoverable(second, by=["group"], totals=totals, earlier=[first])

    assert not alone["exact"].any()
    assert both["exact"].all()
    assert both["least"].tolist() == [2, 30]


def test_a_pooled_period_minus_single_years_gives_no_year_back():
    years = ["2021", "2022", "2023"]
    table = pd.DataFrame(
        {
            "group": ["a"] * 4 + ["b"] * 4,
            "period": [*years, "2021--2023"] * 2,
            "value": [3, 20, 30, 53, 60, 70, 80, 210],
        }
    )

    safe = protect(table, by=["group", "period"], totals={"period": {"2021--2023": years}})

    found = recoverable(safe, by=["group", "period"], totals={"period": {"2021--2023": years}})
    assert not found["exact"].any()
    assert safe["value"].isna().sum() == 2


@pytest.mark.parametrize("again", [1, 2])
def test_publishing_the_same_again_hides_the_same(again):
    table, totals = random_table(5, 4, (2, 3), mean=8)
    releases = [protect(table, by=BY, totals=totals)]
    for _ in range(again):
        releases.append(protect(table, by=BY, totals=totals, earlier=releases))

    assert hidden_rows(releases[-1]).tolist() == hidden_rows(releases[0]).tolist()
