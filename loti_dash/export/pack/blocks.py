"""The parts that every kind of file knows how to write: headings, paragraphs, tables, charts.

Words in them are plain text, whatever they look like: each kind of file writes them so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from loti_dash.export.pack.drawings import Chart
from loti_dash.export.pack.texts import plain

# A head without words is no head.
_UNNAMED = "Row"
Look = Literal["text", "lead", "note", "label"]


@dataclass(frozen=True)
class Heading:
    """A heading; the title of the pack is above level 1. `mark` is where links to it lead."""

    level: int
    words: str
    mark: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: of text, of the most important words, of small notes, or a bold label."""

    words: str
    look: Look = "text"


@dataclass(frozen=True)
class Labelled:
    """A paragraph that begins with a label in bold."""

    label: str
    words: str


@dataclass(frozen=True)
class Bullets:
    """A list; `boxed` is what must be seen before anything after it is used, with its title."""

    lines: Sequence[str]
    boxed: str = ""


@dataclass(frozen=True)
class Link:
    """A line that leads to a mark in the pack if `inside`, and else to an address.

    What is no whole address of the web leads nowhere: its words stand there all the same.
    """

    words: str
    to: str
    inside: bool = False

    @property
    def target(self) -> str:
        """Where it leads, as pages write it: #mark, the address, or "" for nowhere."""
        if self.inside:
            return f"#{self.to}"
        return self.to if self.to.startswith(("https://", "http://")) else ""


@dataclass(frozen=True)
class Grid:
    """A table of words under its caption; rows have heads if `named`, in the first column."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    named: bool = True


@dataclass(frozen=True)
class Picture:
    """A chart under its message and over how to read it."""

    title: str
    subtitle: str
    chart: Chart
    alt: str
    how_to_read: str


@dataclass(frozen=True)
class Turn:
    """A new page: from here on they are wider than high, or higher than wide.

    `limits` are the cautions that stand on each of them, "" for none.
    """

    wide: bool
    limits: str


Block = Heading | Paragraph | Labelled | Bullets | Link | Grid | Picture | Turn


def paragraphs(words: str, look: Look = "text") -> list[Paragraph]:
    """Return words as the paragraphs that they were written in, none where there are no words."""
    found = re.split(r"\n\s*\n", plain(words)) if words.strip() else []
    return [Paragraph(each.strip(), look) for each in found]


def grid(table: pd.DataFrame, caption: str) -> Grid:
    """Return a table as it is shown. The index is the head of each row, unless it only numbers."""
    named = not isinstance(table.index, pd.RangeIndex)
    rows = [tuple(map(plain, row)) for row in table.itertuples(index=named, name=None)]
    first = [table.index.name or _UNNAMED] if named else []
    return Grid(plain(caption), [plain(head) for head in [*first, *table.columns]], rows, named)
