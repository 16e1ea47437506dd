"""Children's social workers in post on 30 September, by ethnic group and grade, as headcounts.

Staff are counted by the authority that employs them. The publisher's row of two groups is left
out: two are not enough to say anything about anybody.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from loti_dash.errors import SourceFileError
from loti_dash.groups import Labels
from loti_dash.ingest import dfe
from loti_dash.ingest.reading import FileRead, Reading, codes_of, sums_beside_totals
from loti_dash.observation import COLUMNS

ROLES = {
    "Total": "social_workers",
    "Senior manager": "social_work_senior_managers",
    "Middle manager": "social_work_middle_managers",
}
WANTED = (
    "geographic_level region_code new_la_code time_period role breakdown_topic breakdown "
    "inpost_headcount"
).split()
LEFT_OUT = {
    "total": "a total",
    "total_known": "a total",
    "combined_except_white": "all groups except White in one row",
}
PUBLISHED_WITH_KINGSTON = "E09000027"


def read(files: Sequence[Path], labels: Labels) -> Reading:
    """Return headcounts of social workers, senior and middle managers, in five groups."""
    reading = Reading(pd.DataFrame(columns=COLUMNS))
    parts = []
    for path in files:
        table = dfe.table(path, WANTED)
        area = dfe.area_codes(table)
        kept = table[area.notna() & table["role"].isin(list(ROLES))]
        if kept.empty:
            raise SourceFileError(f"{path.name} has no rows of social workers in London")
        codes = codes_of(labels, "dfe_social_work_workforce", kept["breakdown"], path.name)
        reading.labels |= codes
        rows = kept.assign(
            series_id=kept["role"].map(ROLES),
            period_id=kept["time_period"],
            area_code=area[kept.index],
            group_code=kept["breakdown"].map(codes),
            **dfe.values(kept["inpost_headcount"], path),
        )[COLUMNS]
        dfe.every_authority(rows, path, without=[PUBLISHED_WITH_KINGSTON])
        reading.files.append(
            FileRead(path, len(table), int((~rows["group_code"].isin(LEFT_OUT)).sum()))
        )
        parts.append(rows)
    rows = dfe.one_edition(parts)
    groups = rows[~rows["group_code"].isin(LEFT_OUT)]
    reading.observations = groups.reset_index(drop=True)
    reading.labels = {
        label: f"left out: {LEFT_OUT[code]}" if code in LEFT_OUT else code
        for label, code in reading.labels.items()
    }
    total = rows[rows["group_code"] == "total"]
    known = rows[rows["group_code"] == "total_known"]
    reading.totals = sums_beside_totals(groups, total)
    of_known = sums_beside_totals(groups[groups["group_code"] != "unknown_not_known"], known)
    reading.totals += [replace(each, what=f"{each.what}, known") for each in of_known]
    reading.totals += dfe.boroughs_beside_london(total)
    reading.facts.append("Kingston upon Thames and Richmond upon Thames are one row, E09000021")
    reading.refuse_unreconciled()
    return reading
