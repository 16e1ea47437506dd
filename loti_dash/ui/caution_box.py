"""The box of what to know before using a figure, which stands above it on every page."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from loti_dash.caveats import Found
from loti_dash.ui.show import lines

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


def made(found: Sequence[Found], unknown: str) -> Box:
    """Return the box of what to know before using a figure, the worst first.

    All that limits use, and how much is not known, stand in the open; the rest is one click away.
    """
    open_, more = before_the_fold(found, unknown)
    title = "**:material/warning: Before you use this**"
    texts = "\n".join([title, "", *(f"- {text}" for text in open_)])
    return Box(texts, fold_name(more), tuple(map(_in_full, more))) if more else Box(texts)


def draw(of: Box) -> None:
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
