"""Whom a group is compared with: its own counts, those of the reference, and their overlap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loti_dash.codes import coded, marked
from loti_dash.measures import Rate, representation_ratio

Floats = NDArray[np.float64]

# Fewer people than this have no rate: one event more or less would decide it (methods.md,
# section 2).
LEAST_POPULATION = 100
# Of this kind the `denominator` is no count but the publisher's rate.
PUBLISHED = "published_rate_only"


@dataclass(frozen=True)
class Sides:
    """The counts of each row, as numpy arrays, missing where there can be no rate.

    `reference` is the group compared with. `apart` is the same without the group itself, which
    is what an interval needs. `contains` says where the two differ, and `share` is the group's
    part of the reference's denominator. `same` marks the reference group's own rows.
    """

    group: Rate
    reference: Rate
    apart: Rate
    contains: NDArray[np.bool_]
    same: NDArray[np.bool_]
    share: Floats
    unknown: Floats
    unknown_of: Floats
    all_numerator: Floats
    representation: Floats

    def at(self, rows: NDArray[np.intp]) -> "Sides":
        """Return the sides of some rows."""
        taken: dict[str, Any] = {f.name: _at(getattr(self, f.name), rows) for f in fields(self)}
        return Sides(**taken)


def together(each: Sequence[Sides]) -> Sides:
    """Return the sides of several references, one below the other."""
    columns = {f.name: [getattr(of, f.name) for of in each] for f in fields(Sides)}
    return Sides(**{name: _below(column) for name, column in columns.items()})


def _below(column: Sequence[Any]) -> Any:
    if isinstance(column[0], Rate):
        return Rate(*map(np.concatenate, zip(*column, strict=True)))
    return np.concatenate(column)


def sides(
    counts: pd.DataFrame,
    kinds: pd.Categorical,
    reference: str,
    parts: Mapping[str, frozenset[str]],
) -> Sides:
    """Return the two sides of every row of counts, for a reference.

    A group that contains part of the reference, as White does of White British, has none: it
    is neither apart from it nor inside it.
    """
    column = {name: counts[name].to_numpy(float) for name in _COUNTS}
    usable = _usable(column["numerator"], column["denominator"], kinds)
    group = Rate(*(np.where(usable, column[s], np.nan) for s in ("numerator", "denominator")))
    everybody = Rate(column["all_numerator"], column["all_denominator"])
    contains, same, crosses = _overlap(coded(counts["group_code"]), reference, parts)
    if reference == "rest":
        whole = Rate(
            everybody.numerator - group.numerator, everybody.denominator - group.denominator
        )
    elif reference == "all":
        whole = everybody
    else:
        whole = Rate(column[f"{reference}_numerator"], column[f"{reference}_denominator"])
    enough = _usable(whole.numerator, whole.denominator, kinds) & ~crosses & ~same
    if reference in ("rest", "all"):
        # Rates cannot be added up.
        enough &= kinds != PUBLISHED
    whole = Rate(*(np.where(enough, side, np.nan) for side in whole))
    apart = Rate(*(np.where(contains, w - g, w) for w, g in zip(whole, group, strict=True)))
    with np.errstate(all="ignore"):
        share = np.where(contains, group.denominator / whole.denominator, np.nan)
    return Sides(
        group,
        whole,
        apart,
        contains,
        same,
        share,
        column["unknown"],
        column["unknown_of"],
        everybody.numerator,
        np.where(kinds == PUBLISHED, np.nan, representation_ratio(*group, *everybody)),
    )


_COUNTS = (
    "numerator denominator all_numerator all_denominator white_numerator white_denominator "
    "white_british_numerator white_british_denominator unknown unknown_of"
).split()


def _usable(numerator: Floats, denominator: Floats, kinds: pd.Categorical) -> NDArray[np.bool_]:
    """Return where a rate may be calculated: enough people, no more counted than there are."""
    subset, events = kinds == "subset_over_set", kinds == "events_over_population"
    published = kinds == PUBLISHED
    usable: NDArray[np.bool_] = (subset | published | (denominator >= LEAST_POPULATION)) & (
        events | published | (numerator <= denominator)
    )
    return usable


def _overlap(
    codes: pd.Categorical, reference: str, parts: Mapping[str, frozenset[str]]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return where the reference contains the group, is the group, and is a part of the group."""
    none = np.zeros(len(codes), bool)
    if reference in ("rest", "all"):
        return none | (reference == "all"), none, none
    them = parts[reference]
    return (
        marked(codes, lambda code: parts[code] < them),
        marked(codes, lambda code: parts[code] == them),
        marked(codes, lambda code: parts[code] > them),
    )


def _at(value: Any, rows: NDArray[np.intp]) -> Any:
    return Rate(*(side[rows] for side in value)) if isinstance(value, Rate) else value[rows]
