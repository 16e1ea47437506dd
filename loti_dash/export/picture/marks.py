"""The marks of a trace in SVG: areas, lines, intervals, symbols and words.

Each function draws what its trace asks for, and raises NotDrawn for what it does not know.
"""

from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import cycle, islice, pairwise
from math import isnan, sqrt
from typing import Any

from loti_dash.export.picture.axes import Axis, NotDrawn
from loti_dash.export.picture.letters import number, path, text

DASHES = {"solid": "", "dot": "2 4", "dash": "8 5", "dashdot": "8 4 2 4", "longdash": "14 6"}
_USUAL = "#12436D"
Point = tuple[float, float]


def scatter(trace: dict[str, Any], x: Axis, y: Axis) -> str:
    """Return the areas, lines, intervals, symbols and words of a trace."""
    points = list(zip(map(x.at, trace["x"]), map(y.at, trace["y"]), strict=True))
    mode = str(trace.get("mode") or "lines").split("+")
    drawn = []
    if trace.get("fill", "none") != "none":
        drawn.append(_area(trace, points))
    if "lines" in mode and trace.get("line", {}).get("width", 2):
        drawn += [_line(run, trace.get("line", {})) for run in _unbroken(points) if len(run) > 1]
    drawn += _intervals(trace, x, y)
    if "markers" in mode:
        drawn += _symbols(trace.get("marker", {}), points)
    if "text" in mode:
        drawn += _words(trace, points)
    return "".join(drawn)


def rectangle(corners: tuple[float, float, float, float], look: dict[str, Any]) -> str:
    """Return a box from corner to corner, filled and outlined as a marker or shape is."""
    x0, y0, x1, y1 = corners
    line = look.get("line", {})
    outline = stroke(line) if line.get("width") else ""
    return (
        f'<rect x="{number(min(x0, x1))}" y="{number(min(y0, y1))}" '
        f'width="{number(abs(x1 - x0))}" height="{number(abs(y1 - y0))}" '
        f'fill="{fill(look)}"{opacity(look)} {outline}/>'
    )


def fill(look: dict[str, Any]) -> str:
    """Return what an area is filled with: its colour, or hatching."""
    pattern = look.get("fillpattern") or look.get("pattern") or {}
    if pattern.get("shape"):
        return "url(#hatch)"
    return escape(str(look.get("fillcolor") or look.get("color") or "none"))


def stroke(line: dict[str, Any]) -> str:
    """Return how a line is drawn."""
    dash = DASHES[str(line.get("dash", "solid"))]
    return (
        f'stroke="{escape(str(line.get("color", _USUAL)))}" '
        f'stroke-width="{number(float(line.get("width", 2)))}"'
        + (f' stroke-dasharray="{dash}"' if dash else "")
    )


def opacity(look: dict[str, Any]) -> str:
    """Return how far something can be seen through, if at all."""
    share = look.get("opacity", 1)
    return "" if share == 1 else f' opacity="{share}"'


def each(value: Any, count: int) -> list[Any]:
    """Return a value for each of `count` marks: one for all, or a list of them.

    >>> each("red", 2), each([1, 2], 2)
    (['red', 'red'], [1, 2])
    """
    own = list(value) if isinstance(value, (list, tuple)) else [value]
    return list(islice(cycle(own), count))


def symbol(name: str, x: float, y: float, size: float, look: dict[str, Any]) -> str:
    """Return one symbol, filled or open."""
    r = size / 2
    kind = name.removesuffix("-open")
    line = look.get("line", {})
    colour, edge = look.get("color", _USUAL), line.get("color", look.get("color", _USUAL))
    wide = line.get("width", 0)
    inside = "none" if name.endswith("-open") else str(colour)
    wide = max(wide, 1) if name.endswith("-open") else wide
    style = f'fill="{escape(inside)}"{opacity(look)} ' + stroke({"color": edge, "width": wide})
    if kind == "circle":
        return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(r)}" {style}/>'
    if kind not in _SHAPES:
        raise NotDrawn(f"the symbol {name}")
    at = [(x + across * r, y + down * r) for across, down in _SHAPES[kind]]
    return f'<path d="{path(at, closed=kind not in _STROKES)}" {style}/>'


