"""The lock on building releases: a file beside them, so that every server that builds heeds it."""

from filelock import FileLock, Timeout

from loti_dash import config
from loti_dash.errors import StateError


def lock() -> FileLock:
    """Return the lock, not taken yet. It is let go of when its process ends, however it ends."""
    folder = config.releases()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(error) from error
    return FileLock(folder / ".building.lock", preserve_lock_file=True, fallback_to_soft=False)


def taken(lock: FileLock, patience: float) -> bool:
    """Take the lock if others let go of it in so many seconds, and return whether they did."""
    try:
        lock.acquire(timeout=patience)
    except Timeout:
        return False
    except OSError as error:
        raise _unusable(error) from error
    return True


def _unusable(error: OSError) -> StateError:
    return StateError(
        f"No release can be built in {config.releases()}: {error}. Make room, or make it a folder "
        "that can be written to, and try again."
    )
