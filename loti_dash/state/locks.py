"""A lock that all servers over one PostgreSQL heed, wherever they keep their files.

Where state is a file there are no other machines, and nothing to take: a lock beside the releases
does then.
"""

import time
from contextlib import ExitStack, suppress
from typing import Any

from loti_dash import config
from loti_dash.state.engine import engine_of
from loti_dash.state.failures import FAILURES, explained

# Any number will do that no other lock has.
_ONE_BUILDER = 5_180_248

# How many seconds pass between two looks at a lock that others have.
_PAUSE = 0.2


def take(patience: float) -> ExitStack | None:
    """Take the lock if others let go of it in so many seconds.

    Returns what lets go of it when it is closed, or None. The database lets go of it by itself
    when the connection ends, however it ends. Raises StateError if the database does not answer.
    """
    engine = engine_of(config.database_url())
    if engine.dialect.name != "postgresql":
        return ExitStack()
    with explained(engine, *FAILURES), ExitStack() as held:
        connection = engine.raw_connection()
        held.callback(connection.close)
        connection.driver_connection.autocommit = True  # type: ignore[union-attr]
        # Not given back to the others, which would keep the lock: its end is the lock's.
        connection.detach()
        cursor = connection.cursor()
        until = time.monotonic() + patience
        while not _answer(cursor, f"SELECT pg_try_advisory_lock({_ONE_BUILDER})"):
            if time.monotonic() >= until:
                return None
            time.sleep(_PAUSE)
        held.callback(_let_go, cursor)
        return held.pop_all()


def _answer(cursor: Any, question: str) -> Any:
    cursor.execute(question)
    return cursor.fetchone()[0]


def _let_go(cursor: Any) -> None:
    """Give the lock back at once: the database notices the end of a connection a little later."""
    with suppress(*FAILURES, OSError):
        _answer(cursor, f"SELECT pg_advisory_unlock({_ONE_BUILDER})")
