"""Charts of how complete figures are: the share of unknown ethnicity by reason, area and time.

Shares begin at 0. The share above which no ratio is shown is a line with its words on it.
"""

from datetime import date
from typing import Any

import pandas as pd

from loti_dash.caveat_rules import COMPLETENESS_FLOOR
from loti_dash.charts import theme
from loti_dash.figures import percent
from loti_dash.periods import Period

_SCATTER: dict[str, Any] = {"type": "scatter", "hoverinfo": "skip", "cliponaxis": False}
_FONT = {"size": theme.SIZE, "color": theme.TEXT}
# Of a symbol, and of the one looked at.
_SIZES = (10, 16)
# From here on ticks are years.
_MANY_DAYS = 3 * 366


def by_state(states: pd.DataFrame, column: str = "share") -> dict[str, Any] | None:
    """Return a bar for each reason why ethnicity is not known, or None if there is only one."""
    shown = states[states[column].notna()]
    if len(shown) < 2:
        return None
    shares = shown[column].tolist()
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": shares,
        "y": list(range(len(shown))),
        "width": 0.6,
        "marker": {"color": theme.CLEAR},
        "hoverinfo": "skip",
    }
    labels = [theme.wrapped(str(state)) for state in shown["state"]]
    return _rows([bars], labels, [percent(share) for share in shares], max(shares))


def by_area(rows: pd.DataFrame, selected: str) -> dict[str, Any] | None:
    """Return a row for each area with its share unknown, or None if no area has one.

    The selected area is dark, large and bold, the others grey. Of a stage the share of those
    counted is a dot, and that of the set they are a part of an open diamond.
    """
    if rows[["share", "set_share"]].isna().all(axis=None):
        return None
    chosen = rows["area_code"] == selected
    names = [theme.wrapped(str(area)) for area in rows["area"]]
    labels = [f"<b>{n}</b>" if own else n for n, own in zip(names, chosen, strict=True)]
    traces = [
        _symbols(rows[column].where(chosen == own), symbol, own)
        for column, symbol in (("set_share", "diamond-open"), ("share", "circle"))
        for own in (False, True)
    ]
    values = [written(row) for _, row in rows.iterrows()]
    chart = _rows(traces, labels, values, _most(rows))
    return chart | {"layout": chart["layout"] | _floor("x")}


def over_time(rows: pd.DataFrame, periods: list[Period], selected: str) -> dict[str, Any] | None:
    """Return the share unknown in each period, or None if fewer than two have one.

    `periods` are those of the rows. A period without a share is a gap. A span of periods that
    are drawn themselves is a line from its first day to its last. Dots and open diamonds are as
    in the chart of areas.
    """
    order = sorted(range(len(periods)), key=lambda place: periods[place])
    ones = [place for place in order if periods[place].kind != "span"]
    if rows["share"].iloc[ones].notna().sum() < 2:
        return None
    at = [periods[place] for place in ones]
    traces = [
        _line([_middle(period) for period in at], rows[column].iloc[ones])
        | {
            "mode": "lines+markers",
            "marker": _marker(symbol, [_SIZES[p.id == selected] for p in at]),
        }
        for column, symbol in (("set_share", "diamond-open"), ("share", "circle"))
        if rows[column].notna().any()
    ]
    for place in sorted(set(order) - set(ones)):
        ends = [periods[place].starts.isoformat(), periods[place].ends.isoformat()]
        traces.append(_line(ends, rows["share"].iloc[[place, place]], theme.OTHERS, 4))
    long = (at[-1].ends - at[0].starts).days > _MANY_DAYS
    time = {
        "type": "date",
        "tickformat": "%Y" if long else "%b<br>%Y",
        "nticks": theme.MOST_TICKS,
        "tickangle": 0,
        "tickfont": _FONT,
        "showgrid": False,
        "fixedrange": True,
    }
    axes = {"xaxis": time, "yaxis": _axis(_most(rows)) | {"automargin": True}}
    return {"data": traces, "layout": theme.layout(320) | axes | _floor("y")}


