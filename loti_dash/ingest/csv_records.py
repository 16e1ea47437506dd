"""Records in CSV files, as many as they may be: those that are alike are counted while reading.

DuckDB reads them, whatever counts afterwards. What it cannot read is read row by row, which takes
twenty times as long, and says where a file is damaged. An empty line is no record.
"""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from loti_dash.ingest.ons_custom import text_table
from loti_dash.ingest.records import alike, table_of

if TYPE_CHECKING:
    import ibis


def counted(path: Path, columns: Mapping[str, str]) -> pa.Table:
    """Return a row for all records that are alike in some columns, as text, by our names.

    `columns` are our names by the headings of the file. With `searches` and `repeats`, as
    `records.alike` has them. Raises what `text_table` raises.
    """
    try:
        found = _counted(_read(path), columns)
    except Exception:
        # DuckDB has errors of its own.
        found = None
    if not found:
        found = _counted(table_of(text_table(path, list(columns))), columns)
    return found


def _read(path: Path) -> "ibis.Table":
    import ibis

    with path.open(encoding="utf-8-sig", newline="") as file:
        headings = [name.strip() for name in next(csv.reader(file, strict=True))]
    # Nothing is guessed from the rows: every cell is text, and every row has all of them.
    return ibis.duckdb.connect().read_csv(
        str(path), columns=dict.fromkeys(headings, "VARCHAR"), delim=",", quote='"', escape='"'
    )


def _counted(table: "ibis.Table", columns: Mapping[str, str]) -> pa.Table:
    named = alike(table, list(columns)).rename({ours: theirs for theirs, ours in columns.items()})
    return named.fill_null(dict.fromkeys(columns.values(), "")).to_pyarrow()
