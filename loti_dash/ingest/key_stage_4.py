"""Results at 16 by ethnic group: pupils, and those with grade 5 or above in both subjects.

Schools in the borough, not children who live there. The grades of 2020 and 2021 were given by
teachers, so years must not be compared. Asian leaves Chinese out, which is a group of its own.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from loti_dash.errors import SourceFileError
from loti_dash.groups import Labels
from loti_dash.ingest import dfe
from loti_dash.ingest.reading import FileRead, Reading, codes_of, sums_beside_totals
from loti_dash.observation import COLUMNS

COUNTS = {
    "t_pupils": "key_stage_4_pupils",
    "t_l2basics_95": "key_stage_4_english_and_maths_9_to_5",
}
WANTED = (
    "time_period geographic_level region_code new_la_code version breakdown "
    "characteristic_gender characteristic_ethnic_major t_pupils t_l2basics_95"
).split()

# No state-funded school there has pupils of that age.
CITY_OF_LONDON = "E09000001"


def read(files: Sequence[Path], labels: Labels) -> Reading:
    """Return pupils at the end of key stage 4 and those with grade 5, in six groups."""
    reading = Reading(pd.DataFrame(columns=COLUMNS))
    parts = []
    for path in files:
        table = dfe.table(path, WANTED)
        area = dfe.area_codes(table)
        both_sexes = table["characteristic_gender"] == "Total"
        by_group = table["breakdown"].isin(["Ethnic major", "Total"])
        rows = table[both_sexes & by_group & area.notna()]
        if rows.empty:
            raise SourceFileError(f"{path.name} has no rows by ethnic group in London")
        reading.files.append(FileRead(path, len(table), len(rows)))
        codes = codes_of(labels, "dfe_ks4", rows["characteristic_ethnic_major"], path.name)
        reading.labels |= codes
        rows = rows.assign(
            period_id=dfe.academic_year(rows["time_period"]),
            area_code=area[rows.index],
            group_code=rows["characteristic_ethnic_major"].map(codes),
        )
        for column, series in COUNTS.items():
            values = dfe.values(rows[column], path)
            early = (rows["version"] == "Provisional") & (values["status"] == "ok")
            values["status"] = values["status"].mask(early, "provisional")
            parts.append(rows.assign(series_id=series, **values)[COLUMNS])
        dfe.every_authority(rows, path, without=[CITY_OF_LONDON])
    rows = dfe.one_edition(parts)
    published = rows["group_code"] == "total"
    reading.observations = rows[~published].reset_index(drop=True)
    reading.labels |= {
        label: "left out: a total" for label, c in reading.labels.items() if c == "total"
    }
    reading.totals = sums_beside_totals(reading.observations, rows[published])
    reading.totals += dfe.boroughs_beside_london(rows[published])
    provisional = reading.observations["status"].eq("provisional").sum()
    reading.facts.append(f"{provisional:,} counts are provisional")
    reading.refuse_unreconciled()
    return reading
