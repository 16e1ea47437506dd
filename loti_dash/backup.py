"""Back-up of all that a home folder and its database hold: one file, which proves itself whole.

Whatever the database is, its rows are kept as lines of JSON, so that what SQLite kept can go into
PostgreSQL and back. The file has what is not published yet: keep it as the database is kept.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from loti_dash import access, config, release_files, submissions
from loti_dash.errors import BackupError, LotiError
from loti_dash.notice_files import FOLDER
from loti_dash.state import audit, dump

FORMAT = 1
MANIFEST, ROLES, POINTER = "manifest.json", "roles.toml", "releases/current"
_PART = 1 << 20

Say = Callable[[str], None]


def make(file: Path, say: Say) -> None:
    """Write a back-up to a file that is not there yet, while everybody goes on working.

    Raises BackupError if it cannot be written, and StateError as reading the database does.
    """
    if file.exists():
        raise BackupError(f"{file} is there already, and is not written over. Name another file.")
    writing = file.with_name(f".{file.name}.writing")
    try:
        # For nobody but the account that runs this, from the first byte on.
        writing.touch(mode=0o600, exist_ok=False)
        with zipfile.ZipFile(writing, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            _fill(archive, say)
        writing.rename(file)
    except OSError as error:
        raise BackupError(
            f"The back-up {file} cannot be written: {error}. Make room, or name another place."
        ) from error
    finally:
        with suppress(OSError):
            writing.unlink()


def _fill(archive: zipfile.ZipFile, say: Say) -> None:
    folder = config.releases()
    files: dict[str, dict[str, str | int]] = {}

    def add(name: str, content: Iterable[bytes]) -> None:
        sha256, size = hashlib.sha256(), 0
        with archive.open(name, "w", force_zip64=True) as out:
            for part in content:
                out.write(part)
                sha256.update(part)
                size += len(part)
        files[name] = {"sha256": sha256.hexdigest(), "bytes": size}

    audit.record(access.account(), "back up", "everything", {})
    # While nothing is built, what state says of releases and the releases there are agree.
    with submissions.building(say):
        with dump.rows() as (revision, tables):
            for name, rows in tables:
                add(f"state/{name}.jsonl", map(_line, rows))
        releases, current = release_files.names(folder), release_files.pointer(folder)
        for path in sorted((folder / FOLDER).glob("*.json")):
            add(f"releases/{FOLDER}/{path.name}", [path.read_bytes()])
        roles = config.home() / ROLES
        if roles.exists():
            add(ROLES, [roles.read_bytes()])
    say(f"what people wrote: {_said()}")
    for n, release in enumerate(releases, 1):
        say(f"release {n} of {len(releases)}: {release}")
        with release_files.opened(folder, f"{release}.duckdb") as file:
            add(f"releases/{release}.duckdb", parts(file))
    if current:
        add(POINTER, [f"{current}\n".encode()])
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    manifest = {"format": FORMAT, "made_at": made_at, "revision": revision, "files": files}
    archive.writestr(MANIFEST, json.dumps(manifest, indent=1))


def _said() -> str:
    """Return what the audit proves. One that proves nothing is kept as it is, and said."""
    try:
        return audit.verify()
    except LotiError as error:
        return f"{error} The back-up has it as it is, and cannot be restored."


def _line(row: dump.Row) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def parts(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the content of a file, a part at a time."""
    while part := file.read(_PART):
        yield part
