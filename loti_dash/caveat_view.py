"""What is on screen, as caveats look at it."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd
from pandas.api.typing import DataFrameGroupBy

from loti_dash.catalogue import Catalogue, Series
from loti_dash.definitions import Indicator
from loti_dash.periods import Period
from loti_dash.wording import place, reference_people

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
class Tables:
    """The comparison table of all areas, and once more for each reference on offer.

    What follows from all areas together is worked out once, however many of them are looked at.
    """

    table: pd.DataFrame
    by_reference: pd.DataFrame | None = None

    def here(self, area: str) -> pd.DataFrame:
        """Return the rows of an area."""
        return _of(self._areas, area)

    def here_by_reference(self, area: str) -> pd.DataFrame | None:
        """Return the rows of an area for each reference, where they were laid together."""
        return None if self._areas_by_reference is None else _of(self._areas_by_reference, area)

    @cached_property
    def groups(self) -> frozenset[str]:
        """The groups that have figures anywhere, or figures that are withheld."""
        named = self.table["numerator"].notna() | self.table["status"].eq("suppressed")
        return frozenset(map(str, self.table.loc[named, "group_code"].unique()))

    @cached_property
    def silent(self) -> list[str]:
        """The areas without any figure, by name; none where no area has one."""
        missing = self.table["numerator"].isna() & self.table["status"].eq("not_available")
        nothing = missing.groupby(self.table["area"].astype(str)).all()
        return [] if nothing.all() else sorted(nothing.index[nothing])

    @cached_property
    def _areas(self) -> "DataFrameGroupBy[Any, Any]":
        return self.table.groupby("area_code", observed=True)

    @cached_property
    def _areas_by_reference(self) -> "DataFrameGroupBy[Any, Any] | None":
        if self.by_reference is None:
            return None
        return self.by_reference.groupby("area_code", observed=True)


def _of(areas: "DataFrameGroupBy[Any, Any]", area: str) -> pd.DataFrame:
    """Return the rows of an area; none where there is no such area."""
    return areas.get_group(area) if area in areas.indices else areas.obj.iloc[:0]


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
    set_unknown: float = float("nan")
    before: Before | None = None

    @property
    def table(self) -> pd.DataFrame:
        """The comparison table of all areas."""
        return self.tables.table

    @cached_property
    def rows(self) -> pd.DataFrame:
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
        return float(self.rows["unknown_share"].max())

    @cached_property
    def counted(self) -> float:
        """How many the area counts, of known and unknown ethnicity; NaN if that is not known."""
        known = float(self.rows["numerator"].sum(skipna=False))
        return known / (1 - self.unknown) if self.unknown < 1 else float("nan")

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
        return {
            "numerator_label": label,
            "numerator_label_capital": label[0].upper() + label[1:],
            "denominator_label": self.indicator.denominator.label,
            "area": place(self.catalogue.area_name(self.indicator, self.area)),
            "period": self.catalogue.period(self.indicator, self.period).label,
            "denominator_period": before.label,
            "denominator_source": self.catalogue.sources[self.denominator.source_id].title,
            "reference": str(self.table["reference"].iloc[0]),
            "reference_people": reference_people(
                self.catalogue, self.indicator, self.table.iloc[0]
            ),
        }

    @cached_property
    def reference_count(self) -> float:
        """The reference group's count, where it is a group with a row of its own."""
        own = self.rows["group_code"] == self.rows["reference_code"]
        counts = self.rows.loc[own, "numerator"]
        return float(counts.iloc[0]) if len(counts) else float("nan")

    def groups(self, rows: pd.DataFrame) -> str:
        """Return the groups of some rows of the area by name, or how many if they are many."""
        if len(rows) > MOST_NAMES:
            return f"{len(rows)} of the {len(self.rows)} shown"
        return listed(rows["group"])


def listed(names: Iterable[object]) -> str:
    """Return names as a list in words, told apart by semicolons where a name has an "and".

    >>> listed(["Asian", "Black", "Mixed"]), listed(["Mixed White and Asian", "Other"])
    ('Asian, Black and Mixed', 'Mixed White and Asian; Other')
    """
    words = [str(name) for name in names]
    if any(" and " in word for word in words):
        return "; ".join(words)
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
