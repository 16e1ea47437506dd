"""The chart of areas: the ratio of one ethnic group in each area, with its interval."""

from typing import Any

import pandas as pd

from loti_dash.charts import intervals, theme
from loti_dash.figures import legend
from loti_dash.findings import each, marks


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Return areas larger than boroughs first, then by name: no ranks, since intervals overlap."""
    places = list(zip(rows["area_code"].tolist(), rows["area"].tolist(), strict=True))
    keys = [(str(code).startswith("E09"), str(name)) for code, name in places]
    return rows.iloc[sorted(range(len(rows)), key=keys.__getitem__)]


def areas(rows: pd.DataFrame, selected: str) -> dict[str, Any] | None:
    """Return the chart of one group's rows, or None if no area has a ratio.

    The selected area is dark, large and bold, the others grey.
    """
    if not (rows["ratio"] > 0).any():
        return None
    chosen = (rows["area_code"] == selected).tolist()
    has = (rows["ratio"] > 0).tolist()
    places = range(len(rows))
    names = [theme.wrapped(str(area), 13) for area in rows["area"]]
    labels = [f"<b>{name}</b>" if chosen[n] else name for n, name in enumerate(names)]
    values = [theme.at_the_end(intervals.value(row)) for row in each(rows, *intervals.READ)]
    reference = str(rows["reference"].iloc[0])
    axis = theme.ratio_axis(intervals.extremes(rows, False), f"times the rate of {reference}")
    return {
        "data": [
            intervals.dots(rows, [n for n in places if has[n] and not chosen[n]], theme.OTHERS),
            intervals.dots(rows, [n for n in places if has[n] and chosen[n]], theme.CLEAR, 16),
            intervals.right_axis_holder(rows),
        ],
        "layout": theme.layout(110 + theme.row_height(names) * len(rows))
        | {
            "xaxis": axis,
            "yaxis": theme.rows_axis(labels),
            "yaxis2": theme.rows_axis(values, "right"),
        }
        | theme.parity(theme.wrapped(f"same rate as {reference}", 30)),
    }


def how_to_read(rows: pd.DataFrame, selected: str) -> str:
    """Return how to read the chart of these rows: what is drawn, and nothing else.

    Their table is folded away, so the marks on ratios are explained here too.
    """
    bold = "In bold: the area looked at." if selected in set(rows["area_code"]) else ""
    signs = legend(" ".join(marks(row) for row in each(rows, *intervals.READ)))
    return intervals.how_to_read(rows, f"{bold} {signs}".strip())
