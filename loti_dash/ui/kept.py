"""Holds on to what one visit uploaded, until it is left alone or its tab is closed.

Streamlit alone would not: what a closed tab held stays until other visits come and go, and for
good if it was the first one after the server started.
"""

import threading
import time
from weakref import WeakMethod

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from loti_dash.ui.uploaded import Own

_IDLE_SECONDS = 30 * 60
# As long as Streamlit itself waits for a connection that broke to come back.
_GONE_SECONDS = 2 * 60
_LOOK_SECONDS = 30


class Kept:
    """What was uploaded, or None once it was dropped."""

    def __init__(self, own: Own) -> None:
        self.own: Own | None = own
        context = get_script_run_ctx()
        self._session = context.session_id if context else ""
        self._asked = self._seen = time.monotonic()
        self._look_later()

    def touch(self) -> None:
        """Note that somebody asks for it."""
        self._asked = time.monotonic()

    def look(self) -> None:
        """Drop it if nobody has asked for it for too long, or the tab is closed."""
        now = time.monotonic()
        if not runtime.exists() or runtime.get_instance().is_active_session(self._session):
            self._seen = now
        if now - self._asked >= _IDLE_SECONDS or now - self._seen >= _GONE_SECONDS:
            self.drop()
        else:
            self._look_later()

    def drop(self) -> None:
        """Let go of it."""
        self._timer.cancel()
        if self.own and self.own.store:
            self.own.store.close()
        self.own = None

    def _look_later(self) -> None:
        # The timer alone must not keep it.
        look = WeakMethod(self.look)
        self._timer = threading.Timer(_LOOK_SECONDS, lambda: (look() or _nothing)())
        self._timer.daemon = True
        self._timer.start()

    def __del__(self) -> None:
        self.drop()


def _nothing() -> None:
    """Do nothing: what the timer was for is gone already."""
