"""Releases that are objects in a store: read from there, never copied to a server's own disk.

What is small, the pointer and the notices, is kept in a folder beside, and looked for anew every
two seconds, so that a release or a withdrawal reaches every server. Objects are never changed:
but for the pointer, each is written once.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from loti_dash import config
from loti_dash.config import ObjectStore
from loti_dash.errors import ReleaseError, with_cause

if TYPE_CHECKING:
    from pyarrow import fs

# Seconds between two looks, and for how long what was seen last is good enough if the store does
# not answer: after that nobody knows what was withdrawn, so nothing is shown.
_PAUSE = 2.0
_PATIENCE = 600.0

_MUTABLE = "current"


@dataclass(frozen=True)
class _Seen:
    looked: float
    answered: float
    files: frozenset[str]


_seen: dict[Path, _Seen] = {}
_looking = threading.Lock()


def of(folder: Path) -> ObjectStore | None:
    """Return the store that a folder of releases stands for, or None: it is a folder itself."""
    store = config.object_store()
    return store if store and folder == config.releases() else None


def files(folder: Path) -> frozenset[str]:
    """Return the names of the files of a store, such as notices/1.json, as of two seconds ago.

    Raises ReleaseError if it has not answered for ten minutes.
    """
    refresh(folder)
    return _seen[folder].files


def refresh(folder: Path, anew: bool = False) -> None:
    """Bring the small files of a folder up to date, if it stands for a store.

    `anew` looks even if somebody looked just now, as whoever writes has to.
    """
    store = of(folder)
    if anew:
        _seen.pop(folder, None)
    if store is None or _fresh(folder):
        return
    with _looking:
        if _fresh(folder):
            return
        before, now = _seen.get(folder), time.monotonic()
        try:
            found = _look(store, folder)
        except OSError as error:
            if before is None or now - before.answered > _PATIENCE:
                raise _silent(store, error) from error
            _seen[folder] = _Seen(now, before.answered, before.files)
        else:
            _seen[folder] = _Seen(now, now, found)


def send(folder: Path, name: str, path: Path) -> None:
    """Put a file into the store that a folder stands for, if it does, and wait until it is there.

    Raises ReleaseError if it is there already, but for the pointer, and if it cannot be written.
    """
    store = of(folder)
    if store is None:
        return
    there, target = _files(store), f"{store.place}/{name}"
    try:
        if name != _MUTABLE and there.get_file_info(target).is_file:
            raise ReleaseError(f"{name} is in {store.place} already, and is never changed.")
        with path.open("rb") as source, there.open_output_stream(target) as out:
            while part := source.read(1 << 20):
                out.write(part)
    except OSError as error:
        raise _silent(store, error) from error
    _seen.pop(folder, None)


def opened(folder: Path, name: str) -> IO[bytes] | None:
    """Return the content of a file of a store, or None if the folder is no store."""
    store = of(folder)
    return _files(store).open_input_stream(f"{store.place}/{name}") if store else None


def _fresh(folder: Path) -> bool:
    seen = _seen.get(folder)
    return seen is not None and time.monotonic() - seen.looked < _PAUSE


def _look(store: ObjectStore, folder: Path) -> frozenset[str]:
    from pyarrow import fs

    there = _files(store)
    every = fs.FileSelector(store.place, recursive=True, allow_not_found=True)
    sizes = {
        str(PurePosixPath(info.path).relative_to(store.place)): info.size
        for info in there.get_file_info(every)
        if info.is_file
    }
    (folder / "notices").mkdir(parents=True, exist_ok=True)
    for name in sizes:
        path = folder / name
        small = name == _MUTABLE or PurePosixPath(name).match("notices/*.json")
        if small and (name == _MUTABLE or not path.exists()):
            with there.open_input_stream(f"{store.place}/{name}") as source:
                _write(path, source.read())
    return frozenset(sizes)


def _write(path: Path, content: bytes) -> None:
    """Give a file its content at once, and leave alone one that has it."""
    with suppress(FileNotFoundError):
        if path.read_bytes() == content:
            return
    writing = path.with_name(f".{path.name}.{threading.get_ident()}")
    writing.write_bytes(content)
    writing.replace(path)


@cache
def _files(store: ObjectStore) -> fs.S3FileSystem:
    # Here, for those who have a store: the others need not wait for it.
    from pyarrow import fs

    scheme, _, host = store.endpoint.partition("://")
    return fs.S3FileSystem(
        access_key=store.key,
        secret_key=store.secret,
        session_token=store.token or None,
        region=store.region,
        scheme=scheme,
        endpoint_override=host,
        connect_timeout=5,
        request_timeout=30,
    )


def _silent(store: ObjectStore, error: OSError) -> ReleaseError:
    return with_cause(
        ReleaseError("The releases cannot be reached. Try again in a minute."),
        f"They are in {store.place}: {error}. See that LOTI_RELEASES and the AWS settings are "
        "right and that the store answers.",
    )
