"""Records in CSV files, as many as they may be: those that are alike are counted while reading.

DuckDB reads them, whatever counts afterwards. What it would read otherwise than row by row, or
not at all, is read row by row, which takes many times as long, and says where a file is damaged.
An empty line is no record.
"""

import csv
from collections.abc import Mapping
from glob import escape
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from loti_dash.errors import SourceFileError
from loti_dash.ingest.ons_custom import text_table
from loti_dash.ingest.records import alike, table_of

if TYPE_CHECKING:
    import ibis

# Signs that no text has, so that a cell that is missing is another than one that is empty.
_MISSING = "\ue000missing\ue000"


def counted(path: Path, columns: Mapping[str, str]) -> pa.Table:
    """Return a row for all records that are alike in some columns, as text, by our names.

    `columns` are our names by the headings of the file. With `searches` and `repeats`, as
    `records.alike` has them. Raises what `text_table` raises.
    """
    try:
        found = _quickly(path, columns)
    except Exception:
        # DuckDB has errors of its own.
        found = None
    if not found:
        table = text_table(path, list(columns))
        headings = list(table.columns)
        if _stand_twice(headings, columns):
            raise SourceFileError(
                f"{path.name} has a column twice that is needed once. Use the publisher's file as "
                "downloaded."
            )
        table.columns = _letters(headings)
        found = _counted(table_of(table), headings, columns)
    return found


def _quickly(path: Path, columns: Mapping[str, str]) -> pa.Table | None:
    """Return the same as DuckDB reads it, or None where that is not as it is row by row."""
    if _has_odd_quotes(path):
        return None
    with path.open(encoding="utf-8-sig", newline="") as file:
        headings = [name.strip() for name in next(csv.reader(file, strict=True))]
    if _stand_twice(headings, columns):
        return None
    names = _letters(headings)
    import ibis

    # Nothing is guessed from the rows, and a row may be shorter or longer: that is looked at here.
    read = ibis.duckdb.connect().read_csv(
        escape(str(path)),
        columns=dict.fromkeys([*names, "more"], "VARCHAR"),
        delim=",",
        quote='"',
        escape='"',
        hive_partitioning=False,
        null_padding=True,
        nullstr=_MISSING,
    )
    wrong = read.more.notnull() | read[names[-1]].isnull()
    found = _counted(read.mutate(wrong=wrong).drop("more"), headings, columns, "wrong")
    return None if any(found["wrong"].to_pylist()) else found.drop(["wrong"])


def _counted(
    table: "ibis.Table", headings: list[str], columns: Mapping[str, str], *also: str
) -> pa.Table:
    places = {ours: headings.index(theirs) for theirs, ours in columns.items()}
    by = {ours: _letters(headings)[place] for ours, place in places.items()}
    return alike(table, [*by.values(), *also]).rename(by).to_pyarrow()


def _stand_twice(headings: list[str], columns: Mapping[str, str]) -> bool:
    return any(headings.count(theirs) > 1 for theirs in columns)


def _letters(headings: list[str]) -> list[str]:
    """Return names for columns that may have the same heading, or one that is a word of ours."""
    return [f"column_{place}" for place in range(len(headings))]


def _has_odd_quotes(path: Path) -> bool:
    """Return whether quotes may stand elsewhere than around whole cells: DuckDB lets it pass."""
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        return content.find(b'"') >= 0 and max(content.find(b' "'), content.find(b'" ')) >= 0
