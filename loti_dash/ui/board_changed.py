"""What changed since a view was sent, as plain HTML: old words beside new ones, and why."""

from collections.abc import Mapping
from html import escape

import pandas as pd

from loti_dash.shares import texts
from loti_dash.shares.changes import OfItem, Since
from loti_dash.shares.opening import name_of
from loti_dash.shares.sent import Sent
from loti_dash.ui.board_html import listed, paragraphs
from loti_dash.ui.html_table import html as table


def changed(sent: Sent, since: Since, withdrawn: Mapping[int, str]) -> str:
    """Return what changed in each item. Of what was withdrawn there is the notice, and no figure.

    One line if nothing did.
    """
    said = paragraphs(texts.compared(sent, since))
    parts = [listed(since.notices)] if since.notices else []
    for place, (item, of) in enumerate(zip(sent.items, since.items, strict=True)):
        if place in withdrawn:
            name, inside = f"{name_of(item)}: withdrawn", paragraphs(withdrawn[place])
        else:
            name, inside = item.title, _of_item(of, item.title)
        if inside:
            parts.append(f"<h3>{place + 1}. {escape(name)}</h3>{inside}")
    if not parts:
        return f'<div class="board">{said}</div>'
    return (
        '<div class="board"><div class="board-box"><h2>What changed since this was sent</h2>'
        f"{said}{''.join(parts)}</div></div>"
    )


def _of_item(of: OfItem, title: str) -> str:
    if of.gone:
        return paragraphs(texts.gone(of))
    parts = []
    if of.figures:
        shown = of.figures[: texts.MOST_LINES]
        cells = {"As sent": [each.old for each in shown], "Now": [each.new for each in shown]}
        rows = pd.DataFrame(cells, index=pd.Index([each.what for each in shown], name="Figure"))
        parts.append(table(rows, f"Figures that changed: {title}"))
        parts += map(paragraphs, [*texts.more(of), *texts.why(of)])
    if of.cautions:
        parts.append(listed(texts.cautions(of)))
    return "".join(parts)
