"""Pupils of state-funded schools by ethnic group, and those eligible for free school meals.

Two files of one release: headcounts by ethnic group (all first languages, all school types), and
eligibility by ethnic group. Years before 2017 to 2018 leave out children under five and are not
read. A group that is absent from the eligibility file is a 0; a year or a borough that is absent
is not, and is refused.
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

PUPILS, ELIGIBLE = "pupils", "pupils_free_school_meals"
PLACE = "time_period geographic_level region_code new_la_code phase_type_grouping".split()
HEADCOUNTS = ["ethnicity", "language", "headcount"]
MEALS = ["characteristic_group", "characteristic", "fsm_eligibility", "number_of_pupils"]
MEALS += ["denominator"]
KNOWN = "Known to be eligible for free school meals"
FIRST_YEAR = "201718"
SHEET = "dfe_school_census"


def read(files: Sequence[Path], labels: Labels) -> Reading:
    """Return pupils, and pupils eligible for free school meals, in 18 groups and unknown."""
    reading = Reading(pd.DataFrame(columns=COLUMNS))
    counted, eligible, bases = [], [], []
    for path in files:
        table = dfe.table(path, PLACE)
        if set(HEADCOUNTS) <= set(table.columns):
            rows = _kept(table, path, reading, table["language"] == "Total")
            counted.append(_long(rows, PUPILS, "ethnicity", "headcount", path, labels, reading))
        elif set(MEALS) <= set(table.columns):
            by_group = table["characteristic_group"].isin(["Ethnicity", "Total"])
            which = by_group & (table["fsm_eligibility"] == KNOWN)
            rows = _kept(table, path, reading, which)
            label = "characteristic"
            eligible.append(
                _long(rows, ELIGIBLE, label, "number_of_pupils", path, labels, reading)
            )
            bases.append(_long(rows, PUPILS, label, "denominator", path, labels, reading))
        else:
            raise SourceFileError(
                f"{path.name} has neither {', '.join(HEADCOUNTS)} nor {', '.join(MEALS)}"
            )
    if not counted or not eligible:
        raise SourceFileError(
            "give both files of the release, pupils by ethnicity and free school meals by "
            f"ethnicity; among {', '.join(path.name for path in files)} is only one of them"
        )
    rows = _complete(dfe.one_edition(counted), dfe.one_edition(eligible), reading)
    total = rows["group_code"] == "total"
    reading.observations = rows[~total].reset_index(drop=True)
    reading.labels = {
        label: "left out: a total" if code == "total" else code
        for label, code in reading.labels.items()
    }
    _compare(rows[~total], rows[total], dfe.one_edition(bases), reading)
    return reading


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
    phases = sorted(set(table["phase_type_grouping"]) - {"Total"})
    reading.facts.append(f"{path.name}: 'Total' of school types, which has {', '.join(phases)}")
    return rows.assign(area_code=area[rows.index])


def _long(
    rows: pd.DataFrame,
    series: str,
    label: str,
    column: str,
    path: Path,
    labels: Labels,
    reading: Reading,
) -> pd.DataFrame:
    codes = codes_of(labels, SHEET, rows[label], path.name)
    reading.labels |= codes
    counts = rows.assign(
        series_id=series,
        period_id=dfe.academic_year(rows["time_period"]),
        group_code=rows[label].map(codes),
        **dfe.values(rows[column], path),
    )[COLUMNS]
    dfe.every_authority(counts, path)
    return counts


def _complete(pupils: pd.DataFrame, eligible: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """Return both series, with 0 eligible where pupils are counted and no row says how many."""
    apart = set(pupils["period_id"]) ^ set(eligible["period_id"])
    if apart:
        raise SourceFileError(
            f"only one of the two files has {', '.join(sorted(apart))}: give both files of one "
            "release"
        )
    keys = ["period_id", "area_code", "group_code"]
    there = pd.MultiIndex.from_frame(eligible[keys])
    absent = pupils[~pd.MultiIndex.from_frame(pupils[keys]).isin(there)]
    reading.facts.append(
        f"eligible are the rows {KNOWN!r}; {len(absent)} groups of {absent['value'].sum():,.0f} "
        "pupils in all have no such row and count as 0 eligible"
    )
    absent = absent.assign(series_id=ELIGIBLE, value=0.0, status="ok")
    return pd.concat([pupils, eligible, absent], ignore_index=True)


def _compare(
    groups: pd.DataFrame, published: pd.DataFrame, bases: pd.DataFrame, reading: Reading
) -> None:
    """Set groups beside totals, boroughs beside London, and one file beside the other."""
    reading.totals = sums_beside_totals(groups, published)
    reading.totals += dfe.boroughs_beside_london(published)
    pupils = groups[groups["series_id"] == PUPILS]
    other = sums_beside_totals(pupils, bases[bases["group_code"] == "total"])
    reading.totals += [replace(each, what=f"{each.what}, in the file of meals") for each in other]
    reading.refuse_unreconciled()
