"""The lock on building releases, which every server that builds heeds.

It is a file beside the releases, for all that see the folder, and with PostgreSQL a lock in the
database as well, for those that have a folder of their own.
"""

import time
from contextlib import ExitStack

from filelock import FileLock, Timeout

from loti_dash import config
from loti_dash.errors import StateError
from loti_dash.state import locks


def take(patience: float) -> ExitStack | None:
    """Take the lock if others let go of it in so many seconds.

    Returns what lets go of it when it is closed, or None. It is let go of when its process ends,
    however it ends.
    """
    folder = config.releases()
    until = time.monotonic() + patience
    with ExitStack() as held:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            own = FileLock(
                folder / ".building.lock", preserve_lock_file=True, fallback_to_soft=False
            )
            own.acquire(timeout=patience)
        except Timeout:
            return None
        except OSError as error:
            raise StateError(
                f"No release can be built in {folder}: {error}. Make room, or make it a folder "
                "that can be written to, and try again."
            ) from error
        held.callback(own.release)
        others = locks.take(max(0, until - time.monotonic()))
        if others is None:
            return None
        held.push(others)
        return held.pop_all()
