"""Transactions on the database of state, which is brought up to date on first use.

Writers take their turn, so that what one has read is still so when it writes. Whoever only reads
makes nothing: where there is no state yet, there is nothing to be read.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.exc import DatabaseError, IntegrityError, ProgrammingError
from sqlalchemy.pool import NullPool, StaticPool

from loti_dash import config
from loti_dash.errors import StateError
from loti_dash.state.tables import METADATA

# How many seconds a writer waits for its turn.
PATIENCE = 30

# Any number will do, as long as it is always the same.
_ONE_WRITER = 5_180_247

_ADVICE = {
    "full": "Make room on the disk and try again.",
    # Of a full disk as well, where not even the file that readers share finds room.
    "disk I/O error": "Make room on the disk, see that it can be written, and try again.",
    "locked": "Somebody else is writing; try again in a minute.",
    "malformed": "Restore it from a back-up.",
    "not a database": "Restore it from a back-up.",
    "Can't locate revision": "A newer version of this program has written it: update this one.",
}

# As they come through SQLAlchemy, and from the driver while a connection is set up.
_FAILURES = (DatabaseError, sqlite3.DatabaseError)

_up_to_date: set[tuple[str, object]] = set()


@contextmanager
def transaction() -> Iterator[Connection]:
    """Yield a connection whose writing happens as a whole when the block ends, or not at all.

    Raises StateError if the database cannot be written: a full disk, a lock, damage.
    """
    engine = _engine(config.database_url())
    _bring_up_to_date(engine)
    with _explained(engine, *_FAILURES), engine.begin() as connection:
        yield connection


@contextmanager
def reading() -> Iterator[Connection]:
    """Yield a connection for reading, as of now. Raises StateError if there is damage."""
    engine = _engine(config.database_url())
    with _explained(engine, *_FAILURES):
        there = _is_there(engine)
    if not there:
        with _nothing() as connection:
            yield connection
        return
    _bring_up_to_date(engine)
    with (
        _explained(engine, *_FAILURES),
        engine.connect().execution_options(reading=True) as connection,
    ):
        yield connection


@cache
def _engine(address: str) -> Engine:
    url = make_url(address)
    if url.get_backend_name() != "sqlite":
        engine = create_engine(url, pool_pre_ping=True)
    else:
        # No pool: opening a file is cheap, and one that was restored is noticed.
        engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": PATIENCE})
        event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _take_turn)
    return engine


@contextmanager
def _nothing() -> Iterator[Connection]:
    """Yield a connection to a database in memory that has the tables, and no rows."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    METADATA.create_all(engine)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _set_up(connection: Any, _: object) -> None:
    # Without it the driver begins transactions by itself, and later than we do.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    # What is deleted is overwritten.
    connection.execute("PRAGMA secure_delete = ON")


def _take_turn(connection: Connection) -> None:
    for_reading = connection.get_execution_options().get("reading", False)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN" if for_reading else "BEGIN IMMEDIATE")
    elif not for_reading:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_WRITER})")


def _is_there(engine: Engine) -> bool:
    file = _file(engine)
    if file:
        return file.exists() and file.stat().st_size > 0
    return _mark(engine) in _up_to_date or inspect(engine).has_table("alembic_version")


def _file(engine: Engine) -> Path | None:
    """Return the file of an SQLite database."""
    of_files = engine.url.get_backend_name() == "sqlite" and engine.url.database
    return Path(engine.url.database or "") if of_files else None


def _mark(engine: Engine) -> tuple[str, object]:
    """Return what tells this database from another that is put into its place."""
    file = _file(engine)
    return str(engine.url), file.stat().st_ino if file and file.exists() else None


def _bring_up_to_date(engine: Engine) -> None:
    file = _file(engine)
    if _mark(engine) in _up_to_date and (file is None or file.exists()):
        return
    # Alembic takes longer to import than all the rest.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    lock = FileLock(f"{file}.lock", PATIENCE, preserve_lock_file=True) if file else nullcontext()
    with _explained(engine, *_FAILURES, CommandError, OSError, Timeout):
        if file:
            file.parent.mkdir(parents=True, exist_ok=True)
        with lock:
            if file:
                _keep_a_log(engine)
            with engine.begin() as connection:
                steps = Config()
                steps.set_main_option("script_location", "loti_dash.state:migrations")
                steps.attributes["connection"] = connection
                command.upgrade(steps, "head")
        _up_to_date.add(_mark(engine))


def _keep_a_log(engine: Engine) -> None:
    """Have an SQLite file keep a write-ahead log, so that readers never wait for a writer."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()


@contextmanager
def _explained(engine: Engine, *kinds: type[Exception]) -> Iterator[None]:
    """Raise StateError for what a person can put right; what the program got wrong stays as is."""
    try:
        yield
    except (IntegrityError, ProgrammingError):
        raise
    except kinds as error:
        reason = str(getattr(error, "orig", error))
        advice = [text for sign, text in _ADVICE.items() if sign in reason]
        raise StateError(
            f"What people write is kept in {engine.url}, which cannot be read or written now: "
            f"{reason}. Nothing was changed. "
            f"{advice[0] if advice else 'See that the database is there and can be written.'}"
        ) from error
