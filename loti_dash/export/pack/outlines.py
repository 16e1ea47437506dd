"""Charts whose words are drawn as shapes: they look the same in programs without our font.

Word draws SVG by fonts of its own, of other widths. The text in its stead says what is read.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.etree import ElementTree

from fontTools.pens.svgPathPen import SVGPathPen

from loti_dash.export.pack.fonts import font
from loti_dash.export.picture.letters import number

_NAMESPACE = "http://www.w3.org/2000/svg"
_SVG = f"{{{_NAMESPACE}}}"
# How far a line is moved so that its start, middle or end is at its place.
_ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}


def outlined(svg: str) -> str:
    """Return SVG without words: each letter of ours is a path, in its colour, at its place."""
    ElementTree.register_namespace("", _NAMESPACE)
    root = ElementTree.fromstring(svg)
    for parent in list(root.iter()):
        for place, child in enumerate(list(parent)):
            if child.tag == f"{_SVG}text":
                parent[place] = _shapes(child)
    return ElementTree.tostring(root, encoding="unicode")


def _shapes(label: ElementTree.Element) -> ElementTree.Element:
    """Return the shapes of a label: a group, with a path for each run of letters."""
    size, anchor = float(label.get("font-size", "15")), label.get("text-anchor", "start")
    group = ElementTree.Element(f"{_SVG}g", {"fill": label.get("fill", "#0B0C0C")})
    for line in label:
        runs = list(_runs(line))
        wide = sum(_advance(words, bold) for words, bold in runs) * size
        x, y = float(line.get("x", "0")) - _ANCHORS[anchor] * wide, float(line.get("y", "0"))
        for words, bold in runs:
            for letter in words:
                drawn, advance = _letter(letter, bold)
                if drawn:
                    # Fonts count upwards, pictures downwards.
                    turned = f"{size:.4g} 0 0 {-size:.4g} {number(x)} {number(y)}"
                    at = {"d": drawn, "transform": f"matrix({turned})"}
                    ElementTree.SubElement(group, f"{_SVG}path", at)
                x += advance * size
    return group


def _runs(line: ElementTree.Element) -> Iterator[tuple[str, bool]]:
    """Return the parts of a line, and whether each is bold."""
    yield line.text or "", False
    for part in line:
        yield part.text or "", part.get("font-weight") == "bold"
        yield part.tail or "", False


def _advance(words: str, bold: bool) -> float:
    return sum(_letter(letter, bold)[1] for letter in words)


@cache
def _letter(letter: str, bold: bool) -> tuple[str, float]:
    """Return the path of a letter and its width, both for a font of size 1."""
    of, glyphs, names = _font(bold)
    unit = of["head"].unitsPerEm
    glyph = glyphs[names.get(ord(letter), ".notdef")]
    pen = SVGPathPen(glyphs, ntos=lambda value: f"{value / unit:.4g}")
    glyph.draw(pen)
    return pen.getCommands(), glyph.width / unit


@cache
def _font(bold: bool) -> tuple[Any, Any, Any]:
    """Return a font, its letters by their names, and their names by the letters' numbers."""
    of = font(bold)
    return of, of.getGlyphSet(), of.getBestCmap()
