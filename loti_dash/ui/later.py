"""What the first page of a server does without: loaded soon after the start, not before it."""

import inspect
from contextlib import suppress
from importlib import import_module

from loti_dash import releases
from loti_dash.errors import LotiError
from loti_dash.server.loading import one_at_a_time


def load() -> None:
    """Load what pages draw with, but for the first; no more than a look where that was done."""
    with one_at_a_time:
        from loti_dash.ui import (  # noqa: F401
            board,
            board_make,
            borough,
            changed,
            data_coverage,
            domain,
            group,
            outcomes,
            review,
            stages,
            upload,
        )


def get_ready() -> None:
    """Do what whoever opens the first such page would else wait for."""
    load()
    # Streamlit looks the icon of a page up in it.
    import_module("streamlit.emojis")
    with suppress(LotiError):
        assert releases.open_().catalogue.shown
    # Streamlit asks for it at the first thing that it draws. Python then looks for the file of
    # every module there is, and remembers them.
    inspect.stack()
