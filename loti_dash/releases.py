"""Which releases there are, which one is current, and what changed between two.

A release is a file named after itself. The pointer is a file named `current` beside them that
holds one name; moving it is how a release is published and how it is taken back.
"""

import os
import re
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd

from loti_dash import config
from loti_dash.errors import ReleaseError, UnknownCode
from loti_dash.store import SQL, Store

_POINTER = "current"
_NAME = re.compile(r"\d{4}-\d\d-\d\d\.\d+-\w+")


def names(folder: Path) -> list[str]:
    """Return the names of the releases in a folder, the oldest first.

    Files with other names, such as somebody's backup, are none.
    """
    found = [path.stem for path in folder.glob("*.duckdb") if _NAME.fullmatch(path.stem)]
    # 2026-11-24.10-… comes after 2026-11-24.9-…
    return sorted(found, key=lambda name: (name[:10], int(name[11:].partition("-")[0])))


def next_name(folder: Path, number: str) -> str:
    """Return the name of a release made today: date, its place in the day, and its number."""
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    places = [int(name[11:].partition("-")[0]) for name in names(folder) if name[:10] == today]
    return f"{today}.{max(places, default=0) + 1}-{number}"


def put(building: Path, finished: Path) -> None:
    """Move a finished release to its place, for reading only, once it is safely on the disk."""
    with building.open("rb") as file:
        os.fsync(file.fileno())
    building.chmod(0o444)
    building.replace(finished)


def point_to(folder: Path, release: str) -> None:
    """Make a release the current one.

    Raises UnknownCode if it is not in the folder, ReleaseError if the pointer cannot be moved.
    """
    if release not in names(folder):
        raise UnknownCode("release", release, names(folder))
    pointer = folder / f".{_POINTER}-{os.getpid()}"
    try:
        pointer.write_text(release + "\n", encoding="utf-8")
        pointer.replace(folder / _POINTER)
    except OSError as error:
        raise ReleaseError(
            f"The release {release} is there and could not be made the current one: {error}. "
            f"Make {folder / _POINTER} a file that can be written, and build again."
        ) from error
    finally:
        with suppress(OSError):
            pointer.unlink()


def current_name(folder: Path) -> str:
    """Return the name of the current release. Raises ReleaseError if there is none."""
    try:
        return (folder / _POINTER).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ReleaseError(
            f"There is no release in {folder} yet. Make one with `python -m loti_dash build`."
        ) from error


def open_(release: str | None = None) -> Store:
    """Return a release, or the current one. Raises UnknownCode or ReleaseError."""
    folder = config.releases()
    name = release or current_name(folder)
    if name not in names(folder):
        raise UnknownCode("release", name, names(folder))
    return _store(folder / f"{name}.duckdb")


# A release never changes, so a path is opened once for all visitors.
_store = cache(Store)


def listing(folder: Path) -> pd.DataFrame:
    """Return a row for each release, newest first: release, built_at, note, current, changed.

    `changed` says in words how its published figures differ from those of the one before.
    """
    current = current_name(folder) if (folder / _POINTER).exists() else ""
    rows = []
    before = None
    for name in names(folder):
        path = folder / f"{name}.duckdb"
        build = _store(path).query("build").iloc[0]
        changed = _in_words(changes(before, path)) if before else "the first release"
        rows.append((name, build["built_at"], build["note"], name == current, changed))
        before = path
    columns = ["release", "built_at", "note", "current", "changed"]
    return pd.DataFrame(rows[::-1], columns=columns)


def changes(before: Path, after: Path) -> dict[str, int]:
    """Return how many published figures were added, removed or changed between two releases.

    Raises ReleaseError if one of them cannot be read.
    """
    sql = (SQL / "changes.sql").read_text(encoding="utf-8")
    try:
        with duckdb.connect() as db:
            for alias, path in {"before": before, "after": after}.items():
                quoted = str(path).replace("'", "''")
                db.execute(f"ATTACH '{quoted}' AS \"{alias}\" (READ_ONLY)")
            counted = db.execute(sql).fetchone()
    except duckdb.Error as error:
        raise ReleaseError(
            f"The releases {before.stem} and {after.stem} cannot be compared: {error}. Take the "
            "damaged one out of the folder."
        ) from error
    assert counted is not None, "a sum has one row"
    return dict(zip(("added", "removed", "changed"), counted, strict=True))


def _in_words(counts: dict[str, int]) -> str:
    said = [f"{count:,} {what}" for what, count in counts.items() if count]
    return f"figures: {', '.join(said)}" if said else "the same figures"
