"""Notices as files beside the releases: written once, whole or not at all, and never changed."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from filelock import FileLock

from loti_dash import remote_releases
from loti_dash.errors import LotiError, ReleaseError, with_cause
from loti_dash.strict import from_table

FOLDER = "notices"
RELEASE = re.compile(r"(\d{4}-\d\d-\d\d)\.(\d+)-\w+")


Kind = Literal["correction", "withdrawn_series", "withdrawn_release", "rolled_back"]


@dataclass(frozen=True)
class Notice:
    """One thing that readers must be told of, the whole of it public.

    `subject` is the id of a series or of a release, and `title` what readers call it. It is about
    the releases from `since_release` to `until_release`, both included; "" has no such end. A
    correction of a series ends what withdrew it: from `since_release` on it has figures again.
    """

    kind: Kind
    on: date
    subject: str
    title: str
    because: str
    since_release: str = ""
    until_release: str = ""


def write(there: Path, notice: Notice) -> None:
    """Put a notice beside the others, under the next number. Only one process may do so."""
    numbers = [int(path.stem) for path in there.glob("*.json") if path.stem.isdecimal()]
    writing = there / f".writing-{os.getpid()}"
    try:
        with writing.open("w", encoding="utf-8") as file:
            json.dump(asdict(notice) | {"on": notice.on.isoformat()}, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        name = f"{max(numbers, default=0) + 1}.json"
        remote_releases.send(there.parent, f"{FOLDER}/{name}", writing)
        writing.rename(there / name)
    finally:
        writing.unlink(missing_ok=True)
    # So that the name, too, is there after a power cut.
    folder = os.open(there, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


Found = tuple[tuple[Notice, ...], tuple[str, ...]]
_found: dict[Path, tuple[tuple[int, int], Found]] = {}


def known(folder: Path) -> Found:
    """Return the notices of a folder, and what is damaged, read again only after a change."""
    there = folder / FOLDER
    remote_releases.refresh(folder)
    try:
        if not there.is_dir():
            return (), ()
        state = there.stat().st_mtime_ns, sum(name.endswith(".json") for name in os.listdir(there))
        before = _found.get(there)
        if before is None or before[0] != state:
            _found[there] = before = state, read(there)
    except OSError as error:
        # Without them nobody knows what was withdrawn, so nothing is shown.
        raise with_cause(
            ReleaseError("The notices cannot be read, so no figures are shown."),
            f"They are in {there}: {error}. Make it a folder that can be read.",
        ) from error
    return before[1]


def read(there: Path) -> Found:
    """Return the notices in a folder, the newest first, and a sentence for each damaged file."""
    found, wrong = [], []
    for path in sorted(there.glob("*.json")):
        try:
            table = json.loads(path.read_text(encoding="utf-8"))
            notice = from_table(Notice, table | {"on": date.fromisoformat(table["on"])}, path.name)
            for end in (notice.since_release, notice.until_release):
                if end and not RELEASE.fullmatch(end):
                    raise ValueError(f"{end!r} is not the name of a release")
            found.append((notice.on, int(path.stem), notice))
        except (ValueError, TypeError, LookupError, LotiError) as error:
            wrong.append(
                f"The notice {FOLDER}/{path.name} cannot be read ({error}). If it withdrew "
                "figures, they are shown again until it is put right."
            )
    found.sort(key=lambda each: each[:2], reverse=True)
    return tuple(notice for _, _, notice in found), tuple(wrong)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let no other process take something back from a folder of releases at the same time.

    Raises ReleaseError where nothing can be written.
    """
    try:
        with FileLock(folder / ".taking-back.lock"):
            yield
    except OSError as error:
        raise ReleaseError(
            f"Nothing can be taken back: {folder} cannot be written to ({error}). Make room, or "
            "make it a folder that can be written to, and try again."
        ) from error
