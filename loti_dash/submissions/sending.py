"""Sending figures in, and who may see them then: their submitter and who can decide on them."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from loti_dash import config
from loti_dash.access import Action, Viewer, may, person, require
from loti_dash.errors import AccessDenied, StateError
from loti_dash.state import Connection, audit, reading, transaction
from loti_dash.state import decisions as verdicts
from loti_dash.state import submissions as rows
from loti_dash.state.decisions import Decision
from loti_dash.state.submissions import Draft, Standing, Submission
from loti_dash.upload import package

# What is in a release, or will be in the next one.
STANDING = (Standing.ACCEPTED, Standing.PUBLISHED)


def submit(viewer: Viewer, draft: Draft) -> str:
    """Send figures in for a second person to decide on, and return the id.

    The same file with the same papers and as much withheld, sent in again while it waits, is the
    same submission.
    Raises AccessDenied, and StateError if something is missing or stands in the way.
    """
    require(viewer, Action.UPLOAD, draft.areas)
    _whole(draft)
    by = person(viewer.name)
    with transaction() as db:
        for one in rows.of_file(db, draft.sha256):
            waits = one.submitted_by == by and one.standing == Standing.WAITING
            if waits and _alike(db, one, draft):
                return one.id
        raise_unless_room(
            rows.standing_at(db, *STANDING), draft.indicators, draft.areas, draft.replaces
        )
        id_ = rows.add(db, draft, by)
        audit.append(db, by, "submit", id_, _detail(draft))
    return id_


def waiting(viewer: Viewer) -> list[Submission]:
    """Return the submissions that wait for a decision and that the viewer may see, oldest first.

    Their packages are left out.
    """
    return listing(viewer, Standing.WAITING)


def listing(viewer: Viewer, *standings: Standing) -> list[Submission]:
    """Return the submissions that stand there and that the viewer may see, oldest first."""
    with reading() as db:
        found = rows.standing_at(db, *(standings or Standing))
    return [one for one in found if may_see(viewer, one)]


def of(viewer: Viewer, id_: str) -> Submission:
    """Return a submission with its package. Raises AccessDenied unless the viewer may see it."""
    with reading() as db:
        found = seen(viewer, rows.of(db, id_), id_)
        return replace(found, package="".join(rows.packages(db, [id_])))


def decisions(viewer: Viewer, id_: str) -> list[Decision]:
    """Return what was decided about a submission, in order. Raises AccessDenied likewise."""
    with reading() as db:
        seen(viewer, rows.of(db, id_), id_)
        return verdicts.of(db, id_)


def in_place_of(indicators: Collection[str], areas: Collection[str]) -> str:
    """Return the id of the submission that new figures of these would replace, or ""."""
    with reading() as db:
        found = live(rows.standing_at(db, *STANDING))
    same = [one.id for one in found if _same(one, indicators, areas)]
    return same[0] if same else ""


def may_see(viewer: Viewer, submission: Submission) -> bool:
    """Return whether somebody submitted this, or can decide on it."""
    own = bool(viewer.name) and person(viewer.name) == person(submission.submitted_by)
    if own and may(viewer, Action.UPLOAD, submission.areas):
        return True
    return may(viewer, Action.APPROVE, submission.areas)


def seen(viewer: Viewer, submission: Submission | None, id_: str) -> Submission:
    """Return a submission. Raises AccessDenied if it is not for them, and if there is none."""
    if submission is None or not may_see(viewer, submission):
        raise AccessDenied(
            f"There is no submission {id_!r} that you may see. Whoever submitted it can, and so "
            "can approvers of all its areas; sign in as one of them."
        )
    return submission


def raise_unless_room(
    standing: Collection[Submission],
    indicators: Collection[str],
    areas: Collection[str],
    replaces: str,
) -> None:
    """Raise StateError if figures that stand already have the same ids and are not replaced."""
    there = live(standing)
    if replaces and not any(one.id == replaces and _same(one, indicators, areas) for one in there):
        raise StateError(
            f"These figures were to replace the submission {replaces!r}, which is not published "
            "now, or is of other indicators or areas. Submit them anew."
        )
    for one in there:
        for name in sorted(set(one.indicators) & set(indicators)):
            if one.id != replaces:
                raise StateError(
                    f"{name} has figures already, from the submission {one.id!r}. Submit these as "
                    "a replacement of all of it, or withdraw it first."
                )


def live(standing: Collection[Submission]) -> list[Submission]:
    """Return those that none of the others replaces."""
    replaced = {one.replaces for one in standing}
    return [one for one in standing if one.id not in replaced]


def _same(one: Submission, indicators: Collection[str], areas: Collection[str]) -> bool:
    return set(one.indicators) == set(indicators) and set(one.areas) == set(areas)


def _whole(draft: Draft) -> None:
    missing = [
        name
        for name in ("package", "indicators", "areas", "sha256", "statement")
        if not getattr(draft, name)
    ]
    if missing:
        raise StateError(
            f"The submission has no {', '.join(missing)}. Fill that in and try again."
        )


def _alike(db: Connection, one: Submission, draft: Draft) -> bool:
    papers = dict(draft.statement), dict(draft.mapping), draft.replaces
    said = audit.first(db, "submit", one.id)
    rules = {**draft.rules}, config.mode()
    if (one.statement, one.mapping, one.replaces) != papers:
        return False
    if (said.get("rules"), said.get("mode")) != rules:
        return False
    return package.alike("".join(rows.packages(db, [one.id])), draft.package)


def _detail(draft: Draft) -> dict[str, Any]:
    return {
        "sha256": draft.sha256,
        "indicators": sorted(draft.indicators),
        "areas": sorted(draft.areas),
        "hidden": list(draft.hidden),
        "mapped": len(draft.mapping),
        "replaces": draft.replaces,
        "rules": dict(draft.rules),
        "mode": config.mode(),
    }
