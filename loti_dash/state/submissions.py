"""Submissions and what was decided about them, as rows: who may do what is decided above.

Every function works within the caller's transaction.
"""

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from loti_dash.state.tables import PACKAGE, SUBMISSION, now


class Standing(StrEnum):
    """Where a submission stands. Accepted: it is to be in the release that is built next."""

    WAITING = "waiting"
    SENT_BACK = "sent back"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    PUBLISHED = "published"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Draft:
    """What somebody sends in: protected figures with their definitions, and the papers.

    `package` is text that only build understands. `hidden` is how many cells protection hides
    for their size, and how many more for their sake; `rules` what it went by, for the audit.
    `replaces` is the id of an earlier submission, or "".
    """

    package: str
    indicators: tuple[str, ...]
    areas: tuple[str, ...]
    file_name: str
    sha256: str
    statement: Mapping[str, str]
    hidden: tuple[int, int] = (0, 0)
    mapping: Mapping[str, str] = field(default_factory=dict)
    replaces: str = ""
    rules: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Submission:
    """A draft that was sent in. Statement and mapping are empty once they had to be deleted.

    `package` is empty too then, and in lists.
    """

    id: str
    submitted_at: str
    submitted_by: str
    standing: Standing
    indicators: tuple[str, ...]
    areas: tuple[str, ...]
    file_name: str
    sha256: str
    hidden: tuple[int, int]
    replaces: str
    statement: Mapping[str, str]
    mapping: Mapping[str, str]
    package: str = ""


def add(connection: Connection, draft: Draft, by: str) -> str:
    """Add a submission that waits, and return its id."""
    id_ = secrets.token_hex(6)
    row = {
        "id": id_,
        "submitted_at": now(),
        "submitted_by": by,
        "standing": Standing.WAITING.value,
        "indicators": sorted(draft.indicators),
        "areas": sorted(draft.areas),
        "file_name": draft.file_name,
        "sha256": draft.sha256,
        "hidden_primary": draft.hidden[0],
        "hidden_secondary": draft.hidden[1],
        "replaces": draft.replaces or None,
        "statement": dict(draft.statement),
        "mapping": dict(draft.mapping),
    }
    connection.execute(insert(SUBMISSION).values(row))
    connection.execute(insert(PACKAGE).values(submission_id=id_, content=draft.package))
    return id_


def of(connection: Connection, id_: str) -> Submission | None:
    """Return a submission without its package, or None."""
    found = _found(connection, SUBMISSION.c.id == id_)
    return found[0] if found else None


def successor(connection: Connection, id_: str) -> Submission | None:
    """Return the submission that was accepted in the place of another, or None."""
    accepted = [Standing.ACCEPTED, Standing.PUBLISHED, Standing.REPLACED, Standing.WITHDRAWN]
    standings = [one.value for one in accepted]
    found = _found(
        connection, (SUBMISSION.c.replaces == id_) & SUBMISSION.c.standing.in_(standings)
    )
    return found[-1] if found else None


def standing_at(connection: Connection, *standings: Standing) -> list[Submission]:
    """Return the submissions that stand there, without their packages, the oldest first."""
    return _found(connection, SUBMISSION.c.standing.in_([one.value for one in standings]))


def of_file(connection: Connection, sha256: str) -> list[Submission]:
    """Return the submissions that were made from a file."""
    return _found(connection, SUBMISSION.c.sha256 == sha256)


def stand(connection: Connection, ids: Iterable[str], standing: Standing) -> None:
    """Put submissions where they now stand."""
    connection.execute(
        update(SUBMISSION).where(SUBMISSION.c.id.in_(list(ids))).values(standing=standing.value)
    )


def packages(connection: Connection, ids: Collection[str]) -> list[str]:
    """Return the packages of submissions, in the order in which they were sent in."""
    rows = connection.execute(
        select(PACKAGE.c.content)
        .join(SUBMISSION)
        .where(SUBMISSION.c.id.in_(ids))
        .order_by(SUBMISSION.c.submitted_at, SUBMISSION.c.id)
    )
    return list(rows.scalars())


def forget(connection: Connection, id_: str) -> None:
    """Delete what somebody sent in, but for the fact that they did."""
    connection.execute(delete(PACKAGE).where(PACKAGE.c.submission_id == id_))
    connection.execute(
        update(SUBMISSION).where(SUBMISSION.c.id == id_).values(statement=None, mapping=None)
    )


def _found(connection: Connection, condition: Any) -> list[Submission]:
    rows = connection.execute(
        select(SUBMISSION).where(condition).order_by(SUBMISSION.c.submitted_at, SUBMISSION.c.id)
    )
    return [_submission(row) for row in rows.mappings()]


def _submission(row: RowMapping) -> Submission:
    hidden = row["hidden_primary"], row["hidden_secondary"]
    return Submission(
        id=row["id"],
        submitted_at=row["submitted_at"],
        submitted_by=row["submitted_by"],
        standing=Standing(row["standing"]),
        indicators=tuple(row["indicators"]),
        areas=tuple(row["areas"]),
        file_name=row["file_name"],
        sha256=row["sha256"],
        hidden=hidden,
        replaces=row["replaces"] or "",
        statement=row["statement"] or {},
        mapping=row["mapping"] or {},
    )
