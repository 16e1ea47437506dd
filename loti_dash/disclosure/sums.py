"""A table of counts as a system of sums: which cells bind which others.

A cell is a row of the table. A sum binds a total to its parts: along one column of codes,
where all the other codes are the same. What everybody knows of cells that are not shown is
what these equations leave open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from loti_dash.errors import LotiError

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Integers = NDArray[np.int64]
Totals = Mapping[str, Mapping[str, Sequence[str]]]

# Linear programmes are solved to 1e-7: what is closer together is the same number.
CLOSE = 1e-6


@dataclass(frozen=True)
class Sums:
    """Equations over the cells of a table: `matrix` @ counts = `right`.

    A row of the matrix has 1 for a total and -1 for each of its parts. `depth` says of how
    many sums a cell is the total: 0 for a cell that is only a part.
    """

    matrix: sparse.csr_array
    right: Floats
    depth: Integers


def cells(table: pd.DataFrame, value: str, by: Sequence[str]) -> Floats:
    """Return the counts of a table, missing where they are not known, and make sure of them.

    Raises LotiError for a column that is not there, two rows for one cell, or a count under 0.
    """
    lacking = [column for column in (value, *by) if column not in table.columns]
    if lacking or not by:
        raise LotiError(
            f"The table has no column {', '.join(map(repr, lacking)) or 'of codes'}; it has "
            f"{', '.join(map(repr, table.columns))}"
        )
    twice = table.duplicated(list(by), keep=False).to_numpy()
    if twice.any():
        first = ", ".join(str(code) for code in table.loc[twice, list(by)].iloc[0])
        raise LotiError(f"There are several rows for {first}: a cell has one count")
    counts = table[value].to_numpy(dtype=np.float64, na_value=np.nan)
    wrong = counts[(counts < 0) | np.isinf(counts)]
    if len(wrong):
        raise LotiError(f"{value} has {wrong[0]:g}: a count is 0 or more")
    return counts


def sums(table: pd.DataFrame, counts: Floats, by: Sequence[str], totals: Totals | None) -> Sums:
    """Return the equations that bind the cells of a table.

    Parts that the table has no row for are nobody. Where total and parts are all known and do
    not add up (a source that rounds, or counts some people in the total alone), the
    difference counts as known to everybody: an attacker might know it.

    Raises LotiError for a total of a column that is not one of `by`.
    """
    strange = sorted(set(totals or {}) - set(by))
    if strange:
        raise LotiError(f"totals has {', '.join(map(repr, strange))}, which is not in by")
    blocks = [
        _along(table, column, by, total, parts)
        for column, of in (totals or {}).items()
        for total, parts in of.items()
    ]
    number = len(table)
    matrix = sparse.csr_array(sparse.vstack([sparse.csr_array((0, number)), *blocks]))
    complete = abs(matrix) @ np.isnan(counts) == 0
    right = np.where(complete, matrix @ np.nan_to_num(counts), 0.0)
    depth = np.asarray((matrix > 0).sum(axis=0), dtype=np.int64).ravel()
    return Sums(matrix, right, depth)


def _along(
    table: pd.DataFrame, column: str, by: Sequence[str], total: str, parts: Sequence[str]
) -> sparse.csr_array:
    """Return the equations of one total code: one for each place that has it and a part."""
    others = [other for other in by if other != column]
    place: Integers = np.zeros(len(table), dtype=np.int64)
    if others:
        groups = table.groupby(others, sort=False, dropna=False, observed=True)
        place = groups.ngroup().to_numpy().astype(np.int64)
    codes = table[column].astype(str).to_numpy()
    whole = codes == str(total)
    inside = np.isin(codes, [str(part) for part in parts]) & np.isin(place, place[whole])
    whole &= np.isin(place, place[inside])
    cell = np.flatnonzero(whole | inside)
    _, equation = np.unique(place[cell], return_inverse=True)
    sign = np.where(whole[cell], 1.0, -1.0)
    shape = (int(whole.sum()), len(table))
    return sparse.csr_array((sign, (equation, cell)), shape=shape)
