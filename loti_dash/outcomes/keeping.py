"""Keeping canvases: begun, saved as somebody types, opened again, in whatever version.

A save never takes away what somebody else has saved meanwhile, nor what the log says was decided.
"""

from dataclasses import dataclass, replace

from loti_dash.access import Action, Viewer, person, require
from loti_dash.errors import LotiError, StateError
from loti_dash.outcomes.canvas import Canvas
from loti_dash.outcomes.file import from_json, to_json
from loti_dash.outcomes.merging import merged
from loti_dash.state import Connection, audit, reading, transaction
from loti_dash.state import canvases as rows
from loti_dash.state.canvases import Version


@dataclass(frozen=True)
class Kept:
    """A canvas with the version that it is; `with_others` names who else's changes are in it."""

    id: str
    number: int
    saved_at: str
    saved_by: str
    canvas: Canvas
    with_others: str = ""


class Overtaken(StateError):
    """Somebody else has saved another answer to the same question meanwhile; nothing was saved.

    `newest` is theirs, `both` is what both changed, in words.
    """

    def __init__(self, newest: Kept, both: tuple[str, ...]) -> None:
        self.newest, self.both = newest, both
        super().__init__(
            f"While you were writing, {newest.saved_by} saved something else for: "
            f"{'; '.join(both)}. Yours is still here and was not saved. Choose what becomes of it."
        )


def begin(viewer: Viewer, *canvases: Canvas) -> list[Kept]:
    """Keep new canvases, all or none, and return them. Raises AccessDenied."""
    require(viewer, Action.KEEP)
    by = person(viewer.name)
    made = []
    with transaction() as db:
        for canvas in canvases:
            version = rows.add(db, by, to_json(canvas))
            audit.append(db, by, "begin an outcome", version.canvas_id, {"preset": canvas.preset})
            made.append(_kept(version))
    return made


def listing(viewer: Viewer) -> list[Kept]:
    """Return the newest version of every canvas, the one saved last first. Raises AccessDenied."""
    require(viewer, Action.KEEP)
    with reading() as db:
        return [_kept(each) for each in rows.all_newest(db)]


def of(viewer: Viewer, id_: str) -> Kept:
    """Return the newest version of a canvas. Raises AccessDenied; LotiError if there is none."""
    require(viewer, Action.KEEP)
    with reading() as db:
        return _newest(db, id_)


def versions(viewer: Viewer, id_: str) -> list[tuple[int, str, str]]:
    """Return number, time and author of every version, the newest first. Raises AccessDenied."""
    require(viewer, Action.KEEP)
    with reading() as db:
        return rows.versions(db, id_)


def version(viewer: Viewer, id_: str, number: int) -> Kept:
    """Return a version of a canvas. Raises AccessDenied, and LotiError if there is none."""
    require(viewer, Action.KEEP)
    with reading() as db:
        return _numbered(db, id_, number)


def save(viewer: Viewer, onto: Kept, canvas: Canvas, again: bool = False) -> Kept:
    """Keep a canvas that was changed, and return what is the newest version then.

    `onto` is the version that was changed. What somebody else has saved since stays: changes of
    other things are put together with these. `again` says that the one answer that `onto` was
    saved for was written on, which makes no version of its own.

    Raises Overtaken where both changed the same, AccessDenied, and StateError if a decision is
    missing from the log.
    """
    require(viewer, Action.KEEP)
    by = person(viewer.name)
    with transaction() as db:
        newest, with_others = _newest(db, onto.id), ""
        if (newest.number, newest.saved_at) != (onto.number, onto.saved_at):
            both = merged(onto.canvas, newest.canvas, canvas)
            if both.both:
                raise Overtaken(newest, both.both)
            canvas, with_others, again = both.canvas, newest.saved_by, False
        _raise_unless_logged(newest.canvas, canvas)
        if to_json(canvas) == to_json(newest.canvas):
            return replace(newest, with_others=with_others)
        if canvas.complete and not newest.canvas.complete:
            audit.append(db, by, "call an outcome complete", onto.id, {"after": newest.number})
        if again and newest.saved_by == by:
            written = rows.amend(db, _version(newest), to_json(canvas))
        else:
            written = rows.append(db, onto.id, by, to_json(canvas))
    return replace(_kept(written), with_others=with_others)


def save_over(viewer: Viewer, newest: Kept, canvas: Canvas) -> Kept:
    """Keep a canvas as the newest version, on top of one that somebody else has saved.

    Theirs stays as a version, and in the log what they added. Raises as `save`.
    """
    decided = newest.canvas.decisions
    added = tuple(each for each in canvas.decisions if each not in decided)
    return save(viewer, newest, replace(canvas, decisions=decided + added))


def restore(viewer: Viewer, id_: str, number: int) -> Kept:
    """Make a version of a canvas the newest one again, and return it. The log stays whole.

    Raises AccessDenied, and LotiError if there is no such version.
    """
    require(viewer, Action.KEEP)
    by = person(viewer.name)
    with transaction() as db:
        newest, old = _newest(db, id_), _numbered(db, id_, number)
        canvas = replace(old.canvas, decisions=newest.canvas.decisions)
        made = rows.append(db, id_, by, to_json(canvas))
        audit.append(db, by, "restore a version of an outcome", id_, {"version": number})
    return _kept(made)


def _newest(db: Connection, id_: str) -> Kept:
    found = rows.newest_of(db, id_)
    if found is None:
        raise LotiError(
            "There is no outcome of the id in the address. It may have been kept on another "
            "server, or in a visit that is over. Choose one of the list, or begin a new one."
        )
    return _kept(found)


def _numbered(db: Connection, id_: str, number: int) -> Kept:
    found = rows.version_of(db, id_, number)
    if found is None:
        raise LotiError(f"This outcome has no version {number}. Choose one of the list.")
    return _kept(found)


def _raise_unless_logged(newest: Canvas, canvas: Canvas) -> None:
    if canvas.decisions[: len(newest.decisions)] != newest.decisions:
        raise StateError(
            "A decision is missing from the log, which is only ever added to. Open the outcome "
            "anew and add to what is there."
        )


def _kept(found: Version) -> Kept:
    canvas = from_json(found.content)
    return Kept(found.canvas_id, found.number, found.saved_at, found.saved_by, canvas)


def _version(of_: Kept) -> Version:
    return Version(of_.id, of_.number, of_.saved_at, of_.saved_by, "")
