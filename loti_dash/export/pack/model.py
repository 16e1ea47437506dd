"""What a board pack is made of: words, charts and tables, as they are to be read.

Whoever fills it decides what is said. Refused is what no board would read: more than five items,
or more than three charts with one of them (standards, section 11).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from loti_dash.errors import PackRefused

MOST_ITEMS = 5
MOST_FIGURES = 3
LIMITS_USE = 3


@dataclass(frozen=True)
class Caution:
    """A caveat in its final words: 1 is context, 2 stands beside the figure, 3 limits its use."""

    severity: int
    text: str
    effect: str = ""


@dataclass(frozen=True)
class Figure:
    """A chart, None where there is none to draw, and its words. Its title is its message."""

    title: str
    subtitle: str
    chart: Mapping[str, Any] | None
    alt: str
    how_to_read: str = ""


@dataclass(frozen=True)
class Item:
    """One finding: its sentence first, then what it rests on, and what is asked because of it.

    `closing` is the line that must follow the sentence. `table` is as shown, its index the heads
    of the rows; `signs` says what the signs in it mean. `being_done` is what is being done about
    the data, for an item whose evidence is not enough to act.
    """

    sentence: str
    closing: str
    cautions: tuple[Caution, ...]
    figures: tuple[Figure, ...]
    table: pd.DataFrame
    table_alt: str
    signs: str
    address: str
    sources: tuple[str, ...]
    decision: str = ""
    being_done: str = ""

    def __post_init__(self) -> None:
        if len(self.figures) > MOST_FIGURES:
            raise PackRefused(
                f"the item {self.sentence!r} has {len(self.figures)} charts, and an item of a "
                f"pack has at most {MOST_FIGURES}: leave out those that change no decision"
            )

    def of_severity(self, severity: int) -> list[Caution]:
        """Return the cautions of one severity, in the order given."""
        return [each for each in self.cautions if each.severity == severity]


@dataclass(frozen=True)
class Action:
    """What was agreed, who does it, by when, and how far it is."""

    what: str
    owner: str
    due: str
    status: str


@dataclass(frozen=True)
class Answer:
    """A question of the outcome's canvas, and what was answered."""

    question: str
    answer: str


@dataclass(frozen=True)
class Statement:
    """What is said of some data under a heading, a line each."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Pack:
    """A board pack. It is frozen: every figure, caution and word is of one release."""

    title: str
    made_on: date
    release: str
    address: str
    commentary: str
    outcome: tuple[Answer, ...]
    actions: tuple[Action, ...]
    changed: tuple[str, ...]
    sure: tuple[Item, ...]
    unsure: tuple[Item, ...]
    decision: str
    statements: tuple[Statement, ...]

    def __post_init__(self) -> None:
        if len(self.items) > MOST_ITEMS:
            raise PackRefused(
                f"the pack {self.title!r} has {len(self.items)} items, and a board reads at most "
                f"{MOST_ITEMS} at a meeting: leave some out, or make a second pack"
            )

    @property
    def items(self) -> tuple[Item, ...]:
        """All items in the order in which they are numbered."""
        return self.sure + self.unsure
