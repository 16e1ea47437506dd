"""The chart of one area across indicators: ratios and their intervals on one scale.

Words stand above each indicator's rows rather than beside them, so that a phone has room for
the scale.
"""

from collections.abc import Sequence
from math import isnan
from typing import Any

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.charts import intervals, theme
from loti_dash.definitions import Indicator
from loti_dash.evidence_order import by_indicator
from loti_dash.figures import percent
from loti_dash.findings import CLEAR, Finding, each, finding, findings

# Heights, in pixels: of a line of words, of a row with a dot, and of the room around.
LINE, ROW, ROOM = 21, 32, 18
_TOP = 84
# What a line holds at 320 pixels.
_WIDTH = 30
_SAYS: dict[Finding, str] = {
    "higher": "Clearly higher",
    "lower": "Clearly lower",
    "depends": "Unknowns could turn it round",
    "uncertain": "We cannot tell",
    "no_interval": "No interval",
    "no_ratio": "No ratio",
}


def profile(catalogue: Catalogue, rows: pd.DataFrame) -> dict[str, Any] | None:
    """Return the chart of an area's rows, in the order given, or None if none has a ratio.

    One row for each indicator, or for each ethnic group of it where there are several, with the
    domains as headings between them.
    """
    if not (rows["ratio"] > 0).any():
        return None
    one_group = rows["group_code"].nunique() == 1
    rows = rows.reset_index(drop=True)
    words, places, height = _laid_out(catalogue, rows, one_group)
    reference = str(rows["reference"].iloc[0])
    clear = [found in CLEAR for found in findings(rows)]
    has = (rows["ratio"] > 0).tolist()
    titles = [catalogue.indicators[str(id_)].title for id_ in rows["indicator"]]
    traces = []
    for colour, wanted in ((theme.CLEAR, True), (theme.UNCLEAR, False)):
        of = [n for n in range(len(rows)) if has[n] and clear[n] is wanted]
        trace = intervals.dots(rows, of, colour)
        said = [f"{titles[n]}<br>{text}" for n, text in zip(of, trace["customdata"], strict=True)]
        traces.append(trace | {"y": [places[n] for n in of], "customdata": said})
    # Scales at both ends: the chart is taller than a screen.
    traces.append(intervals.right_axis_holder(rows) | {"y": places, "xaxis": "x2"})
    axis = theme.ratio_axis(intervals.extremes(rows, False), f"times the rate of {reference}")
    names = [] if one_group else [str(group) for group in rows["group"]]
    values = [intervals.value(row) for row in each(rows)]
    (parity,) = theme.parity(theme.wrapped(f"same rate as {reference}", 30))["annotations"]
    margin = {"l": 8, "r": 8, "t": _TOP, "b": 56}
    return {
        "data": traces,
        "layout": theme.layout(height + _TOP + 56)
        | {
            "margin": margin,
            "xaxis": axis | {"showgrid": False},
            "xaxis2": axis
            | {"overlaying": "x", "side": "top", "title": {}, "matches": "x", "showgrid": False},
            "yaxis": _rows_axis(names, places, height),
            "yaxis2": _rows_axis(values, places, height, "right"),
            "shapes": _scales(places, axis["tickvals"]),
            "annotations": [parity | {"yshift": 26}, *words],
        },
    }


def how_to_read(rows: pd.DataFrame) -> str:
    """Return how to read the chart of these rows: what is drawn, and nothing else."""
    drawn = rows[rows["ratio"] > 0]
    if drawn.empty:
        return ""
    order = (
        "“Not known” is the share of those counted whose ethnicity is not known. "
        "In each domain those indicators come first whose whole interval is farthest from the "
        "same rate: the order is of evidence, not of importance. Indicators count different "
        "things, so compare a row with the line of the same rate, not with the row above it."
    )
    return intervals.how_to_read(rows, order)


def _laid_out(
    catalogue: Catalogue, rows: pd.DataFrame, one_group: bool
) -> tuple[list[dict[str, Any]], list[int], int]:
    """Return the words above rows, the place of each row, and the height of all, in pixels."""
    words: list[dict[str, Any]] = []
    places: list[int] = []
    y, domain = 0, ""
    for id_, of in by_indicator(rows):
        indicator = catalogue.indicators[id_]
        if indicator.domain != domain:
            domain = indicator.domain
            y += ROOM if words else 0
            words.append(_words(f"<b>{domain.capitalize()}</b>", y, theme.SIZE + 4))
            y += LINE + ROOM // 2
        title = theme.wrapped(_title(indicator, of), _WIDTH)
        said = theme.wrapped(_said(of, one_group), _WIDTH + 4)
        text = f"<b>{title.replace('<br>', '</b><br><b>')}</b><br>{said}"
        words.append(_words(text, y))
        y += LINE * (text.count("<br>") + 1)
        for _ in range(len(of)):
            places.append(y + ROW // 2)
            y += ROW
        y += ROOM
    return words, places, y


def _title(indicator: Indicator, rows: pd.DataFrame) -> str:
    """Return the title of an indicator, with the place if it is joined to another."""
    area = str(rows["area"].iloc[0])
    return f"{indicator.title} ({area})" if " with " in area else indicator.title


def _said(rows: pd.DataFrame, one_group: bool) -> str:
    """Return what the rows of an indicator say, and how much is not known, in words."""
    found = findings(rows)
    if one_group:
        evidence = f"{_SAYS[finding(rows.iloc[0])]}."
    else:
        listed = {
            "Higher": _named(rows, [each == "higher" for each in found]),
            "Lower": _named(rows, [each == "lower" for each in found]),
            "Cannot tell": _named(rows, [each not in (*CLEAR, "no_ratio") for each in found]),
            "No ratio": _named(rows, [each == "no_ratio" for each in found]),
        }
        evidence = " ".join(f"{said}: {groups}." for said, groups in listed.items() if groups)
    share = rows["unknown_share"].max()
    unknown = "" if isnan(share) else f" {percent(share)} not known."
    return evidence + unknown


def _named(rows: pd.DataFrame, which: Sequence[bool]) -> str:
    return ", ".join(str(group) for group in rows.loc[list(which), "group"])


def _words(text: str, y: int, size: int = theme.SIZE) -> dict[str, Any]:
    """Return words at the left edge, their top at a place."""
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": y,
        "yref": "y",
        "yanchor": "top",
        "align": "left",
        "text": text,
        "showarrow": False,
        "font": {"size": size, "color": theme.TEXT},
    }


def _scales(places: list[int], ticks: list[float]) -> list[dict[str, Any]]:
    """Return the lines of the scale behind rows, and only there: none runs through words."""
    return [
        {
            "type": "line",
            "layer": "below",
            "xref": "x",
            "yref": "y",
            "x0": tick,
            "x1": tick,
            "y0": place - ROW // 2,
            "y1": place + ROW // 2,
            "line": {"color": theme.UNCLEAR, "width": 2, "dash": "dot"}
            if tick == 1
            else {"color": theme.BAND, "width": 1},
        }
        for place in places
        for tick in ticks
    ]


def _rows_axis(
    labels: list[str], places: list[int], height: int, side: str = "left"
) -> dict[str, Any]:
    """Return an axis in pixels from the top, with a label at each place."""
    axis = theme.rows_axis(labels, side)
    return axis | {"tickvals": places if labels else [], "range": [height, 0]}
