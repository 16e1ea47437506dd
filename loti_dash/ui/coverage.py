"""How complete figures are, drawn: why ethnicity is not known, where, and since when."""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from loti_dash import coverage_texts
from loti_dash.export.figure import Figure
from loti_dash.page_figures import complete
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import fold, show, take_away
from loti_dash.ui.published import remembered
from loti_dash.ui.view import view
from loti_dash.views import View

# The head that links to its explanation, of each figure.
_EXPLAINED = ("What that means", "% not known", "% not known")


@dataclass(frozen=True)
class Words:
    """How complete figures are in a sentence, and its figures by name, with what folds them."""

    sentence: str
    figures: dict[str, tuple[show.Shown, str]]


@remembered(100)
def words(_store: Store, selection: Selection) -> Words | None:
    """Return how complete figures are, or None if that is not known."""
    of = view(_store, selection).coverage
    if of is None:
        return None
    catalogue, indicator = _store.catalogue, _store.catalogue.indicators[selection.indicator]
    parts = [part(catalogue, indicator, of) for part in complete.PARTS.values()]
    return Words(
        coverage_texts.sentence(catalogue, indicator, of, None),
        {
            each.name: (show.shown(each, explained), each.folded)
            for each, explained in zip(parts, _EXPLAINED, strict=True)
        },
    )


def draw(store: Store, selection: Selection) -> None:
    """Draw the reasons, the areas and the periods: a chart, its rows, and a fold to take away."""
    said = words(store, selection)
    if said is None:
        return
    indicator = store.catalogue.indicators[selection.indicator]
    address = take_away.address(selection, indicator.domain)
    for name, (shown, folded) in said.figures.items():
        st.subheader(shown.title, anchor=False)
        st.caption(shown.what)
        show.draw(shown, folded)
        stem = "_".join((indicator.id, selection.area, selection.period, name))
        at = View.at(indicator.domain, selection.to_params(), name)
        taken = partial(_taken, store, selection, name, address)
        fold.fold(store, stem, name.replace("_", " "), [indicator], taken, at)


def _taken(store: Store, selection: Selection, name: str, address: str) -> Figure:
    seen = view(store, selection)
    assert seen.coverage is not None, "what is drawn is known"
    indicator = store.catalogue.indicators[selection.indicator]
    of = complete.PARTS[name](store.catalogue, indicator, seen.coverage)
    return complete.figure(store, selection, seen, of, address)
