"""The chart of steps: for each a ratio against the population, and one against the step before."""

from typing import Any

import pandas as pd

from loti_dash.charts import intervals, theme
from loti_dash.findings import CLEAR, Finding, findings

# What a ratio is set against is told by the shape, what can be said of it by how it is filled.
_SHAPES = {"population": "circle", "previous": "triangle-up"}
_FILLS: dict[Finding, str] = {
    "higher": "",
    "lower": "",
    "uncertain": "-open",
    "depends": "-open",
    "no_interval": "-open-dot",
}
# Letters of a bold label on one line.
_BOLD = 14
_READ = {
    "population": "Circle: set against the population, named beside it.",
    "previous": "Triangle: set against the step before, named beside it.",
}
_READ_FILLS = {
    "": "Filled: clearly different from the group compared with.",
    "-open": "Open: we cannot tell whether it is higher or lower, by chance or because those of "
    "unknown ethnicity could turn it round.",
    "-open-dot": "Open with a dot: there is no interval, so we cannot tell how sure it is.",
}


def drawn(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that have a line in the chart, of one group: those set against something.

    A process without any population has no lines for it.
    """
    population = rows["against"] == "population"
    unset = population if rows.loc[population, "of_period"].eq("").all() else rows["of"].eq("")
    kept: pd.DataFrame = rows[rows["of"].ne("") & ~unset]
    return kept


def steps(rows: pd.DataFrame) -> dict[str, Any] | None:
    """Return the chart of one group's rows, or None if none of them has a ratio."""
    rows = drawn(rows)
    if not (rows["ratio"] > 0).any():
        return None
    reference = str(rows["reference"].iloc[0])
    clear = [found in CLEAR for found in findings(rows)]
    has = (rows["ratio"] > 0).tolist()
    places = range(len(rows))
    traces = [
        _marks(rows, [n for n in places if has[n] and clear[n]], theme.CLEAR),
        _marks(rows, [n for n in places if has[n] and not clear[n]], theme.UNCLEAR),
        intervals.right_axis_holder(rows),
    ]
    first = (~rows["step"].duplicated()).tolist()
    labels = [
        (f"<b>{theme.wrapped(str(row['label']), _BOLD)}</b><br>" if first[n] else "")
        + theme.wrapped(f"against {row['of']}")
        for n, (_, row) in enumerate(rows.iterrows())
    ]
    # In two lines, because a phone has three columns here.
    values = [intervals.value(row).replace(" (", "<br>(") for _, row in rows.iterrows()]
    axis = theme.ratio_axis(intervals.extremes(rows, False), f"times the rate of {reference}")
    parity = theme.parity(theme.wrapped(f"same rate as {reference}", 30))
    parity["shapes"] += [_between(n) for n in places if n and first[n]]
    return {
        "data": traces,
        "layout": theme.layout(110 + theme.row_height(labels, 46) * len(rows))
        | {
            "xaxis": axis,
            "yaxis": theme.rows_axis(labels),
            "yaxis2": theme.rows_axis(values, "right"),
        }
        | parity,
    }


def how_to_read(rows: pd.DataFrame) -> str:
    """Return how to read the chart of these rows: what is drawn, and nothing else."""
    shown = drawn(rows)
    shown = shown[shown["ratio"] > 0]
    if shown.empty:
        return ""
    fills = {_FILLS[found] for found in findings(shown)}
    texts = [
        *(text for name, text in _READ.items() if name in set(shown["against"])),
        *(text for fill, text in _READ_FILLS.items() if fill in fills),
        "The line through a symbol is its 95% interval." if fills != {"-open-dot"} else "",
        "On the scale, from 1 to 2 is as far as from 2 to 4.",
    ]
    return " ".join(text for text in texts if text)


def _marks(rows: pd.DataFrame, places: list[int], colour: str) -> dict[str, Any]:
    trace = intervals.dots(rows, places, colour)
    shown = rows.iloc[places]
    symbols = [
        f"{_SHAPES[against]}{_FILLS[found]}"
        for against, found in zip(shown["against"], findings(shown), strict=True)
    ]
    said = [
        f"{row['label']}, against {row['of']}: {intervals.value(row)}"
        for _, row in shown.iterrows()
    ]
    trace["marker"]["symbol"] = symbols
    return trace | {"customdata": said}


def _between(place: int) -> dict[str, Any]:
    """Return a thin line between two steps."""
    at = {"y0": place - 0.5, "y1": place - 0.5, "yref": "y", "x0": 0, "x1": 1, "xref": "paper"}
    return {"type": "line", "line": {"color": theme.BAND, "width": 1}} | at
