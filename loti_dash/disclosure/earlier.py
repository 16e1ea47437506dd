"""What earlier releases of the same counts still tell, once a new one stands beside them.

A cell shown before and not changed is known, whatever the new release hides; and the sums of an
earlier release bind what it hid. A count is taken for unchanged unless something shown says
that it did change: that is what whoever compares two releases will do.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from loti_dash.disclosure.sums import CLOSE, Booleans, Floats, Integers, Sums, Totals, cells, sums


def remembered(
    system: Sums,
    table: pd.DataFrame,
    counts: Floats,
    value: str,
    by: Sequence[str],
    totals: Totals | None,
    earlier: Sequence[pd.DataFrame],
) -> tuple[Sums, Floats]:
    """Return the sums with those of earlier releases, and what these showed of each cell.

    Shown last: missing where no release showed the cell. An earlier sum over a cell that the
    table no longer has is left out, and so is one that no longer holds: then something hidden
    has changed, and nobody can tell what.
    """
    shown = np.full(len(table), np.nan)
    matrices, rights = [system.matrix], [system.right]
    for release in earlier:
        of_then = cells(release, value, by)
        place = _places(release, table, by)
        there = (place >= 0) & ~np.isnan(of_then)
        shown[place[there]] = of_then[there]
        then = sums(release, of_then, by, totals)
        hidden = np.isnan(of_then)
        right = then.right - then.matrix @ np.where(hidden, 0.0, np.nan_to_num(of_then))
        lost = abs(then.matrix) @ (hidden & (place < 0)) > 0
        matrix = _moved(then.matrix[:, hidden], place[hidden], len(table))
        complete = abs(matrix) @ np.isnan(counts) == 0
        changed = complete & (np.abs(matrix @ np.nan_to_num(counts) - right) > CLOSE)
        kept = (np.diff(matrix.indptr) > 0) & ~lost & ~changed
        matrices.append(matrix[kept])
        rights.append(right[kept])
    together = sparse.csr_array(sparse.vstack(matrices))
    return Sums(together, np.concatenate(rights), system.depth), shown


def hidden_before(
    table: pd.DataFrame, value: str, by: Sequence[str], earlier: Sequence[pd.DataFrame]
) -> Booleans:
    """Return the cells that some earlier release has, and none of them shows."""
    had, shown = np.zeros(len(table), dtype=bool), np.zeros(len(table), dtype=bool)
    for release in earlier:
        place = _places(release, table, by)
        known = release[value].notna().to_numpy()
        had[place[place >= 0]] = True
        shown[place[(place >= 0) & known]] = True
    return had & ~shown


def _places(release: pd.DataFrame, table: pd.DataFrame, by: Sequence[str]) -> Integers:
    """Return the row of the table for each row of an earlier release; -1 where there is none."""
    now = pd.MultiIndex.from_frame(table[list(by)].astype(str))
    return now.get_indexer(pd.MultiIndex.from_frame(release[list(by)].astype(str)))


def _moved(matrix: sparse.csr_array, place: Integers, width: int) -> sparse.csr_array:
    """Return a matrix with its columns at their places in a wider one."""
    entries = sparse.coo_array(matrix)
    row, column = entries.coords
    there = place[column] >= 0
    data = (entries.data[there], (row[there], place[column[there]]))
    return sparse.csr_array(data, shape=(matrix.shape[0], width))
