"""What is on screen, as caveats look at it."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import isnan, nan
from typing import NamedTuple

import numpy as np
import pandas as pd

from loti_dash.catalogue import Catalogue, Series
from loti_dash.definitions import Indicator
from loti_dash.periods import Period
from loti_dash.wording import people, place

# More groups than these are counted in a caveat, not named.
MOST_NAMES = 5
# Fewer events or people than these may change a lot by chance (standards, section 7).
UNRELIABLE_COUNT = 20

# What fills the placeholders of a caveat's text; None where it does not apply.
Words = dict[str, str] | None


@dataclass(frozen=True)
class Before:
    """What an area's figures were in the period before the one on screen.

    `unknown` is the share of unknown ethnicity among all `counted`, both NaN if not known;
    `groups` are the groups that had figures anywhere. `states_gone` are the reasons for not
    knowing that people were counted under and no more are, in words. `after_gap` is whether
    periods are missing between the two.
    """

    period: Period
    unknown: float
    counted: float
    groups: frozenset[str]
    states_gone: tuple[str, ...] = ()
    after_gap: bool = False


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


@dataclass(frozen=True)
class View:
    """What is on screen: an indicator, a period, the tables of all areas, and one of them.

    `set_unknown` is the share of unknown ethnicity in the set of a stage; NaN if there is none.
    `before` is what the period before was like, where somebody has looked.
    """

    catalogue: Catalogue
    indicator: Indicator
    period: str
    tables: Tables
    area: str
    set_unknown: float = nan
    before: Before | None = None

    @property
    def table(self) -> pd.DataFrame:
        """The comparison table of all areas."""
        return self.tables.table

    @cached_property
    def rows(self) -> list[Row]:
        """The rows of the area."""
        return self.tables.here(self.area)

    @property
    def numerator(self) -> Series:
        """The series that is counted."""
        return self.catalogue.series[self.indicator.numerator.series]

    @property
    def denominator(self) -> Series:
        """The series that is divided by."""
        return self.catalogue.series[self.indicator.denominator.series]

    @cached_property
    def unknown(self) -> float:
        """The share of the area's numerator whose ethnicity is unknown; NaN if not published."""
        return max((r.unknown_share for r in self.rows if r.unknown_share >= 0), default=nan)

    @cached_property
    def counted(self) -> float:
        """How many the area counts, of known and unknown ethnicity; NaN if that is not known."""
        known = added(self.rows)
        return known / (1 - self.unknown) if self.unknown < 1 else nan

    @cached_property
    def made(self) -> date | None:
        """The day on which the release was made, if it is named after one."""
        with suppress(ValueError):
            return date.fromisoformat(str(self.table["release"].iloc[0])[:10])
        return None

    @property
    def over_population(self) -> bool:
        """Whether the denominator is residents rather than an earlier step."""
        return self.indicator.denominator_type.endswith("over_population")

    @cached_property
    def words(self) -> dict[str, str]:
        """What every text may name."""
        before = self.catalogue.denominator_period(self.indicator, self.period)
        label = self.indicator.numerator.label
        first = next(iter(self.tables.areas.values()))[0]
        return {
            "numerator_label": label,
            "numerator_label_capital": label[0].upper() + label[1:],
            "denominator_label": self.indicator.denominator.label,
            "area": place(self.catalogue.area_name(self.indicator, self.area)),
            "period": self.catalogue.period(self.indicator, self.period).label,
            "denominator_period": before.label,
            "denominator_source": self.catalogue.sources[self.denominator.source_id].title,
            "reference": first.reference,
            "reference_people": people(
                self.catalogue, self.indicator, first.reference_code, first.reference
            ),
        }

    @cached_property
    def reference_count(self) -> float:
        """The reference group's count, where it is a group with a row of its own."""
        return next((r.numerator for r in self.rows if r.group_code == r.reference_code), nan)

    def groups(self, rows: Sequence[Row]) -> str:
        """Return the groups of some rows of the area by name, or how many if they are many."""
        if len(rows) > MOST_NAMES:
            return f"{len(rows)} of the {len(self.rows)} shown"
        return listed(row.group for row in rows)


def added(rows: Sequence[Row]) -> float:
    """Return how many some rows count together; NaN if one of them is missing."""
    # Added as everywhere else, so that counts with decimals have the same sum.
    return float(np.sum([row.numerator for row in rows]))


def listed(names: Iterable[object]) -> str:
    """Return names as a list in words, told apart by semicolons where a name has an "and".

    >>> listed(["Asian", "Black", "Mixed"]), listed(["Mixed White and Asian", "Other"])
    ('Asian, Black and Mixed', 'Mixed White and Asian; Other')
    """
    words = [str(name) for name in names]
    if any(" and " in word for word in words):
        return "; ".join(words)
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
