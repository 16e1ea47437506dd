"""The chart of areas: the ratio of one ethnic group in each area, with its interval."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from loti_dash.charts import intervals, theme
from loti_dash.figures import legend
from loti_dash.findings import each, marks

MARKED = "In bold: the area looked at."


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Return areas larger than boroughs first, then by name: no ranks, since intervals overlap."""
    places = list(zip(rows["area_code"].tolist(), rows["area"].tolist(), strict=True))
    keys = [(str(code).startswith("E09"), str(name)) for code, name in places]
    return rows.iloc[sorted(range(len(rows)), key=keys.__getitem__)]


def alike(rows: pd.DataFrame) -> dict[str, Any] | None:
    """Return the chart of one group's rows before one of them is `marked`.

    None if no area has a ratio.
    """
    if not (rows["ratio"] > 0).any():
        return None
    shown = [n for n, has in enumerate((rows["ratio"] > 0).tolist()) if has]
    labels = [theme.wrapped(str(area), 13) for area in rows["area"]]
    values = [theme.at_the_end(intervals.value(row)) for row in each(rows, *intervals.READ)]
    reference = str(rows["reference"].iloc[0])
    axis = theme.ratio_axis(intervals.extremes(rows, False), f"times the rate of {reference}")
    return {
        "data": [intervals.dots(rows, shown, theme.OTHERS), intervals.right_axis_holder(rows)],
        "layout": theme.layout(110 + theme.row_height(labels) * len(rows))
        | {
            "xaxis": axis,
            "yaxis": theme.rows_axis(labels),
            "yaxis2": theme.rows_axis(values, "right"),
        }
        | theme.parity(theme.wrapped(f"same rate as {reference}", 30)),
    }


def marked(chart: dict[str, Any], at: int | None) -> dict[str, Any]:
    """Return the chart of rows that look `alike` with one of them dark, large and bold."""
    dots, right = chart["data"]
    others = [n for n, row in enumerate(dots["y"]) if row != at]
    chosen = [n for n, row in enumerate(dots["y"]) if row == at]
    axis = chart["layout"]["yaxis"]
    labels = [f"<b>{name}</b>" if n == at else name for n, name in enumerate(axis["ticktext"])]
    return {
        "data": [
            intervals.some(dots, others, theme.OTHERS),
            intervals.some(dots, chosen, theme.CLEAR, 16),
            right,
        ],
        "layout": chart["layout"] | {"yaxis": axis | {"ticktext": labels}},
    }


def place(areas: Sequence[str], selected: str) -> int | None:
    """Return at which row the selected area stands, if it does."""
    return areas.index(selected) if selected in areas else None


def how_to_read(rows: pd.DataFrame) -> str:
    """Return how to read the chart of these rows: what is drawn, and nothing else.

    Their table is folded away, so the marks on ratios are explained here too.
    """
    signs = legend(" ".join(marks(row) for row in each(rows, *intervals.READ)))
    return intervals.how_to_read(rows, signs)
