"""Records in CSV files, as many as they may be: those that are alike are counted while reading.

DuckDB reads them, whatever counts afterwards. What it would read otherwise than row by row, or
not at all, is read row by row, which takes many times as long, and says where a file is damaged.
An empty line is no record.
"""

import csv
from collections.abc import Mapping
from functools import cache
from glob import escape
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from loti_dash.errors import SourceFileError
from loti_dash.ingest.ons_custom import text_table
from loti_dash.ingest.records import alike, table_of

# Signs that no text has, so that a cell that is missing is another than one that is empty.
_MISSING = "\ue000missing\ue000"
# Nothing is guessed from the rows, and a row may be shorter or longer: that is looked at here.
_READ = """
CREATE OR REPLACE TEMP VIEW records AS
SELECT {named}, more IS NOT NULL OR {last} IS NULL AS wrong
FROM read_csv(
    {path}, columns = {columns}, header = true, auto_detect = false, delim = ',', quote = '"',
    escape = '"', hive_partitioning = false, null_padding = true, nullstr = '{missing}'
)
"""


def open_reader() -> Any:
    """Return what reads files, of which one serves many."""
    import ibis

    return ibis.duckdb.connect()


def counted(reader: Any, path: Path, columns: Mapping[str, str]) -> pa.Table:
    """Return a row for all records that are alike in some columns, as text, by our names.

    `columns` are our names by the headings of the file. With `searches` and `repeats`, as
    `records.alike` has them. Raises what `text_table` raises.
    """
    try:
        found = _quickly(reader, path, columns)
    except Exception:
        # DuckDB has errors of its own.
        found = None
    if found:
        return found
    table = text_table(path, list(columns))
    if _stand_twice(list(table.columns), columns):
        raise SourceFileError(
            f"{path.name} has a column twice that is needed once. Use the publisher's file as "
            "downloaded."
        )
    return counted_of(table, columns)


def counted_of(table: pd.DataFrame, columns: Mapping[str, str]) -> pa.Table:
    """Return the same of a table of text, with a row for each record."""
    named = table.set_axis(_names(list(table.columns), columns), axis=1)
    # A reader of its own: the other may have come to grief over the file.
    found: pa.Table = open_reader().to_pyarrow(alike(table_of(named), list(columns.values())))
    return found


def _quickly(reader: Any, path: Path, columns: Mapping[str, str]) -> pa.Table | None:
    """Return the same as DuckDB reads it, or None where that is not as it is row by row."""
    if _has_odd_quotes(path):
        return None
    with path.open(encoding="utf-8-sig", newline="") as file:
        headings = [name.strip() for name in next(csv.reader(file, strict=True))]
    if _stand_twice(headings, columns):
        return None
    letters, names = _names(headings, {}), _names(headings, columns)
    view = _READ.format(
        named=", ".join(f"{one} AS {name}" for one, name in zip(letters, names, strict=True)),
        last=letters[-1],
        path="'" + escape(str(path)).replace("'", "''") + "'",
        columns=dict.fromkeys([*letters, "more"], "VARCHAR"),
        missing=_MISSING,
    )
    reader.raw_sql(view)
    question = _question(tuple(names), tuple(columns.values()))
    found: pa.Table = reader.raw_sql(question).to_arrow_table()
    return None if any(found["wrong"].to_pylist()) else found.drop(["wrong"])


@cache
def _question(names: tuple[str, ...], by: tuple[str, ...]) -> str:
    """Return `alike` in SQL: to write it out takes as long as to read thousands of records."""
    import ibis

    records = ibis.table(dict.fromkeys(names, "string") | {"wrong": "boolean"}, name="records")
    asked = ibis.to_sql(alike(records, [*by, "wrong"]), dialect="duckdb")
    # Sums are of a kind that Arrow has not.
    whole = "searches::BIGINT AS searches, repeats::BIGINT AS repeats"
    return f"SELECT * REPLACE ({whole}) FROM ({asked})"  # noqa: S608


def _stand_twice(headings: list[str], columns: Mapping[str, str]) -> bool:
    return any(headings.count(theirs) > 1 for theirs in columns)


def _names(headings: list[str], columns: Mapping[str, str]) -> list[str]:
    """Return our names of columns, and others of those that we do not read.

    These may have the same heading, or one that is a word of ours.
    """
    return [columns.get(heading, f"column_{place}") for place, heading in enumerate(headings)]


def _has_odd_quotes(path: Path) -> bool:
    """Return whether quotes may stand elsewhere than around whole cells: DuckDB lets it pass."""
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        return content.find(b'"') >= 0 and max(content.find(b' "'), content.find(b'" ')) >= 0
