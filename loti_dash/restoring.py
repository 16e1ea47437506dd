"""Restoring a back-up: into a home folder and a database that are empty, all of it or nothing."""

import hashlib
import json
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from loti_dash import config, release_files
from loti_dash.backup import FORMAT, MANIFEST, POINTER, ROLES, Say, parts
from loti_dash.errors import BackupError
from loti_dash.notice_files import FOLDER, RELEASE
from loti_dash.state import dump

# Nothing of another name is taken out of a file that somebody may have made up.
_NAMES = re.compile(
    rf"state/\w+\.jsonl|releases/{RELEASE.pattern}\.duckdb|releases/{FOLDER}/\d+\.json|"
    rf"{re.escape(POINTER)}|{re.escape(ROLES)}"
)


def restore(file: Path, say: Say) -> None:
    """Put back what a back-up holds, once every byte of it is as it was written.

    Raises BackupError if it is not, or where there is anything already; StateError if the
    database is not empty, or the audit in the back-up is not as it was written.
    """
    home, folder = config.home(), config.releases()
    _raise_unless_empty(home, folder)
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _proven(archive, file, say)
            home.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=".restoring-", dir=home) as waiting:
                taken = [name for name in manifest["files"] if not name.startswith("state/")]
                for name in taken:
                    archive.extract(name, waiting)
                rows = {
                    Path(name).stem: _rows(archive, name)
                    for name in manifest["files"]
                    if name.startswith("state/")
                }
                say(dump.load(manifest["revision"], rows))
                _put(Path(waiting), taken, home, folder, say)
    except (OSError, zipfile.BadZipFile, EOFError) as error:
        raise BackupError(
            f"{file} cannot be restored: {error}. Take a whole back-up, and an empty home folder "
            "with enough room."
        ) from error


def _raise_unless_empty(home: Path, folder: Path) -> None:
    there = [path for path in (home, folder) if path.is_dir() and any(path.iterdir())]
    if there or release_files.names(folder):
        raise BackupError(
            f"{(there or [folder])[0]} is not empty, and nothing is ever written over. Name an "
            "empty home folder in LOTI_HOME, and an empty place in LOTI_RELEASES if that is set."
        )


def _proven(archive: zipfile.ZipFile, file: Path, say: Say) -> dict[str, Any]:
    """Return the manifest. Raises BackupError unless everything is there as it says."""
    try:
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
        files = dict(manifest["files"])
        format_ = manifest["format"]
    except (KeyError, ValueError, TypeError) as error:
        raise BackupError(f"{file} is no back-up of this dashboard: {error}.") from error
    if format_ != FORMAT:
        raise BackupError(f"{file} was made by a newer version of this program: update this one.")
    names = sorted(archive.namelist())
    if names != sorted([*files, MANIFEST]):
        odd = sorted(set(names) ^ {*files, MANIFEST}) or ["something that is there twice"]
        raise BackupError(f"{file} is not as it was written: {odd[0]} is missing or was added.")
    for name, said in files.items():
        if not _NAMES.fullmatch(name):
            raise BackupError(f"{file} has {name!r}, which is no part of a back-up.")
        if _sha256(archive, name) != said["sha256"]:
            raise BackupError(f"{file} is not as it was written: {name} was changed.")
    say(f"{len(files):,} parts, made at {manifest['made_at']}, are as they were written")
    return manifest


def _sha256(archive: zipfile.ZipFile, name: str) -> str:
    content = hashlib.sha256()
    with archive.open(name) as file:
        for part in parts(file):
            content.update(part)
    return content.hexdigest()


def _rows(archive: zipfile.ZipFile, name: str) -> Iterator[dump.Row]:
    with archive.open(name) as lines:
        for line in lines:
            yield json.loads(line)


def _put(waiting: Path, names: list[str], home: Path, folder: Path, say: Say) -> None:
    """Move files to their places, the pointer last: until then nobody is shown anything."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        path, inner = waiting / name, name.removeprefix("releases/")
        if name == ROLES:
            shutil.move(path, home / ROLES)
        elif name.endswith(".duckdb"):
            release_files.put(path, folder / inner)
            say(f"release {path.stem}")
        elif name != POINTER:
            release_files.place(path, folder, inner)
    if POINTER in names:
        release_files.move_pointer(folder, (waiting / POINTER).read_text("utf-8").strip())
    say(f"the current release is {release_files.pointer(folder) or 'not there yet'}")
