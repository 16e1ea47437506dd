"""What somebody who can add up finds out about the counts that a table does not show.

The attacker knows every count shown, every sum that binds the cells, what is known of a hidden
count beforehand, and what earlier releases showed. A linear programme finds the least and the
greatest that each can be.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import linprog
from scipy.sparse.csgraph import connected_components

from loti_dash.disclosure.earlier import remembered
from loti_dash.disclosure.sums import (
    CLOSE,
    Booleans,
    Floats,
    Integers,
    Sums,
    Totals,
    cells,
    sums,
)


def recoverable(
    table: pd.DataFrame,
    *,
    value: str = "value",
    by: Sequence[str],
    totals: Totals | None = None,
    least: float | pd.Series = 0,
    greatest: float | pd.Series | None = None,
    earlier: Sequence[pd.DataFrame] = (),
) -> pd.DataFrame:
    """Return what can be inferred of each hidden cell of a table: a row for each missing count.

    The columns are those of `by`, then `least` and `greatest`, the range that the shown counts
    and the sums leave (missing where nothing bounds it), and `exact`, whether that is one
    number. `least` and `greatest` given are what is known beforehand, of every hidden cell or,
    as a Series with the table's index, of each. `earlier` are earlier releases of the same
    cells: whoever compares takes a count for unchanged unless something shown contradicts.
    Counts are whole numbers where all that are shown are. What contradicts itself tells
    nothing.

    Raises LotiError for a column that is not there, two rows for a cell, or a count under 0.

    >>> shown = pd.DataFrame({"group": ["a", "b", "all"], "value": [None, 9, 12]})
    >>> recoverable(shown, by=["group"], totals={"group": {"all": ["a", "b"]}}).values.tolist()
    [['a', 3.0, 3.0, True]]

    Source: Cox (1980), Suppression methodology and statistical disclosure control, Journal of
    the American Statistical Association 75, pages 377 to 385.
    """
    counts = cells(table, value, by)
    system = sums(table, counts, by, totals)
    hidden = np.isnan(counts)
    before = np.stack(
        [
            np.broadcast_to(np.asarray(least, dtype=np.float64), counts.shape),
            np.broadcast_to(np.asarray(_or_endless(greatest), dtype=np.float64), counts.shape),
        ]
    )
    system, shown = remembered(system, table, counts, value, by, totals, earlier)
    as_shown = hidden & (shown >= before[0]) & (shown <= before[1])
    low, high = ranges(system, counts, hidden, np.where(as_shown, shown, before))
    if not (counts[~hidden] % 1).any():
        low, high = np.ceil(low - CLOSE), np.floor(high + CLOSE)
    rows = table.loc[hidden, list(by)].copy()
    rows["least"] = low[hidden]
    rows["greatest"] = np.where(np.isinf(high), np.nan, high)[hidden]
    rows["exact"] = (high - low <= CLOSE)[hidden]
    return rows


def ranges(
    system: Sums, counts: Floats, hidden: Booleans, before: Floats
) -> tuple[Floats, Floats]:
    """Return the least and the greatest that each cell can be.

    `before` has a row with the least and one with the greatest that is known beforehand.
    """
    low, high = before.copy()
    for matrix, right, which in _apart(system, counts, hidden):
        for place, cell in enumerate(which):
            for sign, limit in ((1.0, low), (-1.0, high)):
                objective = np.zeros(len(which))
                objective[place] = sign
                answer = linprog(
                    objective, A_eq=matrix, b_eq=right, bounds=before[:, which].T, method="highs"
                )
                if answer.status == 0:
                    limit[cell] = sign * answer.fun
    return low, high


def _or_endless(greatest: float | pd.Series | None) -> float | pd.Series:
    if greatest is None:
        return np.inf
    return greatest.fillna(np.inf) if isinstance(greatest, pd.Series) else greatest


def _apart(
    system: Sums, counts: Floats, hidden: Booleans
) -> Iterator[tuple[sparse.csr_array, Floats, Integers]]:
    """Yield the equations over the hidden cells alone, those without a cell in common apart.

    Each with its right-hand side and the numbers of its cells. An equation that binds no
    hidden cell is left out, and so is one in which parts would have to be less than nobody.
    """
    which = np.flatnonzero(hidden)
    if not len(which):
        return
    matrix = system.matrix[:, which]
    right = system.right - system.matrix @ np.where(hidden, 0.0, np.nan_to_num(counts))
    binds = np.diff(matrix.indptr) > 0
    only_parts = np.asarray(matrix.max(axis=1).todense()).ravel() <= 0
    kept = binds & ~(only_parts & (right > CLOSE))
    matrix, right = matrix[kept], right[kept]
    _, label = connected_components(abs(matrix.T @ matrix), directed=False)
    of_equation = label[matrix.indices[matrix.indptr[:-1]]]
    for one in np.unique(of_equation):
        rows, inside = np.flatnonzero(of_equation == one), np.flatnonzero(label == one)
        yield matrix[rows][:, inside], right[rows], which[inside]
