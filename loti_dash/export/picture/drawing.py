"""A chart in SVG: its grid, shapes, traces, axes, words and legend, from the back to the front."""

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any

from loti_dash.export.picture import layout as places
from loti_dash.export.picture.axes import Axis, NotDrawn
from loti_dash.export.picture.bars import bar
from loti_dash.export.picture.letters import height, number, path, text, width
from loti_dash.export.picture.marks import rectangle, scatter, stroke, symbol

_KINDS: dict[str, Callable[[dict[str, Any], Axis, Axis], str]] = {
    "scatter": scatter,
    "bar": lambda trace, x, y: "".join(bar(trace, x, y)),
}
_SWATCH = 26


def drawing(chart: Mapping[str, Any], wide: float) -> tuple[str, float]:
    """Return a chart in SVG, and how high it is, in pixels.

    Raises NotDrawn for a chart that uses what is not known here.
    """
    of, traces = chart["layout"], [t for t in chart["data"] if t.get("visible", True) is True]
    unknown = [_kind(trace) for trace in traces if _kind(trace) not in _KINDS]
    if unknown:
        raise NotDrawn(f"a {unknown[0]}")
    found, box = places.axes({"layout": of, "data": traces}, wide)
    parts: list[str] = []
    for x, y in places.pairs(traces):
        parts += places.grid(found[x], x, found[y])
        parts += places.grid(found[y], y, found[x])
    shapes = list(of.get("shapes", []))
    parts += [_shape(each, found, box) for each in shapes if each.get("layer") == "below"]
    clips = []
    shown = [trace for trace in traces if trace.get("opacity") != 0 and len(trace["x"])]
    # Traces on the same axes are cut off together: each cut costs a picture in dots a layer.
    for n, ((x, y), together) in enumerate(groupby(shown, _on)):
        inside = "".join(_KINDS[_kind(trace)](trace, found[x], found[y]) for trace in together)
        clips.append(f'<clipPath id="clip{n}">{_inside(found[x], found[y])}</clipPath>')
        parts.append(f'<g clip-path="url(#clip{n})">{inside}</g>')
    parts += [_shape(each, found, box) for each in shapes if each.get("layer") != "below"]
    done = set()
    for pair in places.pairs(traces):
        for name, other in (pair, pair[::-1]):
            if name not in done:
                at = places.edge(found[name], name, found, box, found[other])
                parts += places.labels(found[name], name, at)
                done.add(name)
    parts += [_annotation(each, found, box) for each in of.get("annotations", [])]
    high = float(of["height"])
    if of.get("showlegend"):
        legend, more = _legend(of.get("legend", {}), traces, box[0], high, wide)
        parts.append(legend)
        high += more
    return f"<defs>{_HATCH}{''.join(clips)}</defs>{''.join(parts)}", high


_HATCH = (
    '<pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="8" height="8" fill="#F2F2F2"/>'
    '<path d="M0 0V8" stroke="#6F777B" stroke-width="3"/></pattern>'
)


def _kind(trace: Mapping[str, Any]) -> str:
    return str(trace.get("type", "scatter"))


def _on(trace: Mapping[str, Any]) -> tuple[str, str]:
    """Return the axes that a trace is drawn on."""
    return trace.get("xaxis", "x"), trace.get("yaxis", "y")


def _inside(x: Axis, y: Axis) -> str:
    left, right = sorted((x.start, x.end))
    top, bottom = sorted((y.start, y.end))
    return (
        f'<rect x="{number(left)}" y="{number(top)}" width="{number(right - left)}" '
        f'height="{number(bottom - top)}"/>'
    )


def _place(value: Any, ref: str, found: Mapping[str, Axis], box: places.Box, own: bool) -> float:
    """Return where a shape or words are. `own`: a number of the axis itself, log or not."""
    letter = ref[0]
    if ref.startswith("paper") or ref.endswith("domain"):
        letter = ref[-1] if ref.startswith("paper") else letter
        one = found.get(ref.removesuffix(" domain"))
        start, end = (box[0], box[2]) if letter == "x" else (box[3], box[1])
        if one is not None:
            start, end = one.start, one.end
        return start + float(value) * (end - start)
    axis = found[ref]
    return axis.pixel(float(value)) if own and axis.kind == "log" else axis.at(value)


