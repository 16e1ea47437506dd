"""What there is of a series, drawn: a symbol where each area and period meet.

Which of the states it is, is told by the shape. Where the file has nothing, nothing is drawn.
"""

from typing import Any

from loti_dash.charts import theme
from loti_dash.data_coverage import DataCoverage
from loti_dash.periods import MONTHS, Period

# By state: the symbol, and what is said of it. Lines are as thick as a phone needs.
SYMBOLS = {
    "whole": ("circle", "filled dot: every group has a count"),
    "withheld": ("square-open", "open square: some counts are withheld"),
    "in_part": ("circle-open", "open dot: some groups have no count"),
    "none": ("x-thin", "cross: no group has a count"),
}
NOTHING = "blank: not in the file"
# What a phone has room for beside the names of areas.
_MOST_TICKS = 3
# With more columns than these, symbols would touch on a phone.
_MANY = 15


def places(of: DataCoverage) -> dict[str, Any]:
    """Return a row for each area and a column for each period, the oldest at the left.

    A column is left out where periods are missing in between.
    """
    row = {code: place for place, code in enumerate(of.areas)}
    column = {
        each.id: place + sum(gap <= place for gap in of.after_gaps)
        for place, each in enumerate(of.periods)
    }
    size = 8 if len(column) <= _MANY else 5
    traces = []
    for state, (symbol, _) in SYMBOLS.items():
        there = of.places[of.places["state"] == state]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [column[id_] for id_ in there["period"]],
                "y": [row[code] for code in there["area_code"]],
                "marker": {
                    "symbol": symbol,
                    "size": size,
                    "color": theme.CLEAR,
                    "line": {"color": theme.CLEAR, "width": 2},
                },
                "hoverinfo": "skip",
            }
        )
    labels = [theme.wrapped(name) for name in of.names]
    layout = theme.layout(110 + theme.row_height(labels, 24) * len(labels))
    # Room for half of the last label.
    layout["margin"] |= {"r": 36}
    axes = {"xaxis": _columns(of.periods, column), "yaxis": theme.rows_axis(labels)}
    return {"data": traces, "layout": layout | axes}


def how_to_read(of: DataCoverage) -> str:
    """Return what the symbols that are drawn mean."""
    states = set(of.places["state"])
    said = [words for state, (_, words) in SYMBOLS.items() if state in states]
    said += [NOTHING] if "no_row" in states else []
    text = "; ".join(said)
    return f"{text[0].upper()}{text[1:]}."


def _columns(periods: list[Period], column: dict[str, int]) -> dict[str, Any]:
    last = len(periods) - 1
    ticks = sorted({round(place * last / (_MOST_TICKS - 1)) for place in range(_MOST_TICKS)})
    return {
        "tickvals": [column[periods[place].id] for place in ticks],
        "ticktext": [short(periods[place]) for place in ticks],
        "tickangle": 0,
        "tickfont": {"size": theme.SIZE, "color": theme.TEXT},
        "range": [-0.7, max(column.values()) + 0.7],
        "side": "top",
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def short(of: Period) -> str:
    """Return the label of a period in two short lines.

    >>> from loti_dash.periods import period
    >>> short(period("2023-Q3")), short(period("2022-11")), short(period("2023-24", "financial"))
    ('Jul–Sep<br>2023', 'Nov<br>2022', '2023<br>to 2024')
    >>> short(period("2021-03-31")), short(period("2021", "census_day")), short(period("2017"))
    ('31 Mar<br>2021', '21 Mar<br>2021', '2017')
    """
    first, last = (MONTHS[day.month - 1][:3] for day in (of.starts, of.ends))
    if of.starts == of.ends:
        return f"{of.starts.day} {first}<br>{of.starts.year}"
    if of.kind == "quarter":
        return f"{first}–{last}<br>{of.ends.year}"
    if of.kind == "month":
        return f"{first}<br>{of.ends.year}"
    if of.label == str(of.ends.year):
        return of.label
    return f"{of.starts.year}<br>to {of.ends.year}"
