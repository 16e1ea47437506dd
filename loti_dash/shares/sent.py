"""What is sent with a link: words, charts, tables and caveats, in their final form, as text."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import pandas as pd

from loti_dash.errors import CatalogueError, LotiError
from loti_dash.strict import from_table
from loti_dash.views import View

FORMAT = "shared view, version 1"


@dataclass(frozen=True)
class Caution:
    """A caveat in its final words, by the id of what it says.

    Of a view of several indicators, `of` are the titles of those it applies to, by their ids, and
    `named` are the words for them that its text begins with.
    """

    id: str
    severity: int
    text: str
    effect: str
    of: dict[str, str]
    named: str


@dataclass(frozen=True)
class Table:
    """A table as it is read. The first column has the heads of the rows if it is `named`."""

    about: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    named: bool
    signs: str

    @property
    def frame(self) -> pd.DataFrame:
        """The table with the heads of its rows as its index, where they have any."""
        whole = pd.DataFrame(list(self.rows), columns=list(self.heads))
        return whole.set_index(self.heads[0]) if self.named else whole


@dataclass(frozen=True)
class Statement:
    """What is said of some data under a heading, a line each."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """One view: its sentence first, then what it rests on.

    `chart` is a chart as JSON, "" where there is none. `series` are the titles of the series that
    its figures are of, by their ids. `sure` says that the difference is clear, whoever the people
    of unknown ethnicity are. `being_done` is what is being done about the data.
    """

    page: str
    params: dict[str, str]
    figure: str
    title: str
    what: str
    sentence: str
    closing: str
    chart: str
    alt: str
    how_to_read: str
    table: Table
    cautions: tuple[Caution, ...]
    papers: dict[str, str]
    series: dict[str, str]
    statements: tuple[Statement, ...]
    sure: bool
    being_done: str

    @property
    def release(self) -> str:
        """The release that its figures are of."""
        return self.params["release"]

    @property
    def view(self) -> View:
        """The view that it is of."""
        return View.at(self.page, self.params, self.figure)

    @property
    def drawn(self) -> Mapping[str, Any] | None:
        """Its chart, if it has one."""
        found: Mapping[str, Any] | None = json.loads(self.chart) if self.chart else None
        return found


@dataclass(frozen=True)
class Action:
    """Something that was agreed: what, who does it, by when, and how far it is."""

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
class Sent:
    """A shared view. `release` is the newest of its items; `faces` are rules of CSS for charts."""

    title: str
    sent_on: str
    release: str
    commentary: str
    outcome: tuple[Answer, ...]
    actions: tuple[Action, ...]
    decision: str
    items: tuple[Item, ...]
    faces: str

    @property
    def day(self) -> date:
        """The day on which it was sent."""
        return date.fromisoformat(self.sent_on)

    @property
    def releases(self) -> tuple[str, ...]:
        """The releases that its figures are of, in the order of its items."""
        return tuple(dict.fromkeys(each.release for each in self.items)) or (self.release,)


def to_json(sent: Sent) -> str:
    """Return what was sent as text, as it is kept."""
    return json.dumps({"format": FORMAT} | asdict(sent), ensure_ascii=False)


def from_json(text: str) -> Sent:
    """Return what `to_json` wrote. Raises LotiError for any other text."""
    try:
        found = json.loads(text)
        if found.pop("format") != FORMAT:
            raise ValueError("of another format")
        for caution in (each for item in found["items"] for each in item["cautions"]):
            # The first views that were shared did not say so of their cautions.
            caution.setdefault("of", {})
            caution.setdefault("named", "")
        sent = from_table(Sent, found, "shared view")
        assert sent.day, "a view was sent on a day"
    except (ValueError, KeyError, TypeError, AttributeError, CatalogueError) as error:
        raise LotiError(
            "This shared view cannot be read: what is kept of it is damaged, or was written by a "
            f"newer version of this program ({error}). Ask whoever sent it for a new link."
        ) from error
    return sent
