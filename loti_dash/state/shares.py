"""Shared views as rows, found by the hash of an id that only their address has."""

import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from loti_dash.state.tables import SHARE, now


@dataclass(frozen=True)
class Share:
    """A shared view; `content` is its text. `hash` stands for it in the list of its maker."""

    hash: str
    made_at: str
    made_by: str
    expires_on: str
    revoked_at: str | None
    release: str
    content: str


def add(connection: Connection, by: str, expires_on: str, release: str, content: str) -> str:
    """Keep a view, and return the id that its address has: 128 bits that nobody can guess."""
    id_ = secrets.token_urlsafe(16)
    connection.execute(
        insert(SHARE).values(
            hash=hash_of(id_),
            made_at=now(),
            made_by=by,
            expires_on=expires_on,
            release=release,
            content=content,
        )
    )
    return id_


def of(connection: Connection, id_: str) -> Share | None:
    """Return the view of an id, or None."""
    return _first(connection, SHARE.c.hash == hash_of(id_))


def by_hash(connection: Connection, hash_: str) -> Share | None:
    """Return the view that stands in a list under a hash, or None."""
    return _first(connection, SHARE.c.hash == hash_)


def made_by(connection: Connection, who: str) -> list[Share]:
    """Return the views that somebody shared, the newest first."""
    rows = connection.execute(
        select(SHARE).where(SHARE.c.made_by == who).order_by(SHARE.c.made_at.desc())
    )
    return [Share(*row) for row in rows]


def revoke(connection: Connection, hash_: str) -> None:
    """Close a view for good. Closing it twice is closing it once."""
    connection.execute(
        update(SHARE)
        .where(SHARE.c.hash == hash_, SHARE.c.revoked_at.is_(None))
        .values(revoked_at=now())
    )


def _first(connection: Connection, condition: object) -> Share | None:
    row = connection.execute(select(SHARE).where(condition)).first()  # type: ignore[arg-type]
    return Share(*row) if row else None


def hash_of(id_: str) -> str:
    """Return what stands for an id wherever it is kept: nobody can find the id from it."""
    return hashlib.sha256(id_.encode()).hexdigest()
