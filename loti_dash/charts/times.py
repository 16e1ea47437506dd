"""An axis of time that a phone has room for, and the breaks on it, each a line with its word."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from loti_dash.charts import theme
from loti_dash.periods import MONTHS, Period

# What a phone has room for along the axis.
_MOST_LABELS = 4
# The height of a line of words, in pixels.
LINE = 20
# Words of breaks that are closer than this part of the axis stand on two lines.
_CLOSE = 0.2


def axis(periods: Sequence[Period]) -> dict[str, Any]:
    """Return the axis of time, with the first, the last and few other periods named."""
    room = min(_MOST_LABELS, len(periods)) - 1
    named = [periods[round(n * (len(periods) - 1) / room)] for n in range(room + 1)]
    first, last = (date.fromisoformat(middle(each)).toordinal() for each in (named[0], named[-1]))
    beside = round((last - first) * 0.1)
    return {
        "type": "date",
        "range": [date.fromordinal(day).isoformat() for day in (first - beside, last + beside)],
        "tickvals": [middle(each) for each in named],
        "ticktext": [_short(each) for each in named],
        "tickangle": 0,
        "tickfont": {"size": theme.SIZE, "color": theme.TEXT},
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "position": 0,
        "anchor": "free",
    }


def breaks(
    periods: Sequence[Period], anew: Sequence[Period]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return a line for each break, half-way from the period before, and its word on top.

    Breaks are before the periods `anew`.
    """
    lines: list[dict[str, Any]] = []
    said: list[dict[str, Any]] = []
    last = 0
    ends = [date.fromisoformat(middle(periods[n])).toordinal() for n in (0, -1)]
    for before, after in pairwise(periods):
        if any(before.starts < each.starts <= after.starts for each in anew):
            middles = [date.fromisoformat(middle(each)).toordinal() for each in (before, after)]
            day = sum(middles) // 2
            close = day - last < _CLOSE * (ends[1] - ends[0])
            up = LINE if close and not (said and said[-1]["yshift"]) else 0
            at, last = date.fromordinal(day).isoformat(), day
            said.append(words("x", at, 1, "break", up) | {"xanchor": "center"})
            lines.append(
                {"xref": "x", "x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1}
                | stroke("dash", 1)
            )
    return lines, said


def words(xref: str, x: float | str, y: float, text: str, up: int = 0) -> dict[str, Any]:
    """Return words in a chart, their foot on a height, or `up` pixels above it."""
    place = {"xref": xref, "x": x, "xanchor": "left", "yref": "paper", "y": y, "yshift": up}
    return place | {
        "yanchor": "bottom",
        "align": "left",
        "text": text,
        # A line behind words would strike them through.
        "bgcolor": "#FFFFFF",
        "showarrow": False,
        "font": {"size": theme.SIZE, "color": theme.TEXT},
    }


def stroke(dash: str, width: int) -> dict[str, Any]:
    """Return what a straight line looks like."""
    return {"type": "line", "line": {"color": theme.UNCLEAR, "width": width, "dash": dash}}


def _short(of: Period) -> str:
    """Return a period on two short lines.

    >>> from loti_dash.periods import period
    >>> _short(period("2023-Q3")), _short(period("2023-24", "financial")), _short(period("2017"))
    ('Jul–Sep<br>2023', '2023 to<br>2024', '2017')
    """
    first, last = (MONTHS[day.month - 1][:3] for day in (of.starts, of.ends))
    if of.starts == of.ends:
        return f"{of.ends.day} {last}<br>{of.ends.year}"
    if of.kind == "month":
        return f"{last}<br>{of.ends.year}"
    if of.kind == "quarter":
        return f"{first}–{last}<br>{of.ends.year}"
    if of.label == of.id:
        return of.id
    return f"{of.starts.year} to<br>{of.ends.year}"


def middle(of: Period) -> str:
    """Return the day in the middle of a period."""
    return date.fromordinal((of.starts.toordinal() + of.ends.toordinal()) // 2).isoformat()
