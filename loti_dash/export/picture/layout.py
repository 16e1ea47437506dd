"""Where the axes of a chart lie on a picture, in pixels, and what their ticks and titles are."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from loti_dash.export.picture.axes import Axis, axis
from loti_dash.export.picture.letters import height, number, path, text, width
from loti_dash.export.picture.marks import stroke

Box = tuple[float, float, float, float]
_GREY = "#D6D6D6"
_TICK = 5
# Between the end of an axis and its labels.
_BESIDE = 8


def axes(chart: Mapping[str, Any], wide: float) -> tuple[dict[str, Axis], Box]:
    """Return the axes of a chart that is so wide, and the box they lie in.

    The box is left, top, right, bottom. Labels that need more room than the margins get it.
    """
    layout, traces = chart["layout"], chart["data"]
    found = {name: _axis(name, layout, traces) for name in _names(layout, traces)}
    for name, one in found.items():
        other = found.get(str(one.of.get("matches")))
        if other is not None and one.of.get("range") is None:
            found[name] = replace(one, low=other.low, high=other.high)
    margin = {"l": 80, "r": 80, "t": 60, "b": 80} | layout.get("margin", {})
    need = {"l": margin["l"], "r": margin["r"], "t": margin["t"], "b": margin["b"]}
    for name, one in found.items():
        side = _side(name, one.of)[0]
        if one.of.get("automargin") or side == "b":
            need[side] = max(need[side], _BESIDE + _room(name, one))
    box = (need["l"], need["t"], wide - need["r"], layout["height"] - need["b"])
    placed = {name: _placed(name, one, found, box) for name, one in found.items()}
    return _to_scale(placed), box


def pairs(traces: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return the axes that some trace is drawn on, each pair once."""
    return list(dict.fromkeys((t.get("xaxis", "x"), t.get("yaxis", "y")) for t in traces))


def grid(one: Axis, name: str, across: Axis) -> Iterator[str]:
    """Return the gridlines of an axis, from end to end of the axis across it."""
    if one.of.get("visible") is False or one.of.get("overlaying"):
        return
    line = {"color": one.of.get("gridcolor", _GREY), "width": one.of.get("gridwidth", 1)}
    places = [n for n, _ in one.ticks()] if one.of.get("showgrid", True) else []
    if one.of.get("zeroline") and min(one.low, one.high) <= 0 <= max(one.low, one.high):
        places.append(0.0)
    for place in places:
        at = one.pixel(place)
        ends = [(at, across.start), (at, across.end)]
        points = ends if name[0] == "x" else [(y, x) for x, y in ends]
        yield f'<path d="{path(points)}" {stroke(line)} fill="none"/>'


def labels(one: Axis, name: str, edge: float) -> Iterator[str]:
    """Return ticks, their words and the title of an axis that lies at `edge`, in pixels."""
    if one.of.get("visible") is False:
        return
    side, font = _side(name, one.of), _font(one.of)
    out = -1 if side in ("left", "top") else 1
    marks = one.ticks() if one.of.get("showticklabels", True) else []
    gap = edge + out * _BESIDE
    for place, words in marks:
        at = one.pixel(place)
        if one.of.get("ticks") == "outside":
            ends = [(at, edge), (at, edge + out * _TICK)]
            points = ends if name[0] == "x" else [(y, x) for x, y in ends]
            line = {"color": one.of.get("tickcolor", _GREY), "width": 1}
            yield f'<path d="{path(points)}" {stroke(line)} fill="none"/>'
        if name[0] == "x":
            yield text(at, gap, words, *font, "center", "bottom" if out < 0 else "top")
        else:
            yield text(gap, at, words, *font, "right" if out < 0 else "left")
    title, size, colour = _title(one.of)
    middle, beyond = (one.start + one.end) / 2, gap + out * (_labels(name, one) + 4)
    if title and name[0] == "x":
        yield text(middle, beyond, title, size, colour, "center", "bottom" if out < 0 else "top")
    elif title:
        x = beyond + out * size / 2
        turned = f'transform="rotate(-90 {number(x)} {number(middle)})"'
        yield f"<g {turned}>{text(x, middle, title, size, colour, 'center')}</g>"


