"""Pupils of state-funded schools by ethnic group, and those eligible for free school meals.

Two files of one release: headcounts by ethnic group (all first languages, all school types), and
eligibility by ethnic group. Years before 2017 to 2018 leave out children under five and are not
read. A combination that is absent from the eligibility file is a 0.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from loti_dash.errors import SourceFileError
from loti_dash.groups import Labels
from loti_dash.ingest import dfe
from loti_dash.ingest.reading import FileRead, Reading, sums_beside_totals
from loti_dash.observation import COLUMNS

PUPILS, ELIGIBLE = "pupils", "pupils_free_school_meals"
PLACE = "time_period geographic_level region_code new_la_code phase_type_grouping".split()
HEADCOUNTS = [*PLACE, "ethnicity", "language", "headcount"]
MEALS = [*PLACE, "characteristic_group", "characteristic", "fsm_eligibility", "number_of_pupils"]
MEALS += ["denominator"]
KNOWN = "Known to be eligible for free school meals"
FIRST_YEAR = "201718"
SHEET = "dfe_school_census"


def read(files: Sequence[Path], labels: Labels) -> Reading:
    """Return pupils, and pupils eligible for free school meals, in 18 groups and unknown."""
    reading = Reading(pd.DataFrame(columns=COLUMNS))
    found: dict[str, pd.DataFrame] = {}
    for path in files:
        try:
            found[PUPILS] = _headcounts(dfe.table(path, HEADCOUNTS), path, labels, reading)
        except SourceFileError as error:
            if "missing" not in str(error):
                raise
            found[ELIGIBLE] = _eligible(dfe.table(path, MEALS), path, labels, reading)
    if set(found) != {PUPILS, ELIGIBLE}:
        raise SourceFileError(
            "give both files of the release: pupils by ethnicity, and free school meals by "
            f"ethnicity; found {', '.join(sorted(found)) or 'neither'}"
        )
    groups = _complete(found[PUPILS], found[ELIGIBLE])
    reading.observations = groups[groups["group_code"] != "total"].reset_index(drop=True)
    reading.labels = {
        label: "left out: a total" if code == "total" else code
        for label, code in reading.labels.items()
    }
    both = pd.concat(found.values())
    reading.totals = sums_beside_totals(
        both[both["group_code"] != "total"], both[both["group_code"] == "total"]
    )
    reading.refuse_unreconciled()
    return reading


def _headcounts(table: pd.DataFrame, path: Path, labels: Labels, reading: Reading) -> pd.DataFrame:
    rows = _kept(table, path, reading, table["language"] == "Total")
    return _long(rows, PUPILS, rows["ethnicity"], "headcount", path, labels, reading)


def _eligible(table: pd.DataFrame, path: Path, labels: Labels, reading: Reading) -> pd.DataFrame:
    by_group = table["characteristic_group"].isin(["Ethnicity", "Total"])
    rows = _kept(table, path, reading, by_group & (table["fsm_eligibility"] == KNOWN))
    return _long(rows, ELIGIBLE, rows["characteristic"], "number_of_pupils", path, labels, reading)


def _kept(
    table: pd.DataFrame, path: Path, reading: Reading, which: "pd.Series[bool]"
) -> pd.DataFrame:
    """Return the rows of London and England, all school types, from the first usable year."""
    area = dfe.area_codes(table)
    usable = which & (table["phase_type_grouping"] == "Total") & area.notna()
    rows = table[usable & (table["time_period"] >= FIRST_YEAR)]
    if rows.empty:
        raise SourceFileError(f"{path.name} has no rows of London from {FIRST_YEAR} on")
    reading.files.append(FileRead(path, len(table), len(rows)))
    return rows.assign(area_code=area[rows.index])


def _long(
    rows: pd.DataFrame,
    series: str,
    label: pd.Series,
    column: str,
    path: Path,
    labels: Labels,
    reading: Reading,
) -> pd.DataFrame:
    codes = labels.codes(SHEET, label)
    reading.labels |= codes
    return rows.assign(
        series_id=series,
        period_id=dfe.academic_year(rows["time_period"]),
        group_code=label.map(codes),
        **dfe.values(rows[column], path),
    )[COLUMNS]


def _complete(pupils: pd.DataFrame, eligible: pd.DataFrame) -> pd.DataFrame:
    """Return both series, with 0 eligible where pupils are counted and no row says how many."""
    keys = ["period_id", "area_code", "group_code"]
    there = pd.MultiIndex.from_frame(eligible[keys])
    absent = pupils[~pd.MultiIndex.from_frame(pupils[keys]).isin(there)]
    absent = absent.assign(series_id=ELIGIBLE, value=0.0, status="ok")
    return pd.concat([pupils, eligible, absent], ignore_index=True)
