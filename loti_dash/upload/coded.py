"""A sheet as the rules see it: every column in numbers, and every label in its list."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import prod

import numpy as np
import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.upload.columns import Column, Counts, Flags, Ints, pieces
from loti_dash.upload.labels import Known
from loti_dash.upload.lists import Settled
from loti_dash.upload.period_words import KINDS, Meant
from loti_dash.upload.sheet import Sheet
from loti_dash.upload.structure import NOBODY

_MOST_IN_FOUR_BYTES = 2**31


@dataclass(frozen=True)
class Coded:
    """The columns of a sheet in numbers, and what is needed to judge them.

    The meanings of `label` are sets of codes, of which `lists` settles one for each indicator;
    those of `period` are ids, and `meant` has the periods by the position of their text.
    `unsure` has what a label was read as whose state of unknown can be another, likewise.
    `residents` are area_code, group_code and value, or None.
    """

    sheet: Sheet
    known: Known
    indicator: Column
    area: Column
    period: Column
    meant: Mapping[int, Meant]
    label: Column
    numerator: Counts
    denominator: Counts
    unsure: Mapping[int, str]
    lists: list[Settled]
    published: Collection[str]
    residents: pd.DataFrame | None
    today: date

    @property
    def catalogue(self) -> Catalogue:
        """The definitions."""
        return self.known.catalogue

    @cached_property
    def rows(self) -> Ints:
        """The row numbers of the sheet."""
        index = self.sheet.cells.index
        if isinstance(index, pd.RangeIndex):
            return np.arange(index.start, index.stop, dtype=np.int32)
        return index.to_numpy()

    @cached_property
    def codes(self) -> list[str]:
        """The codes of groups that occur, in order."""
        return sorted({code for each in self.lists for code in each.codes.values()})

    @cached_property
    def group(self) -> Ints:
        """The position in `codes` of each row's group, or -1."""
        positions = {code: n for n, code in enumerate(self.codes)}
        # A last row and column, those at -1, for what has no indicator or no label.
        few = np.min_scalar_type(-max(len(self.codes), 1))
        table = np.full((len(self.lists) + 1, len(self.label.meanings) + 1), -1, dtype=few)
        for n, each in enumerate(self.lists):
            for m, meaning in enumerate(self.label.meanings):
                table[n, m] = positions.get(each.codes.get(meaning, ""), -1)
        found: Ints = table[self.indicator.rows, self.label.rows]
        return found

    @cached_property
    def understood(self) -> Flags:
        """The rows of which every cell is understood."""
        found = (self.indicator.rows >= 0) & (self.area.rows >= 0) & (self.period.rows >= 0)
        found &= (self.group >= 0) & (self.numerator.statuses >= 0)
        if self.denominator.of.place:
            found &= self.denominator.statuses >= 0
        return found

    @cached_property
    def sums(self) -> Flags:
        """The rows that stand for several others, or for nobody: no figures of their own."""
        table = np.zeros((len(self.lists), len(self.codes)), dtype=bool)
        for n, each in enumerate(self.lists):
            for g, code in enumerate(self.codes):
                table[n, g] = code in each.sums or code in each.beyond or code == NOBODY
        if not table.any():
            return np.zeros(len(self.rows), dtype=bool)
        there = (self.indicator.rows >= 0) & (self.group >= 0)
        return there & table[self.indicator.rows, self.group]

    @cached_property
    def figures(self) -> Flags:
        """The rows that are figures."""
        return self.understood & ~self.sums

    @cached_property
    def key(self) -> Ints:
        """A number for indicator, area, group and period, in this order, of understood rows."""
        sizes = [len(of) for of in (self.area.meanings, self.codes, self.period.meanings)]
        possible = len(self.indicator.meanings) * prod(sizes)
        wide = np.int32 if possible < _MOST_IN_FOUR_BYTES else np.int64
        key: Ints = self.indicator.rows.astype(wide)
        for size, rows in zip(sizes, (self.area.rows, self.group, self.period.rows), strict=True):
            key = key * wide(size) + rows
        return key

    @cached_property
    def ticked_off(self) -> Ints | None:
        """The positions of all rows in the order of their keys, if no two have the same key.

        None where two have, where a row is not understood, and where far more keys are possible
        than there are rows. Most files have a row for nearly every key, and to tick keys off
        takes a third of the time that sorting them takes.
        """
        rows = len(self.rows)
        if not rows or not self.understood.all() or (last := int(self.key.max())) >= 2 * rows:
            return None
        wide = np.int32 if rows < _MOST_IN_FOUR_BYTES else np.int64
        at: Ints = np.full(last + 1, wide(-1))
        for some in pieces(rows):
            at[self.key[some]] = np.arange(some.start, some.stop, dtype=wide)
        found: Ints = at[at >= 0]
        return found if len(found) == rows else None

    @cached_property
    def order(self) -> Ints:
        """The positions of the understood rows, in the order of their keys."""
        if self.ticked_off is not None:
            return self.ticked_off
        wide = np.int32 if len(self.rows) < _MOST_IN_FOUR_BYTES else np.int64
        if self.understood.all():
            return np.argsort(self.key, kind="stable").astype(wide)
        there: Ints = np.flatnonzero(self.understood).astype(wide)
        return there[np.argsort(self.key[there], kind="stable")]

    def by_indicator(self, places: Ints) -> Iterator[tuple[str, Ints]]:
        """Yield the ids of rows at some positions, each with its positions, in order."""
        ordered = np.sort(places)
        of = self.indicator.rows[ordered]
        for n in np.flatnonzero(np.bincount(of)).tolist() if len(of) else ():
            yield self.indicator.meanings[n], ordered[of == n]

    def named(self, place: int) -> str:
        """Return what the row at a position is about, for a message."""
        return ", ".join(
            (
                self.indicator.meanings[self.indicator.rows[place]],
                self.catalogue.areas[self.area.meanings[self.area.rows[place]]].name,
                self.period.meanings[self.period.rows[place]],
                self.catalogue.short_labels[self.codes[self.group[place]]],
            )
        )

    @cached_property
    def kinds(self) -> list[tuple[str, ...]]:
        """The kinds of periods of each indicator, in the order of period_words.KINDS."""
        order = list(KINDS)
        of_text = np.full(len(self.period.of.texts), -1, dtype=np.int8)
        for place, each in self.meant.items():
            of_text[place] = order.index(each.kind)
        there = present(self.indicator, of_text[self.period.of.of_row], len(order))
        return [
            tuple(kind for kind, found in zip(order, line, strict=True) if found) for line in there
        ]


def present(indicator: Column, others: Ints, many: int) -> Flags:
    """Return which indicators (lines) occur together with which of many others (columns)."""
    return together(indicator.rows, others, len(indicator.meanings), many)


def together(one: Ints, other: Ints, lines: int, many: int) -> Flags:
    """Return which codes (lines) occur in a row with which others (columns); -1 is none.

    >>> together(np.array([0, 1]), np.array([1, -1]), 2, 2).tolist()
    [[False, True], [False, False]]
    """
    found = np.zeros(lines * many, dtype=bool)
    for some in pieces(len(one)):
        pairs = one[some].astype(np.int64) * many + other[some]
        found[pairs[(one[some] >= 0) & (other[some] >= 0)]] = True
    return found.reshape(lines, many)
