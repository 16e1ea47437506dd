"""Areas as dots with intervals: rate, excess, or how sure the ratio is, a row for each area."""

from math import isnan
from typing import Any

import pandas as pd

from loti_dash.charts import intervals, theme
from loti_dash.figures import count, rate
from loti_dash.findings import CLEAR, each, finding, findings, marks
from loti_dash.where import CLEAR_AMONG_ALL, Measure

_COLUMNS: dict[Measure, tuple[str, str, str]] = {
    "ratio": ("ratio", "ratio_low", "ratio_high"),
    "rate": ("rate", "rate_low", "rate_high"),
    "excess": ("excess", "excess_low", "excess_high"),
    "sure": ("ratio", "ratio_low", "ratio_high"),
}
# Letters that a row's name, and what stands at its end, have room for on 320 pixels.
_NAME, _END = 13, 20
_SURE = {"uncertain": "cannot tell", "depends": "cannot tell [2]", "no_interval": "no interval"}


def dots(rows: pd.DataFrame, measure: Measure, selected: str, per: int) -> dict[str, Any] | None:
    """Return the chart of one group's rows in the order given, or None if no area has a value.

    The selected area is dark, large and bold, the others grey; what is clear is told by shape.
    """
    value, low, high = _COLUMNS[measure]
    shown = rows[value].notna() & ((rows[value] > 0) | (measure != "sure"))
    if not shown.any():
        return None
    own = rows["area_code"].astype(str) == selected
    names = [theme.wrapped(str(area), _NAME) for area in rows["area"]]
    labels = [f"<b>{n}</b>" if bold else n for n, bold in zip(names, own, strict=True)]
    values = [_at_the_end(_written(row, measure)) for row in each(rows)]
    tallest = [
        max(both, key=lambda words: words.count("<br>"))
        for both in zip(names, values, strict=True)
    ]
    reference = str(rows["reference"].iloc[0])
    every = rows[[value, low, high]].to_numpy(float).ravel()
    numbers = [float(each) for each in every if not isnan(each)]
    layout = theme.layout(110 + theme.row_height(tallest) * len(rows)) | {
        "yaxis": theme.rows_axis(labels),
        "yaxis2": theme.rows_axis(values, "right"),
    }
    same = theme.wrapped(f"same rate as {reference}", 30)
    if measure == "sure":
        positive = [each for each in numbers if each > 0]
        layout["xaxis"] = theme.ratio_axis(positive, f"times the rate of {reference}")
        layout |= theme.parity(same)
    elif measure == "excess":
        layout["xaxis"] = _linear(min([0.0, *numbers]), max([0.0, *numbers]), "more or fewer")
        layout |= _at_zero(theme.parity(same))
    else:
        layout["xaxis"] = _linear(0, max(numbers), f"for every {per:,}")
    return {
        "data": [
            _trace(rows, shown & ~own, measure, theme.OTHERS, 12),
            _trace(rows, shown & own, measure, theme.CLEAR, 16),
            intervals.right_axis_holder(rows)
            | {"x": [rows.loc[shown, value].iloc[0]] * len(rows)},
        ],
        "layout": layout,
    }


def how_to_read(rows: pd.DataFrame, measure: Measure, selected: str) -> str:
    """Return how to read the chart of these rows: what is drawn, and nothing else."""
    shown = rows[rows[_COLUMNS[measure][0]].notna()]
    if shown.empty:
        return ""
    open_ = any(found not in CLEAR for found in findings(shown))
    reference = rows["reference"].iloc[0]
    texts = [
        "The line through a symbol is its 95% interval.",
        f"Filled dot: clearly different from {reference}.",
        f"Open symbol: we cannot tell whether it is higher or lower than {reference}."
        if open_
        else "",
        "In bold: the area looked at." if selected in set(rows["area_code"]) else "",
    ]
    return " ".join(text for text in texts if text)


def _trace(
    rows: pd.DataFrame, which: pd.Series, measure: Measure, colour: str, size: int
) -> dict[str, Any]:
    value, low, high = _COLUMNS[measure]
    shown = rows[which]
    symbols = [intervals.SYMBOLS.get(found, "circle-open") for found in findings(shown)]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": shown[value].tolist(),
        "y": [place for place, here in enumerate(which) if here],
        "marker": {
            "color": colour,
            "size": size,
            "symbol": symbols,
            "line": {"color": colour, "width": 2},
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": (shown[high] - shown[value]).fillna(0).tolist(),
            "arrayminus": (shown[value] - shown[low]).fillna(0).tolist(),
            "color": colour,
            "thickness": 3,
            "width": 0,
        },
        "customdata": [f"{row['area']}: {_written(row, measure)}" for row in each(shown)],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _written(row: pd.Series, measure: Measure) -> str:
    """Return what stands at the end of a row, with the same marks as in the table."""
    value, low, high = _COLUMNS[measure]
    if isnan(row[value]):
        missing = intervals.STATES.get(str(row["status"]))
        return missing or {"rate": "no rate", "excess": "no figure"}.get(measure, "no ratio")
    if measure == "sure":
        found = finding(row)
        if found not in CLEAR:
            return _SURE.get(found, "cannot tell")
        return found if row["q_value"] <= CLEAR_AMONG_ALL else f"{found} [1]"
    write = rate if measure == "rate" else count
    limits = (
        ""
        if isnan(row[low]) or isnan(row[high])
        else f" ({write(row[low])} to {write(row[high])})"
    )
    return f"{write(row[value])}{limits} {marks(row)}".rstrip()


def _at_the_end(words: str) -> str:
    """Return what stands at the end of a row, its interval below it if a phone has no room.

    >>> _at_the_end("1,290 (1,257 to 1,330) [u]"), _at_the_end("5.1 (4.4 to 6.0) [u]")
    ('1,290<br>(1,257 to 1,330)<br>[u]', '5.1 (4.4 to 6.0)<br>[u]')
    """
    if len(words.partition(" [")[0]) <= _END or " (" not in words:
        return theme.at_the_end(words)
    value, _, limits = words.partition(" (")
    return f"{value}<br>{theme.at_the_end(f'({limits}')}"


def _linear(low: float, high: float, title: str) -> dict[str, Any]:
    """Return an axis of plain numbers with room for few ticks, as a phone has."""
    room = (high - low) * 0.06 or 1.0
    font = {"size": theme.SIZE, "color": theme.TEXT}
    return {
        "range": [low - (room if low < 0 else 0), high + room],
        "nticks": 4,
        "tickformat": ",~r",
        "separatethousands": True,
        "tickangle": 0,
        "tickfont": font,
        "title": {"text": theme.wrapped(title, 30), "standoff": 12, "font": font},
        "gridcolor": theme.BAND,
        "zeroline": False,
        "fixedrange": True,
    }


def _at_zero(line: dict[str, Any]) -> dict[str, Any]:
    """Return the line of the same rate where a difference is 0, not where a ratio is 1."""
    return {
        "shapes": [shape | {"x0": 0, "x1": 0} for shape in line["shapes"]],
        "annotations": line["annotations"],
    }
