"""What is on screen, as caveats look at it."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from loti_dash.catalogue import Catalogue, Series
from loti_dash.definitions import Indicator


@dataclass(frozen=True)
class View:
    """What is on screen: an indicator, a period, the table of all areas, and one of them."""

    catalogue: Catalogue
    indicator: Indicator
    period: str
    table: pd.DataFrame
    area: str

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The rows of the area."""
        return self.table[self.table["area_code"] == self.area]

    @property
    def numerator(self) -> Series:
        """The series that is counted."""
        return self.catalogue.series[self.indicator.numerator.series]

    @property
    def unknown(self) -> float:
        """The share of the area's numerator whose ethnicity is unknown; NaN if not published."""
        return float(self.rows["unknown_share"].max())

    @property
    def over_population(self) -> bool:
        """Whether the denominator is residents rather than an earlier step."""
        return self.indicator.denominator_type.endswith("over_population")

    @property
    def words(self) -> dict[str, str]:
        """What every text may name."""
        before = self.catalogue.denominator_period(self.indicator, self.period)
        label = self.indicator.numerator.label
        return {
            "numerator_label": label,
            "numerator_label_capital": label[0].upper() + label[1:],
            "denominator_label": self.indicator.denominator.label,
            "area": self.catalogue.area_name(self.indicator, self.area),
            "period": self.catalogue.period(self.indicator, self.period).label,
            "denominator_period": before.label,
            "reference": str(self.table["reference"].iloc[0]) if len(self.table) else "",
        }
