"""What a release contains: definitions, observations, and the sums that follow from them."""

import hashlib
from collections.abc import Callable, Iterable

import duckdb
import pandas as pd

from loti_dash import release_tables
from loti_dash.catalogue import Catalogue
from loti_dash.store import SQL

# The tables whose rows make the number of a release: all but `build`, which has the time.
_CONTENT = (
    "observation series source period area ethnic_group indicator caveat outcome catalogue counts"
).split()


def fill(
    db: duckdb.DuckDBPyConnection,
    definitions: Catalogue,
    tables: Iterable[pd.DataFrame],
    say: Callable[[str], None],
    added_up: pd.DataFrame | None = None,
) -> None:
    """Fill an empty database with observations and all that follows from them.

    `added_up` are observations of other series, sums over months and groups included.
    """
    db.execute((SQL / "schema.sql").read_text(encoding="utf-8"))
    for name, table in release_tables.of_definitions(definitions).items():
        insert(db, name, table)
    for table in tables:
        insert(db, "observation", table.assign(owner_area=None))
    used = db.execute("SELECT DISTINCT series_id, period_id FROM observation").fetchall()
    if added_up is not None:
        used += (
            added_up[["series_id", "period_id"]]
            .drop_duplicates()
            .itertuples(index=False, name=None)
        )
    insert(db, "period", release_tables.of_periods(used, definitions))
    say("adding up months and groups")
    for name, table in release_tables.for_adding_up(definitions).items():
        db.register("helper", table)
        db.execute(f'CREATE TEMP TABLE "{name}" AS SELECT * FROM helper')  # noqa: S608
        db.unregister("helper")
    db.execute((SQL / "roll_up.sql").read_text(encoding="utf-8"))
    if added_up is not None:
        insert(db, "observation", added_up)
    say("laying numerators beside denominators")
    db.execute((SQL / "lay_side_by_side.sql").read_text(encoding="utf-8"))


def insert(db: duckdb.DuckDBPyConnection, name: str, table: pd.DataFrame) -> None:
    """Add the rows of a table, whose columns are in the order of the schema."""
    db.register("incoming", table)
    db.execute(f'INSERT INTO "{name}" SELECT * FROM incoming')  # noqa: S608
    db.unregister("incoming")


def number(db: duckdb.DuckDBPyConnection) -> str:
    """Return the first 8 digits of the sha256 of the content."""
    content = hashlib.sha256()
    for name in _CONTENT:
        lines = "string_agg(t::VARCHAR, chr(10) ORDER BY t::VARCHAR)"
        found = db.execute(f'SELECT sha256({lines}) FROM "{name}" AS t').fetchone()  # noqa: S608
        content.update(str(found).encode())
    return content.hexdigest()[:8]
