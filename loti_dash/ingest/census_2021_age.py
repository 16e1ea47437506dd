"""Census 2021, residents by single year of age and 19 groups, summed to ages and five groups.

Cells are rounded to 5, and small ones hidden (`c`). A hidden cell counts as 0 in a sum of many,
and how many there are is stated. City of London is published with Westminster, and is here
under Westminster's code; City of London itself has no row.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from loti_dash.errors import SourceFileError
from loti_dash.groups import Labels
from loti_dash.ingest.ons_custom import AUTHORITIES, LONDON, every_combination, text_table
from loti_dash.ingest.reading import FileRead, Reading, Total, codes_of
from loti_dash.observation import COLUMNS

AREA, AREA_NAME, AGE = "Geography Code", "Geography Name", "Age"
CITY, WESTMINSTER = "E09000001", "E09000033"
COUNTRIES = ["E92000001", "K04000001"]
BANDS = {
    "census_2021_residents_0_17": (0, 17),
    "census_2021_residents_10_17": (10, 17),
    "census_2021_residents_16_17": (16, 17),
    "census_2021_residents_16_64": (16, 64),
}
ROUNDED_TO = 5


def read(files: Sequence[Path], labels: Labels) -> Reading:
    """Return residents of each span of ages in five groups, London to England and Wales."""
    if len(files) != 1:
        raise SourceFileError("residents by age are one table; give one file")
    path = files[0]
    table = text_table(path, [AREA, AREA_NAME, AGE])
    headings = [name for name in table.columns if name not in (AREA, AREA_NAME, AGE)]
    codes = codes_of(labels, "census_2021", headings, path.name)
    # The five groups are the first words of the codes of the 19.
    five = {name: codes[name].partition("_")[0] for name in headings}
    kept = table[table[AREA].isin([*AUTHORITIES, LONDON, *COUNTRIES])].reset_index(drop=True)
    _check(kept, path)

    cells = kept[headings]
    hidden = cells == "c"
    counts = cells.where(~hidden, "0").apply(pd.to_numeric, errors="coerce")
    if counts.isna().any(axis=None):
        raise SourceFileError(f"{path.name}: a count is neither a number nor 'c'")
    area = kept[AREA].replace({CITY: WESTMINSTER})
    ages = kept[AGE].str.extract(r"^(\d+)", expand=False).astype(int)
    reading = Reading(
        pd.DataFrame(columns=COLUMNS), files=[FileRead(path, len(table), len(kept))], labels=five
    )
    parts = []
    for series, (youngest, oldest) in BANDS.items():
        inside = ages.between(youngest, oldest)
        by_area = counts[inside].groupby(area[inside]).sum()
        reading.facts.append(_hidden_fact(series, area, hidden[inside]))
        reading.totals.append(_total(series, by_area, int(inside.sum())))
        # London is the sum of its areas here, so that boroughs add up to it; the row the
        # publisher rounded by itself stands beside it in the totals.
        by_area.loc[LONDON] = by_area.loc[by_area.index.isin(AUTHORITIES)].sum()
        by_group = by_area.T.groupby(five).sum().T
        parts.append(_long(by_group, series))
    reading.observations = pd.concat(parts, ignore_index=True)
    reading.facts.append("City of London is counted with Westminster, E09000033")
    reading.refuse_unreconciled()
    return reading


def _check(kept: pd.DataFrame, path: Path) -> None:
    """Raise SourceFileError unless each area has every age once, and the City is with another."""
    every_combination(kept, [AREA, AGE], path)
    missing = set(AUTHORITIES) - {WESTMINSTER} - set(kept[AREA])
    if missing or LONDON not in set(kept[AREA]) or WESTMINSTER in set(kept[AREA]):
        raise SourceFileError(
            f"{path.name} does not have London and its 32 areas, City of London with "
            f"Westminster as {CITY}: it is cut short or of another layout. Download it again."
        )
    ages = kept[AGE].str.extract(r"^(\d+)", expand=False)
    if ages.isna().any() or set(map(str, range(101))) - set(ages):
        raise SourceFileError(f"{path.name} is not by single years of age from 0 to 100 or over")


def _long(by_group: pd.DataFrame, series: str) -> pd.DataFrame:
    long = by_group.melt(var_name="group_code", ignore_index=False)
    long = long.rename_axis("area_code").reset_index()
    return long.assign(series_id=series, period_id="2021", status="ok")[COLUMNS]


def _hidden_fact(series: str, area: pd.Series, hidden: pd.DataFrame) -> str:
    by_area = hidden.sum(axis=1).groupby(area[hidden.index]).sum()
    boroughs = by_area[by_area.index.isin(AUTHORITIES)]
    cells = int(hidden[area[hidden.index].isin(AUTHORITIES)].size)
    return (
        f"{series}: {int(boroughs.sum()):,} of {cells:,} cells of London's boroughs are hidden "
        f"and count as 0, and {int(by_area[LONDON])} of London as a whole"
    )


def _total(series: str, by_area: pd.DataFrame, rows: int) -> Total:
    """Return the sum of boroughs beside London's row, as far apart as chance rounding brings."""
    boroughs = by_area[by_area.index.isin(AUTHORITIES)].to_numpy().sum()
    london = by_area.loc[[LONDON]].to_numpy().sum()
    # Rounding to 5 moves a cell by 5 / √12 (standard deviation); four times that of their sum.
    tolerance = 4 * ROUNDED_TO / np.sqrt(12) * np.sqrt(rows * by_area.shape[1])
    return Total(
        f"{series}, 32 areas and London",
        float(boroughs),
        float(london),
        float(tolerance),
        expected_short="hidden cells of boroughs count as 0",
    )
