"""Takes what lives long out of the garbage collection that Streamlit does after each run.

It goes through all objects that Python knows, after every run of a page, which is most of that
run where libraries, definitions and open visits are many.
"""

import gc
from threading import Lock
from time import monotonic

# What was made since is gone through at every run. More often than this would cost more than it
# saves; what a visit leaves behind is collected by the next time at the latest.
EVERY = 60  # seconds

_last: dict[str, float] = {}
_lock = Lock()


def settle(release: str) -> None:
    """Set aside what there is now, when a release is first opened and once a minute from then.

    What was set aside before is looked at once more, so that nothing that has ended stays.
    """
    if monotonic() - _last.get(release, -EVERY) < EVERY or not _lock.acquire(blocking=False):
        return
    try:
        _last[release] = monotonic()
        gc.unfreeze()
        gc.collect()
        gc.freeze()
    finally:
        _lock.release()
