"""The funnel plot: one group's rate in each borough, and how far chance alone would put it."""

from math import log10
from typing import Any

import pandas as pd

from loti_dash.charts import theme
from loti_dash.findings import each
from loti_dash.funnels import Funnel

_HEIGHT = 520
# A name's left, right and height. In pixels: the plot on a phone, a letter, a line, a symbol.
Box = tuple[float, float, float]
_PHONE = (290, 400)
_LETTER, _LINE, _BESIDE = 8, 18, 12
_FONT = {"size": theme.SIZE, "color": theme.TEXT}
_SYMBOLS = {
    "within": "circle-open",
    "high": "circle",
    "low": "circle",
    "above": "diamond",
    "below": "diamond",
}
_LINES = {"95": "dash", "998": "solid"}
# With more names than these they lie on one another.
MOST_NAMES = 8
# Of the log axis of denominators, in every power of ten: the first that gives enough ticks.
_TICKS = ((1, 2, 5), (1, 2, 3, 5, 7), (1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9))
_LEAST_TICKS = 3
_MOST_TICKS = 4


def funnel(of: Funnel, selected: str, denominator: str) -> dict[str, Any]:
    """Return the plot: a symbol for each borough, limits as lines, names where few are outside.

    The borough looked at is dark, large and named. `denominator` is what there are more or fewer
    of from left to right.
    """
    own = of.areas["area_code"].astype(str) == selected
    low, high = float(of.curves["denominator"].min()), float(of.curves["denominator"].max())
    top = max(float(of.areas["rate"].max()), float(of.curves["high_998"].max())) * 1.1
    across = log10(low * 0.85), log10(high * 1.2)
    ticks = _ticks(low, high)
    named = (
        pd.Series(own)
        if of.overdispersed or len(of.outside) > MOST_NAMES
        else (own | (of.areas["lies"] != "within"))
    )
    return {
        "data": [
            *(
                _limit(of, f"{side}_{name}", dash)
                for name, dash in _LINES.items()
                for side in ("low", "high")
            ),
            _middle(of, [low, high]),
            _areas(of.areas[~own], of.per, theme.OTHERS, 11),
            _areas(of.areas[own], of.per, theme.CLEAR, 17),
        ],
        "layout": theme.layout(_HEIGHT)
        | {
            "annotations": _names(of.areas[named], selected, across, top),
            "dragmode": False,
            "xaxis": _axis(theme.wrapped(f"{denominator} (log scale)", 34))
            | {
                "type": "log",
                "range": list(across),
                "tickvals": ticks,
                "ticktext": [f"{tick:,.0f}" for tick in ticks],
            },
            "yaxis": _axis(f"for every {of.per:,}") | {"range": [0, top], "nticks": 6},
        },
    }


def _ticks(low: float, high: float) -> list[float]:
    found: list[float] = []
    for times in _TICKS:
        found = [
            n * 10**power for power in range(1, 8) for n in times if low <= n * 10**power <= high
        ]
        if len(found) >= _LEAST_TICKS:
            break
    return found[:: -(-len(found) // _MOST_TICKS)] if found else [round(low)]


def _limit(of: Funnel, column: str, dash: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": of.curves["denominator"].tolist(),
        "y": of.curves[column].tolist(),
        "line": {"color": theme.UNCLEAR, "width": 2, "dash": dash},
        "hoverinfo": "skip",
    }


def _middle(of: Funnel, ends: list[float]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": ends,
        "y": [of.benchmark, of.benchmark],
        "line": {"color": theme.UNCLEAR, "width": 2, "dash": "dot"},
        "hoverinfo": "skip",
    }


def _areas(areas: pd.DataFrame, per: int, colour: str, size: int) -> dict[str, Any]:
    alike = {"marker": {"opacity": 1}}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": areas["denominator"].tolist(),
        "y": areas["rate"].tolist(),
        "marker": {
            "color": colour,
            "size": size,
            "symbol": [_SYMBOLS[str(lies)] for lies in areas["lies"]],
            "line": {"color": colour, "width": 2},
        },
        "customdata": areas["area_code"].astype(str).tolist(),
        "text": [
            f"{area}: {value:,.1f} for every {per:,}"
            for area, value in zip(areas["area"], areas["rate"], strict=True)
        ],
        "hovertemplate": "%{text}<extra></extra>",
        "selected": alike,
        "unselected": alike,
    }


def _names(
    areas: pd.DataFrame, selected: str, across: tuple[float, float], top: float
) -> list[dict[str, Any]]:
    """Return the names beside symbols, each on a side where it meets no other and no edge.

    As on a phone; a wider screen has more room. A name without any room is left to the table.
    """
    taken: list[Box] = []
    found = []
    first = areas["area_code"].astype(str) != selected
    for row in each(areas.assign(_first=first).sort_values("_first", kind="stable")):
        words, own = str(row["area"]), row["area_code"] == selected
        x = (log10(row["denominator"]) - across[0]) / (across[1] - across[0]) * _PHONE[0]
        y = (1 - row["rate"] / top) * _PHONE[1]
        wide = len(words) * _LETTER
        for anchor, left, down in (
            ("left", x + _BESIDE, 0),
            ("right", x - _BESIDE - wide, 0),
            ("center", x - wide / 2, -_LINE),
            ("center", x - wide / 2, _LINE),
        ):
            box = left, left + wide, y + down
            inside = left >= 0 and left + wide <= _PHONE[0] and 0 <= box[2] <= _PHONE[1]
            if inside and not any(_meet(box, each) for each in taken):
                taken.append(box)
                found.append(_name(row, words, own, anchor, down))
                break
    return found


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and abs(one[2] - other[2]) < _LINE


def _name(row: pd.Series, words: str, own: bool, anchor: str, down: int) -> dict[str, Any]:
    return {
        "x": log10(row["denominator"]),
        "y": row["rate"],
        "text": f"<b>{words}</b>" if own else words,
        "showarrow": False,
        "xanchor": anchor,
        "xshift": {"left": _BESIDE, "right": -_BESIDE}.get(anchor, 0),
        "yshift": -down,
        "font": _FONT,
    }


def _axis(title: str) -> dict[str, Any]:
    return {
        "title": {"text": title, "standoff": 12, "font": _FONT},
        "tickfont": _FONT,
        "tickangle": 0,
        "gridcolor": theme.BAND,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
    }
