"""How things are shown: a figure with its table, cautions in a box, a link to an indicator."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from loti_dash import tables
from loti_dash.caveats import Found
from loti_dash.charts.ready import Ready
from loti_dash.definitions import Indicator
from loti_dash.notices import says_withdrawn
from loti_dash.ui.html_table import html

# Cautions in the box before the fold, if no more than these limit use.
MOST_OPEN = 3
_TOPICS = {
    "inclusivity": "who is missing",
    "consent": "how ethnicity was recorded",
    "power": "who decides",
    "transparency": "how it was counted",
    "trust": "who may not answer",
}
# More topics than these make no name of a fold.
_MOST_TOPICS = 3


@dataclass(frozen=True)
class Box:
    """What to know before using a figure: what stands in the open, and what is folded."""

    open: str
    fold: str = ""
    folded: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table as it goes to the browser, and what the signs in it mean."""

    html: str
    signs: str = ""


def link_to(indicator: Indicator) -> str:
    """Return a link to the page of an indicator, opened at it.

    As text, because Streamlit cuts the label of a page link off where a screen is narrow.
    """
    none = "figures withdrawn" if says_withdrawn(indicator.empty) else "no figures yet"
    missing = f" ({none})" if indicator.empty else ""
    return f"[{indicator.title}]({indicator.domain}?indicator={indicator.id}){missing}"


def lines(texts: Iterable[str]) -> None:
    """Draw texts one below the other, as a list."""
    st.write("\n".join(f"- {text}" for text in texts))


def cautions(found: Sequence[Found], unknown: str) -> None:
    """Draw the box of what to know before using a figure."""
    box(boxed(found, unknown))


def boxed(found: Sequence[Found], unknown: str) -> Box:
    """Return the box of what to know before using a figure, the worst first.

    All that limits use, and how much is not known, stand in the open; the rest is one click away.
    """
    open_, more = before_the_fold(found, unknown)
    title = "**:material/warning: Before you use this**"
    texts = "\n".join([title, "", *(f"- {text}" for text in open_)])
    return Box(texts, fold_name(more), tuple(map(_in_full, more))) if more else Box(texts)


def box(of: Box) -> None:
    """Draw a box of cautions."""
    with st.container(border=True):
        st.write(of.open)
        if of.folded:
            with st.expander(of.fold):
                lines(of.folded)


def before_the_fold(found: Sequence[Found], unknown: str) -> tuple[list[str], list[Found]]:
    """Return the cautions that stand in the open, in full, and those that are one click away."""
    worst = [each for each in found if each.severity == 3]
    large = [each for each in found if each.id == "unknown_ethnicity_is_large"]
    unknown = _in_full(large[0]) if large else unknown
    found = [each for each in found if each not in large]
    room = max(0, MOST_OPEN - len(worst) - bool(unknown))
    others = [each for each in found if each.severity == 2][:room]
    texts = [*map(_in_full, worst), unknown, *map(_in_full, others)]
    more = [each for each in found if each not in worst and each not in others]
    return [text for text in texts if text], more


def fold_name(more: Sequence[Found]) -> str:
    """Return the name of the fold that holds some cautions: what they are about, and how many."""
    factors = {each.factor for each in more}
    topics = [topic for factor, topic in _TOPICS.items() if factor in factors][:_MOST_TOPICS]
    named = ", ".join(topics)
    return f"{named[0].upper()}{named[1:]}: {len(more)} more"


def _in_full(caution: Found) -> str:
    named, text = caution.named, caution.text
    if named:
        text = f"**{named}:**{text.removeprefix(f'{named}:')}"
    return f"{text} {caution.effect}".rstrip()


def figure(
    chart: dict[str, Any] | None,
    chart_alt: str,
    rows: pd.DataFrame,
    rows_alt: str,
    how_to_read: str,
    folded: str = "",
    explained: str = "How sure",
) -> None:
    """Draw a chart, if there is one, and the same rows as a table with its signs explained.

    `explained` is the head of the table that links to its explanation.
    """
    drawn(chart, chart_alt, made(rows, rows_alt, explained), how_to_read, folded)


def drawn(
    of: dict[str, Any] | None, alt: str, below: Table, how_to_read: str, folded: str = ""
) -> None:
    """Draw a chart, if there is one, and a table that is made, with its signs explained.

    A table that is `folded` opens at a click on those words.
    """
    if of is not None:
        chart(of, alt)
    if how_to_read:
        st.caption(how_to_read)
    with st.expander(folded) if folded else st.container():
        st.html(below.html)
        if below.signs:
            st.caption(below.signs)


def chart(of: dict[str, Any], alt: str, **more: Any) -> None:
    """Draw a chart; `alt` is read in its place, and `more` is what a click on it does."""
    st.plotly_chart(
        Ready(of), theme=None, width="stretch", config={"displayModeBar": False}, alt=alt, **more
    )


def table(
    of: pd.DataFrame, alt: str, explained: str = "", styles: pd.DataFrame | None = None
) -> None:
    """Draw a table without explaining its signs; for the rest see `made`."""
    st.html(made(of, alt, explained, styles).html)


def made(
    of: pd.DataFrame, alt: str, explained: str = "How sure", styles: pd.DataFrame | None = None
) -> Table:
    """Return a table ready to be drawn, and what its signs mean.

    `alt` says what it shows, and the head `explained` links to its explanation. `styles` has the
    CSS of each cell, if any.
    """
    linked = of.rename(columns={explained: f"[{explained}](methods)"}) if explained else of
    return Table(html(linked, alt, styles), tables.legend(of))
