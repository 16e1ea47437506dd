"""Dots with their intervals, one row each: what the charts of groups and of areas share."""

from math import isnan
from typing import Any

import pandas as pd

from loti_dash.charts.theme import BAND, CLEAR
from loti_dash.figures import between, decimals, ratio

STATES = {
    "suppressed": "[c] withheld",
    "not_applicable": "[z] does not apply",
    "not_available": "[x] not available",
}


def dots(rows: pd.DataFrame, places: list[int], colour: str, symbol: str) -> dict[str, Any]:
    """Return a trace of ratios at places of the axis of rows, with their 95% intervals.

    A limit that does not exist leaves its half of the line out.
    """
    shown = rows.iloc[places]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": shown["ratio"].tolist(),
        "y": places,
        "marker": {
            "color": colour,
            "size": 12,
            "symbol": symbol,
            "line": {"color": colour, "width": 2},
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": (shown["ratio_high"] - shown["ratio"]).fillna(0).tolist(),
            "arrayminus": (shown["ratio"] - shown["ratio_low"]).fillna(0).tolist(),
            "color": colour,
            "thickness": 3,
            "width": 0,
        },
        "customdata": [said(row) for _, row in shown.iterrows()],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def bands(rows: pd.DataFrame) -> dict[str, Any]:
    """Return pale wide bands: the ratio if every unknown belonged to one or the other side."""
    x: list[float | None] = []
    y: list[int | None] = []
    for place, (_, row) in enumerate(rows.iterrows()):
        low, high = row["ratio_if_unknown_low"], row["ratio_if_unknown_high"]
        if low > 0 and high > 0:
            x += [low, high, None]
            y += [place, place, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": BAND, "width": 18},
        "hoverinfo": "skip",
    }


def right_axis_holder(rows: pd.DataFrame) -> dict[str, Any]:
    """Return an unseen trace, without which the axis at the right would not be drawn."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [1] * len(rows),
        "y": list(range(len(rows))),
        "yaxis": "y2",
        "opacity": 0,
        "marker": {"color": CLEAR},
        "hoverinfo": "skip",
    }


def value(row: pd.Series) -> str:
    """Return what stands at the end of a row: the ratio and its interval, or why there is none."""
    if row["group_code"] == row["reference_code"]:
        return "compared with"
    if isnan(row["ratio"]):
        return STATES.get(str(row["status"]), "no ratio")
    digits = decimals(row["ratio"], row["ratio_low"], row["ratio_high"])
    limits = between(row["ratio_low"], row["ratio_high"], digits)
    much = ratio(row["ratio"], digits)
    return f"{much} ({limits})" if limits else much


def said(row: pd.Series) -> str:
    """Return a row as one line of words."""
    return f"{row['group']}, {row['area']}: {value(row)} times the rate of {row['reference']}"


def extremes(rows: pd.DataFrame, with_bands: bool) -> list[float]:
    """Return all values that an axis has to show."""
    columns = ["ratio", "ratio_low", "ratio_high"]
    columns += ["ratio_if_unknown_low", "ratio_if_unknown_high"] if with_bands else []
    values = rows[columns].to_numpy(float).ravel()
    return [float(each) for each in values if each > 0]
