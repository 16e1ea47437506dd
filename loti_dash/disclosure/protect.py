"""Hiding small counts, and with them the fewest others that keep them from being worked out.

Every hidden count gets alternatives: tables that agree with all that is shown, in which it is
as small, and others in which it is as large, as a hidden count can be. While there are such
tables nobody can narrow it down.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from loti_dash.disclosure.earlier import hidden_before, remembered
from loti_dash.disclosure.policy import PUBLIC
from loti_dash.disclosure.shield import to_hide
from loti_dash.disclosure.sums import CLOSE, Booleans, Floats, Sums, Totals, cells, sums


def protect(
    table: pd.DataFrame,
    threshold: int = PUBLIC.threshold,
    *,
    value: str = "value",
    by: Sequence[str],
    totals: Totals | None = None,
    most: str | None = None,
    earlier: Sequence[pd.DataFrame] = (),
) -> pd.DataFrame:
    """Return a table of counts without those that are small, or that would give one away.

    One row for each cell; `by` are the columns of codes, and `totals` says which code of a
    column is the sum of which others, nested sums allowed. Counts from 1 to threshold - 1
    become missing, with `status` "suppressed" and `status_reason` "primary". So do the fewest
    and smallest further counts (reason "secondary") with which nobody can narrow a primary
    count to less than 1 to threshold - 1, or tell by adding up that it is not 0, who knows
    every count shown, every total, which cells are primary, and the `earlier` releases of the
    same cells, as they were shown. A 0 or a total is hidden only where nothing else helps.
    `most` names a column with the greatest that each count can be, as everybody knows: the
    people there are, where nobody is counted twice.

    What the source withheld (missing counts) stays so, counts as unknown and is not given
    away either. What an earlier release hid stays hidden. Rows, order, index and all other
    columns stay; `status` and `status_reason` of rows that are not hidden stay, or are "ok"
    and "" where the table has none.

    Where small counts add up to a small total there may be no such table: of four counts of
    1 with a total of 4, each known to be small, nothing is left to doubt. Only coarser groups
    help then: see `offers`.

    Raises LotiError for a column that is not there, two rows for a cell, or a count under 0.

    >>> table = pd.DataFrame({"group": ["a", "b", "c", "all"], "value": [2, 30, 9, 41]})
    >>> protect(table, by=["group"], totals={"group": {"all": ["a", "b", "c"]}})["value"].tolist()
    [nan, 30.0, nan, 41.0]

    Source: Fischetti and Salazar (2000), Journal of the American Statistical Association 95:
    protection levels; the linear programmes after Kelly, Golden and Assad (1992), Networks 22.
    """
    counts = cells(table, value, by)
    withheld = np.isnan(counts)
    small = (counts > 0) & (counts < threshold)
    system = sums(table, counts, by, totals)
    system, shown = remembered(system, table, counts, value, by, totals, earlier)
    hidden = to_hide(
        system,
        np.where(withheld, _some_count(system, counts, withheld), counts),
        small,
        withheld,
        known=shown == counts,
        before=hidden_before(table, value, by, earlier),
        most=_greatest(table, most),
        threshold=threshold,
    )
    return _without(table, value, counts, hidden & ~withheld, small)


def _greatest(table: pd.DataFrame, most: str | None) -> Floats:
    """Return the greatest that each count can be: endless where nothing says so."""
    if most is None:
        return np.full(len(table), np.inf)
    return table[most].fillna(np.inf).to_numpy(dtype=np.float64)


def _some_count(system: Sums, counts: Floats, withheld: Booleans) -> Floats:
    """Return counts that the withheld cells could have, as the sums want them."""
    possible = np.zeros_like(counts)
    if withheld.any() and system.matrix.shape[0]:
        columns = system.matrix[:, withheld]
        binds = np.diff(columns.indptr) > 0
        right = system.right - system.matrix @ np.nan_to_num(counts)
        answer = linprog(np.ones(columns.shape[1]), A_eq=columns[binds], b_eq=right[binds])
        if answer.status == 0:
            possible[withheld] = np.where(answer.x > CLOSE, answer.x, 0.0)
    return possible


def _without(
    table: pd.DataFrame, value: str, counts: Floats, hidden: Booleans, small: Booleans
) -> pd.DataFrame:
    """Return the table with some counts missing, and the reasons in words."""
    kept = table[value] if not hidden.any() else np.where(hidden, np.nan, counts)
    status = table.get("status", np.where(np.isnan(counts), "suppressed", "ok"))
    told = table.get("status_reason", "")
    return table.assign(
        **{
            value: kept,
            "status": np.where(hidden, "suppressed", np.asarray(status, dtype=object)),
            "status_reason": np.where(
                hidden, np.where(small, "primary", "secondary"), np.asarray(told, dtype=object)
            ),
        }
    )
