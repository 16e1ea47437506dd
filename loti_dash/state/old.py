"""What has been kept for long enough, and how it goes. How long is for `retention` to say.

Every function works within the caller's transaction and returns how many rows went. `before` is
a time as it is kept.
"""

from sqlalchemy import Connection, delete, func, select, update

from loti_dash.state import audit, decisions, submissions
from loti_dash.state.decisions import Verdict
from loti_dash.state.submissions import Standing, Submission
from loti_dash.state.tables import DECISION, METADATA, PACKAGE, SUBMISSION

_CLOSED = (Standing.SENT_BACK, Standing.EXPIRED)


def waiting(connection: Connection, before: str, because: str) -> int:
    """Delete the figures and papers of what was sent in and waits. That it was stays on record."""
    late = [
        one
        for one in submissions.standing_at(connection, Standing.WAITING)
        if one.submitted_at < before
    ]
    for one in late:
        decisions.add(connection, one.id, Verdict.EXPIRE, "", because)
        submissions.stand(connection, [one.id], Standing.EXPIRED)
        submissions.forget(connection, one.id)
        audit.append(connection, "", Verdict.EXPIRE.value, one.id, _detail(one, because))
    return len(late)


def closed(connection: Connection, before: str, _: str = "") -> int:
    """Delete the record of what was sent back or expired, with the decisions on it."""
    standing = submissions.standing_at(connection, *_CLOSED)
    ids = set(_decided(connection, before)) & {one.id for one in standing}
    for table, column in (
        (DECISION, DECISION.c.submission_id),
        (PACKAGE, PACKAGE.c.submission_id),
        (SUBMISSION, SUBMISSION.c.id),
    ):
        connection.execute(delete(table).where(column.in_(ids)))
    return len(ids)


def names(connection: Connection, before: str, _: str = "") -> int:
    """Take the names of people, and of their files, out of what was decided on and stays."""
    settled = SUBMISSION.c.standing.not_in([Standing.WAITING.value, Standing.ACCEPTED.value])
    old = SUBMISSION.c.id.in_(_decided(connection, before))
    named = (SUBMISSION.c.submitted_by != "") | (SUBMISSION.c.file_name != "")
    sent = connection.execute(
        update(SUBMISSION).where(old, settled, named).values(submitted_by="", file_name="")
    )
    decided = connection.execute(
        update(DECISION)
        .where(DECISION.c.decided_at < before, DECISION.c.decided_by != "")
        .where(DECISION.c.release.is_not(None))
        .values(decided_by="")
    )
    return sent.rowcount + decided.rowcount


def rows(connection: Connection, table: str, column: str, before: str, *, unless: str = "") -> int:
    """Delete the rows of a table in which a time is past, but not those with another one.

    A table that this version of the program does not have has no such rows.
    """
    there = METADATA.tables.get(table)
    if there is None:
        return 0
    old = delete(there).where(there.c[column] < before)
    return connection.execute(old.where(there.c[unless].is_(None)) if unless else old).rowcount


def _decided(connection: Connection, before: str) -> list[str]:
    """Return the ids of submissions whose last decision is past."""
    last = select(DECISION.c.submission_id).group_by(DECISION.c.submission_id)
    return list(
        connection.execute(last.having(func.max(DECISION.c.decided_at) < before)).scalars()
    )


def _detail(one: Submission, because: str) -> dict[str, object]:
    return {
        "sha256": one.sha256,
        "submitted_by": one.submitted_by,
        "areas": list(one.areas),
        "because": because,
    }
