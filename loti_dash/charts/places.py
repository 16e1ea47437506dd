"""Places with a class and a size, drawn: what the map and the tiles share.

The class is a sign on the place, the size a shade with an outline, and a place without a figure
is hatched, so that a drawing in grey says the same. Nothing is told by pointing at it alone.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from loti_dash.boundaries import Drawn
from loti_dash.charts import theme
from loti_dash.where import Place, sizes

# The bands of the Analysis Function, from the weakest to the strongest.
SHADES = ("#ADD1F1", "#6BACE6", "#2073BC", "#12436D", "#092135")
_EMPTY, _NO_DATA = "#FFFFFF", "#F2F2F2"
# Pale, so that the sign on it can be read.
_HATCH = {"shape": "/", "fgcolor": "#BFBFBF", "bgcolor": _NO_DATA, "size": 8, "solidity": 0.2}
_OUTLINE = {"color": theme.UNCLEAR, "width": 1}
_OUTLINED = {
    "symbol": "square-open",
    "size": 14,
    "color": theme.TEXT,
    "line": {"color": theme.TEXT, "width": 3},
}
_WORDS = {
    "unclear": "? we cannot tell",
    "withheld": "[c] withheld",
    "no_ratio": "– no ratio",
}
_ARROWS = {"higher": "▲ ", "lower": "▼ "}


def drawing(
    shapes: Sequence[Drawn],
    places: Sequence[Place],
    signs: Mapping[str, str],
    said: Mapping[str, str],
    selected: str,
    sign: int,
) -> list[dict[str, Any]]:
    """Return the traces of places: fills, the outline of the selected, signs, and what is hit.

    `signs` are the words on each authority, in `sign` pixels; `said` is the sentence of each
    area of figures.
    """
    by_code = {place.area_code: place for place in places}
    traces = []
    for look in sizes(places):
        alike = [shape for shape in shapes if _look(by_code[shape.area_code]) == _look(look)]
        if alike:
            traces.append(_fill(alike, look))
    own = [shape for shape in shapes if by_code[shape.area_code].figures_of == selected]
    if own:
        # Dark on white, so that it is seen on the darkest shade and on none.
        for colour, width in ((_EMPTY, 6), (theme.TEXT, 3)):
            line = {"color": colour, "width": width}
            traces.append(_rings(own) | {"mode": "lines", "line": line, "hoverinfo": "skip"})
    traces.append(
        {
            "type": "scatter",
            "mode": "text",
            "x": [shape.label[0] for shape in shapes],
            "y": [shape.label[1] for shape in shapes],
            "text": [signs[shape.area_code] for shape in shapes],
            "showlegend": False,
            "textfont": {
                "size": sign,
                "color": [_ink(by_code[shape.area_code]) for shape in shapes],
            },
            "hoverinfo": "skip",
        }
    )
    return traces + [_hit(shape, by_code[shape.area_code], said) for shape in shapes]


def key(places: Sequence[Place], selected: str, by_rate: bool) -> list[dict[str, Any]]:
    """Return traces that are seen in the legend only: a line of words for each look.

    The last names what is outlined, where a name on the drawing would hide its neighbours.

    Of a rate the shade says nothing of the class, so the words are those of the size alone.
    """
    lines: dict[str, dict[str, Any]] = {}
    for place in (
        sorted(sizes(places), key=lambda p: -(p.shade or 0)) if by_rate else sizes(places)
    ):
        if by_rate:
            words = place.size or "no rate"
        else:
            words = _WORDS.get(place.kind) or f"{_ARROWS[place.kind]}{place.size}".strip()
        lines.setdefault(words, _swatch(place) | {"name": words})
    own = [place.name for place in places if place.figures_of == selected]
    if own:
        words = f"outlined: {' and '.join(own)}"
        lines[words] = {"mode": "markers", "marker": _OUTLINED, "name": words}
    nowhere = {"type": "scatter", "x": [None], "y": [None], "showlegend": True}
    return [nowhere | line for line in lines.values()]


def layout(height: int, title: str) -> dict[str, Any]:
    """Return the layout of a drawing, with its legend in words on top."""
    axis = {"visible": False, "fixedrange": True}
    return theme.layout(height) | {
        "showlegend": True,
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1.02,
            "yanchor": "bottom",
            "title": {"text": title, "side": "top"},
            "font": {"size": theme.SIZE, "color": theme.TEXT},
            "itemclick": False,
            "itemdoubleclick": False,
            "traceorder": "normal",
        },
        "margin": {"l": 0, "r": 0, "t": 8, "b": 8},
        "hoverdistance": 30,
        "dragmode": False,
        "hoverlabel": {"align": "left", "font": {"size": theme.SIZE}},
        "xaxis": axis | {"constrain": "domain"},
        "yaxis": axis | {"constrain": "domain", "constraintoward": "top", "scaleanchor": "x"},
    }


def _look(place: Place) -> tuple[str, int | None, bool]:
    return place.kind, place.shade, place.kind in ("withheld", "no_ratio")


def _fill(shapes: Sequence[Drawn], place: Place) -> dict[str, Any]:
    return _rings(shapes) | _style(place) | {"hoverinfo": "skip", "showlegend": False}


def _style(place: Place) -> dict[str, Any]:
    """Return how a place is filled."""
    look: dict[str, Any] = {"mode": "lines", "fill": "toself", "line": _OUTLINE}
    colour = _colour(place)
    return look | (
        {"fillcolor": colour} if colour else {"fillcolor": _NO_DATA, "fillpattern": _HATCH}
    )


def _swatch(place: Place) -> dict[str, Any]:
    """Return the look of a place in the legend, where a white fill would have no outline."""
    colour = _colour(place)
    if colour is None:
        return _style(place)
    marker = {"symbol": "square", "size": 16, "color": colour, "line": _OUTLINE}
    return {"mode": "markers", "marker": marker}


def _colour(place: Place) -> str | None:
    """Return the colour of a place, or None where it is hatched."""
    if place.shade is not None:
        return SHADES[place.shade]
    return _EMPTY if place.kind == "unclear" else None


def _rings(shapes: Sequence[Drawn]) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for shape in shapes:
        for ring in shape.outlines:
            x += [*(place[0] for place in ring), None]
            y += [*(place[1] for place in ring), None]
    return {"type": "scatter", "x": x, "y": y, "showlegend": False}


def _hit(shape: Drawn, place: Place, said: Mapping[str, str]) -> dict[str, Any]:
    """Return unseen points all over a place: where it is pointed at, and what is said then."""
    points = [shape.label, *shape.places]
    sentence = said.get(place.figures_of, f"{place.name}: no figure here.")
    unseen = {"marker": {"opacity": 0}}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _ in points],
        "y": [y for _, y in points],
        "customdata": [place.figures_of] * len(points),
        "marker": {"size": 20, "opacity": 0, "color": theme.OTHERS},
        "selected": unseen,
        "unselected": unseen,
        "hovertemplate": f"{theme.wrapped(sentence, 44)}<extra></extra>",
        "showlegend": False,
    }


def _ink(place: Place) -> str:
    return "#FFFFFF" if place.shade is not None and place.shade >= 2 else theme.TEXT
