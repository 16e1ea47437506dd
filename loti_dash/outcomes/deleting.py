"""Deleting a canvas for good: by whoever began it, or by an approver."""

from loti_dash.access import Action, Viewer, may, person, require
from loti_dash.errors import AccessDenied
from loti_dash.outcomes import keeping
from loti_dash.state import Connection, audit, reading, transaction
from loti_dash.state import canvases as rows


def may_delete(viewer: Viewer, id_: str) -> bool:
    """Return whether the viewer may delete a canvas."""
    if not may(viewer, Action.KEEP):
        return False
    with reading() as db:
        return _may(db, viewer, id_)


def delete(viewer: Viewer, id_: str) -> None:
    """Delete a canvas with every version of it. The audit says that it was, and no word of it.

    Raises AccessDenied, and LotiError if there is no such canvas.
    """
    require(viewer, Action.KEEP)
    keeping.of(viewer, id_)
    with transaction() as db:
        if not _may(db, viewer, id_):
            raise AccessDenied(
                "Only whoever began this outcome may delete it, or an approver. Ask one of them."
            )
        count = rows.remove(db, id_)
        audit.append(db, person(viewer.name), "delete an outcome", id_, {"versions": count})


def _may(db: Connection, viewer: Viewer, id_: str) -> bool:
    # The name goes after a year: from then on nobody began it.
    began = rows.made_by(db, id_)
    own = bool(began) and person(began) == person(viewer.name)
    return own or may(viewer, Action.APPROVE)
