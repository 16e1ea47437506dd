"""All that people wrote as plain rows, out of one kind of database and into another.

Whatever tables the newest migration makes are taken along: nothing here knows what is in them.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, MetaData, Table, null, select

from loti_dash.state import audit
from loti_dash.state.engine import filling, reading
from loti_dash.state.tables import METADATA
from loti_dash.state.upgrading import revision, upgrade

Row = Mapping[str, Any]


@contextmanager
def rows() -> Iterator[tuple[str, Iterator[tuple[str, Iterator[Row]]]]]:
    """Yield the revision of the tables and, for each, its name and rows: all as of one moment."""
    with reading() as db:
        yield revision(db), ((table.name, _of(db, table)) for table in METADATA.sorted_tables)


def load(revision_: str, tables: Mapping[str, Iterable[Row]]) -> str:
    """Fill a database that has no tables yet, and return what the audit in it proves.

    The rows are taken as they were at a revision, and brought up to date then. Raises StateError
    if the database is not empty, and if the audit is not as it was written: nothing is kept then.
    """
    with filling() as db:
        upgrade(db, revision_ or "head")
        there = MetaData()
        there.reflect(db)
        # The audit refuses a first row that does not follow what was deleted before it.
        for table in sorted(there.sorted_tables, key=lambda table: table.name == "audit"):
            for row in _parents_first(table, tables.get(table.name, ())):
                given = {name: null() if value is None else value for name, value in row.items()}
                db.execute(table.insert().values(given))
        upgrade(db, "head")
        return audit.verify_in(db)


def _of(db: Connection, table: Table) -> Iterator[Row]:
    ordered = select(table).order_by(*table.primary_key)
    with db.execute(ordered, execution_options={"yield_per": 1_000}) as found:
        for row in found.mappings():
            yield dict(row)


def _parents_first(table: Table, rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows so that one which another row of the same table refers to comes before it."""
    inner = [
        (column.name, key.column.name)
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table is table
    ]
    if not inner:
        yield from rows
        return
    ((child, parent),) = inner
    waiting, there = list(rows), {None}
    while waiting:
        now = [row for row in waiting if row[child] in there]
        assert now, f"{table.name} has rows that refer to rows which are not there"
        there |= {row[parent] for row in now}
        yield from now
        waiting = [row for row in waiting if row[parent] not in there]
