"""What is taken away from a view: its figures as they are shown, and what must go with them.

Every export writes these words, so that none can leave one out (standards, section 6).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from loti_dash import sentences
from loti_dash.catalogue import Catalogue
from loti_dash.caveats import Found
from loti_dash.definitions import Indicator
from loti_dash.export.cells import as_csv
from loti_dash.export.csv import csv, in_a_row
from loti_dash.export.papers import SILENT, below, papers
from loti_dash.selection import Selection

# Parts of a period have no row of their own in the comparison.
_AS_THE_WHOLE = "As in the rows of the whole period."


@dataclass(frozen=True)
class Taken:
    """The figures of a view and its words.

    `everywhere` is the comparison table as the page shows it, `here` are the rows of its area and
    `of_group` those of its group, `cautions` the caveats of each area. `finding` is the headline
    of the page with the line that must follow it, and `unknown` how many are of unknown ethnicity
    in the area, missing if that is not known. `address` opens the same view.
    """

    catalogue: Catalogue
    indicator: Indicator
    selection: Selection
    everywhere: pd.DataFrame
    here: pd.DataFrame
    of_group: pd.DataFrame
    cautions: Mapping[str, Sequence[Found]]
    finding: str
    unknown: float
    address: str

    @property
    def name(self) -> str:
        """What its files are called, without what they are and without their ending."""
        parts = (self.indicator.id, self.selection.area, self.selection.period)
        return "_".join([*parts, self.release])

    @property
    def release(self) -> str:
        """The release that the figures are of."""
        return str(self.everywhere["release"].iloc[0])

    @property
    def found(self) -> Sequence[Found]:
        """The caveats of the area looked at, the worst first."""
        return self.cautions[self.selection.area]

    @property
    def areas(self) -> list[str]:
        """The codes of the areas that are compared, in the order of the comparison table."""
        return [str(code) for code in self.everywhere["area_code"].unique()]

    def papers(self) -> dict[str, str]:
        """Return what must be said of the figures beside their caveats, under short headings."""
        unknown = sentences.unknown(self.indicator, self.here)
        return {
            "Shown": sentences.selection(self.catalogue, self.indicator, self.here),
            "Unknown": unknown or SILENT,
        } | papers(self.catalogue, [self.indicator], self.release, self.address)

    def below(self, how_to_read: str, signs: str) -> list[str]:
        """Return what stands below a picture of the view."""
        return below(how_to_read, signs, self.found, self.papers())

    def figures_csv(self) -> str:
        """Return the comparison table of all areas as CSV."""
        return csv(self.everywhere, self.catalogue, self.cautions, self.address)

    def observations_csv(self, observations: pd.DataFrame) -> str:
        """Return the observations behind the comparison as CSV, each with what goes with it.

        `observations` are as `observations_behind` gives them. The caveats of an area stand on
        the rows of the whole period: on each of its parts they would be most of the file.
        """
        first = self.everywhere.drop_duplicates("area_code").set_index("area_code")
        joined = self.indicator.joined_areas
        areas = observations["area_code"].map(lambda code: joined.get(code, code))
        texts = areas.map(in_a_row(self.cautions))
        other = self.catalogue.denominator_period(self.indicator, self.selection.period).id
        whole = observations["period"].isin([self.selection.period, other])
        table = observations.assign(
            reference=str(first["reference"].iloc[0]),
            unknown_share=areas.map(first["unknown_share"]).astype(float),
            caveats=texts.where(whole, _AS_THE_WHOLE),
            link=self.address,
        )
        return as_csv(table)
