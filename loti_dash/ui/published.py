"""What is remembered between visits: only what follows from published figures.

The one place in the project that uses Streamlit's cache, which all visits share.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st

from loti_dash.server import metrics
from loti_dash.store import Store

P = ParamSpec("P")
R = TypeVar("R")


def remembered(
    max_entries: int, show_spinner: bool | str = False
) -> Callable[[Callable[Concatenate[Store, P], R]], Callable[Concatenate[Store, P], R]]:
    """Return a decorator for a function of a store that keeps its results for every visit.

    Of a private store nothing is kept: it is asked anew each time. What was kept is of one
    release, and after figures of it were withdrawn, what was kept before then is never found
    again. The first parameter must be called `_store`, which Streamlit does not look into; nor
    does it into others whose names start with "_".
    """

    def decorate(
        function: Callable[Concatenate[Store, P], R],
    ) -> Callable[Concatenate[Store, P], R]:
        name = f"{function.__module__.rpartition('.')[2]}.{function.__qualname__}"

        # Streamlit sees the parameters of the function, and two more.
        @wraps(function)
        def since(*args: Any, release_: str, withdrawn_: list[str], **kwargs: Any) -> R:
            metrics.made.labels(name).inc()
            return function(*args, **kwargs)

        shared = st.cache_data(max_entries=max_entries, show_spinner=show_spinner)(since)

        @wraps(function)
        def either(_store: Store, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if _store.private:
                return function(_store, *args, **kwargs)
            _store.raise_if_withdrawn()
            withdrawn = sorted(_store.withdrawn)
            metrics.asked.labels(name).inc()
            return shared(_store, *args, release_=_store.release, withdrawn_=withdrawn, **kwargs)

        return either

    return decorate
