"""Census 2011, residents by 18 ethnic groups (KS201), a row for each local authority.

The table has no row of London, which here is the sum of its 33 authorities: in 2011 cells were
not changed, so that sums are exact and must be.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from loti_dash.errors import SourceFileError
from loti_dash.groups import Labels
from loti_dash.ingest.ons_custom import (
    AUTHORITIES,
    LONDON,
    every_combination,
    text_table,
    whole_numbers,
)
from loti_dash.ingest.reading import FileRead, Reading, Total, codes_of
from loti_dash.observation import COLUMNS

AREA, DATE = "geography code", "date"
HEADING = "Ethnic Group: "
TOTAL = "total"


def read(files: Sequence[Path], labels: Labels) -> Reading:
    """Return residents of London and its authorities on Census Day."""
    if len(files) != 1:
        raise SourceFileError("the census of 2011 is one table; give one file")
    path = files[0]
    table = text_table(path, [AREA, DATE])
    london = table[table[AREA].isin(AUTHORITIES)].reset_index(drop=True)
    _check(table, london, path)
    headings = [name for name in table.columns if name.startswith(HEADING)]
    codes = codes_of(labels, "census_2011", headings, path.name)
    counts = pd.DataFrame({codes[name]: whole_numbers(london[name], path) for name in headings})
    counts.index = pd.Index(london[AREA], name="area_code")
    counts.loc[LONDON] = counts.sum()

    # A code of one word is a sum of the groups whose codes begin with it.
    sums = [code for code in counts.columns if "_" not in code]
    groups = counts.drop(columns=sums)
    long = groups.melt(var_name="group_code", ignore_index=False).reset_index()
    long = long.assign(series_id="census_2011_residents", period_id="2011", status="ok")
    reading = Reading(
        long[COLUMNS],
        files=[FileRead(path, len(table), len(london))],
        labels={n: "left out: a sum" if codes[n] in sums else codes[n] for n in headings},
        totals=list(_totals(counts, groups, sums)),
        facts=["London is the sum of its 33 authorities"],
    )
    reading.refuse_unreconciled()
    return reading


def _check(table: pd.DataFrame, london: pd.DataFrame, path: Path) -> None:
    """Raise SourceFileError unless each authority has one row, of 2011, town and country."""
    every_combination(table, [AREA], path)
    missing = sorted(set(AUTHORITIES) - set(london[AREA]))
    if missing:
        raise SourceFileError(
            f"{path.name} has no row for {', '.join(missing)}: it is cut short or of other "
            "areas. Download it again, for all local authorities."
        )
    other = set(table[DATE]) - {"2011"}
    if other:
        raise SourceFileError(f"{path.name} is of {', '.join(sorted(other))}, not of 2011")


def _totals(counts: pd.DataFrame, groups: pd.DataFrame, sums: list[str]) -> list[Total]:
    """Return each published sum beside ours: London's, and those of authorities at fault."""
    totals = []
    for code in sums:
        parts = [name for name in groups.columns if code in (TOTAL, name.partition("_")[0])]
        ours = groups[parts].sum(axis=1).to_dict()
        published = counts[code].to_dict()
        totals += [
            Total(f"{code}, {area}", ours[area], published[area])
            for area in published
            if area == LONDON or ours[area] != published[area]
        ]
    return totals
