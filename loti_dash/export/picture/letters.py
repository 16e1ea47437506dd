"""Words in a picture: how wide they are, and how they stand in SVG.

Measured in the font of the pages, which comes with a package, so that pictures are the same on
every machine. A reader's own font may be wider; measures leave room for that.
"""

import re
from collections.abc import Sequence
from functools import cache
from html import escape, unescape
from pathlib import Path

import font_source_sans_pro
from PIL import ImageFont

_FOLDER = Path(font_source_sans_pro.font_directory)
FONT_FILES = [str(_FOLDER / f"SourceSansPro-{style}.ttf") for style in ("Regular", "Bold")]
FAMILY = "Source Sans Pro, Source Sans 3, Source Sans, Arial, Helvetica, sans-serif"
LINE = 1.25
_ROOM = 1.06
# From the middle of a line down to where its letters stand, in sizes of the font.
_DROP = 0.32
_MEASURED_AT = 100
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}


def lines(words: str) -> list[str]:
    """Return the lines of a label of a chart.

    >>> lines("Tower<br>Hamlets")
    ['Tower', 'Hamlets']
    """
    return re.split(r"<br\s*/?>", words)


def width(words: str, size: float) -> float:
    """Return how wide the longest line of a label is, in pixels."""
    return max(
        sum(_font(bold).getlength(text) for text, bold in _runs(line)) for line in lines(words)
    ) * (size / _MEASURED_AT * _ROOM)


def height(words: str, size: float) -> float:
    """Return how high a label is, in pixels."""
    return len(lines(words)) * size * LINE


def wrapped(words: str, size: float, most: float) -> list[str]:
    """Return words, which are no label of a chart, as lines no wider than `most` pixels.

    Measured in bold, so that either fits. A word that is wider itself, such as an address, is
    broken where it must be.
    """
    done = [""]
    for word in words.split():
        rest = word
        while not _fits(rest, size, most):
            part = max(1, *(n for n in range(len(rest)) if _fits(rest[:n], size, most)))
            done += [rest[:part]]
            rest = rest[part:]
        longer = f"{done[-1]} {rest}".strip()
        if rest is word and _fits(longer, size, most):
            done[-1] = longer
        else:
            done.append(rest)
    return [line for line in done if line]


def text(
    x: float,
    y: float,
    words: str,
    size: float,
    colour: str,
    across: str = "left",
    down: str = "middle",
) -> str:
    """Return a label in SVG: `across` and `down` say which side of it is at the place."""
    rows = lines(words)
    above = {"top": 0.5, "middle": -(len(rows) - 1) / 2, "bottom": 0.5 - len(rows)}[down]
    spans = []
    for n, row in enumerate(rows):
        at = y + (above + n) * size * LINE + _DROP * size
        runs = "".join(
            f'<tspan font-weight="bold">{escape(each)}</tspan>' if bold else escape(each)
            for each, bold in _runs(row)
        )
        spans.append(f'<tspan x="{number(x)}" y="{number(at)}">{runs}</tspan>')
    return (
        f'<text font-size="{number(size)}" fill="{escape(colour)}" '
        f'text-anchor="{_ANCHORS[across]}">{"".join(spans)}</text>'
    )


def number(value: float) -> str:
    """Return a coordinate as short as it can be told apart.

    >>> number(12.0), number(12.3456)
    ('12', '12.35')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")


def path(points: Sequence[tuple[float, float]], closed: bool = False) -> str:
    """Return the path through some points, in pixels."""
    through = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return f"M{through}{'Z' if closed else ''}"


def _runs(line: str) -> list[tuple[str, bool]]:
    """Return the parts of a line, and whether each is bold."""
    parts, bold = [], False
    for part in re.split(r"(</?b>)", line):
        if part in ("<b>", "</b>"):
            bold = part == "<b>"
        elif part:
            parts.append((unescape(re.sub(r"<[^>]+>", "", part)), bold))
    return parts


def _fits(words: str, size: float, most: float) -> bool:
    return width(f"<b>{escape(words)}</b>", size) <= most


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT_FILES[bold], _MEASURED_AT)
