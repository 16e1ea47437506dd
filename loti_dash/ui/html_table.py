"""A table as HTML: a caption for those who listen, row and column heads, and no more than that.

Streamlit's own table renders every cell as Markdown in the browser, which was most of the time
that a page took to be drawn, and has no row heads.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_LINK = re.compile(r"\[(?P<words>[^\]]+)\]\((?P<address>[^)\s:]+)\)")


def html(of: pd.DataFrame, alt: str, styles: pd.DataFrame | None = None) -> str:
    """Return a table; `alt` says what it shows, `styles` has the CSS of each cell, if any.

    The index is the head of each row, unless it only numbers the rows. A cell or head of the
    form [words](address) is a link to another page here; every other text stands as it is.

    >>> import pandas as pd
    >>> table = html(pd.DataFrame({"Count": ["<5"]}, index=["Asian"]), "Counts")
    >>> '<th scope="row">Asian</th><td>&lt;5</td>' in table
    True
    """
    # By its name: whoever has a table has loaded pandas, and who draws none need not.
    named = type(of.index).__name__ != "RangeIndex"
    first = [f'<th scope="col">{_text(of.index.name or "")}</th>'] if named else []
    if named and not of.index.name:
        # A head without words is no head.
        first = ["<td></td>"]
    heads = [*first, *(f'<th scope="col">{_text(head)}</th>' for head in of.columns)]
    css = None if styles is None else styles.to_numpy()
    rows = []
    for place, (name, *cells) in enumerate(of.itertuples(name=None)):
        row = [f'<th scope="row">{_text(name)}</th>'] if named else []
        for column, cell in enumerate(cells):
            style = f' style="{escape(str(css[place][column]))}"' if css is not None else ""
            row.append(f"<td{style}>{_text(cell)}</td>")
        rows.append(f"<tr>{''.join(row)}</tr>")
    # A part that scrolls must be one that the keyboard reaches.
    return (
        f'<div class="shown-table" role="region" tabindex="0" aria-label="{escape(alt)}">'
        f"<table><caption>{escape(alt)}</caption><thead><tr>{''.join(heads)}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _text(value: object) -> str:
    words = "" if value is None or value != value else str(value)
    link = _LINK.fullmatch(words) if words.startswith("[") else None
    if link:
        return f'<a href="{escape(link["address"])}" target="_self">{escape(link["words"])}</a>'
    return escape(words)
