"""Which rows under a header are the table: not the blank ones, and not the notes at its foot."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute

from loti_dash.errors import UploadRefused
from loti_dash.upload.grid import Grid
from loti_dash.upload.piles import Column


@dataclass(frozen=True)
class Table:
    """The rows of a table with their numbers in the sheet, and which rows are not of it.

    `blank`, `notes`, `short` and `broken` are numbers of rows: those without any text; those at
    the foot with text in the first column alone; those of the table whose last cells are missing
    and read as empty; those of the table with a line break in a cell.
    """

    numbers: pd.Index
    columns: tuple[Column, ...]
    blank: tuple[int, ...]
    notes: tuple[int, ...]
    short: tuple[int, ...]
    broken: tuple[int, ...]

    @property
    def empty(self) -> list[bool]:
        """Whether all cells of each column are empty."""
        return [bool(column.equal("").all()) for column in self.columns]

    @property
    def index(self) -> pd.Index:
        """The numbers of the rows, as short as they can be said."""
        first, last = int(self.numbers[0]), int(self.numbers[-1])
        if last - first + 1 == len(self.numbers):
            return pd.RangeIndex(first, last + 1)
        return self.numbers

    def categorical(self, position: int) -> pd.Categorical:
        """Return a column's cells, its categories being the texts that stand in it."""
        column = self.columns[position]
        texts = pd.Index(column.values.to_pandas(), dtype="str")
        return pd.Categorical.from_codes(column.codes, texts, validate=False)


def table_of(grid: Grid, first: int) -> Table:
    """Return the rows of a grid that are its table, which starts at the column `first`.

    Notes stand under the last row that has a cell right of the first column. A row above it with
    a first cell alone is a row of the table, for a checker to complain of.

    Raises UploadRefused where there is no row.
    """
    blank = _all_empty(grid.columns)
    alone = _all_empty(grid.columns[first + 1 :])
    under = len(alone) - int(np.argmin(alone[::-1])) if len(alone) and not alone.all() else 0
    if not under:
        raise UploadRefused(
            "The file has a header and no rows under it with more than a first cell. Save the "
            "whole table and upload that file."
        )
    of_table = ~blank
    of_table[under:] = False
    whole = bool(of_table.all())
    numbers = grid.numbers if whole else grid.numbers[of_table]
    columns = grid.columns if whole else tuple(each.rows(of_table) for each in grid.columns)
    return Table(
        numbers,
        columns,
        _numbers(grid.numbers[blank]),
        _numbers(grid.numbers[~blank & ~of_table]),
        _numbers(numbers.intersection(pd.Index(grid.short))) if grid.short else (),
        _numbers(numbers[_broken(columns, len(numbers))]),
    )


def _all_empty(columns: tuple[Column, ...]) -> npt.NDArray[np.bool_]:
    """Return for each row whether its cells in these columns are all empty."""
    empty = columns[0].equal("")
    for column in columns[1:]:
        if not empty.any():
            break
        empty = empty & column.equal("")
    return empty


def _broken(columns: tuple[Column, ...], rows: int) -> npt.NDArray[np.bool_]:
    broken = np.zeros(rows, dtype=bool)
    for column in columns:
        in_two_lines = pa.compute.match_substring_regex(column.values, r"[\r\n]")
        if pa.compute.any(in_two_lines).as_py():
            broken |= in_two_lines.to_numpy(zero_copy_only=False)[column.codes]
    return broken


def _numbers(rows: pd.Index) -> tuple[int, ...]:
    return tuple(rows.tolist())
