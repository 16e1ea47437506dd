"""Outcome canvases as rows: every version that was saved, the newest last."""

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from loti_dash.state.tables import CANVAS, CANVAS_VERSION, now


@dataclass(frozen=True)
class Version:
    """A version of a canvas; `content` is its text, which the caller understands."""

    canvas_id: str
    number: int
    saved_at: str
    saved_by: str
    content: str


def add(connection: Connection, by: str, content: str) -> str:
    """Add a canvas with its first version, and return its id."""
    id_ = secrets.token_hex(8)
    connection.execute(insert(CANVAS).values(id=id_, made_at=now(), made_by=by))
    save(connection, id_, by, content)
    return id_


def save(connection: Connection, id_: str, by: str, content: str) -> int:
    """Keep a version, unless it is as the newest; return the number of the newest then."""
    newest = newest_of(connection, id_)
    if newest is not None and newest.content == content:
        return newest.number
    number = 1 if newest is None else newest.number + 1
    connection.execute(
        insert(CANVAS_VERSION).values(
            canvas_id=id_, number=number, saved_at=now(), saved_by=by, content=content
        )
    )
    return number


def newest_of(connection: Connection, id_: str) -> Version | None:
    """Return the newest version of a canvas, or None if there is no such canvas."""
    found = versions(connection, id_)
    return found[-1] if found else None


def versions(connection: Connection, id_: str) -> list[Version]:
    """Return all versions of a canvas, the oldest first."""
    of = CANVAS_VERSION.c
    rows = connection.execute(
        select(of.canvas_id, of.number, of.saved_at, of.saved_by, of.content)
        .where(of.canvas_id == id_)
        .order_by(of.number)
    )
    return [Version(*row) for row in rows]


def all_newest(connection: Connection) -> list[Version]:
    """Return the newest version of every canvas, the one saved last first."""
    of = CANVAS_VERSION.c
    last = (
        select(of.canvas_id, func.max(of.number).label("number")).group_by(of.canvas_id).subquery()
    )
    rows = connection.execute(
        select(of.canvas_id, of.number, of.saved_at, of.saved_by, of.content)
        .join(last, (of.canvas_id == last.c.canvas_id) & (of.number == last.c.number))
        .order_by(of.saved_at.desc())
    )
    return [Version(*row) for row in rows]
