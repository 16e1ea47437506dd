"""One figure of a page to take away: its table as it is shown, its chart, and what goes with them.

The same for every page. Nothing is calculated here: who makes a figure hands over what is shown.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from gptables import GPTable

from loti_dash import tables
from loti_dash.caveats import Found
from loti_dash.definitions import Indicator, Source
from loti_dash.export import book, numbers, picture
from loti_dash.export.cells import with_plain_texts
from loti_dash.export.citation import cited
from loti_dash.export.csv import words_csv
from loti_dash.export.notes import notes_of_figure
from loti_dash.export.papers import below

_LINK = re.compile(r"\[([^\]]+)\]\([^)\s]+\)")
# Not allowed alone in a cell of a workbook, because a screen reader says nothing for it.
_DASH = "\N{EN DASH}"
_NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Figure:
    """A figure as a page shows it.

    `title` is its message, `what` what it measures, of whom, compared with whom, where and when;
    `said` is the sentence to cite. `cautions` are the caveats of its figures, the worst first;
    `papers` are as `export.papers.papers` gives them, with one more, `Unknown`: for how many
    ethnicity is not known. `signs` explains what is particular to its table. `rows` are those of
    the comparison table behind it, as shown, where it has any. `table_alt` is the caption of the
    table, `indicators` are those whose figures it has, and `series` are what it rests on besides
    theirs: it goes where one of them is withdrawn.
    """

    title: str
    what: str
    said: str
    table: pd.DataFrame
    cautions: Sequence[Found]
    papers: Mapping[str, str]
    sources: Sequence[Source]
    chart: dict[str, Any] | None = None
    alt: str = ""
    how_to_read: str = ""
    signs: str = ""
    rows: pd.DataFrame | None = None
    table_alt: str = ""
    indicators: Sequence[Indicator] = ()
    series: Sequence[str] = ()

    @property
    def words(self) -> pd.DataFrame:
        """The table as it is read: links are their words, and row heads are a column."""
        numbered = isinstance(self.table.index, pd.RangeIndex)
        whole = self.table.reset_index(drop=numbered).rename_axis(columns=None)
        return whole.rename(columns=_read).map(_read)

    def csv(self) -> str:
        """Return the table as CSV, each row with what goes with it."""
        more = {
            "Shown": f"{self.title}. {self.what}",
            "Caveats": " | ".join(each.text for each in self.cautions if each.severity > 1),
        }
        return words_csv(self.words, {**more, **self.papers})

    def workbook(self, product: str) -> bytes:
        """Return the table as a workbook (xlsx), and the numbers behind it where there are any."""
        source = self.papers["Source"]
        shown = with_plain_texts(self.words.replace(_DASH, "no figure"))
        found: dict[str, GPTable] = {
            "Table": book.sheet(shown, "Table", self.title, self.what, source, [])
        }
        if self.rows is not None and len(self.rows):
            behind = numbers.sheet(self.rows)
            message = "The numbers behind the table"
            formats = numbers.FORMATS
            found["Numbers"] = book.sheet(behind, "Numbers", message, self.what, source, formats)
        notes = notes_of_figure(self.cautions, self.how_to_read, self.signs, found.values())
        worst = [f"{each.text} {each.effect}".strip() for each in self.cautions]
        intro = (self.said, self.what, self.papers["Unknown"])
        cautions = worst[: sum(each.severity > 1 for each in self.cautions)]
        front = book.cover(self.title, intro, cautions, self.papers, product)
        about = {"title": self.title, "author": product, "comments": self.papers["Address"]}
        return book.book(about, front, notes, found)

    def svg(self) -> str:
        """Return the chart as SVG, with the words that the page has around it."""
        assert self.chart is not None, "a figure without a chart is no picture"
        signs = " ".join(filter(None, [self.signs, tables.legend(self.table)]))
        return picture.svg(
            self.chart,
            picture.Words(
                self.title,
                self.what,
                self.alt,
                below(self.how_to_read, signs, self.cautions, self.papers),
            ),
        )

    def png(self) -> bytes:
        """Return the chart as PNG."""
        return picture.png(self.svg(), self.alt)

    def citation(self, product: str, accessed: date) -> str:
        """Return the sentence and its source, as plain text to copy."""
        return cited(self.said, self.papers, self.sources, product, accessed)


def _read(cell: object) -> object:
    r"""Return a cell as it is read: of a link its words, and spaces that are only that.

    >>> _read("[Searches](justice?area=E09000012)"), _read("2.1\N{NO-BREAK SPACE}(1.9 to 2.4)")
    ('Searches', '2.1 (1.9 to 2.4)')
    """
    return _LINK.sub(r"\1", cell).replace(_NO_BREAK, " ") if isinstance(cell, str) else cell
