"""Households owed a homelessness duty (table A8) and in temporary accommodation (TA6), H-CLIC.

The quarter is what a table's own title says; a file name that says another one is a reason to
refuse. London and England are the published rows, with the publisher's estimates for those
who sent nothing. A quarter in two workbooks is refused: take the newest edition.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from loti_dash.errors import SourceFileError
from loti_dash.groups import Labels
from loti_dash.ingest import hclic_sheet
from loti_dash.ingest.hclic_sheet import Table
from loti_dash.ingest.hclic_totals import compare
from loti_dash.ingest.reading import FileRead, Reading, Refusal
from loti_dash.observation import COLUMNS

# The publisher left table A8 out of five quarters, and TA6 of all before the first.
WITHOUT_A8 = ("2019-Q2", "2020-Q2")
FIRST_TA6 = "2025-Q2"
SERIES = {"A8": "homelessness_duties_owed", "TA6": "temporary_accommodation_households"}


def read(files: Sequence[Path], labels: Labels) -> Reading:
    """Return both series for every quarter of the workbooks that have them."""
    reading = Reading(pd.DataFrame(columns=COLUMNS))
    read_from: dict[tuple[str, str], Path] = {}
    without: dict[str, list[str]] = {name: [] for name in SERIES}
    frames = []
    for path in files:
        tables, period, sheets = _workbook(path, labels)
        _compare_names(path, period, tables, reading)
        kept = 0
        for name in SERIES:
            if name not in tables:
                without[name].append(period)
                if _must_have(name, period):
                    message = (
                        f"{path.name} ({period}) has no table {name}; its sheets are {sheets}"
                    )
                    reading.refusals.append(Refusal("table", message))
                continue
            table = tables[name]
            earlier = read_from.setdefault((name, table.period_id), path)
            if earlier != path:
                raise SourceFileError(
                    f"{earlier.name} and {path.name} are both of {table.period_id}. Give one of "
                    "them, the newest edition; what it says replaces what was read before."
                )
            frames.append(_observations(table, SERIES[name]))
            kept += table.cells["area_code"].nunique()
            _report(table, name, reading)
        reading.files.append(FileRead(path, sum(each.rows for each in tables.values()), kept))
    if not frames:
        lacking = [each.message for each in reading.refusals if each.problem == "table"]
        if not lacking:
            names = ", ".join(path.name for path in files)
            lacking = [f"{names}: no sheet A8 or TA6; there is none from April 2019 to June 2020"]
        raise SourceFileError(
            f"{'; '.join(lacking)}. Choose the detailed local authority tables as downloaded, or "
            "another quarter."
        )
    reading.observations = pd.concat(frames, ignore_index=True)
    _report_missing(reading, without)
    reading.refuse_unreconciled()
    return reading


def _must_have(name: str, period: str) -> bool:
    """Return whether the publisher has this table in that quarter's workbook."""
    if name == "TA6":
        return period >= FIRST_TA6
    return not WITHOUT_A8[0] <= period <= WITHOUT_A8[1]


def _workbook(path: Path, labels: Labels) -> tuple[dict[str, Table], str, str]:
    """Return the tables of a workbook by sheet, its quarter, and the names of its sheets."""
    workbook = hclic_sheet.opened(path)
    found = {name: hclic_sheet.sheet(workbook, name, path.name) for name in SERIES}
    tables = {
        name: hclic_sheet.table(rows, labels, f"{path.name}, sheet {name}")
        for name, rows in found.items()
        if rows is not None
    }
    sheets = ", ".join(hclic_sheet.sheet_names(workbook))
    if tables:
        return tables, next(iter(tables.values())).period_id, sheets
    for name in hclic_sheet.sheet_names(workbook):
        period = hclic_sheet.quarter(workbook.get_sheet_by_name(name).to_python(nrows=8))
        if period:
            return {}, period, sheets
    raise SourceFileError(
        f"{path.name} has neither a sheet A8 nor TA6, and names no quarter; its sheets are "
        f"{sheets}. Choose the detailed local authority tables."
    )


def _compare_names(path: Path, period: str, tables: dict[str, Table], reading: Reading) -> None:
    """Refuse a workbook that names two quarters, in its tables or in its file name."""
    named = {f"sheet {name}": table.period_id for name, table in tables.items()}
    in_name = re.search(r"(?<!\d)(20\d{2})(03|06|09|12)(?!\d)", path.stem)
    if in_name:
        named["file name"] = f"{in_name[1]}-Q{int(in_name[2]) // 3}"
    if set(named.values()) - {period}:
        said = ", ".join(f"{where}: {quarter}" for where, quarter in named.items())
        reading.refusals.append(
            Refusal("period", f"{path.name} names different quarters ({said}; title: {period})")
        )


def _observations(table: Table, series: str) -> pd.DataFrame:
    # Codes of one word are published sums.
    groups = table.cells[table.cells["group_code"].str.contains("_")]
    return groups.assign(series_id=series, period_id=table.period_id)[COLUMNS]


def _report(table: Table, name: str, reading: Reading) -> None:
    """Add the table's labels, totals and what it withholds to the reading."""
    where = f"{name} {table.period_id}"
    # A heading that serves in one table is reported as such, though left out in another.
    reading.labels = {**table.labels, **reading.labels, **_serving(table.labels)}
    totals, facts = compare(table, where)
    reading.totals += totals
    reading.facts += facts
    totals_of = table.cells[table.cells["group_code"] == "total"]
    silent = totals_of.loc[totals_of["status"] == "not_available", "area_code"]
    groups = table.cells[table.cells["group_code"].str.contains("_")]
    hidden = groups.loc[groups["status"] == "suppressed", "area_code"].unique()
    for codes, what in ((silent, "did not submit"), (hidden, "groups suppressed")):
        if len(codes):
            names = ", ".join(table.names[code] for code in codes)
            reading.facts.append(f"{where}: {what}: {names}")


def _serving(labels: dict[str, str]) -> dict[str, str]:
    return {label: code for label, code in labels.items() if not code.startswith("left out")}


def _report_missing(reading: Reading, without: dict[str, list[str]]) -> None:
    """Add each quarter between the first and the last that has no table A8."""
    is_a8 = reading.observations["series_id"] == SERIES["A8"]
    found = set(reading.observations.loc[is_a8, "period_id"])
    looked_for = sorted(found.union(*without.values()))
    for year in range(int(looked_for[0][:4]), int(looked_for[-1][:4]) + 1):
        for each in (f"{year}-Q{number}" for number in (1, 2, 3, 4)):
            if each not in found and looked_for[0] <= each <= looked_for[-1]:
                had = each in without["A8"]
                reading.missing[each] = (
                    "its workbook has no table A8" if had else "no workbook among the files"
                )
    if without["TA6"]:
        of = f"{len(without['TA6'])} of {len(reading.files)}"
        reading.facts.append(
            f"{of} workbooks have no table TA6: {', '.join(sorted(without['TA6']))}"
        )
