"""The chart of one figure beside several others: whom, or what place, it is compared with."""

from typing import Any

import pandas as pd

from loti_dash.charts import intervals, theme
from loti_dash.findings import CLEAR, each, findings

_BAND = (
    "The pale band is where it would lie, whatever group the people of unknown ethnicity "
    "belonged to."
)
# Letters in a line of a row's name, so that name and value fit on 320 pixels.
_LABEL = 14


def compared(rows: pd.DataFrame, names: list[str], axis: str, same: str) -> dict[str, Any] | None:
    """Return the chart of rows by name, in the order given, or None if no row has a ratio.

    `axis` says what the ratio is a multiple of, and `same` what it is where it is 1.
    """
    if not (rows["ratio"] > 0).any():
        return None
    rows = rows.reset_index(drop=True)
    clear = [found in CLEAR for found in findings(rows)]
    has = (rows["ratio"] > 0).tolist()
    values = [intervals.value(row) for row in each(rows)]
    traces = [intervals.bands(rows)]
    for colour, of in ((theme.CLEAR, True), (theme.UNCLEAR, False)):
        drawn = [n for n in range(len(rows)) if has[n] and clear[n] == of]
        said = [f"{names[n]}: {values[n]} {axis}" for n in drawn]
        traces.append(intervals.dots(rows, drawn, colour) | {"customdata": said})
    labels = [theme.wrapped(name, _LABEL) for name in names]
    return {
        "data": [*traces, intervals.right_axis_holder(rows)],
        "layout": theme.layout(110 + theme.row_height(labels, 46) * len(rows))
        | {
            "xaxis": theme.ratio_axis(intervals.extremes(rows, True), axis),
            "yaxis": theme.rows_axis(labels),
            "yaxis2": theme.rows_axis(values, "right"),
        }
        | theme.parity(theme.wrapped(same, 30)),
    }


def how_to_read(rows: pd.DataFrame, than: str = "the group compared with") -> str:
    """Return how to read the chart of these rows: what is drawn, and nothing else."""
    text = intervals.how_to_read(rows, _BAND if intervals.bands(rows)["x"] else "")
    return text.replace("the group compared with", than)
