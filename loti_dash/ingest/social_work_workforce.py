"""Children's social workers in post on 30 September, by ethnic group and grade, as headcounts.

Staff are counted by the authority that employs them. The publisher's row of two groups is left
out: two are not enough to say anything about anybody.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from loti_dash.errors import SourceFileError
from loti_dash.groups import Labels
from loti_dash.ingest import dfe
from loti_dash.ingest.reading import FileRead, Reading, sums_beside_totals
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
GROUPS_AND_UNKNOWN = {"asian", "black", "mixed", "white", "other", "unknown"}


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
        reading.files.append(FileRead(path, len(table), len(kept)))
        codes = labels.codes("dfe_social_work_workforce", kept["breakdown"])
        reading.labels |= codes
        parts.append(
            kept.assign(
                series_id=kept["role"].map(ROLES),
                period_id=kept["time_period"],
                area_code=area[kept.index],
                group_code=kept["breakdown"].map(codes),
                **dfe.values(kept["inpost_headcount"], path),
            )[COLUMNS]
        )
    rows = pd.concat(parts, ignore_index=True)
    used = rows["group_code"].map(lambda code: code.partition("_")[0] in GROUPS_AND_UNKNOWN)
    reading.observations = rows[used].reset_index(drop=True)
    for label, code in reading.labels.items():
        if code.partition("_")[0] not in GROUPS_AND_UNKNOWN:
            reading.labels[label] = f"left out: {code}"
    reading.totals = sums_beside_totals(reading.observations, rows[rows["group_code"] == "total"])
    reading.facts.append("Kingston upon Thames and Richmond upon Thames are one row, E09000021")
    reading.refuse_unreconciled()
    return reading
