"""The tables of a page that was opened without a browser, read back from its HTML."""

from html.parser import HTMLParser

import pandas as pd
from streamlit.testing.v1 import AppTest


def tables(app: AppTest) -> list[pd.DataFrame]:
    """Return the tables of a page from top to bottom, all cells as text, row heads as index.

    A link is [words](address).
    """
    bodies = [str(element.proto.body) for element in app.get("html")]
    return [_read(body) for body in bodies if body.startswith('<div class="shown-table"')]


def _read(body: str) -> pd.DataFrame:
    reader = _Rows()
    reader.feed(body)
    [heads, *rows] = reader.rows
    table = pd.DataFrame(rows, columns=heads)
    if not reader.row_heads:
        return table
    name = heads[0] or None
    return table.set_index(heads[0]).rename_axis(name)


class _Rows(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.row_heads = False
        self.inside = False
        self.link: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.inside = True
        if tag == "a":
            self.link = dict(attrs)["href"]
            self.rows[-1][-1] += "["
        self.row_heads |= ("scope", "row") in attrs

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.rows[-1][-1] += f"]({self.link})"
        if tag in ("td", "th"):
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1][-1] += data
