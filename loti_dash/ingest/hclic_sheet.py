"""One table of households by ethnic group out of an H-CLIC workbook, wherever it stands in it.

The quarter, the headings and the areas are found by what they say, never by where they stand.
Anything in the place of a count that is neither a count nor a known symbol is an error.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from loti_dash.errors import SourceFileError
from loti_dash.groups import Labels
from loti_dash.ingest.hclic_headings import Rows, columns_of
from loti_dash.ingest.ons_custom import AUTHORITIES, LONDON
from loti_dash.periods import MONTHS

ENGLAND = "E92000001"
AREAS = [ENGLAND, LONDON, *AUTHORITIES]
# A title is in the first rows of its sheet.
TITLE = 3
WITHHELD = {"-": "suppressed", "[c]": "suppressed", "..": "not_available", "[x]": "not_available"}


@dataclass(frozen=True)
class Table:
    """A table of a quarter: area_code, group_code, value and status of each cell.

    `group_code` is one of the 18 groups, NOT_KNOWN, TOTAL, or one of five for a published sum.
    `names` are the areas' names, `labels` what became of every heading.
    """

    period_id: str
    cells: pd.DataFrame
    names: dict[str, str]
    labels: dict[str, str]
    rows: int


def opened(path: Path) -> CalamineWorkbook:
    """Return a workbook. Raises SourceFileError for a file that is none, or not whole."""
    try:
        return CalamineWorkbook.from_path(path)
    except (CalamineError, OSError) as problem:
        raise SourceFileError(
            f"{path.name} is not a whole workbook (.xlsx or .ods): {problem}. Download it again."
        ) from None


def sheet_names(workbook: CalamineWorkbook) -> list[str]:
    """Return the names of the sheets, without those that only hold links to other files."""
    return [name for name in workbook.sheet_names if not name.startswith("'file:")]


def sheet(workbook: CalamineWorkbook, table: str, where: str) -> Rows | None:
    """Return the rows of the sheet that is table "A8" or "TA6" by its name or title, or None.

    Raises SourceFileError for two such sheets: nothing says which of them holds.
    """
    names = sheet_names(workbook)
    found = [name for name in names if _is_of(table, name)]
    if not found:
        found = [name for name in names if _titled(table, _rows(workbook, name, where, TITLE))]
    if len(found) > 1:
        raise SourceFileError(
            f"{where}: the sheets {' and '.join(map(repr, found))} are both table {table}. Remove "
            "the one that does not hold."
        )
    return _rows(workbook, found[0], where) if found else None


def _is_of(table: str, name: str) -> bool:
    """Return whether a sheet is a table by its name; A8P would be a part of table A8.

    >>> [_is_of("A8", name) for name in ("A8 - Jul-Sep 18", "Table_A8", "A8revised")]
    [True, True, True]
    >>> [_is_of("A8", name) for name in ("TA8", "A80", "A8P")]
    [False, False, False]
    """
    pattern = rf"\s*(table[\s_]*)?{table}(?!\d|[a-z](?![a-z]))"
    return re.match(pattern, name, re.IGNORECASE) is not None


def _titled(table: str, rows: Rows) -> bool:
    texts = [cell for row in rows for cell in row if isinstance(cell, str)]
    return any(re.match(rf"\s*table\s+{table}\b", text, re.IGNORECASE) for text in texts)


def _rows(workbook: CalamineWorkbook, name: str, where: str, first: int | None = None) -> Rows:
    try:
        return workbook.get_sheet_by_name(name).to_python(nrows=first)
    except (CalamineError, OSError) as problem:
        raise SourceFileError(
            f"{where}: the sheet {name!r} cannot be read: {problem}. Download it again."
        ) from None


def quarter(rows: Rows) -> str | None:
    r"""Return the quarter that a title names: by its months, or by the day on which it ends.

    >>> quarter([["Table A8\nEngland, July to September 2025"]])
    '2025-Q3'
    >>> quarter([["", "England, 30 June 2025"]])
    '2025-Q2'
    """
    months = "|".join(MONTHS)
    for cell in (str(cell) for row in rows for cell in row if isinstance(cell, str)):
        found = re.search(rf"({months})\s+(?:to|-|–)\s+({months})\s+(\d{{4}})", cell)
        if found:
            first, last = (MONTHS.index(found[n]) + 1 for n in (1, 2))
        else:
            found = re.search(rf"\b(?:30|31) ()({months}) (\d{{4}})", cell)
            last = MONTHS.index(found[2]) + 1 if found else 0
            first = last - 2
        if found and last % 3 == 0 and last - first == 2:
            return f"{found[3]}-Q{last // 3}"
    return None


def table(rows: Rows, labels: Labels, where: str) -> Table:
    """Return the figures of a sheet; `where` names file and sheet in messages.

    Raises SourceFileError if its quarter, a group or an area is not found.
    """
    places = _places(rows)
    if not places:
        raise SourceFileError(f"{where} has no rows of areas; is it cut short? Download it again.")
    area_column, data = places
    above = rows[: data[0]]
    period = quarter(above)
    if period is None:
        raise SourceFileError(
            f"{where} does not say of which quarter it is, as in 'July to September 2025'"
        )
    columns, used = columns_of(above, labels, where)
    cells: dict[str, list[tuple[float | None, str]]] = {}
    names = {}
    for number in data:
        row = rows[number]
        code = row[area_column].strip()
        if code in AREAS:
            found = [
                _cell(row[at], f"{where}, row {number + 1}, column {at + 1}") for at in columns
            ]
            if cells.setdefault(code, found) != found:
                raise SourceFileError(f"{where}: {code} stands there twice, and not alike")
            names[code] = str(row[area_column + 1])
    missing = [code for code in AREAS if code not in cells]
    if missing:
        raise SourceFileError(
            f"{where} has no row for {', '.join(missing)}: it is cut short. Download it again."
        )
    long = [
        (code, group, value, status)
        for code, row in cells.items()
        for group, (value, status) in zip(columns.values(), row, strict=True)
    ]
    frame = pd.DataFrame(long, columns=["area_code", "group_code", "value", "status"])
    return Table(period, frame.astype({"value": float}), names, used, len(data))


def _places(rows: Rows) -> tuple[int, list[int]] | None:
    """Return the column of area codes, which has the most different ones, and their rows."""
    seen: dict[int, dict[int, str]] = {}
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str) and re.fullmatch(r"[EW]\d{8}", cell.strip()):
                seen.setdefault(column, {})[number] = cell.strip()
    if not seen:
        return None
    column = max(seen, key=lambda each: len(set(seen[each].values())))
    return column, sorted(seen[column])


def _cell(cell: Any, where: str) -> tuple[float | None, str]:
    """Return a count and its status. Raises SourceFileError for anything else."""
    if isinstance(cell, str) and cell.strip() in WITHHELD:
        return None, WITHHELD[cell.strip()]
    if isinstance(cell, str) and re.fullmatch(r"\d{1,3}(,\d{3})*|\d+", cell.strip()):
        return float(cell.replace(",", "")), "ok"
    if isinstance(cell, int | float) and cell >= 0 and cell == int(cell):
        return float(cell), "ok"
    raise SourceFileError(f"{where}: {cell!r} is neither a count nor one of {', '.join(WITHHELD)}")
