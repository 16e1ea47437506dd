"""A file's cells as a spreadsheet would show them, before anything in them is understood.

pyarrow reads; this module sees to it that no row is lost on the way and that every row knows
its number. Columns are kept as distinct values and a code for each row: a million rows of counts
by ethnic group have a few thousand distinct values.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute
import pyarrow.csv

from loti_dash.errors import UploadRefused
from loti_dash.upload import addresses
from loti_dash.upload.dialect import Layout, Text
from loti_dash.upload.piles import Column, Pile, column
from loti_dash.upload.uneven import Uneven

_TEXT = pa.dictionary(pa.int32(), pa.string())
# Big enough for few pieces, small enough to leave memory alone; a row cannot be longer.
_BLOCK = 1 << 22
# Put behind the last row: where it is not found again, a quotation mark swallowed it.
_END = "end of the file"


@dataclass(frozen=True)
class Grid:
    """All rows after the header: `numbers` are the sheet's, `columns` have a cell for each.

    `short` are the numbers of rows that end before the last column; their missing cells are
    read as empty. `too_long` are rows with more cells than there are columns, by number: they
    are not in `columns`, and a file that has any cannot be used.
    """

    numbers: pd.Index
    columns: tuple[Column, ...]
    short: tuple[int, ...]
    too_long: dict[int, list[str]]


def read(text: Text, layout: Layout) -> Grid:
    """Return the rows after the header of a text.

    Raises UploadRefused where a quotation mark is opened and not closed: what follows it would
    be one cell.
    """
    width = max(2, layout.width)  # of one column, a blank row and an empty cell look the same
    above = len(layout.rows) if layout.names else 0
    uneven = Uneven(width, layout.separator)
    quoted = text.utf8.find(b'"', layout.data) >= 0
    piles, even = _fast(text.utf8, layout, width) if not quoted else ([], None)
    if even is None:
        piles = [Pile() for _ in range(width)]
        even = _parsed(_source(text.utf8, layout.data, quoted), layout.separator, piles, uneven)
    if even is None:
        raise UploadRefused(
            'A quotation mark (") is opened and not closed again, so that the rest of the file is '
            "one cell, or a cell is longer than four million characters. Close or remove it."
        )
    if quoted:
        _refuse_open_quote(uneven, above + even + len(uneven.numbers) + len(uneven.too_long))
    numbers = _numbers(even, uneven, above)
    if uneven.filled:
        source = pa.py_buffer("\n".join(uneven.filled).encode())
        filled = _parsed(source, layout.separator, piles, uneven)
        if filled != len(uneven.filled):
            raise UploadRefused(
                "There are rows with fewer cells than the header, with quotation marks in them "
                "that do not close where a cell ends. Give every row as many cells as the header, "
                f"first in row {above + uneven.numbers[0]}."
            )
    order = np.argsort(numbers.to_numpy()) if uneven.filled else None
    columns = tuple(column(pile, order) for pile in piles)
    # What pyarrow used for the pieces would else stay with it.
    pa.default_memory_pool().release_unused()
    return Grid(
        numbers if order is None else numbers[order],
        columns,
        tuple(above + number for number in uneven.numbers),
        {above + number: cells for number, cells in uneven.too_long.items()},
    )


def _source(utf8: bytes, start: int, quoted: bool) -> pa.Buffer:
    if not quoted:
        return pa.py_buffer(utf8)[start:]
    end = _END if utf8.endswith((b"\n", b"\r")) else f"\n{_END}"
    return pa.py_buffer(b"".join((memoryview(utf8)[start:], end.encode())))


def _fast(utf8: bytes, layout: Layout, width: int) -> tuple[list[Pile], int | None]:
    """Return the piles of all rows, read by several threads; None if one is not as wide as all.

    Threads do not know the number of an uneven row, and a file of counts seldom has any.
    """
    piles, uneven = [Pile() for _ in range(width)], Uneven(width, layout.separator)
    source = pa.py_buffer(utf8)[layout.data :]
    even = _parsed(source, layout.separator, piles, uneven, threads=True)
    return piles, None if uneven.last or uneven.numbers or uneven.too_long else even


def _parsed(
    source: pa.Buffer, separator: str, piles: list[Pile], uneven: Uneven, threads: bool = False
) -> int | None:
    """Put the rows of the right width onto piles, and return how many; None if it fails.

    The others are kept in `uneven`.
    """
    names = [addresses.letter(position) for position in range(len(piles))]
    if not source.size:
        return 0
    rows = 0
    try:
        pieces = pa.csv.open_csv(
            pa.BufferReader(source),
            # Only one thread knows the numbers of rows.
            pa.csv.ReadOptions(column_names=names, use_threads=threads, block_size=_BLOCK),
            pa.csv.ParseOptions(
                delimiter=separator,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=uneven.keep,
            ),
            pa.csv.ConvertOptions(column_types=dict.fromkeys(names, _TEXT)),
        )
        for piece in pieces:
            rows += len(piece)
            for pile, cells in zip(piles, piece.columns, strict=True):
                pile.add(cells)
    except pa.ArrowInvalid:
        # Its message quotes the row.
        return None
    return rows


def _refuse_open_quote(uneven: Uneven, last: int) -> None:
    """Raise UploadRefused unless the mark behind the last row was read as a row of its own."""
    if uneven.last != _END:
        raise UploadRefused(
            f'A quotation mark (") is opened in {addresses.rows([last])} and not closed again, so '
            "that the rest of the file is one cell. Close or remove it."
        )
    uneven.numbers.pop()
    uneven.filled.pop()


def _numbers(even: int, uneven: Uneven, above: int) -> pd.Index:
    """Return the numbers of the even rows, then of the filled ones."""
    odd = np.array([*uneven.numbers, *uneven.too_long], dtype=np.int64)
    if not len(odd):
        # From one to another, which takes no room.
        return pd.RangeIndex(above + 1, above + even + 1)
    every = np.arange(1, even + len(odd) + 1)
    of_table = np.concatenate([np.delete(every, odd - 1), odd[: len(uneven.numbers)]])
    numbers: pd.Index = pd.Index(above + of_table)
    return numbers
