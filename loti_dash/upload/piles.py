"""Columns of cells as distinct values and a code for each row, put together piece by piece."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute

Codes = npt.NDArray[np.integer[Any]]
# So many codes are looked up at once: numpy takes eight bytes for each.
_ROWS = 1 << 20


@dataclass(frozen=True)
class Column:
    """The cells of a column: `values` are distinct, `codes` say which of them stands in a row."""

    codes: Codes
    values: pa.StringArray

    def equal(self, value: str) -> npt.NDArray[np.bool_]:
        """Return for each row whether its cell is the value."""
        code = pa.compute.index(self.values, value).as_py()
        return self.codes == code if code >= 0 else np.zeros(len(self.codes), dtype=bool)

    def rows(self, wanted: npt.NDArray[np.bool_]) -> "Column":
        """Return the wanted rows, with the values that they have."""
        return _tidied(self.codes[wanted], self.values)


@dataclass
class Pile:
    """The cells of a column as they come in, piece by piece: distinct values, and their codes."""

    values: pa.StringArray = field(default_factory=lambda: pa.array([], pa.string()))
    codes: list[Codes] = field(default_factory=list)

    def add(self, piece: pa.DictionaryArray) -> None:
        """Put a piece on top."""
        places = pa.compute.index_in(piece.dictionary, self.values)
        if places.null_count:
            new = piece.dictionary.filter(pa.compute.is_null(places)).unique()
            self.values = pa.concat_arrays([self.values, new])
            places = pa.compute.index_in(piece.dictionary, self.values)
        # In as few bytes as there are values: of ten million rows, codes are most of the memory.
        few = places.to_numpy().astype(np.min_scalar_type(len(self.values)))
        self.codes.append(few[piece.indices.to_numpy()])


def column(pile: Pile, order: npt.NDArray[np.int64] | None) -> Column:
    """Return the column of a pile, which is empty then, in an order of its rows if given."""
    if not pile.codes:
        return Column(np.array([], dtype=np.int32), pa.array([], pa.string()))
    codes = np.concatenate(pile.codes)
    pile.codes.clear()
    return _tidied(codes if order is None else codes[order], _stripped(pile.values))


def _stripped(values: pa.StringArray) -> pa.StringArray:
    """Return values without outer blanks; few have any, so few are looked at one by one."""
    outer = pa.compute.match_substring_regex(values, r"^[^!-~]|[^!-~]$")
    if not pa.compute.any(outer).as_py():
        return values
    changed = [value.strip() for value in values.filter(outer).to_pylist()]
    return pa.compute.replace_with_mask(values, outer, pa.array(changed, pa.string()))


def _tidied(codes: Codes, values: pa.StringArray) -> Column:
    """Return a column whose values are distinct, and all of them in use."""
    encoded = values.dictionary_encode()
    if len(encoded.dictionary) < len(values):
        codes, values = encoded.indices.to_numpy().astype(codes.dtype)[codes], encoded.dictionary
    used = np.zeros(len(values), dtype=bool)
    for start in range(0, len(codes), _ROWS):
        used[codes[start : start + _ROWS]] = True
    if used.all():
        return Column(codes, values)
    new = (np.cumsum(used) - 1).astype(codes.dtype)
    return Column(new[codes], values.filter(pa.array(used)))
