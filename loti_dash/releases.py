"""Which releases there are, which one is current, and what changed between two.

Moving the pointer is how a release is published and how it is taken back.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from loti_dash import config, notices
from loti_dash.errors import ReleaseError, ReleaseWithdrawn, UnknownCode, with_cause
from loti_dash.notices import Kind, Notice
from loti_dash.release_changes import changes, in_words
from loti_dash.release_files import move_pointer, names, pointer, put
from loti_dash.store import Store

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "current_name",
    "listing",
    "names",
    "next_name",
    "open_",
    "point_to",
    "put",
    "roll_back",
    "served",
    "withdraw",
    "withdraw_series",
]


def served(folder: Path) -> list[str]:
    """Return the names of the releases in a folder that are not withdrawn, the oldest first."""
    withdrawn = notices.withdrawn_releases(folder)
    return [name for name in names(folder) if name not in withdrawn]


def next_name(folder: Path, number: str) -> str:
    """Return the name of a release made today: date, its place in the day, and its number."""
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    places = [place for day, place in map(notices.place, names(folder)) if day == today]
    return f"{today}.{max(places, default=0) + 1}-{number}"


def point_to(folder: Path, release: str) -> None:
    """Make a release the current one.

    Raises UnknownCode if it is not in the folder, ReleaseWithdrawn if it was taken back,
    ReleaseError if the pointer cannot be moved.
    """
    _raise_unless_served(folder, release)
    move_pointer(folder, release)


def roll_back(release: str, because: str) -> None:
    """Make an earlier release the current one again, with a public notice that says why.

    Raises UnknownCode if there is none of that name, and ReleaseError for a blank reason or a
    release that was withdrawn or is not earlier.
    """
    folder = config.releases()
    with notices.alone(folder):
        current = current_name(folder)
        _raise_unless_served(folder, release)
        if notices.place(release) >= notices.place(current):
            raise ReleaseError(
                f"The release {release} is not earlier than the current one, {current}. To go "
                "forward, build a new release."
            )
        _publish("rolled_back", release, release, because, release, current)
        point_to(folder, release)


def withdraw(release: str, because: str) -> None:
    """Take a release back, with a public notice that says why: nobody can open it any more.

    If it is the current one, the newest earlier one is. The file stays. Raises UnknownCode if
    there is none of that name, and ReleaseError for a blank reason, where there is no release to
    show in its place, or where it was withdrawn for another reason.
    """
    folder = config.releases()
    with notices.alone(folder):
        before = notices.withdrawn_releases(folder).get(release)
        if before is None:
            _raise_unless_served(folder, release)
            if current_name(folder) == release and _before(folder, release) is None:
                raise ReleaseError(
                    f"The release {release} cannot be withdrawn: there is no earlier one to show "
                    "in its place. Build a new one first."
                )
            _publish("withdrawn_release", release, release, because, release, release)
        elif before.because != notices.reason(because):
            raise ReleaseWithdrawn(notices.words(before))
        point_to(folder, current_name(folder))


def withdraw_series(series: str, because: str, until_release: str = "") -> None:
    """Take a series back from every release up to one, those to come included if it is "".

    Raises UnknownCode if the current release has no such series, ReleaseError for a blank reason.
    """
    known = open_().catalogue.series
    if series not in known:
        raise UnknownCode("series", series, known)
    _publish("withdrawn_series", series, known[series].title, because, "", until_release)


def current_name(folder: Path) -> str:
    """Return the name of the current release, or if that is withdrawn of the one before it.

    Raises ReleaseError if there is none.
    """
    name = pointer(folder)
    if not name:
        raise with_cause(
            ReleaseError("There is no release yet. Make one with `python -m loti_dash build`."),
            f"Releases are looked for in {folder}.",
        )
    # Between a notice and the pointer a process may have been stopped.
    return (_before(folder, name) or name) if name in notices.withdrawn_releases(folder) else name


def open_(release: str | None = None) -> Store:
    """Return a release, or the current one. Raises UnknownCode or ReleaseError."""
    folder = config.releases()
    name = release or current_name(folder)
    _raise_unless_served(folder, name)
    return _opened(folder, name)


# A release never changes, so a path is opened once for all visitors; and once more after figures
# of it were withdrawn, so that nothing that was remembered with the store outlives them.
@cache
def _store(path: Path, withdrawn: frozenset[tuple[str, Notice]]) -> Store:
    return Store(path)


def _opened(folder: Path, name: str) -> Store:
    withdrawn = notices.withdrawn_series(folder, name)
    return _store(folder / f"{name}.duckdb", frozenset(withdrawn.items()))


def listing(folder: Path) -> pd.DataFrame:
    """Return a row for each release: release, built_at, note, current, changed, withdrawn.

    The newest first. `changed` says in words how its published figures differ from those of the
    one before, and of a withdrawn one its notice, as `withdrawn` does; that is "" for others.
    """
    # Here: a server that has just started lists no releases.
    import pandas as pd

    current = current_name(folder) if pointer(folder) else ""
    withdrawn = notices.withdrawn_releases(folder)
    rows = []
    before = None
    for name in names(folder):
        build = _opened(folder, name).query("build").iloc[0]
        why = notices.words(withdrawn[name]) if name in withdrawn else ""
        path = folder / f"{name}.duckdb"
        changed = why or (in_words(changes(before, path)) if before else "the first release")
        rows.append((name, build["built_at"], build["note"], name == current, changed, why))
        before = before if why else path
    columns = ["release", "built_at", "note", "current", "changed", "withdrawn"]
    return pd.DataFrame(rows[::-1], columns=columns)


def _raise_unless_served(folder: Path, release: str) -> None:
    if release not in names(folder):
        raise UnknownCode("release", release, served(folder))
    notices.raise_if_withdrawn(folder, release)


def _before(folder: Path, release: str) -> str | None:
    """Return the newest release before one that is not withdrawn, if there is any."""
    place = notices.place(release)
    return next((name for name in served(folder)[::-1] if notices.place(name) < place), None)


def _publish(kind: Kind, subject: str, title: str, because: str, since: str, until: str) -> None:
    today = datetime.now(UTC).date()
    notices.add(config.releases(), Notice(kind, today, subject, title, because, since, until))
