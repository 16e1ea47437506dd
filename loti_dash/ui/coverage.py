"""How complete figures are, drawn: why ethnicity is not known, where, and since when."""

from functools import partial

import streamlit as st

from loti_dash.coverage import Coverage
from loti_dash.definitions import Indicator
from loti_dash.export.figure import Figure
from loti_dash.page_figures import complete
from loti_dash.page_figures.complete import Part
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import fold, show, take_away
from loti_dash.ui.page import last_selection
from loti_dash.ui.view import view
from loti_dash.views import View

# The head that links to its explanation, of each figure.
_EXPLAINED = ("What that means", "% not known", "% not known")


def draw(store: Store, indicator: Indicator, of: Coverage) -> None:
    """Draw the reasons, the areas and the periods: a chart, its rows, and a fold to take away."""
    for part, explained in zip(complete.PARTS.values(), _EXPLAINED, strict=True):
        each = part(store.catalogue, indicator, of)
        st.subheader(each.title, anchor=False)
        st.caption(each.what)
        show.figure(
            each.chart,
            each.alt,
            each.table,
            each.table_alt,
            each.how_to_read,
            folded=each.folded,
            explained=explained,
        )
        here, selection = of.here, last_selection()
        stem = "_".join((indicator.id, str(here["area_code"]), str(here["period"]), each.name))
        taken = partial(_taken, store, selection, each)
        at = View.at(indicator.domain, selection.to_params(), each.name)
        fold.fold(store, stem, each.name.replace("_", " "), [indicator], taken, at)


def _taken(store: Store, selection: Selection, of: Part) -> Figure:
    domain = store.catalogue.indicators[selection.indicator].domain
    address = take_away.address(selection, domain)
    return complete.figure(store, selection, view(store, selection), of, address)
