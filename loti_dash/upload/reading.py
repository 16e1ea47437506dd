"""An uploaded file as a sheet: read as it was saved, refused if it is no CSV or about people.

No cell is understood here: "1,234" and "[c]" stay text. What is left out of the sheet (titles,
blank rows, empty columns, notes under the table) is said, with its place.
"""

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd

from loti_dash.errors import UploadRefused
from loti_dash.upload import addresses, decimals, dialect, formats, grid, headings, records
from loti_dash.upload.dialect import Layout
from loti_dash.upload.grid import Grid
from loti_dash.upload.sheet import NEEDED, Sheet
from loti_dash.upload.table import Table, table_of

MOST_BYTES = 200 * 1024 * 1024
_MOST_COLUMNS = 100
_COUNTS = ("numerator", "denominator")
_SEPARATORS = {",": "','", ";": "';'", "\t": "tab"}


def read(name: str, content: bytes | Path, most_bytes: int | None = None) -> Sheet:
    """Return an uploaded file as a sheet of text. `content` is what is in it, or where it is.

    Raises UploadRefused where it cannot be read or used, and RecordLevel, which is one, where it
    is about single people. Nothing of the file hangs on the error.
    """
    try:
        return _sheet(name, content, most_bytes or MOST_BYTES)
    except UploadRefused as error:
        # The frames that it went through hold the file.
        refused = error.with_traceback(None)
    del content
    raise refused


def _sheet(name: str, source: bytes | Path, most_bytes: int) -> Sheet:
    layout, encoding, every, sha256 = _opened(source, most_bytes)
    header = _header(layout)
    records.refuse_records(
        layout.rows,
        header if layout.names else None,
        [column.values for column in every.columns],
        len(every.numbers),
        sha256,
        every.too_long.values(),
    )
    _refuse_unusable(layout, every)
    first = next(at for at, heading in enumerate(header) if headings.column_of(heading))
    table = table_of(every, first)
    at = headings.columns(header, table.empty)
    cells = pd.DataFrame(
        {column: table.categorical(position) for column, position in at.items()},
        index=table.index,
    )
    letters = {column: addresses.letter(position) for column, position in at.items()}
    records.refuse_uncounted(cells, letters, sha256)
    comma, point = _decimal_marks(cells, layout.separator)
    return Sheet(
        name=name,
        sha256=sha256,
        cells=cells,
        letters=letters,
        headings={column: header[position] for column, position in at.items()},
        read_as=(
            *_read_as(encoding, layout),
            *_decimals_said(comma, point),
            *_left_out(table, header),
        ),
        decimal_comma=comma and not point,
    )


def _opened(source: bytes | Path, most_bytes: int) -> tuple[Layout, str, Grid, str]:
    """Return how a file is laid out, its encoding, its rows and its SHA-256.

    Of a file on the disk the bytes go when this returns: nothing later needs as much room.
    """
    if isinstance(source, Path):
        _refuse_big(source.stat().st_size, most_bytes)
        content = source.read_bytes()
    else:
        _refuse_big(len(source), most_bytes)
        content = source
    formats.refuse_other_formats(content)
    with ThreadPoolExecutor(1) as aside:
        # While the rest goes on: over a large file it takes a while.
        digest = aside.submit(hashlib.sha256, content)
        text = dialect.as_utf8(content)
        layout = dialect.layout(text, headings.columns_named)
        _refuse_wide(layout.width)
        return layout, text.encoding, grid.read(text, layout), digest.result().hexdigest()


def _refuse_big(size: int, most: int) -> None:
    if size > most:
        raise UploadRefused(
            f"The file has {size / 1024**2:,.1f} MB; the most is {most // 1024**2} MB. "
            "Split it by period and upload the parts."
        )


def _refuse_wide(width: int) -> None:
    if width > _MOST_COLUMNS:
        raise UploadRefused(
            f"The file has {width:,} columns. Give it one row for each area, period and ethnic "
            "group, with the count in one column."
        )


def _header(layout: Layout) -> list[str]:
    """Return a heading for each column, "" where the header has none."""
    named = list(layout.rows[-1]) if layout.rows else []
    return named + [""] * (layout.width - len(named))


def _refuse_unusable(layout: Layout, every: Grid) -> None:
    """Raise UploadRefused if there is no header, or a row with cells beyond it."""
    if not layout.names:
        raise UploadRefused(
            f"None of the first {dialect.ROWS_LOOKED_AT} rows is a header: a row with the "
            f"headings {addresses.listed(NEEDED)}, in any order, separated by comma, semicolon or "
            "tab. Add it, or start from the template."
        )
    if every.too_long:
        raise UploadRefused(
            f"In {addresses.rows(every.too_long)} there are more cells than the {layout.width} "
            f"columns of the header. A cell with {_SEPARATORS[layout.separator]} in it, such as a "
            "number in thousands or a label, must stand in quotation marks: save the file as CSV "
            "from the spreadsheet again."
        )


def _decimal_marks(cells: pd.DataFrame, separator: str) -> tuple[bool, bool]:
    """Return whether counts are written with a decimal comma, and whether with a point.

    Where the comma separates cells it is no decimal mark.
    """
    if separator == ",":
        return False, False
    counts = [cells[name].cat.categories for name in _COUNTS if name in cells]
    return decimals.marks(value for values in counts for value in values)


def _read_as(encoding: str, layout: Layout) -> Iterator[str]:
    separator, header = _SEPARATORS[layout.separator], len(layout.rows)
    yield f"Read as {encoding}, separator {separator}, header in row {header}."
    if layout.separator_named:
        yield "The first line names the separator and, as in spreadsheets, is not a row."
    above = [number for number, row in enumerate(layout.rows[:-1], 1) if any(row)]
    if above:
        yield f"Left out above the header: {addresses.rows(above)}."


def _decimals_said(comma: bool, point: bool) -> Iterator[str]:
    if comma and point:
        yield "Some counts have a decimal comma and some a decimal point."
    elif comma:
        yield "Counts are written with a decimal comma."


def _left_out(table: Table, header: Sequence[str]) -> Iterator[str]:
    empty = [at for at, each in enumerate(table.empty) if each and not headings.named(header[at])]
    if empty:
        yield f"Left out as empty: {addresses.columns(map(addresses.letter, empty))}."
    if table.blank:
        yield f"Left out as blank: {addresses.rows(table.blank)}."
    if table.notes:
        yield f"Left out as notes under the table: {addresses.rows(table.notes)}."
    if table.short:
        yield f"Ends early, missing cells read as empty: {addresses.rows(table.short)}."
    if table.broken:
        yield f"Has a line break in a cell: {addresses.rows(table.broken)}."