def _shape(shape: Mapping[str, Any], found: Mapping[str, Axis], box: places.Box) -> str:
    refs = {letter: str(shape.get(f"{letter}ref", letter)) for letter in "xy"}
    refs = {letter: f"paper {letter}" if ref == "paper" else ref for letter, ref in refs.items()}
    (x0, x1), (y0, y1) = (
        tuple(_place(shape[f"{letter}{end}"], refs[letter], found, box, False) for end in "01")
        for letter in "xy"
    )
    if shape["type"] == "line":
        return f'<path d="{path([(x0, y0), (x1, y1)])}" {stroke(shape.get("line", {}))}/>'
    if shape["type"] == "rect":
        return rectangle((x0, y0, x1, y1), dict(shape))
    raise NotDrawn(f"a shape of type {shape['type']}")


def _annotation(words: Mapping[str, Any], found: Mapping[str, Axis], box: places.Box) -> str:
    if words.get("showarrow", True) or words.get("textangle"):
        raise NotDrawn("an arrow, or words that are turned")
    refs = {letter: str(words.get(f"{letter}ref", letter)) for letter in "xy"}
    refs = {letter: f"paper {letter}" if ref == "paper" else ref for letter, ref in refs.items()}
    x = _place(words["x"], refs["x"], found, box, True) + words.get("xshift", 0)
    y = _place(words["y"], refs["y"], found, box, True) - words.get("yshift", 0)
    font, said = words.get("font", {}), str(words["text"])
    size, colour = font.get("size", 15), font.get("color", "#0B0C0C")
    across, down = words.get("xanchor", "center"), words.get("yanchor", "middle")
    wide, high = width(said, size), height(said, size)
    left = x - {"left": 0, "center": wide / 2, "right": wide}[across]
    top = y - {"top": 0, "middle": high / 2, "bottom": high}[down]
    pad = words.get("borderpad", 1)
    behind = {"color": words.get("bgcolor", "none")}
    if words.get("bordercolor"):
        behind["line"] = {"color": words["bordercolor"], "width": words.get("borderwidth", 1)}
    plate = (left - pad, top - pad, left + wide + pad, top + high + pad)
    align = words.get("align", "center")
    at = left + {"left": 0, "center": wide / 2, "right": wide}[align]
    drawn = rectangle(plate, behind) if words.get("bgcolor") else ""
    return drawn + text(at, top, said, size, colour, align, "top")


def _legend(
    of: Mapping[str, Any], traces: list[dict[str, Any]], left: float, top: float, wide: float
) -> tuple[str, float]:
    """Return the legend below a chart, and how high it is: a line of words for each look."""
    size, colour = of.get("font", {}).get("size", 15), of.get("font", {}).get("color", "#0B0C0C")
    title = str((of.get("title") or {}).get("text") or "")
    parts = [text(left, top, title, size, colour, "left", "top")] if title else []
    x, y = left, top + (height(title, size) + 4 if title else 0)
    row = size * 1.6
    for trace in traces:
        if not trace.get("showlegend", True) or not trace.get("name"):
            continue
        name = str(trace["name"])
        needs = _SWATCH + 8 + width(name, size) + 20
        if x > left and x + needs > wide:
            x, y = left, y + row
        parts.append(_swatch(trace, x, y + row / 2))
        parts.append(text(x + _SWATCH + 8, y + row / 2, name, size, colour))
        x += needs
    return "".join(parts), y + row - top + 8


def _swatch(trace: Mapping[str, Any], x: float, y: float) -> str:
    if trace.get("fill", "none") != "none" or trace.get("type") == "bar":
        look = dict(trace) if trace.get("fill") else dict(trace.get("marker", {}))
        return rectangle((x, y - 8, x + _SWATCH, y + 8), look)
    drawn: Iterator[str] | list[str] = []
    mode = str(trace.get("mode", "lines"))
    if "lines" in mode:
        ends = [(x, y), (x + _SWATCH, y)]
        drawn = [f'<path d="{path(ends)}" {stroke(trace.get("line", {}))} fill="none"/>']
    marker = trace.get("marker", {})
    if "markers" in mode and isinstance(marker.get("symbol", ""), str):
        name, size = marker.get("symbol", "circle"), min(float(marker.get("size", 6)), 14)
        drawn = [*drawn, symbol(name, x + _SWATCH / 2, y, size, marker)]
    return "".join(drawn)
