"""Children looked after at 31 March, by ethnic group, as the publisher's table has them.

Boroughs are unrounded, London and England are rounded to 10. Counts are of the council that
looks after a child, wherever the child lives now.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from loti_dash.errors import SourceFileError
from loti_dash.groups import Labels
from loti_dash.ingest import dfe
from loti_dash.ingest.reading import FileRead, Reading, Total, sums_beside_totals
from loti_dash.observation import COLUMNS

SERIES = "looked_after_children"
COUNT = "cla_31_march_number"
WANTED = (
    "time_period geographic_level region_code new_la_code cla_group characteristic "
    "cla_31_march_number"
).split()
ROUNDED_TO = 10


def read(files: Sequence[Path], labels: Labels) -> Reading:
    """Return children looked after at the end of March, in five groups and unknown."""
    reading = Reading(pd.DataFrame(columns=COLUMNS))
    parts = []
    for path in files:
        table = dfe.table(path, WANTED)
        area = dfe.area_codes(table)
        kept = table[area.notna() & (table["cla_group"] == "Ethnicity")]
        if kept.empty:
            raise SourceFileError(f"{path.name} has no rows by ethnicity for London's authorities")
        reading.files.append(FileRead(path, len(table), len(kept)))
        codes = labels.codes("dfe_looked_after", kept["characteristic"])
        reading.labels |= codes
        parts.append(
            kept.assign(
                series_id=SERIES,
                period_id=kept["time_period"] + "-03-31",
                area_code=area[kept.index],
                group_code=kept["characteristic"].map(codes),
                **dfe.values(kept[COUNT], path),
            )[COLUMNS]
        )
    rows = pd.concat(parts, ignore_index=True)
    published = rows["group_code"] == "total"
    reading.observations = rows[~published].reset_index(drop=True)
    reading.labels |= {
        label: f"left out: {c}" for label, c in reading.labels.items() if c == "total"
    }
    reading.totals = sums_beside_totals(reading.observations, rows[published], _rounding)
    reading.totals += _boroughs(rows[published])
    boroughs = reading.observations[reading.observations["area_code"].str.startswith("E09")]
    withheld = int((boroughs["status"] == "suppressed").sum())
    reading.facts.append(f"{withheld} of {len(boroughs)} counts of boroughs are withheld")
    reading.refuse_unreconciled()
    return reading


def _rounding(area: str, parts: int) -> float:
    """Return how far rounding can bring a sum from its total: boroughs are not rounded."""
    return 0 if area.startswith("E09") else ROUNDED_TO / 2 * (parts + 1)


def _boroughs(published: pd.DataFrame) -> list[Total]:
    """Return the sum of the boroughs' totals beside London's, for each year."""
    found = []
    for period, rows in published.groupby("period_id"):
        london = rows.loc[rows["area_code"] == dfe.LONDON, "value"].item()
        boroughs = rows.loc[rows["area_code"].str.startswith("E09"), "value"].sum()
        found.append(Total(f"{period}, boroughs and London", boroughs, london, ROUNDED_TO / 2))
    return found
