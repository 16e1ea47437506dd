"""What was decided about submissions, and which release a decision is still waiting for.

Every function works within the caller's transaction.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from loti_dash.state.tables import DECISION, now


class Verdict(StrEnum):
    """What can be decided."""

    PUBLISH = "publish"
    SEND_BACK = "send back"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


# How a message tells what was decided.
SAID = {
    Verdict.PUBLISH: "accepted for publication",
    Verdict.SEND_BACK: "sent back",
    Verdict.WITHDRAW: "withdrawn",
    Verdict.EXPIRE: "deleted, because nobody decided in time",
}


@dataclass(frozen=True)
class Decision:
    """A decision. `release` is None until a release is built for it, and "" if none has to be.

    `builds_after` is the newest release there was when a build for it began; None before.
    """

    number: int
    submission_id: str
    what: Verdict
    decided_at: str
    decided_by: str
    because: str
    release: str | None
    builds_after: str | None


def add(connection: Connection, submission_id: str, what: Verdict, by: str, because: str) -> int:
    """Add a decision, and return its number."""
    builds = what in (Verdict.PUBLISH, Verdict.WITHDRAW)
    number: int = connection.execute(
        select(func.coalesce(func.max(DECISION.c.number), 0) + 1)
    ).scalar_one()
    connection.execute(
        insert(DECISION).values(
            number=number,
            submission_id=submission_id,
            what=what.value,
            decided_at=now(),
            decided_by=by,
            because=because,
            release=None if builds else "",
        )
    )
    return number


def of(connection: Connection, submission_id: str) -> list[Decision]:
    """Return the decisions about a submission, in order."""
    return _found(connection, DECISION.c.submission_id == submission_id)


def number(connection: Connection, number: int) -> Decision:
    """Return the decision with a number."""
    return _found(connection, DECISION.c.number == number)[0]


def due(connection: Connection) -> list[Decision]:
    """Return the decisions that wait for a release, in order."""
    return _found(connection, DECISION.c.release.is_(None))


def mark(connection: Connection, newest: str | None) -> None:
    """Note on all that are due that a build begins, and which release is the newest before it.

    None takes the note back.
    """
    connection.execute(
        update(DECISION).where(DECISION.c.release.is_(None)).values(builds_after=newest)
    )


def close(connection: Connection, number: int, release: str) -> None:
    """Note the release that was built for a decision."""
    connection.execute(update(DECISION).where(DECISION.c.number == number).values(release=release))


def _found(connection: Connection, condition: Any) -> list[Decision]:
    rows = connection.execute(select(DECISION).where(condition).order_by(DECISION.c.number))
    return [Decision(**{**row, "what": Verdict(row["what"])}) for row in rows.mappings()]
