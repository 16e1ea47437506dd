"""Rows that stand for several others, beside the sum of these."""

from dataclasses import dataclass

import numpy as np

from loti_dash.groups import UNKNOWN
from loti_dash.upload.coded import Coded
from loti_dash.upload.columns import OK, Counts, Flags, Ints
from loti_dash.upload.lists import Settled


@dataclass(frozen=True)
class Added:
    """A row of a sum at a position of the sheet, and what its parts add up to.

    `incomplete` says that some parts are withheld or not available, and not in the sum.
    """

    place: int
    total: float
    parts: float
    without_unknown: float
    incomplete: bool


@dataclass(frozen=True)
class Sums:
    """The rows of sums that agree, and those that do not: by column, with an example.

    `unchecked` are those beside labels of which it is not settled what they mean.
    """

    right: Flags
    unchecked: Flags
    wrong: tuple[tuple[Flags, str, Added], ...]


def added_up(of: Coded) -> Sums:
    """Return which rows of sums agree with the rows of their parts, numerator and denominator."""
    right = np.zeros(len(of.rows), dtype=bool)
    wrong: list[tuple[Flags, str, Added]] = []
    lists: dict[int, tuple[Settled, list[int]]] = {}
    for n, each in enumerate(of.lists):
        if each.sums and not each.undecided:
            lists.setdefault(id(each), (each, []))[1].append(n)
    for each, indicators in lists.values():
        inside = of.understood & np.isin(of.indicator.rows, indicators)
        for code, parts in each.sums.items():
            totals = np.flatnonzero(inside & (of.group == of.codes.index(code)))
            made_of = np.flatnonzero(
                inside & np.isin(of.group, [of.codes.index(p) for p in parts])
            )
            apart = np.zeros(len(totals), dtype=bool)
            for column in (of.numerator, of.denominator):
                if not column.of.place:
                    continue
                differs, example = _beside(of, column, totals, made_of)
                apart |= differs
                if example is not None:
                    flags = np.zeros(len(of.rows), dtype=bool)
                    flags[totals[differs]] = True
                    wrong.append((flags, column.of.place, example))
            right[totals[~apart]] = True
    unchecked = np.array([bool(each.undecided) for each in of.lists], dtype=bool)
    there = np.flatnonzero(of.sums & of.understood)
    open_ = np.zeros(len(of.rows), dtype=bool)
    open_[there] = unchecked[of.indicator.rows[there]]
    return Sums(right, open_, tuple(wrong))


def _beside(of: Coded, column: Counts, totals: Ints, parts: Ints) -> tuple[Flags, Added | None]:
    """Return which totals differ from their parts in a column, and the first that does."""
    wide = of.indicator.rows.astype(np.int64)
    where = (wide * len(of.area.meanings) + of.area.rows) * len(
        of.period.meanings
    ) + of.period.rows
    places, position = np.unique(where[totals], return_inverse=True)
    if not len(places):
        return np.zeros(0, dtype=bool), None
    slot = np.minimum(np.searchsorted(places, where[parts]), len(places) - 1)
    beside = places[slot] == where[parts]
    parts, slot = parts[beside], slot[beside]
    values = np.where(column.statuses[parts] == OK, column.rows[parts], 0.0)
    known = np.array([not code.startswith(UNKNOWN) for code in of.codes])[of.group[parts]]
    hidden = np.bincount(slot, column.statuses[parts] != OK, len(places))[position]
    found = np.bincount(slot, values, len(places))[position]
    without = np.bincount(slot, values * known, len(places))[position]
    total = column.rows[totals]
    differs = (column.statuses[totals] == OK) & np.where(hidden > 0, found > total, found != total)
    if not differs.any():
        return differs, None
    first = int(np.argmax(differs))
    return differs, Added(
        int(totals[first]),
        float(total[first]),
        float(found[first]),
        float(without[first]),
        bool(hidden[first]),
    )
