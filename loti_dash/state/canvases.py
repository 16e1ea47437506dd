"""Outcome canvases as rows: every version that was saved, the newest last."""

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from loti_dash.state.tables import CANVAS, CANVAS_VERSION, now


@dataclass(frozen=True)
class Version:
    """A version of a canvas; `content` is its text, which the caller understands."""

    canvas_id: str
    number: int
    saved_at: str
    saved_by: str
    content: str


_COLUMNS = tuple(CANVAS_VERSION.c[name] for name in Version.__dataclass_fields__)


def add(connection: Connection, by: str, content: str) -> Version:
    """Add a canvas, and return its first version, which has its id."""
    # 128 bits: an address tells nothing of another one.
    id_ = secrets.token_hex(16)
    connection.execute(insert(CANVAS).values(id=id_, made_at=now(), made_by=by))
    return append(connection, id_, by, content)


def append(connection: Connection, id_: str, by: str, content: str) -> Version:
    """Keep one more version of a canvas, and return it."""
    last = connection.execute(
        select(func.max(CANVAS_VERSION.c.number)).where(CANVAS_VERSION.c.canvas_id == id_)
    ).scalar()
    made = Version(id_, (last or 0) + 1, now(), by, content)
    connection.execute(insert(CANVAS_VERSION).values(**vars(made)))
    return made


def amend(connection: Connection, version: Version, content: str) -> Version:
    """Write a version anew, and return it: whoever typed on is still at the same answer."""
    made = Version(version.canvas_id, version.number, now(), version.saved_by, content)
    connection.execute(
        update(CANVAS_VERSION)
        .where(
            CANVAS_VERSION.c.canvas_id == version.canvas_id,
            CANVAS_VERSION.c.number == version.number,
        )
        .values(saved_at=made.saved_at, content=content)
    )
    return made


def newest_of(connection: Connection, id_: str) -> Version | None:
    """Return the newest version of a canvas, or None if there is no such canvas."""
    row = connection.execute(
        select(*_COLUMNS)
        .where(CANVAS_VERSION.c.canvas_id == id_)
        .order_by(CANVAS_VERSION.c.number.desc())
        .limit(1)
    ).first()
    return Version(*row) if row else None


def version_of(connection: Connection, id_: str, number: int) -> Version | None:
    """Return a version of a canvas by its number, or None."""
    row = connection.execute(
        select(*_COLUMNS).where(
            CANVAS_VERSION.c.canvas_id == id_, CANVAS_VERSION.c.number == number
        )
    ).first()
    return Version(*row) if row else None


def versions(connection: Connection, id_: str) -> list[tuple[int, str, str]]:
    """Return number, time and author of every version of a canvas, the newest first."""
    of = CANVAS_VERSION.c
    rows = connection.execute(
        select(of.number, of.saved_at, of.saved_by)
        .where(of.canvas_id == id_)
        .order_by(of.number.desc())
    )
    return [(row.number, row.saved_at, row.saved_by) for row in rows]


def all_newest(connection: Connection) -> list[Version]:
    """Return the newest version of every canvas, the one saved last first."""
    of = CANVAS_VERSION.c
    last = (
        select(of.canvas_id, func.max(of.number).label("number")).group_by(of.canvas_id).subquery()
    )
    rows = connection.execute(
        select(*_COLUMNS)
        .join(last, (of.canvas_id == last.c.canvas_id) & (of.number == last.c.number))
        .order_by(of.saved_at.desc())
    )
    return [Version(*row) for row in rows]


def made_by(connection: Connection, id_: str) -> str:
    """Return who made a canvas, "" once that is not known any more."""
    return connection.execute(select(CANVAS.c.made_by).where(CANVAS.c.id == id_)).scalar() or ""


def remove(connection: Connection, id_: str) -> int:
    """Delete a canvas with all its versions, and return how many those were."""
    gone = connection.execute(delete(CANVAS_VERSION).where(CANVAS_VERSION.c.canvas_id == id_))
    connection.execute(delete(CANVAS).where(CANVAS.c.id == id_))
    return gone.rowcount


def forget_names(connection: Connection, before: str) -> int:
    """Take out who made canvases and who saved versions before a time; return how many went."""
    of = CANVAS_VERSION.c
    made = connection.execute(
        update(CANVAS).where(CANVAS.c.made_at < before, CANVAS.c.made_by != "").values(made_by="")
    )
    saved = connection.execute(
        update(CANVAS_VERSION).where(of.saved_at < before, of.saved_by != "").values(saved_by="")
    )
    return made.rowcount + saved.rowcount
