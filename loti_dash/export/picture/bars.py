"""The bars of a trace in SVG."""

from collections.abc import Iterator
from math import isnan
from typing import Any

from loti_dash.export.picture.axes import Axis, NotDrawn
from loti_dash.export.picture.letters import text
from loti_dash.export.picture.marks import each, rectangle

_GAP = 0.2


def bar(trace: dict[str, Any], x: Axis, y: Axis) -> Iterator[str]:
    """Return the bars of a trace, from its base or from 0. Words stand at their ends."""
    lying = trace.get("orientation") == "h"
    along, other = (x, y) if lying else (y, x)
    lengths, places = (trace["x"], trace["y"]) if lying else (trace["y"], trace["x"])
    count, marker = len(lengths), trace.get("marker", {})
    bases = each(trace.get("base", 0), count)
    widths = each(trace.get("width", 1 - _GAP), count)
    offsets = each(trace.get("offset"), count)
    colours = each(marker.get("color", "#12436D"), count)
    words = each(trace.get("text", ""), count)
    if trace.get("text") and trace.get("textposition", "outside") != "outside":
        raise NotDrawn("words inside bars")
    font = {"size": 15, "color": "#0B0C0C"} | trace.get("textfont", {})
    for n, (length, place) in enumerate(zip(lengths, places, strict=True)):
        if length is None or isnan(float(length)):
            continue
        middle = other.number(place)
        start = middle - widths[n] / 2 if offsets[n] is None else middle + offsets[n]
        ends = along.at(bases[n] or 0), along.at((bases[n] or 0) + length)
        sides = other.pixel(start), other.pixel(start + widths[n])
        box = (ends[0], sides[0], ends[1], sides[1])
        box = box if lying else (sides[0], ends[0], sides[1], ends[1])
        yield rectangle(box, marker | {"color": colours[n]})
        if words[n]:
            look = (str(words[n]), font["size"], font["color"])
            centre = sum(sides) / 2
            yield (
                text(ends[1] + 6, centre, *look)
                if lying
                else text(centre, ends[1] - 4, *look, "center", "bottom")
            )
