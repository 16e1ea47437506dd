"""The columns of a sheet as numbers: each distinct text is understood once, never row by row."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from loti_dash.observation import STATUSES
from loti_dash.upload.sheet import Sheet
from loti_dash.upload.values import Refused, count

Ints = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Statuses = npt.NDArray[np.int8]

OK = STATUSES.index("ok")
# Rows that are looked at together where each needs many bytes.
_PIECE = 1 << 17


@dataclass(frozen=True)
class Texts:
    """The texts of a column of the sheet.

    `place` is the letter and heading of the column, or "" if the sheet has none. `texts` are
    those that occur, `of_row` is the position of each row's text in them.
    """

    place: str
    texts: list[str]
    of_row: npt.NDArray[np.integer[Any]]


@dataclass(frozen=True)
class Column:
    """A column of codes: `meaning` is the position in `meanings` of each text, or -1."""

    of: Texts
    refused: dict[int, Refused]
    meaning: Ints
    meanings: Sequence[Any]

    @cached_property
    def rows(self) -> Ints:
        """The position in `meanings` of each row, or -1."""
        found: Ints = self.meaning[self.of.of_row]
        return found


@dataclass(frozen=True)
class Counts:
    """A column of counts. Statuses are positions in observation.STATUSES; -1 is none at all."""

    of: Texts
    refused: dict[int, Refused]
    value: Floats
    status: Statuses

    @cached_property
    def rows(self) -> Floats:
        """The count of each row, not a number where there is none."""
        found: Floats = self.value[self.of.of_row]
        return found

    @cached_property
    def statuses(self) -> Statuses:
        """The status of each row."""
        found: Statuses = self.status[self.of.of_row]
        return found


def pieces(rows: int) -> Iterator[slice]:
    """Yield the places of rows, so many at a time that what is worked out of them stays small.

    >>> [(piece.start, piece.stop) for piece in pieces(3)]
    [(0, 3)]
    """
    for start in range(0, rows, _PIECE):
        yield slice(start, min(start + _PIECE, rows))


def texts(sheet: Sheet, name: str) -> Texts:
    """Return the texts of a column; of one that is not there, an empty text in every row."""
    if name not in sheet.cells.columns:
        return Texts("", [""], np.zeros(len(sheet.cells), dtype=np.int8))
    cells = sheet.cells[name].cat
    codes, known = cells.codes.to_numpy(), cells.categories.tolist()
    if len(codes) and codes.min() < 0:
        codes, known = np.where(codes < 0, len(known), codes), [*known, ""]
    used = np.zeros(len(known), dtype=bool)
    for some in pieces(len(codes)):
        used[codes[some]] = True
    if not used.all():
        codes = (np.cumsum(used, dtype=np.int32) - 1)[codes]
        known = [text for text, there in zip(known, used, strict=True) if there]
    return Texts(f"{sheet.letters[name]}, {sheet.headings[name]}", known, codes)


def column(
    of: Texts,
    read: Callable[[str], Any],
    order: Callable[[Any], Any] = str,
    most: int | None = None,
) -> Column:
    """Return a column whose texts were read: each to a meaning, or refused.

    Meanings stand in order. Texts with more than `most` meanings are refused beyond these.
    """
    refused: dict[int, Refused] = {}
    found: dict[int, Hashable] = {}
    for place, text in enumerate(of.texts if of.place else []):
        meaning = read(text)
        if isinstance(meaning, Refused):
            refused[place] = meaning
        else:
            found[place] = meaning
    meanings = sorted(set(found.values()), key=order)
    if most is not None and len(meanings) > most:
        beyond = Refused(f"There are {len(meanings):,} of them, and a file has at most {most:,}.")
        kept = set(meanings[:most])
        refused |= {place: beyond for place, meaning in found.items() if meaning not in kept}
        meanings = meanings[:most]
    positions = {meaning: n for n, meaning in enumerate(meanings)}
    # In as few bytes as there are meanings: of ten million rows a column is 10 MB and not 80.
    numbers = np.full(len(of.texts), -1, dtype=np.min_scalar_type(-max(len(meanings), 1)))
    for place, meaning in found.items():
        numbers[place] = positions.get(meaning, -1)
    return Column(of, refused, numbers, meanings)


def counts(of: Texts, decimal_comma: bool) -> Counts:
    """Return a column of counts whose texts were read."""
    value = np.full(len(of.texts), np.nan)
    status = np.full(len(of.texts), -1, dtype=np.int8)
    refused: dict[int, Refused] = {}
    for place, text in enumerate(of.texts if of.place else []):
        found = count(text, decimal_comma)
        if isinstance(found, int):
            value[place], status[place] = found, OK
        elif isinstance(found, str):
            status[place] = STATUSES.index(found)
        else:
            refused[place] = found
    return Counts(of, refused, value, status)
