"""A board pack as one web page in one file: no scripts, nothing from elsewhere, ready for print.

Every word is escaped, and a rule in the file forbids whatever is not in it.
"""

import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from loti_dash.export.pack.blocks import (
    Block,
    Bullets,
    Grid,
    Heading,
    Labelled,
    Link,
    Paragraph,
    Picture,
    Turn,
)
from loti_dash.export.pack.contents import contents
from loti_dash.export.pack.drawings import Drawn
from loti_dash.export.pack.fonts import NAME, faces
from loti_dash.export.pack.model import Pack
from loti_dash.export.pack.running import footing, height, limits
from loti_dash.export.pack.texts import plain

_LOOKS = Path(__file__).with_name("page.css")
# Millimetres of a page that a chart leaves to its words, and to what is below it.
_LEFT_ROOM = 60
_RULE = "default-src 'none'; style-src 'unsafe-inline'; font-src data:"


def html(pack: Pack) -> str:
    """Return a pack as a web page in British English, whole in one file."""
    title, said = escape(plain(pack.title)), limits(pack)
    looks = _LOOKS.read_text(encoding="utf-8")
    running = (
        f"@page {{ margin-top: {_margin(said):.0f}mm; @top-left {{ content: {_string(said)}; }} "
        f'@bottom-left {{ content: {_string(footing(pack))} " \\B7  Page " counter(page) " of " '
        "counter(pages); } }"
    )
    warning = f'<p class="limits">{escape(said)}</p>' if said else ""
    blocks = contents(pack)
    heads = dict.fromkeys((each.wide, each.limits) for each in blocks if isinstance(each, Turn))
    names = {head: f"head-{place}" for place, head in enumerate(heads, 1)}
    running += "".join(_above(name, *head) for head, name in names.items())
    body = "".join(
        _turn(block, names[block.wide, block.limits])
        if isinstance(block, Turn)
        else _WRITERS[type(block)](block)
        for block in blocks
    )
    return (
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_RULE}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{faces()}{looks}{running}</style></head>"
        f'<body><main>{warning}<h1>{title}</h1><div class="part">{body}</div></main>'
        f"<footer><p>{escape(footing(pack))}</p></footer></body></html>"
    )


def _heading(block: Heading) -> str:
    # The title of the page is above all others.
    name, mark = f"h{block.level + 1}", f' id="{block.mark}"' if block.mark else ""
    return f"<{name}{mark}>{escape(block.words)}</{name}>"


def _paragraph(block: Paragraph) -> str:
    return f'<p class="{block.look}">{_lines(block.words)}</p>'


def _labelled(block: Labelled) -> str:
    return f"<p><strong>{escape(block.label)}</strong> {_lines(block.words)}</p>"


def _bullets(block: Bullets) -> str:
    if block.boxed:
        lines = "".join(f"<p>{_lines(each)}</p>" for each in block.lines)
        return f'<div class="box"><p class="label">{escape(block.boxed)}</p>{lines}</div>'
    return f"<ul>{''.join(f'<li>{_lines(each)}</li>' for each in block.lines)}</ul>"


def _link(block: Link) -> str:
    words = escape(block.words)
    if block.target:
        words = f'<a href="{escape(block.target)}">{words}</a>'
    return f'<p class="note">{words}</p>'


def _grid(block: Grid) -> str:
    caption = escape(block.caption)
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in block.heads)
    rows = []
    for row in block.rows:
        cells = [f"<td>{_lines(cell)}</td>" for cell in row]
        if block.named:
            cells[0] = f'<th scope="row">{_lines(row[0])}</th>'
        rows.append(f"<tr>{''.join(cells)}</tr>")
    # A part that scrolls must be one that the keyboard reaches.
    return (
        f'<div class="table" role="region" tabindex="0" aria-label="{caption}">'
        f"<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _picture(block: Picture) -> str:
    read = f'<p class="note">{_lines(block.how_to_read)}</p>' if block.how_to_read else ""
    wide, narrow = block.chart.on_paper, block.chart.on_a_phone
    both = f"{_drawing(wide, 'paper', block.alt)}{_drawing(narrow, 'phone', block.alt)}"
    return (
        f'<figure><figcaption><p class="label">{escape(block.title)}</p>'
        f'<p class="note">{_lines(block.subtitle)}</p></figcaption>{both}{read}</figure>'
    )


def _drawing(of: Drawn, where: str, alt: str) -> str:
    """Return a chart for paper or for a phone: the looks of the page show one of them."""
    return (
        f'<svg class="{where}" role="img" aria-label="{escape(alt)}" viewBox="{of.box}" '
        f'font-family="{NAME}, sans-serif">{of.inside}</svg>'
    )


def _turn(block: Turn, head: str) -> str:
    return f'</div><div class="part {"wide " if block.wide else ""}{head}">'


def _above(head: str, wide: bool, said: str) -> str:
    """Return the rules for pages with a head of their own."""
    size = "A4 landscape" if wide else "A4"
    room = 297 - _margin(said) - _LEFT_ROOM
    return (
        f"@page {head} {{ size: {size}; margin-top: {_margin(said):.0f}mm; "
        f"@top-left {{ content: {_string(said)}; }} }} "
        f"@media print {{ .{head} {{ page: {head}; }} "
        f".{head} svg {{ max-height: {min(200.0, room):.0f}mm; }} }}"
    )


def _margin(said: str) -> float:
    """Return how much room is above a page, in millimetres: for what stands there, and around."""
    return max(30.0, 14 + height(said))


def _lines(words: str) -> str:
    return escape(words).replace("\n", "<br>")


def _string(words: str) -> str:
    r"""Return words as a string of CSS, in which only letters, digits and spaces are themselves.

    >>> _string("a;</style>")
    '"a\\3b \\3c \\2f style\\3e "'
    """
    return '"' + re.sub(r"[^A-Za-z0-9 ]", lambda sign: f"\\{ord(sign.group()):x} ", words) + '"'


_WRITERS: dict[type[Block], Callable[[Any], str]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Labelled: _labelled,
    Bullets: _bullets,
    Link: _link,
    Grid: _grid,
    Picture: _picture,
}
