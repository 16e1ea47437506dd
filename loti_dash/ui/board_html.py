"""A shared view as plain HTML, all of it words that are escaped, tables and pictures.

One part of the page instead of dozens: it is drawn at once, can be read aloud, and prints.
"""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape

from loti_dash.export.pack.contents import BEFORE_USE
from loti_dash.export.pack.drawings import Drawn, chart
from loti_dash.export.pack.fonts import NAME
from loti_dash.export.papers import in_lines
from loti_dash.shares.opening import name_of
from loti_dash.shares.sent import Caution, Item, Sent
from loti_dash.ui.html_table import html as table
from loti_dash.views import View

_NOT_DRAWN = "This chart cannot be drawn here. Its figures are in the table."


def about(sent: Sent) -> str:
    """Return what is said before the items: the outcome, and the actions of last time."""
    parts = []
    if sent.actions:
        rows = [
            f'<tr><th scope="row">{escape(each.what)}</th><td>{escape(each.owner)}</td>'
            f"<td>{escape(each.due)}</td><td>{escape(each.status)}</td></tr>"
            for each in sent.actions
        ]
        heads = ("What was agreed", "Who does it", "By when", "How far it is")
        parts.append(
            "<h2>Actions from last time</h2>"
            '<div class="shown-table" role="region" tabindex="0" aria-label="Actions"><table>'
            "<caption>What was agreed last time, and how far it is</caption><thead><tr>"
            f"{''.join(f'<th scope=col>{head}</th>' for head in heads)}</tr></thead>"
            f"<tbody>{''.join(rows)}</tbody></table></div>"
        )
    if sent.commentary:
        parts.append(paragraphs(sent.commentary))
    if sent.outcome:
        parts.append("<h2>The outcome we want</h2><dl>")
        for each in sent.outcome:
            parts.append(f"<dt>{escape(each.question)}</dt><dd>{paragraphs(each.answer)}</dd>")
        parts.append("</dl>")
    return _whole(parts)


def item(of: Item, number: int, faces: str, on_a_phone: bool) -> str:
    """Return an item: sentence, cautions, chart, table, papers. `faces` are letters of charts."""
    worst = [each for each in of.cautions if each.severity == 3]
    others = [each for each in of.cautions if each.severity < 3]
    parts = [
        f'<h2 id="item-{number}">{number}. {escape(of.sentence)}</h2>',
        paragraphs(of.closing),
    ]
    if worst:
        parts.append(
            f'<div class="board-box"><p><strong>{BEFORE_USE}</strong></p>{_listed(worst)}</div>'
        )
    if of.being_done:
        parts.append(
            f"<p><strong>What is being done about the data:</strong> {_lines(of.being_done)}</p>"
        )
    # Of some figures the title is what the sentence says.
    if of.title.rstrip(".") != of.sentence.rstrip("."):
        parts.append(f"<h3>{escape(of.title)}</h3>")
    parts.append(f'<p class="board-note">{escape(of.what)}</p>')
    parts += _chart(of, number, faces, on_a_phone)
    parts.append(table(of.table.frame, of.table.about))
    parts += [_note(of.table.signs), _note(of.papers["Unknown"])]
    if others:
        parts.append(
            f"<details><summary>More cautions: {len(others)}</summary>{_listed(others)}</details>"
        )
    parts += [_note(line) for line in in_lines(of.papers)]
    parts.append(_link(of))
    return _whole(parts)


def gone(of: Item, number: int, notice: str) -> str:
    """Return the notice that stands in the place of an item whose figures were withdrawn."""
    return _whole(
        [
            f'<h2 id="item-{number}">{number}. {escape(name_of(of))}: withdrawn</h2>',
            f'<div class="board-box"><p>{escape(notice)}</p></div>',
        ]
    )


def listed(lines: Iterable[str]) -> str:
    """Return lines as a list."""
    return f"<ul>{''.join(f'<li>{_lines(each)}</li>' for each in lines)}</ul>"


def paragraphs(words: str) -> str:
    """Return words as the paragraphs that they were written in."""
    return "".join(
        f"<p>{_lines(each.strip())}</p>" for each in words.split("\n\n") if each.strip()
    )


def part(heading: str, words: str) -> str:
    """Return words under a heading."""
    return _whole([f"<h2>{escape(heading)}</h2>", paragraphs(words)])


def _chart(of: Item, number: int, faces: str, on_a_phone: bool) -> Sequence[str]:
    drawn = chart(of.drawn, f"chart-{number}") if of.chart else None
    if of.chart and drawn is None:
        return [_note(_NOT_DRAWN)]
    if drawn is None:
        return [_note(of.how_to_read)]
    narrow = _picture(drawn.on_a_phone, "board-narrow", faces, of.alt)
    if on_a_phone:
        return [narrow.replace("board-narrow", "board-only"), _note(of.how_to_read)]
    wide = _picture(drawn.on_paper, "board-wide", faces, of.alt)
    return [wide, narrow, _note(of.how_to_read)]


def _picture(of: Drawn, looks: str, faces: str, alt: str) -> str:
    """Return a chart as a picture: Streamlit takes drawings out of a page, and leaves pictures."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{of.box}" width="{of.wide:.0f}" '
        f'height="{of.high:.0f}" font-family="{NAME}, sans-serif">'
        f"<style>{escape(faces, quote=False)}</style>{of.inside}</svg>"
    )
    data = b64encode(svg.encode()).decode()
    return (
        f'<img class="{looks}" width="{of.wide:.0f}" height="{of.high:.0f}" '
        f'alt="{escape(alt)}" src="data:image/svg+xml;base64,{data}">'
    )


def _link(of: Item) -> str:
    """Return the link to the page that the view is of, with the figures of today."""
    params = {key: each for key, each in of.params.items() if key != "release"}
    to = View.at(of.page, params).address()
    return f'<p><a href="{escape(to)}" target="_self">The live page of this figure</a></p>'


def _listed(cautions: Iterable[Caution]) -> str:
    return listed(f"{each.text} {each.effect}".strip() for each in cautions)


def _note(words: str) -> str:
    return f'<p class="board-note">{_lines(words)}</p>' if words.strip() else ""


def _lines(words: str) -> str:
    return escape(words).replace("\n", "<br>")


def _whole(parts: Iterable[str]) -> str:
    return f'<div class="board">{"".join(parts)}</div>'
