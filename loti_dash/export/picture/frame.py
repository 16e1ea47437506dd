"""A picture whole: the chart under its message, and over what must travel with it.

A picture is copied without its page, so words stand in it that the page has around the chart,
and the text in its stead is in the file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from loti_dash.export.picture.drawing import drawing
from loti_dash.export.picture.letters import FAMILY, height, number, text, wrapped

WIDTH = 900
_EDGE, _TITLE = 24, 22
_TEXT, _GREY = "#0B0C0C", "#3D3D3D"


@dataclass(frozen=True)
class Words:
    """What is said with a chart: its message, what it measures, the text in its stead.

    `below` is how to read it, what to know before using it, and its papers, a paragraph each.
    """

    title: str
    subtitle: str
    alt: str
    below: Sequence[str]


def svg(chart: Mapping[str, Any], words: Words) -> str:
    """Return a chart with its words as SVG, WIDTH pixels wide.

    Raises NotDrawn for a chart that uses what pictures cannot show yet.
    """
    wide = WIDTH - 2 * _EDGE
    parts, y = _paragraph(words.title, _TITLE, _TEXT, _EDGE, wide)
    more, y = _paragraph(words.subtitle, 16, _GREY, y + 4, wide)
    drawn, high = drawing(chart, wide)
    parts += f'{more}<g transform="translate({_EDGE} {number(y + 12)})">{drawn}</g>'
    y += 12 + high + 8
    for each in words.below:
        more, y = _paragraph(each, 14, _GREY, y + 6, wide)
        parts += more
    whole = number(y + _EDGE)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{whole}" '
        f'viewBox="0 0 {WIDTH} {whole}" font-family="{FAMILY}" role="img" '
        f'aria-labelledby="title description"><title id="title">{escape(words.title)}</title>'
        f'<desc id="description">{escape(words.alt)}</desc>'
        f'<rect width="100%" height="100%" fill="#FFFFFF"/>{parts}</svg>'
    )


def _paragraph(said: str, size: float, colour: str, y: float, wide: float) -> tuple[str, float]:
    """Return words broken into lines, and where they end."""
    lines = [escape(line) for line in wrapped(said, size, wide)]
    words = "<br>".join(f"<b>{line}</b>" if size == _TITLE else line for line in lines)
    return text(_EDGE, y, words, size, colour, "left", "top"), y + height(words, size)
