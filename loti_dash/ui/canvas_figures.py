"""The figures of a canvas: pinned views, the baseline with its change since, and the target."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import streamlit as st

from loti_dash import config, options
from loti_dash.errors import LotiError
from loti_dash.outcomes import baselines
from loti_dash.outcomes import moved as moves
from loti_dash.outcomes.canvas import Baseline, Canvas
from loti_dash.outcomes.moved import Moved
from loti_dash.outcomes.questions import FIGURES_AND_DATES
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import canvas_cautions, canvas_open
from loti_dash.ui.canvas_fields import answered_by, day, line
from loti_dash.ui.canvas_open import Open
from loti_dash.ui.published import remembered
from loti_dash.views import View

_REFUSED = "canvas_baseline_refused"
_INDICATOR = "canvas_indicator"


def insights(store: Store, mine: Open) -> None:
    """Draw the pinned views, each with what it says in this release, and where to pin more."""
    st.markdown("**Figures pinned to this outcome**")
    if not mine.canvas.insights:
        st.write(
            "None yet. Open a figure, unfold “Take, share or report this figure” below it, and "
            "add it to this outcome."
        )
    for number, view in enumerate(mine.canvas.insights, 1):
        with st.container(border=True):
            listed(store, view, number)
            st.button(f"Remove figure {number}", on_click=_unpin, args=(mine.key, view))
    outcome = store.catalogue.outcomes.get(mine.canvas.preset)
    links = outcome.indicators if outcome else ()
    if links:
        st.markdown("**Figures that bear on it**")
    for id_ in links:
        indicator = store.catalogue.indicators[id_]
        # A link in text would open a new visit, in which what is not kept is lost.
        _page_link(indicator.domain, indicator.title, {"indicator": id_})


def listed(store: Store, view: View, number: int) -> None:
    """Draw what a pinned view says in the release of the page, its cautions, and a link to it."""
    now = View.at(view.page, dict(view.params) | {"release": store.release}, view.figure)
    try:
        found = canvas_cautions.said(store, now)
        st.write(found.words)
        canvas_cautions.draw(found)
    except LotiError as error:
        st.write("This figure cannot be shown now:")
        st.text(str(error))
    _page_link(view.page, f"Open figure {number}", dict(now.params))


def _page_link(page: str, label: str, params: Mapping[str, str]) -> None:
    file = config.ROOT / "pages" / f"{page}.py"
    if file.is_file():
        st.page_link(file, label=label, icon=":material/arrow_forward:", query_params=dict(params))


def _unpin(key: str, view: View) -> None:
    canvas_open.change(
        key, "", lambda c: replace(c, insights=tuple(v for v in c.insights if v != view))
    )


def places(store: Store) -> dict[str, str]:
    """Return the places that an outcome may be for, by code."""
    codes = options.areas(store.choices, store.catalogue)
    return {code: store.catalogue.areas[code].name for code in codes}


def baseline(store: Store, mine: Open) -> None:
    """Draw the baseline, what became of it, and the figures it can be taken from at a click."""
    st.subheader("Baseline", anchor=False)
    of = mine.canvas.baseline
    if of is None:
        st.write("No baseline yet. Take a figure as it is today, with its interval and release.")
    else:
        since(store, of, mine.canvas.answer("target_ratio"))
        st.button("Remove the baseline", on_click=_set_baseline, args=(mine.key, None))
    with st.expander("Take a figure as the baseline", expanded=of is None):
        _offer(store, mine)


def since(store: Store, of: Baseline, target: str) -> None:
    """Draw a baseline, and whether its figure moved since, with the interval of the change."""
    st.write(baselines.in_words(store.catalogue, of))
    canvas_cautions.of_comparison(store, of.view)
    found = _moved(store, store.release, of, target)
    st.markdown(f"**{found.said}**")
    for words in (found.beside, found.target):
        if words:
            st.write(words)
    if found.cautions:
        st.caption(found.cautions)


@remembered(200)
def _moved(_store: Store, release: str, of: Baseline, target: str) -> Moved:
    return moves.moved(_store, of, target)


def _offer(store: Store, mine: Open) -> None:
    """Draw the newest figures of an indicator for the groups and place, each with its button."""
    refused = st.session_state.pop(_REFUSED, "")
    if refused:
        st.error("The figure was not taken.")
        st.text(refused)
    catalogue = store.catalogue
    outcome = catalogue.outcomes.get(mine.canvas.preset)
    own = outcome.indicators if outcome else ()
    pinned = [dict(view.params).get("indicator", "") for view in mine.canvas.insights]
    first = dict.fromkeys(id_ for id_ in [*pinned, *own] if id_ in catalogue.indicators)
    ids = list(first | dict.fromkeys(catalogue.indicators))
    chosen = st.selectbox(
        "Which indicator?",
        ids,
        format_func=lambda id_: catalogue.indicators[id_].title,
        key=_INDICATOR,
    )
    if not mine.canvas.groups or not mine.canvas.area:
        st.write("Name a group and a place first, on the step Outcome.")
        return
    groups, area = mine.canvas.groups, mine.canvas.area
    found, lines = baselines.nearest(store, catalogue.indicators[chosen], groups, area)
    for said in lines:
        st.caption(said)
    for number, view in enumerate(found):
        # As it is now, before it is taken.
        try:
            now = baselines.take(store, view, date.today())
        except LotiError as error:
            st.text(f"{baselines.what(catalogue, view)}. {error}")
            continue
        st.write(baselines.in_words(catalogue, now).partition(" Release ")[0])
        canvas_cautions.of_comparison(store, view)
        group = catalogue.short_labels[view.group]
        st.button(
            f"Take the figure for {group} as the baseline",
            key=f"baseline-{number}-{chosen}",
            on_click=_take,
            args=(store, mine.key, view),
        )


def _take(store: Store, key: str, view: Selection) -> None:
    try:
        _set_baseline(key, baselines.take(store, view, date.today()))
    except LotiError as error:
        st.session_state[_REFUSED] = str(error)


def _set_baseline(key: str, to: Baseline | None) -> None:
    def changed(canvas: Canvas) -> Canvas:
        return replace(canvas, baseline=to)

    canvas_open.change(key, "", changed)


def target(mine: Open) -> None:
    """Draw the target as a figure and a date, and when the outcome is looked at again."""
    st.subheader("Target and review", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for key, words in FIGURES_AND_DATES.items():
            kept = mine.canvas.answer(key)
            if key == "target_ratio":
                line(mine, key, words, kept, answered_by(key), width=260)
            else:
                day(mine, key, words, kept, answered_by(key))
