"""What is on screen, as caveats look at it."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import nan

import numpy as np
import pandas as pd

from loti_dash.catalogue import Catalogue, Series
from loti_dash.caveat_rows import Row, Tables
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
