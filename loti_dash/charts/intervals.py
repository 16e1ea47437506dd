"""Dots with their intervals, one row each: what the charts of groups and of areas share."""

from math import isnan
from typing import Any

import pandas as pd

from loti_dash.charts.theme import BAND, CLEAR
from loti_dash.figures import between, decimals, ratio
from loti_dash.findings import Finding, each, findings, marks

# The columns that stand in words at the end of a row, and where it is pointed at.
READ = (
    "group area reference group_code reference_code ratio ratio_low ratio_high numerator status"
).split()
STATES = {
    "suppressed": "[c] withheld",
    "not_applicable": "[z] does not apply",
    "not_available": "[x] not available",
}
SYMBOLS: dict[Finding, str] = {
    "higher": "circle",
    "lower": "circle",
    "uncertain": "circle-open",
    "depends": "diamond-open",
    "no_interval": "square-open",
}
_READ = {
    "circle": "Filled dot: clearly different from the group compared with.",
    "circle-open": "Open dot: we cannot tell whether it is higher or lower.",
    "diamond-open": "Open diamond: higher or lower among those of known ethnicity, but those of "
    "unknown ethnicity could turn it round.",
    "square-open": "Open square: there is no interval, so we cannot tell how sure it is.",
}


def dots(rows: pd.DataFrame, places: list[int], colour: str, size: int = 12) -> dict[str, Any]:
    """Return a trace of ratios at places of the axis of rows, with their 95% intervals.

    What a row says is told by the shape of its dot. A limit that does not exist leaves its half
    of the line out.
    """
    shown = rows.iloc[places]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": shown["ratio"].tolist(),
        "y": places,
        "marker": {
            "color": colour,
            "size": size,
            "symbol": [SYMBOLS[found] for found in findings(shown)],
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
        "customdata": [said(row) for row in each(shown, *READ)],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def some(of: dict[str, Any], points: list[int], colour: str, size: int = 12) -> dict[str, Any]:
    """Return some of the points of a trace of `dots`, in another colour and size."""

    def those(values: list[Any]) -> list[Any]:
        return [values[point] for point in points]

    marker, line = of["marker"], of["error_x"]
    return of | {
        "x": those(of["x"]),
        "y": those(of["y"]),
        "marker": {
            "color": colour,
            "size": size,
            "symbol": those(marker["symbol"]),
            "line": marker["line"] | {"color": colour},
        },
        "error_x": line
        | {
            "array": those(line["array"]),
            "arrayminus": those(line["arrayminus"]),
            "color": colour,
        },
        "customdata": those(of["customdata"]),
    }


def bands(rows: pd.DataFrame) -> dict[str, Any]:
    """Return pale wide bands: the ratio if every unknown belonged to one or the other side."""
    x: list[float | None] = []
    y: list[int | None] = []
    for place, row in enumerate(each(rows, "ratio_if_unknown_low", "ratio_if_unknown_high")):
        low, high = row["ratio_if_unknown_low"], row["ratio_if_unknown_high"]
        if low > 0 and high > low:
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
    """Return what stands at the end of a row: the ratio and its interval, or why there is none.

    The ratio carries the same marks as in the table.
    """
    if row["group_code"] == row["reference_code"]:
        return "compared with"
    if isnan(row["ratio"]):
        return STATES.get(str(row["status"]), "no ratio")
    digits = decimals(row["ratio"], row["ratio_low"], row["ratio_high"])
    limits = between(row["ratio_low"], row["ratio_high"], digits)
    much = ratio(row["ratio"], digits)
    sure = f" ({limits})" if limits else ""
    return f"{much}{sure} {marks(row)}".rstrip()


def said(row: pd.Series) -> str:
    """Return a row as one line of words."""
    return f"{row['group']}, {row['area']}: {value(row)} times the rate of {row['reference']}"


def extremes(rows: pd.DataFrame, with_bands: bool) -> list[float]:
    """Return all values that an axis has to show."""
    columns = ["ratio", "ratio_low", "ratio_high"]
    columns += ["ratio_if_unknown_low", "ratio_if_unknown_high"] if with_bands else []
    values = rows[columns].to_numpy(float).ravel()
    return [float(each) for each in values if each > 0]


def how_to_read(rows: pd.DataFrame, more: str = "") -> str:
    """Return what the dots and lines that are drawn mean, and `more` of the same chart."""
    drawn = rows[rows["ratio"] > 0]
    if drawn.empty:
        return ""
    line = drawn["ratio_low"].notna().any() or drawn["ratio_high"].notna().any()
    ratio_is = "The ratio is where the symbol is"
    kinds = {SYMBOLS[found] for found in findings(drawn)}
    texts = [
        f"{ratio_is}; the line through it is its 95% interval." if line else f"{ratio_is}.",
        *(text for symbol, text in _READ.items() if symbol in kinds),
        more,
        "On the scale, from 1 to 2 is as far as from 2 to 4.",
    ]
    return " ".join(text for text in texts if text)
