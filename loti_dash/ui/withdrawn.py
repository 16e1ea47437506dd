"""What a page that is open still does after its figures were withdrawn: nothing but say so.

Parts of a page that are drawn anew, and files that are made at a click, have no other moment at
which somebody looks whether the figures are still served.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from loti_dash.definitions import Indicator
from loti_dash.errors import LotiError
from loti_dash.store import Store
from loti_dash.ui import page

T = TypeVar("T")


def stop_if_withdrawn(store: Store, indicator: Indicator) -> None:
    """Say that the figures of an indicator were withdrawn, if they were, and draw no more."""
    try:
        _raise_if_withdrawn(store, [indicator])
    except LotiError as error:
        page.stop(error)


def while_served(
    store: Store, indicators: Iterable[Indicator], make: Callable[[], T]
) -> Callable[[], T]:
    """Return what makes a file, and refuses to once figures of some indicators are withdrawn."""
    of = list(indicators)

    def made() -> T:
        _raise_if_withdrawn(store, of)
        return make()

    return made


def _raise_if_withdrawn(store: Store, indicators: Iterable[Indicator]) -> None:
    for each in indicators:
        store.raise_if_withdrawn(each.numerator.series, each.denominator.series)
