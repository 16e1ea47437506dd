"""Colours, type and axes of every chart: the template of the Analysis Function, and our choices.

Figures are plain dictionaries: building plotly's own objects costs tens of milliseconds each,
most of it for checking what we know already.
"""

from itertools import pairwise
from math import log2, log10
from typing import Any

import afcharts.pio_template  # noqa: F401 (registers the template)
import plotly.io

CLEAR = "#12436D"  # a group clearly different from its reference, or the selected area
UNCLEAR = "#3D3D3D"
OTHERS = "#6F777B"
BAND = "#D6D6D6"
TEXT = "#0B0C0C"
SIZE = 15
# What a phone has room for.
MOST_TICKS = 6
MOST_CHARACTERS = 8

_TEMPLATE = plotly.io.templates["afcharts"].layout.to_plotly_json()

# Doublings, with the words a reader knows for them.
_TICKS = {
    1 / 64: "1/64",
    1 / 32: "1/32",
    1 / 16: "1/16",
    1 / 8: "⅛",
    1 / 4: "¼",
    1 / 2: "½",
    1: "1",
    2: "2",
    4: "4",
    8: "8",
    16: "16",
    32: "32",
    64: "64",
    128: "128",
}


def layout(height: int) -> dict[str, Any]:
    """Return what all charts have in common."""
    return {
        "template": {"layout": _TEMPLATE},
        "height": height,
        "showlegend": False,
        "hovermode": "closest",
        "paper_bgcolor": "#FFFFFF",
        "plot_bgcolor": "#FFFFFF",
        "font": {"family": "Source Sans, sans-serif", "size": SIZE, "color": TEXT},
        "margin": {"l": 8, "r": 8, "t": 40, "b": 56},
    }


def ratio_axis(values: list[float], title: str) -> dict[str, Any]:
    """Return a log axis with plain numbers that shows 1 and every value, at most ten ticks."""
    low, high = min([0.5, *values]), max([2.0, *values])
    ticks = [tick for tick in _TICKS if low * 0.8 <= tick <= high * 1.25]
    ticks = _fewer(ticks)
    return {
        "type": "log",
        "range": [log10(low * 0.85), log10(high * 1.15)],
        "tickvals": ticks,
        "ticktext": [_TICKS[tick] for tick in ticks],
        "tickangle": 0,
        "tickfont": {"size": SIZE, "color": TEXT},
        "title": {
            "text": wrapped(title, 30),
            "standoff": 12,
            "font": {"size": SIZE, "color": TEXT},
        },
        "gridcolor": BAND,
        "zeroline": False,
        "fixedrange": True,
    }


def _fewer(ticks: list[float]) -> list[float]:
    """Return every doubling, or every second, third …: 1 always, and no more than have room."""
    step = 1
    while len(kept := [tick for tick in ticks if log2(tick) % step == 0]) > MOST_TICKS or (
        sum(len(_TICKS[tick]) for tick in kept) > MOST_CHARACTERS
    ):
        step += 1
    return kept


def rows_axis(labels: list[str], side: str = "left") -> dict[str, Any]:
    """Return an axis with one row for each label, the first on top."""
    axis: dict[str, Any] = {
        "tickvals": list(range(len(labels))),
        "ticktext": labels,
        "range": [len(labels) - 0.4, -0.6],
        "tickfont": {"size": SIZE, "color": TEXT},
        "ticks": "",
        "showgrid": False,
        "showline": False,
        "zeroline": False,
        "automargin": True,
        "fixedrange": True,
        "side": side,
        "ticklabelstandoff": 4,
    }
    return axis | ({"overlaying": "y"} if side == "right" else {})


def row_height(labels: list[str], least: int = 34) -> int:
    """Return the height of a row at which no wrapped label touches the next.

    >>> row_height(["Barnet"]), row_height(["Tower<br>Hamlets", "Waltham<br>Forest"])
    (34, 42)
    """
    lines = [label.count("<br>") + 1 for label in labels]
    halves = [10 * (one + other) for one, other in pairwise([1, *lines, 1])]
    return max(least, max(halves) + 2)


def parity(words: str) -> dict[str, Any]:
    """Return the line of the same rate, with its words on top."""
    return {
        "shapes": [
            {
                "type": "line",
                "xref": "x",
                "yref": "paper",
                "x0": 1,
                "x1": 1,
                "y0": 0,
                "y1": 1,
                "line": {"color": UNCLEAR, "width": 2, "dash": "dot"},
            }
        ],
        "annotations": [
            {
                "x": 0,  # the place of 1 on a log axis
                "xref": "x",
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "text": words,
                "showarrow": False,
                "font": {"size": SIZE, "color": TEXT},
            }
        ],
    }


def at_the_end(words: str, width: int = 18) -> str:
    """Return what stands at the end of a row, its marks below it if a phone has no room.

    >>> at_the_end("3.7 (1.9 to 6.9) [u]"), at_the_end("0.8 (0.5 to 1.2)")
    ('3.7 (1.9 to 6.9)<br>[u]', '0.8 (0.5 to 1.2)')
    """
    return words.replace(" [", "<br>[", 1) if len(words) > width else words


def wrapped(label: str, width: int = 18) -> str:
    """Return a label broken into lines that fit a narrow screen.

    >>> wrapped("Mixed White and Black Caribbean")
    'Mixed White and<br>Black Caribbean'
    """
    lines = [""]
    for word in label.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)
