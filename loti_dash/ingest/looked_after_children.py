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
from loti_dash.ingest.reading import FileRead, Reading, codes_of, sums_beside_totals
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
        codes = codes_of(labels, "dfe_looked_after", kept["characteristic"], path.name)
        reading.labels |= codes
        rows = kept.assign(
            series_id=SERIES,
            period_id=kept["time_period"] + "-03-31",
            area_code=area[kept.index],
            group_code=kept["characteristic"].map(codes),
            **dfe.values(kept[COUNT], path),
        )[COLUMNS]
        dfe.every_authority(rows, path)
        parts.append(rows)
    rows = dfe.one_edition(parts)
    published = rows["group_code"] == "total"
    reading.observations = rows[~published].reset_index(drop=True)
    reading.labels |= {
        label: "left out: a total" for label, c in reading.labels.items() if c == "total"
    }
    reading.totals = sums_beside_totals(reading.observations, rows[published], _rounding)
    reading.totals += dfe.boroughs_beside_london(
        rows[published], lambda area, parts: ROUNDED_TO / 2
    )
    boroughs = reading.observations[reading.observations["area_code"].str.startswith("E09")]
    withheld = int((boroughs["status"] == "suppressed").sum())
    reading.facts.append(f"{withheld} of {len(boroughs)} counts of boroughs are withheld")
    reading.refuse_unreconciled()
    return reading


def _rounding(area: str, parts: int) -> float:
    """Return how far rounding can bring a sum from its total: boroughs are not rounded."""
    return 0 if area.startswith("E09") else ROUNDED_TO / 2 * (parts + 1)