_R = sqrt(3) / 2
_SHAPES: dict[str, list[Point]] = {
    "square": [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
    "diamond": [(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)],
    "triangle-up": [(0, -1.15), (1.15, 1.15 * _R), (-1.15, 1.15 * _R)],
    "triangle-down": [(0, 1.15), (1.15, -1.15 * _R), (-1.15, -1.15 * _R)],
    "line-ns": [(0, -1.2), (0, 1.2)],
    "line-ew": [(-1.2, 0), (1.2, 0)],
    "x-thin": [(-1, -1), (1, 1), (0, 0), (1, -1), (-1, 1)],
}
_STROKES = ("line-ns", "line-ew", "x-thin")


def _symbols(marker: dict[str, Any], points: Sequence[Point]) -> Iterator[str]:
    count = len(points)
    names = each(marker.get("symbol", "circle"), count)
    sizes, colours = (each(marker.get(k, v), count) for k, v in (("size", 6), ("color", _USUAL)))
    shares = each(marker.get("opacity", 1), count)
    line = marker.get("line", {})
    edges = each(line.get("color", None), count)
    for (x, y), name, size, colour, share, edge in zip(
        points, names, sizes, colours, shares, edges, strict=True
    ):
        if isnan(x) or isnan(y) or share == 0:
            continue
        own = {"color": edge or colour, "width": line.get("width", 0)}
        yield symbol(name, x, y, size, {"color": colour, "opacity": share, "line": own})


def _words(trace: dict[str, Any], points: Sequence[Point]) -> Iterator[str]:
    font, count = trace.get("textfont", {}), len(points)
    sizes, colours = (each(font.get(k, v), count) for k, v in (("size", 15), ("color", "#0B0C0C")))
    places = each(trace.get("textposition", "middle center"), count)
    for (x, y), words, size, colour, place in zip(
        points, each(trace.get("text", ""), count), sizes, colours, places, strict=True
    ):
        if isnan(x) or isnan(y) or not words:
            continue
        down, across = place.split()
        # A label stands on the other side of its point: "top" is above.
        side = {"left": "right", "right": "left"}.get(across, "center")
        level = {"top": "bottom", "bottom": "top"}.get(down, "middle")
        gap = {"left": -6, "right": 6}.get(across, 0), {"top": -4, "bottom": 4}.get(down, 0)
        yield text(x + gap[0], y + gap[1], str(words), size, colour, side, level)


def _intervals(trace: dict[str, Any], x: Axis, y: Axis) -> Iterator[str]:
    """Return the lines from value - arrayminus to value + array, as plotly draws them."""
    for name, axis in (("error_x", x), ("error_y", y)):
        bars = trace.get(name)
        if not bars or bars.get("visible") is False:
            continue
        more = bars["array"]
        less = bars.get("arrayminus", more) if bars.get("symmetric") is False else more
        along = trace["x" if name == "error_x" else "y"]
        across = [(y if name == "error_x" else x).at(v) for v in trace["y" if axis is x else "x"]]
        line = {"color": bars.get("color", _USUAL), "width": bars.get("thickness", 2)}
        for value, up, down, other in zip(along, more, less, across, strict=True):
            if value is None or isnan(axis.number(value)) or isnan(other) or not (up or down):
                continue
            ends = [axis.at(value - (down or 0)), axis.at(value + (up or 0))]
            points = [(end, other) if axis is x else (other, end) for end in ends]
            yield f'<path d="{path(points)}" {stroke(line)} fill="none"/>'


def _area(trace: dict[str, Any], points: Sequence[Point]) -> str:
    if trace["fill"] != "toself":
        raise NotDrawn(f"an area to {trace['fill']}")
    rings = "".join(path(run, closed=True) for run in _unbroken(points))
    edge = trace.get("line", {})
    outline = stroke(edge) if edge.get("width", 2) and "lines" in trace.get("mode", "") else ""
    style = f'fill="{fill(trace)}" fill-rule="evenodd"{opacity(trace)}'
    return f'<path d="{rings}" {style} {outline}/>'


def _line(run: Sequence[Point], line: dict[str, Any]) -> str:
    shape = line.get("shape", "linear")
    corners: dict[str, Callable[[Point, Point], list[Point]]] = {
        "linear": lambda a, b: [b],
        "hv": lambda a, b: [(b[0], a[1]), b],
        "vh": lambda a, b: [(a[0], b[1]), b],
    }
    if shape not in corners:
        raise NotDrawn(f"a line of shape {shape}")
    through = [run[0]]
    for before, after in pairwise(run):
        through += corners[shape](before, after)
    return f'<path d="{path(through)}" {stroke(line)} fill="none"/>'


def _unbroken(points: Sequence[Point]) -> list[list[Point]]:
    """Return runs of points without a gap."""
    runs: list[list[Point]] = [[]]
    for x, y in points:
        if isnan(x) or isnan(y):
            runs.append([])
        else:
            runs[-1].append((x, y))
    return [run for run in runs if run]
