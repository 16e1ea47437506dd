"""Releases of what was accepted: one build at a time, taken up again after whatever stopped it.

Before a build, all that waits for one is marked with the newest release there is. If the marks
are still there when somebody has the lock again, a build was killed: a release that came after
the marks is the one it made, and without one it is made anew.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from loti_dash import build, config, releases
from loti_dash.errors import LotiError, StateError
from loti_dash.state import Connection, audit, reading, transaction
from loti_dash.state import decisions as verdicts
from loti_dash.state import submissions as rows
from loti_dash.state.decisions import Decision, Verdict
from loti_dash.state.submissions import Standing
from loti_dash.submissions import telling
from loti_dash.submissions.lock import take
from loti_dash.submissions.sending import STANDING, live
from loti_dash.upload import package

Say = Callable[[str], None]

# Many builds in a row, each of half a minute.
_PATIENCE = 900


def _build_release(packages: Sequence[str], note: str, say: Say) -> str:
    uploads = [package.from_json(text) for text in packages]
    return build.build(config.DATA, config.releases(), None, note, say, uploads=uploads).stem


# What makes a release of packages; tests put another in its place.
build_release = _build_release


@contextmanager
def building(say: Say, patience: float = _PATIENCE) -> Iterator[None]:
    """Hold the lock on building, with everything settled that a killed build left behind.

    Raises StateError if others keep it for longer than the patience, in seconds.
    """
    held = take(0)
    if held is None:
        say("another release is being built; this one comes after it")
        held = take(patience)
    if held is None:
        raise StateError(
            "Another release is still being built. What was decided so far is kept; try again "
            "in a while."
        )
    with held:
        _settle(say)
        yield


def resume(say: Say) -> str:
    """Build what was accepted or withdrawn and is in no release; return the newest one, or "".

    Does nothing where nothing is due, and waits for nobody who is building just now.
    """
    if not _due():
        return ""
    held = take(0)
    if held is None:
        return ""
    with held:
        _settle(say)
        return build_standing(say) if _due() else newest()


def rebuild(note: str, say: Say) -> str:
    """Build a release of the project's own figures and all that stands; return its name."""
    with building(say):
        return build_standing(say, note)


def released(number: int, say: Say) -> str:
    """Return the release that a decision led to, and build it if nobody else has."""
    with building(say):
        with reading() as db:
            release = verdicts.number(db, number).release
        return build_standing(say) if release is None else release


def newest() -> str:
    """Return the name of the newest release, or "" if there is none."""
    return (releases.names(config.releases()) or [""])[-1]


def _due() -> list[Decision]:
    with reading() as db:
        return verdicts.due(db)


def build_standing(say: Say, note: str = "") -> str:
    """Build a release of all that stands and return its name. Only who holds the lock may."""
    before = newest()
    due, packages = _begin(before)
    try:
        for decision in due:
            if decision.what == Verdict.WITHDRAW:
                telling.withdrawn(decision, before)
        notes = [note, *(one.because for one in due if one.what == Verdict.PUBLISH)]
        notes += [f"withdrawn: {one.because}" for one in due if one.what == Verdict.WITHDRAW]
        release = build_release(packages, "; ".join(filter(None, notes)), say)
    except LotiError as error:
        if not due:
            raise
        waiting = ", ".join(one.submission_id for one in due)
        raise StateError(
            f"{error} What was decided is kept ({waiting}) and goes into the next release, which "
            "`python -m loti_dash publish --resume` builds; the current one is as it was. If the "
            "figures are what is wrong, withdraw them."
        ) from error
    try:
        if due:
            _finish(release)
    except LotiError as error:
        raise StateError(
            f"The release {release} is built and current, which could not be entered: {error} It "
            "will be as soon as somebody opens the review once that works again."
        ) from error
    return release


def _begin(before: str) -> tuple[list[Decision], list[str]]:
    """Mark all that is due; return it, and the packages of all that stands then."""
    if not _due():
        # Where nobody ever submitted anything, nothing is written.
        with reading() as db:
            return [], _packages(db, Standing.PUBLISHED)
    with transaction() as db:
        verdicts.mark(db, before)
        return verdicts.due(db), _packages(db, Standing.ACCEPTED, Standing.PUBLISHED)


def _packages(db: Connection, *standings: Standing) -> list[str]:
    return rows.packages(db, [one.id for one in live(rows.standing_at(db, *standings))])


def _settle(say: Say) -> None:
    """Find the release of a build that was killed before it could say so."""
    marked = [one for one in _due() if one.builds_after is not None]
    if not marked:
        return
    names = releases.names(config.releases())
    before = marked[0].builds_after
    after = names[names.index(before) + 1 :] if before in names else names if not before else []
    if len(after) != 1:
        with transaction() as db:
            verdicts.mark(db, None)
        return
    say(f"the release {after[0]} was built and not yet entered")
    releases.point_to(config.releases(), after[0])
    _finish(after[0])


def _coming_out() -> list[Decision]:
    """Return the decisions to publish that are in the release being entered."""
    with reading() as db:
        marked = [one for one in verdicts.due(db) if one.builds_after is not None]
        stays = {one.id for one in live(rows.standing_at(db, *STANDING))}
    return [one for one in marked if one.what == Verdict.PUBLISH and one.submission_id in stays]


def _finish(release: str) -> None:
    """Enter the release for all that was marked when its build began."""
    for one in _coming_out():
        telling.corrected(one, release)
    with transaction() as db:
        marked = [one for one in verdicts.due(db) if one.builds_after is not None]
        published = [one.submission_id for one in marked if one.what == Verdict.PUBLISH]
        standing = rows.standing_at(db, Standing.PUBLISHED)
        standing += [new for id_ in published if (new := rows.of(db, id_))]
        stays = {one.id for one in live(standing)}
        rows.stand(db, published, Standing.PUBLISHED)
        rows.stand(db, {one.id for one in standing} - stays, Standing.REPLACED)
        for one in marked:
            # Something newer replaced it before there was a release of it.
            never = one.what == Verdict.PUBLISH and one.submission_id not in stays
            entered = "" if never else release
            verdicts.close(db, one.number, entered)
            detail = {"decision": one.what.value, "release": entered}
            audit.append(db, one.decided_by, "enter release", one.submission_id, detail)
