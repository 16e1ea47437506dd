"""Suspensions and permanent exclusions by ethnic group: a transcription of published pages.

Events, not children. Pupils of unknown ethnicity are those of the total who are in no group.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from loti_dash.errors import SourceFileError
from loti_dash.groups import Labels
from loti_dash.ingest import dfe
from loti_dash.ingest.coverage import all_there
from loti_dash.ingest.ons_custom import AUTHORITIES
from loti_dash.ingest.reading import FileRead, Reading, Refusal, codes_of
from loti_dash.observation import COLUMNS

MEASURES = {"suspensions": "suspensions", "permanent_exclusions": "permanent_exclusions"}
PUPILS = "pupils_in_exclusion_statistics"
WANTED = "la_code academic_year measure ethnicity_major numerator pupils_headcount".split()
GROUPS = ["asian", "black", "mixed", "other", "white", "total"]


def read(files: Sequence[Path], labels: Labels) -> Reading:
    """Return suspensions, permanent exclusions and pupils in five groups and unknown."""
    reading = Reading(pd.DataFrame(columns=COLUMNS))
    parts = []
    for path in files:
        table = dfe.table(path, WANTED)
        measures = set(table["measure"])
        if measures != set(MEASURES):
            raise SourceFileError(
                f"{path.name}: the measures are {', '.join(sorted(measures))}; they must be "
                f"{', '.join(MEASURES)}. Use the whole table."
            )
        reading.files.append(FileRead(path, len(table), len(table)))
        codes = codes_of(labels, "dfe_exclusions", table["ethnicity_major"], path.name)
        reading.labels |= codes
        rows = table.assign(
            period_id=dfe.academic_year(table["academic_year"]),
            area_code=table["la_code"],
            group_code=table["ethnicity_major"].map(codes),
        )
        events = rows.assign(
            series_id=rows["measure"].map(MEASURES), **dfe.values(rows["numerator"], path)
        )
        of = ["period_id", "measure"]
        all_there(rows, "area_code", AUTHORITIES, of, path.name)
        all_there(rows, "group_code", GROUPS, [*of, "area_code"], path.name)
        # Both measures have the same pupils; where they differ, a figure is given twice.
        pupils = rows.assign(series_id=PUPILS, **dfe.values(rows["pupils_headcount"], path))
        parts += [events[COLUMNS], pupils[COLUMNS].drop_duplicates()]
    rows = dfe.one_edition(parts)
    whole = rows["group_code"] == "total"
    london = _london(rows)
    reading.observations = _with_unknown(pd.concat([rows, london], ignore_index=True), reading)
    reading.labels = {
        label: "left out: a total, of which unknown is what is in no group"
        if code == "total"
        else code
        for label, code in reading.labels.items()
    }
    reading.facts.append(
        f"London is the sum of its {rows[whole]['area_code'].nunique()} authorities"
    )
    return reading


def _london(rows: pd.DataFrame) -> pd.DataFrame:
    """Return London's rows, the sum of its authorities; missing where one is."""
    keys = ["series_id", "period_id", "group_code"]
    found = rows.groupby(keys, as_index=False)["value"].sum(skipna=False)
    status = found["value"].isna().map({True: "suppressed", False: "ok"})
    london: pd.DataFrame = found.assign(area_code=dfe.LONDON, status=status)[COLUMNS]
    return london


def _with_unknown(rows: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """Return the groups, and as unknown what of a total is in none of them."""
    keys = ["series_id", "period_id", "area_code"]
    groups = rows[~rows["group_code"].isin(["total", "unknown"])]
    totals = rows[rows["group_code"] == "total"].set_index(keys)["value"]
    known = groups.groupby(keys)["value"].sum(skipna=False)
    unknown = (totals - known).rename("value").reset_index()
    for row in unknown[unknown["value"] < 0].itertuples():
        key = f"{row.series_id}, {row.period_id}, {row.area_code}"
        message = f"{key}: the groups add up to {-float(row.value):,g} more than the total"  # type: ignore[arg-type]
        reading.refusals.append(Refusal("total", message))
    status = unknown["value"].isna().map({True: "suppressed", False: "ok"})
    unknown = unknown.assign(group_code="unknown", status=status)[COLUMNS]
    return pd.concat([groups, unknown], ignore_index=True)
