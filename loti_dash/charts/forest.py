"""The chart of groups: for each ethnic group a ratio, its interval, and what unknowns could do."""

from typing import Any

import pandas as pd

from loti_dash.charts import intervals, theme
from loti_dash.findings import CLEAR, each, findings

_BAND = (
    "The pale band is where the ratio would lie if every person of unknown ethnicity belonged to "
    "one group or the other."
)


def forest(rows: pd.DataFrame) -> dict[str, Any] | None:
    """Return the chart of one area's rows, in the order given, or None if no row has a ratio."""
    if not (rows["ratio"] > 0).any():
        return None
    reference = str(rows["reference"].iloc[0])
    clear = [found in CLEAR for found in findings(rows)]
    has = (rows["ratio"] > 0).tolist()
    places = range(len(rows))
    traces = [
        intervals.bands(rows),
        intervals.dots(rows, [n for n in places if has[n] and clear[n]], theme.CLEAR),
        intervals.dots(rows, [n for n in places if has[n] and not clear[n]], theme.UNCLEAR),
        intervals.right_axis_holder(rows),
    ]
    labels = [theme.wrapped(str(group)) for group in rows["group"]]
    values = [intervals.value(row) for row in each(rows, *intervals.READ)]
    axis = theme.ratio_axis(intervals.extremes(rows, True), f"times the rate of {reference}")
    return {
        "data": traces,
        "layout": theme.layout(110 + theme.row_height(labels, 46) * len(rows))
        | {
            "xaxis": axis,
            "yaxis": theme.rows_axis(labels),
            "yaxis2": theme.rows_axis(values, "right"),
        }
        | theme.parity(theme.wrapped(f"same rate as {reference}", 30)),
    }


def how_to_read(rows: pd.DataFrame) -> str:
    """Return how to read the chart of these rows: what is drawn, and nothing else."""
    return intervals.how_to_read(rows, _BAND if intervals.bands(rows)["x"] else "")
