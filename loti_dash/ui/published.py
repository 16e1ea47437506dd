"""What is remembered between visits: only what follows from published figures.

The one place in the project that uses Streamlit's cache, which all visits share.
"""

from collections.abc import Callable
from functools import partial, wraps
from inspect import signature
from typing import Concatenate, ParamSpec, TypeVar

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
    again. Results are told apart by the other parameters as they are written (texts, dates,
    choices), except those whose names start with "_".
    """

    def decorate(
        function: Callable[Concatenate[Store, P], R],
    ) -> Callable[Concatenate[Store, P], R]:
        name = f"{function.__module__.rpartition('.')[2]}.{function.__qualname__}"
        parameters = signature(function)

        def made(asked: str, _make: Callable[[], R]) -> R:
            metrics.made.labels(name).inc()
            return _make()

        # By these Streamlit tells apart what it keeps for one function and for another.
        made.__module__, made.__qualname__ = function.__module__, function.__qualname__
        shared = st.cache_data(max_entries=max_entries, show_spinner=show_spinner)(made)

        @wraps(function)
        def either(_store: Store, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if _store.private:
                return function(_store, *args, **kwargs)
            _store.raise_if_withdrawn()
            # A page that was opened before may not know yet what was, and words repeat why.
            withdrawn = _store.taken_back_before, _store.taken_back()
            metrics.asked.labels(name).inc()
            given = parameters.bind(_store, *args, **kwargs).arguments.items()
            asked = [pair for pair in given if not pair[0].startswith("_")]
            # One text: to look into each choice takes Streamlit longer than to find the result.
            key = repr((_store.release, withdrawn, asked))
            return shared(key, partial(function, _store, *args, **kwargs))

        return either

    return decorate
