"""Transactions on the database of state, which is brought up to date on first use.

Writers take their turn, so that what one has read is still so when it writes. Whoever only reads
makes nothing: where there is no state yet, there is nothing to be read.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.pool import NullPool, StaticPool

from loti_dash import config
from loti_dash.errors import StateError
from loti_dash.state.failures import FAILURES, explained
from loti_dash.state.tables import METADATA

# How many seconds a writer waits for its turn.
PATIENCE = 30

# Any number will do, as long as it is always the same.
_ONE_WRITER = 5_180_247

# A server that is gone without a word is noticed, and not waited for.
_POSTGRESQL = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "tcp_user_timeout": 60_000,
}

_up_to_date: set[tuple[str, object]] = set()


@contextmanager
def transaction() -> Iterator[Connection]:
    """Yield a connection whose writing happens as a whole when the block ends, or not at all.

    Raises StateError if the database cannot be written: a full disk, a lock, damage.
    """
    engine = engine_of(config.database_url())
    _bring_up_to_date(engine)
    with explained(engine, *FAILURES), engine.begin() as connection:
        yield connection


@contextmanager
def reading() -> Iterator[Connection]:
    """Yield a connection for reading, as of now. Raises StateError if there is damage."""
    engine = engine_of(config.database_url())
    with explained(engine, *FAILURES):
        there = _is_there(engine)
    if not there:
        with _nothing() as connection:
            yield connection
        return
    _bring_up_to_date(engine)
    with (
        explained(engine, *FAILURES),
        engine.connect().execution_options(reading=True) as connection,
    ):
        yield connection


@cache
def engine_of(address: str) -> Engine:
    """Return the engine of a database, the same for every caller."""
    url = make_url(address)
    if url.get_backend_name() != "sqlite":
        engine = create_engine(url, pool_pre_ping=True, connect_args=_POSTGRESQL)
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
    elif for_reading:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    else:
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
    from loti_dash.state import upgrading

    with explained(engine, *FAILURES, upgrading.Failure, OSError, Timeout):
        with _alone(engine) as connection:
            upgrading.upgrade(connection, "head")
        _up_to_date.add(_mark(engine))


@contextmanager
def filling() -> Iterator[Connection]:
    """Yield a connection to a database without tables, which has all that is made, or nothing.

    Raises StateError if it has any table already.
    """
    from loti_dash.state import upgrading

    engine = engine_of(config.database_url())
    with (
        explained(engine, *FAILURES, upgrading.Failure, OSError, Timeout),
        _alone(engine) as connection,
    ):
        if inspect(connection).get_table_names():
            raise StateError(
                f"{engine.url} is not empty, and nothing is ever written over. Name another "
                "database in LOTI_DATABASE_URL, or another home folder in LOTI_HOME."
            )
        yield connection


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """Yield a connection for whoever makes the tables, one after the other."""
    file = _file(engine)
    lock = FileLock(f"{file}.lock", PATIENCE, preserve_lock_file=True) if file else nullcontext()
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
    with lock:
        if file:
            _keep_a_log(engine)
        with engine.begin() as connection:
            yield connection


def _keep_a_log(engine: Engine) -> None:
    """Have an SQLite file keep a write-ahead log, so that readers never wait for a writer."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()
