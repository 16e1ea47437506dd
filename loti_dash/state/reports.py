"""Reports of wrong figures as rows: of which view, who sent them, and what became of them.

Every function works within the caller's transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from loti_dash.state.tables import REPORT, now


class Standing(StrEnum):
    """Where a report stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True)
class Report:
    """A report. `view` is as the caller writes views; `words` are "" once it is decided on.

    `answer` is what everybody may read of an answered one, and of a closed one the reason.
    """

    number: int
    made_at: str
    made_by: str
    view: Mapping[str, Any]
    release: str
    standing: Standing
    words: str
    answer: str
    answered_at: str
    answered_by: str


def add(connection: Connection, by: str, view: Mapping[str, Any], release: str, words: str) -> int:
    """Add a report, and return its number."""
    number: int = connection.execute(
        select(func.coalesce(func.max(REPORT.c.number), 0) + 1)
    ).scalar_one()
    connection.execute(
        insert(REPORT).values(
            number=number,
            made_at=now(),
            made_by=by,
            view=dict(view),
            release=release,
            standing=Standing.OPEN.value,
            words=words,
        )
    )
    return number


def number(connection: Connection, number: int) -> Report | None:
    """Return the report with a number, or None."""
    found = _found(connection, REPORT.c.number == number)
    return found[0] if found else None


def standing_at(connection: Connection, standing: Standing) -> list[Report]:
    """Return the reports that stand there, the oldest first."""
    return _found(connection, REPORT.c.standing == standing.value)


def made_by(connection: Connection, by: str) -> list[Report]:
    """Return the reports of a person, the oldest first."""
    return _found(connection, REPORT.c.made_by == by)


def decide(connection: Connection, number: int, standing: Standing, by: str, answer: str) -> None:
    """Keep what was decided about a report, and delete its words."""
    connection.execute(
        update(REPORT)
        .where(REPORT.c.number == number)
        .values(
            standing=standing.value, words=None, answer=answer, answered_at=now(), answered_by=by
        )
    )


def _found(connection: Connection, condition: Any) -> list[Report]:
    rows = connection.execute(select(REPORT).where(condition).order_by(REPORT.c.number))
    texts = ("words", "answer", "answered_at", "answered_by")
    return [
        Report(
            **{
                **row,
                "standing": Standing(row["standing"]),
                **{name: row[name] or "" for name in texts},
            }
        )
        for row in rows.mappings()
    ]
