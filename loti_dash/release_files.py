"""Releases as files, each named after itself, with a pointer beside them that holds one name.

Above here nobody has to know whether the folder is one, or stands for an object store.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from loti_dash import notices, remote_releases
from loti_dash.errors import ReleaseError

_POINTER = "current"


def names(folder: Path) -> list[str]:
    """Return the names of the releases in a folder, the oldest first.

    Files with other names, such as somebody's backup, are none.
    """
    if remote_releases.of(folder):
        there = [Path(name) for name in remote_releases.files(folder)]
    else:
        there = list(folder.glob("*.duckdb"))
    stems = [path.stem for path in there if path.suffix == ".duckdb"]
    found = [stem for stem in stems if notices.RELEASE.fullmatch(stem)]
    # 2026-11-24.10-… comes after 2026-11-24.9-…
    return sorted(found, key=notices.place)


def put(building: Path, finished: Path) -> None:
    """Move a finished release to its place, for reading only, once it is safely on the disk."""
    with building.open("rb") as file:
        os.fsync(file.fileno())
    building.chmod(0o444)
    if remote_releases.of(finished.parent):
        remote_releases.send(finished.parent, finished.name, building)
        building.unlink()
    else:
        building.replace(finished)


@contextmanager
def opened(folder: Path, name: str) -> Iterator[IO[bytes]]:
    """Yield the content of a file of a folder of releases, which may be in an object store."""
    with remote_releases.opened(folder, name) or (folder / name).open("rb") as file:
        yield file


def place(path: Path, folder: Path, name: str) -> None:
    """Move a file that is never changed to its place in a folder of releases."""
    remote_releases.send(folder, name, path)
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    path.replace(folder / name)


def pointer(folder: Path) -> str:
    """Return the name that the pointer holds, or "" if there is none."""
    remote_releases.refresh(folder)
    try:
        return (folder / _POINTER).read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def move_pointer(folder: Path, release: str) -> None:
    """Have the pointer hold the name of a release. Raises ReleaseError if it cannot be moved."""
    writing = folder / f".{_POINTER}-{os.getpid()}"
    try:
        writing.write_text(release + "\n", encoding="utf-8")
        remote_releases.send(folder, _POINTER, writing)
        writing.replace(folder / _POINTER)
    except OSError as error:
        raise ReleaseError(
            f"The release {release} is there and could not be made the current one: {error}. "
            f"Make {folder / _POINTER} a file that can be written, and build again."
        ) from error
    finally:
        with suppress(OSError):
            writing.unlink()