def written(row: pd.Series) -> str:
    """Return what stands at the end of an area's row: its share, and of a stage its set's."""
    share, of_set = row["share"], row["set_share"]
    gone = "[c] withheld" if row["status"] == "suppressed" else "[x] not available"
    own = gone if pd.isna(share) else _percent(share)
    return own if pd.isna(of_set) else f"{own}, set {_percent(of_set)}"


def _symbols(shares: pd.Series, symbol: str, own: bool) -> dict[str, Any]:
    places = [place for place, share in enumerate(shares) if share >= 0]
    return _SCATTER | {
        "mode": "markers",
        "x": shares.iloc[places].tolist(),
        "y": places,
        "marker": _marker(symbol, _SIZES[own], theme.CLEAR if own else theme.OTHERS),
    }


def _line(
    days: list[str], shares: pd.Series, colour: str = theme.CLEAR, width: int = 2
) -> dict[str, Any]:
    return _SCATTER | {
        "mode": "lines",
        "x": days,
        "y": [share if share >= 0 else None for share in shares],
        "line": {"color": colour, "width": width},
    }


def _marker(symbol: str, size: int | list[int], colour: str = theme.CLEAR) -> dict[str, Any]:
    line = {"color": colour, "width": 2}
    return {"color": colour, "size": size, "symbol": symbol, "line": line, "opacity": 1}


def _rows(
    traces: list[dict[str, Any]], labels: list[str], values: list[str], most: float
) -> dict[str, Any]:
    """Return a chart with a row for each label, what it says written at its right."""
    # Without a trace the axis at the right would not be drawn.
    holder = _symbols(pd.Series([0.0] * len(labels)), "circle", False)
    return {
        "data": [*traces, holder | {"yaxis": "y2", "opacity": 0}],
        "layout": theme.layout(110 + theme.row_height(labels) * len(labels))
        | {
            "xaxis": _axis(most),
            "yaxis": theme.rows_axis(labels),
            "yaxis2": theme.rows_axis(values, "right"),
        },
    }


def _axis(most: float) -> dict[str, Any]:
    """Return an axis of shares that begins at 0 and has room for the floor and its words."""
    end = max(most, COMPLETENESS_FLOOR) * 1.15
    return {
        "range": [0, end],
        "dtick": 0.1 if end < 0.5 else 0.2,
        "tickformat": ".0%",
        "tickangle": 0,
        "tickfont": _FONT,
        "gridcolor": theme.BAND,
        "zeroline": False,
        "fixedrange": True,
    }


def _floor(axis: str) -> dict[str, Any]:
    """Return the line above which no ratio is shown, across one axis of shares, and its words."""
    other = "y" if axis == "x" else "x"
    line: dict[str, Any] = {f"{axis}0": COMPLETENESS_FLOOR, f"{axis}1": COMPLETENESS_FLOOR}
    line |= {f"{other}0": 0, f"{other}1": 1, f"{other}ref": "paper"}
    # Beside the line they would lie on the figures, where these run across.
    where = {"x": COMPLETENESS_FLOOR} if axis == "x" else {"x": 1, "xref": "paper"}
    said = f"more than {COMPLETENESS_FLOOR:.0%}: no ratio"
    words = where | {
        "xanchor": "center" if axis == "x" else "right",
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "text": said if axis == "x" else f"above the dotted line, {said}",
        "showarrow": False,
        "font": _FONT,
    }
    line |= {"type": "line", "line": {"color": theme.UNCLEAR, "width": 2, "dash": "dot"}}
    return {"shapes": [line], "annotations": [words]}


def _most(rows: pd.DataFrame) -> float:
    return float(rows[["share", "set_share"]].max().max())


def _percent(share: float) -> str:
    return percent(share, apart_from=COMPLETENESS_FLOOR)


def _middle(period: Period) -> str:
    middle = (period.starts.toordinal() + period.ends.toordinal()) // 2
    return date.fromordinal(middle).isoformat()
