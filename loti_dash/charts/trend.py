"""The chart of change: for each ethnic group a panel with its ratio in every period.

Panels stand one below the other, on one scale and one axis of time, so that a phone shows what a
wide screen does. A line joins periods that follow one another, and never crosses a break, a
missing figure or a change in who recorded ethnicity.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from loti_dash.caveat_time import MOVED, recording_changed
from loti_dash.charts import intervals, theme, times
from loti_dash.figures import legend
from loti_dash.findings import CLEAR, each, findings, marks
from loti_dash.periods import Period

# In pixels: of a panel, of the words above it, and of what stands above and below all panels.
_PANEL, _HEAD, _ABOVE, _BELOW = 110, 58, 48, 52
# What a phone has room for in a line.
_MOST_CHARACTERS = 34
# With more periods than these dots are small.
_MANY = 12
# Intervals that reach further than so many times beyond all ratios leave the frame.
_REACH = 3


def trend(
    rows: pd.DataFrame, periods: Sequence[Period], breaks: Sequence[Period], focus: str
) -> dict[str, Any] | None:
    """Return the chart of rows of over_time, or None if no two periods have a ratio.

    `periods` are those of the rows, the oldest first, and `breaks` those from which figures are
    counted anew. The group in `focus` is named in bold. The reference group has no panel: it is
    the line at 1.
    """
    drawn = rows[rows["ratio"] > 0]
    if drawn["period"].nunique() < 2:
        return None
    others = rows[rows["group_code"].astype(str) != rows["reference_code"].astype(str)]
    groups = [of for _, of in others.groupby(others["group_code"].astype(str), sort=False)]
    days = {each.id: times.middle(each) for each in periods}
    height = (_PANEL + _HEAD) * len(groups)
    scale = _scale(drawn)
    traces: list[dict[str, Any]] = []
    axes: dict[str, Any] = {"xaxis": times.axis(periods)}
    lines, words = times.breaks(periods, breaks)
    above = _ABOVE + (2 * times.LINE if words else 0)
    same = theme.wrapped(
        f"Dotted line: same rate as {rows['reference'].iloc[0]}", _MOST_CHARACTERS
    )
    words.append(times.words("paper", 0, 1, same, above - _ABOVE))
    for n, of_group in enumerate(groups):
        y = f"y{n + 1}" if n else "y"
        top = 1 - (n * (_PANEL + _HEAD) + _HEAD) / height
        axes[f"yaxis{y[1:]}"] = scale | {
            "domain": [max(top - _PANEL / height, 0), top],
            "anchor": "x",
        }
        traces += [trace | {"yaxis": y} for trace in _panel(of_group, days, scale["range"])]
        words.append(times.words("paper", 0, top, _head(of_group, focus)))
        lines.append(
            {"xref": "paper", "x0": 0, "x1": 1, "yref": y, "y0": 1, "y1": 1}
            | times.stroke("dot", 2)
        )
    layout = theme.layout(height + above + _BELOW) | axes
    layout |= {"margin": {"l": 8, "r": 8, "t": above, "b": _BELOW}}
    return {"data": traces, "layout": layout | {"annotations": words, "shapes": lines}}


def how_to_read(rows: pd.DataFrame, breaks: Sequence[Period]) -> str:
    """Return how to read the chart of these rows: what is drawn, and nothing else.

    Their table is folded away, so the marks on ratios are explained here too.
    """
    own = rows["group_code"].astype(str) == rows["reference_code"].astype(str)
    has = rows["ratio"] > 0
    newest = rows.groupby(rows["group_code"].astype(str)).tail(1)
    lines = rows[has].groupby(rows["group_code"].astype(str))["segment"].value_counts() > 1
    more = [
        "Above each panel: the ratio of the newest period.",
        legend(" ".join(marks(row) for row in each(newest))),
        "A line joins periods that follow one another." if lines.any() else "",
        "None joins periods between which the share of unknown ethnicity moved by "
        f"{MOVED * 100:.0f} points or more: recording changed, or who was asked."
        if _recording_moved(rows)
        else "",
        "Upright dashes: a break, across which periods cannot be compared." if breaks else "",
        "Cross at the foot: no ratio can be drawn; the table says why."
        if (~has & ~own).any()
        else "",
    ]
    return intervals.how_to_read(rows, " ".join(each for each in more if each))


def _recording_moved(rows: pd.DataFrame) -> bool:
    """Return whether recording is likely to have changed between two periods of these rows."""
    shares = rows.drop_duplicates("period")["unknown_share"].tolist()
    return any(recording_changed(before, now) for before, now in pairwise(shares))


def _panel(rows: pd.DataFrame, days: dict[str, str], limits: list[float]) -> list[dict[str, Any]]:
    """Return the traces of one group: its lines, its dots, and crosses for what is missing."""
    size = 7 if len(rows) > _MANY else 10
    at = [days[str(id_)] for id_ in rows["period"]]
    x: list[str | None] = []
    y: list[float | None] = []
    for day, ratio, segment, before in zip(
        at, rows["ratio"], rows["segment"], [0, *rows["segment"]], strict=False
    ):
        if segment != before or not ratio > 0:
            x, y = [*x, None], [*y, None]
        if ratio > 0:
            x, y = [*x, day], [*y, float(ratio)]
    found = findings(rows)
    has = (rows["ratio"] > 0).tolist()
    clear = [each in CLEAR for each in found]
    foot = 10 ** (limits[0] + 0.06 * (limits[1] - limits[0]))
    gone = [day for day, there in zip(at, has, strict=True) if not there]
    line = {"x": x, "y": y, "mode": "lines", "line": {"color": theme.OTHERS, "width": 2}}
    cross = {"color": theme.UNCLEAR, "size": 8, "symbol": "x-thin-open", "line": {"width": 2}}
    return [
        {"type": "scatter", "hoverinfo": "skip"} | line,
        *(
            _dots(
                rows[[h and c == kind for h, c in zip(has, clear, strict=True)]], days, kind, size
            )
            for kind in (True, False)
        ),
        {"type": "scatter", "hoverinfo": "skip", "mode": "markers", "marker": cross}
        | {"x": gone, "y": [foot] * len(gone)},
    ]


def _dots(rows: pd.DataFrame, days: dict[str, str], clear: bool, size: int) -> dict[str, Any]:
    """Return ratios with their intervals; what each says is told by shape, as in other charts."""
    colour = theme.CLEAR if clear else theme.UNCLEAR
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [days[str(id_)] for id_ in rows["period"]],
        "y": rows["ratio"].tolist(),
        "marker": {
            "color": colour,
            "size": size,
            "symbol": [intervals.SYMBOLS[each] for each in findings(rows)],
            "line": {"color": colour, "width": 2},
        },
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": (rows["ratio_high"] - rows["ratio"]).fillna(0).tolist(),
            "arrayminus": (rows["ratio"] - rows["ratio_low"]).fillna(0).tolist(),
            "color": colour,
            "thickness": 2,
            "width": 0,
        },
        "customdata": [intervals.said(row) for row in each(rows)],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _head(rows: pd.DataFrame, focus: str) -> str:
    """Return the words above a panel: the group, and its newest ratio or why there is none."""
    newest = rows.iloc[-1]
    name = theme.wrapped(str(newest["group"]), _MOST_CHARACTERS)
    name = f"<b>{name}</b>" if newest["group_code"] == focus else name
    return f"{name}<br>{intervals.value(newest)}"


def _scale(drawn: pd.DataFrame) -> dict[str, Any]:
    """Return the axis of ratios that all panels share."""
    low, high = drawn["ratio"].min() / _REACH, drawn["ratio"].max() * _REACH
    values = [min(max(each, low), high) for each in intervals.extremes(drawn, False)]
    return theme.ratio_axis(values, "") | {"title": None, "automargin": True}