def edge(one: Axis, name: str, found: Mapping[str, Axis], box: Box, drawn_on: Axis) -> float:
    """Return where an axis lies across the other: at an end of it, or at a place of its own."""
    side = _side(name, one.of)
    if one.of.get("anchor") == "free":
        share = float(one.of.get("position", 0))
        left, top, right, bottom = box
        return left + share * (right - left) if name[0] == "y" else bottom - share * (bottom - top)
    other = found.get(str(one.of.get("anchor")), drawn_on)
    return min(other.start, other.end) if side in ("left", "top") else max(other.start, other.end)


def _names(layout: Mapping[str, Any], traces: list[dict[str, Any]]) -> list[str]:
    used = [name for pair in pairs(traces) for name in pair]
    own = [key.replace("axis", "") for key in layout if key[1:5] == "axis"]
    return list(dict.fromkeys([*used, *own]))


def _axis(name: str, layout: Mapping[str, Any], traces: list[dict[str, Any]]) -> Axis:
    letter = name[0]
    template = layout.get("template", {}).get("layout", {}).get(f"{letter}axis", {})
    of = template | layout.get(f"{letter}axis{name[1:]}", {})
    own = [t for t in traces if t.get(f"{letter}axis", letter) == name]
    values: list[Any] = []
    for trace in own:
        values += trace[letter]
        bars = trace.get(f"error_{letter}") or {}
        for sign, key in ((1, "array"), (-1, "arrayminus")):
            both = zip(trace[letter], bars.get(key, []), strict=False)
            values += [value + sign * (more or 0) for value, more in both if value is not None]
    lengths = {"h": "x"}
    zero = any(
        t["type"] == "bar" and lengths.get(t.get("orientation", "v"), "y") == letter for t in own
    )
    return axis(of, values, zero)


def _placed(name: str, one: Axis, found: Mapping[str, Axis], box: Box) -> Axis:
    """Return an axis with its place: a part of the box, from the bottom if it is upright."""
    below = found.get(str(one.of.get("overlaying")))
    low, high = (one.of if below is None else below.of).get("domain", (0, 1))
    left, top, right, bottom = box
    start, end = (left, right) if name[0] == "x" else (bottom, top)
    return replace(one, start=start + low * (end - start), end=start + high * (end - start))


def _to_scale(placed: dict[str, Axis]) -> dict[str, Axis]:
    """Return axes of which a step up is as long as a step across, where a chart wants it."""
    for name, one in placed.items():
        other = placed.get(str(one.of.get("scaleanchor")))
        if other is None:
            continue
        steps = {n: abs((a.end - a.start) / (a.high - a.low)) for n, a in ((1, one), (2, other))}
        ratio = float(one.of.get("scaleratio", 1))
        step = min(steps[1] / ratio, steps[2])
        other_name = str(one.of["scaleanchor"])
        return placed | {name: _shrunk(one, step * ratio), other_name: _shrunk(other, step)}
    return placed


def _shrunk(one: Axis, step: float) -> Axis:
    middle, half = (one.start + one.end) / 2, abs(one.high - one.low) * step / 2
    half = half if one.end > one.start else -half
    return replace(one, start=middle - half, end=middle + half)


def _side(name: str, of: Mapping[str, Any]) -> str:
    return str(of.get("side") or ("bottom" if name[0] == "x" else "left"))


def _font(of: Mapping[str, Any]) -> tuple[float, str]:
    font = of.get("tickfont", {})
    return float(font.get("size", 15)), str(font.get("color", "#0B0C0C"))


def _title(of: Mapping[str, Any]) -> tuple[str, float, str]:
    title = of.get("title") or {}
    title = {"text": title} if isinstance(title, str) else title
    font = title.get("font", {})
    return str(title.get("text") or ""), float(font.get("size", 15)), font.get("color", "#0B0C0C")


def _labels(name: str, one: Axis) -> float:
    """Return how far the words of the ticks reach from the axis."""
    size, _ = _font(one.of)
    measure = height if name[0] == "x" else width
    shown = one.of.get("showticklabels", True) and one.of.get("visible") is not False
    return max((measure(words, size) for _, words in one.ticks()), default=0.0) if shown else 0.0


def _room(name: str, one: Axis) -> float:
    """Return how far an axis reaches beyond the box: its ticks, their words and its title."""
    if one.of.get("visible") is False:
        return 0.0
    title, size, _ = _title(one.of)
    return _labels(name, one) + _BESIDE + (height(title, size) + 4 if title else 0.0)
