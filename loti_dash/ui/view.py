"""What the page of a domain shows: figures of all areas kept for every visit, if published."""

from dataclasses import replace

from loti_dash.cautioned import Cautioned, cautioned
from loti_dash.export.taken import Taken
from loti_dash.page_figures import seen
from loti_dash.page_figures.seen import Seen, seen_at
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui.published import remembered


@remembered(50)
def _of_all_areas(_store: Store, selection: Selection) -> Cautioned:
    """Return what the views of every area and group of a selection have in common."""
    return cautioned(_store, selection)


def view(store: Store, selection: Selection) -> Seen:
    """Return what there is to show. The selection names its release.

    Not kept: what a page says of it is, and what takes long is that of all areas.
    """
    return seen_at(store, selection, _of_all_areas(store, replace(selection, area="", group="")))


def taken(store: Store, selection: Selection, said: str, where: str) -> Taken:
    """Return what is taken away from a view: its figures as shown, and their words.

    `said` is the headline, and `where` the address of the view.
    """
    return seen.taken(store, selection, view(store, selection), said, where)
