"""The font of the pages as a part of a file, and as shapes: charts are then as they were measured.

A reader's own font may be wider than ours, and would push a sign beyond the edge of its chart.
"""

from base64 import b64encode
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

from loti_dash.export.picture.letters import FONT_FILES

NAME = "Pack Sans"
# Letters of European languages, punctuation, fractions, arrows, signs of mathematics.
_KEPT = [*range(0x20, 0x250), *range(0x2010, 0x2070), *range(0x2150, 0x2200), 0x2212, 0xFFFD]
_WEIGHTS = {"normal": False, "bold": True}


def font(bold: bool) -> Any:
    """Return a font, read whole so that no file stays open."""
    return TTFont(BytesIO(Path(FONT_FILES[bold]).read_bytes()))


@cache
def faces() -> str:
    """Return the rules of CSS that bring the font, in both weights, to a page."""
    return _rules(tuple(_KEPT))


def faces_of(words: str) -> str:
    """Return the rules that bring the letters of some words only: a picture has its own font."""
    return _rules(tuple(sorted({ord(each) for each in words} & set(_KEPT))))


def _rules(letters: tuple[int, ...]) -> str:
    return "".join(
        f'@font-face {{ font-family: "{NAME}"; font-weight: {weight}; '
        f'src: url("data:font/woff;base64,{_packed(bold, letters)}") format("woff"); }}\n'
        for weight, bold in _WEIGHTS.items()
    )


@lru_cache(maxsize=64)
def _packed(bold: bool, letters: tuple[int, ...]) -> str:
    """Return some letters of a font, packed for the web."""
    whole, packed = font(bold), BytesIO()
    chosen = subset.Subsetter(subset.Options(layout_features=["kern"], hinting=False))
    chosen.populate(unicodes=letters)
    chosen.subset(whole)
    whole.flavor = "woff"
    whole.save(packed)
    return b64encode(packed.getvalue()).decode()
