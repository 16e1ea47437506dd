"""The comparison table as caveats look at it: plain rows, area by area."""

from dataclasses import dataclass
from functools import cached_property
from math import isnan
from typing import NamedTuple

import pandas as pd


class Row(NamedTuple):
    """What caveats look at of a row of the comparison table; its names are those of the columns.

    Plain values: every area of a page is asked for every caveat, and to take a column out of a
    few rows of a data frame takes longer than all that is done with it.
    """

    area_code: str
    area: str
    group_code: str
    group: str
    reference_code: str
    reference: str
    numerator: float
    denominator: float
    ratio_low: float
    ratio_high: float
    evidence: str
    unknown_share: float
    robust_to_unknown: str
    status: str


@dataclass(frozen=True)
class Tables:
    """The comparison table of all areas, and once more for each reference on offer.

    What follows from all areas together is worked out once, however many of them are looked at.
    """

    table: pd.DataFrame
    by_reference: pd.DataFrame | None = None

    def here(self, area: str) -> list[Row]:
        """Return the rows of an area."""
        return self.areas.get(area, [])

    def here_by_reference(self, area: str) -> list[Row] | None:
        """Return the rows of an area for each reference, where they were laid together."""
        found = self._areas_by_reference
        return None if found is None else found.get(area, [])

    @cached_property
    def areas(self) -> dict[str, list[Row]]:
        """The rows of each area, by its code."""
        return _by_area(self.table)

    @cached_property
    def groups(self) -> frozenset[str]:
        """The groups that have figures anywhere, or figures that are withheld."""
        return frozenset(
            row.group_code
            for rows in self.areas.values()
            for row in rows
            if not isnan(row.numerator) or row.status == "suppressed"
        )

    @cached_property
    def silent(self) -> list[str]:
        """The areas without any figure, by name; none where no area has one."""
        missing: dict[str, bool] = {}
        for row in (row for rows in self.areas.values() for row in rows):
            nothing = isnan(row.numerator) and row.status == "not_available"
            missing[row.area] = missing.get(row.area, True) and nothing
        return [] if all(missing.values()) else sorted(a for a, none in missing.items() if none)

    @cached_property
    def _areas_by_reference(self) -> dict[str, list[Row]] | None:
        return None if self.by_reference is None else _by_area(self.by_reference)


def _by_area(table: pd.DataFrame) -> dict[str, list[Row]]:
    """Return the rows of each area, in the order of the table."""
    found: dict[str, list[Row]] = {}
    for row in map(Row._make, zip(*(table[name].tolist() for name in Row._fields), strict=True)):
        found.setdefault(row.area_code, []).append(row)
    return found
