"""What can go wrong with the database of state, in words that say what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, IntegrityError, ProgrammingError

from loti_dash.errors import StateError, with_cause
from loti_dash.server import logs

_ADVICE = {
    "full": "Make room on the disk and try again.",
    # Of a full disk as well, where not even the file that readers share finds room.
    "disk I/O error": "Make room on the disk, see that it can be written, and try again.",
    "locked": "Somebody else is writing; try again in a minute.",
    "lock timeout": "Somebody else is writing; try again in a minute.",
    "malformed": "Restore it from a back-up.",
    "not a database": "Restore it from a back-up.",
    "Can't locate revision": "A newer version of this program has written it: update this one.",
}

# To whoever reads a page: where the database is and what it said is for who runs the server.
_SAID = "What people write cannot be reached just now. Nothing was changed. Try again in a minute."

# As they come through SQLAlchemy, and from the driver while a connection is set up.
FAILURES = (DatabaseError, sqlite3.DatabaseError)


@contextmanager
def explained(engine: Engine, *kinds: type[Exception]) -> Iterator[None]:
    """Raise StateError for what a person can put right; what the program got wrong stays as is."""
    try:
        yield
    except (IntegrityError, ProgrammingError):
        raise
    except kinds as error:
        reason = str(getattr(error, "orig", error))
        advice = [text for sign, text in _ADVICE.items() if sign in reason]
        unreachable = with_cause(
            StateError(_SAID),
            f"It is kept in {engine.url}, which cannot be read or written now: {reason}. "
            f"{advice[0] if advice else 'See that the database is there and can be written.'}",
        )
        logs.write_cause("state unreachable", unreachable)
        raise unreachable from error
