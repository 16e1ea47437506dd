"""What to know before using a figure, wherever one stands on a canvas: none goes without."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import streamlit as st

from loti_dash import views
from loti_dash.caveats import Found
from loti_dash.errors import LotiError
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import caution_box
from loti_dash.ui.published import remembered
from loti_dash.views import View


@dataclass(frozen=True)
class Said:
    """What a figure says, its cautions, and for how many people ethnicity is not known."""

    words: str
    cautions: Sequence[Found]
    unknown: str


@remembered(500)
def said(_store: Store, view: View) -> Said:
    """Return what the figure of a view says. The view is of the release of the store."""
    figure = views.figure_of(_store, view)
    return Said(figure.said, tuple(figure.cautions), figure.papers["Unknown"])


def draw(of: Said) -> None:
    """Draw what stands in the open beside a figure on its page, and how much more there is."""
    open_, more = caution_box.before_the_fold(of.cautions, of.unknown)
    if open_:
        st.write("\n".join(["**Before you use this**", "", *(f"- {text}" for text in open_)]))
    if more:
        things = "1 more thing" if len(more) == 1 else f"{len(more)} more things"
        st.caption(f"{things} to know: beside the figure on its page.")


def of_comparison(store: Store, of: Selection) -> None:
    """Draw the same for a comparison of two groups, or that it cannot be shown."""
    indicator = store.catalogue.indicators.get(of.indicator)
    params = asdict(of) | {"release": store.release, "share": ""}
    try:
        if indicator is None:
            raise LotiError("its indicator is not in this release")
        draw(said(store, View.at(indicator.domain, params)))
    except LotiError:
        st.caption(
            "What to know before using this figure cannot be shown, for this release has no such "
            "figure. Do not use it without looking at its page."
        )
