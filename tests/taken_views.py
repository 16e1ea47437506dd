"""Views of a release as a page makes them, and what is taken away from them."""

from loti_dash import sentences
from loti_dash.export.taken import Taken
from loti_dash.selection import Selection, honoured
from loti_dash.ui.view import view

ADDRESS = "https://figures.example/page?indicator=it"


def seen(store, **asked):
    """Return the nearest selection there is, and what a page shows of it."""
    wanted = Selection(release=store.release, **asked)
    domain = store.catalogue.indicators[wanted.indicator].domain
    selection, _ = honoured(wanted, domain, store.catalogue, store.choices)
    return selection, view(store, selection)


def taken(store, **asked):
    """Return what is taken away from the nearest view there is."""
    selection, shown = seen(store, **asked)
    indicator = store.catalogue.indicators[selection.indicator]
    return Taken(
        store.catalogue,
        indicator,
        selection,
        shown.everywhere,
        shown.here,
        shown.of_group,
        shown.cautions,
        sentences.headline(
            store.catalogue, indicator, shown.here, selection.group, shown.forbidden
        ),
        float("nan") if shown.coverage is None else float(shown.coverage.here["unknown"]),
        ADDRESS,
    )
