"""Since when: what became of a group's ratio, and every group's ratio in every period."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from loti_dash import change_notes, change_tables, change_texts, changes
from loti_dash.charts import trend
from loti_dash.definitions import Indicator
from loti_dash.export.figure import Figure
from loti_dash.over_time import in_order, over_time
from loti_dash.periods import Period
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import fold, show, withdrawn
from loti_dash.ui.published import remembered

_UNKNOWN = "For how many ethnicity is not known stands beside each period, in the table."


@dataclass(frozen=True)
class Since:
    """An area over time: its rows, periods and breaks, what to compare, the chart and table."""

    rows: pd.DataFrame
    periods: list[Period]
    breaks: list[tuple[Period, str]]
    usual: tuple[str, str] | None
    chart: dict[str, Any] | None
    how_to_read: str
    alt: str
    table: pd.DataFrame


def draw(store: Store, selection: Selection) -> None:
    """Draw how a disparity changed: the finding, the periods compared, the chart and its table."""
    indicator = store.catalogue.indicators[selection.indicator]
    # The same whichever period the page is about.
    seen = since(store, replace(selection, period=""))
    if seen is None:
        return
    _change(store, selection, seen)
    if len(seen.periods) < 2:
        return
    first = seen.rows.iloc[0]
    what = f"{indicator.title} over time, {first['area']}"
    st.caption(_what(indicator, seen))
    show.figure(
        seen.chart,
        seen.alt,
        seen.table,
        f"{what}: ratio, 95% interval and how sure, compared with {first['reference']}",
        seen.how_to_read,
        folded="Ratios over time as a table",
        explained="% not known",
    )
    if seen.breaks:
        show.lines(_breaks(seen))
    name = "_".join((indicator.id, selection.area, selection.group, selection.reference))
    taken = partial(_taken, store, selection, seen)
    fold.fold(store, f"{name}_over_time", "ratios over time", [indicator], taken, numbers=True)


@remembered(200)
def since(_store: Store, selection: Selection) -> Since | None:
    """Return what there is to show over time, if anything. The selection names its release."""
    catalogue = _store.catalogue
    indicator = catalogue.indicators[selection.indicator]
    rows = over_time(_store, selection)
    if rows.empty:
        return None
    periods = in_order(catalogue, indicator, rows["period"])
    broken = [
        (each, why)
        for each, why in catalogue.breaks_of(indicator)
        if periods[0].starts < each.starts <= periods[-1].starts
    ]
    anew = [each for each, _ in broken]
    chart = trend.trend(rows, periods, anew, selection.group)
    return Since(
        rows,
        periods,
        broken,
        changes.usual_pair(catalogue, indicator, rows),
        chart,
        trend.how_to_read(rows, anew) if chart else "",
        change_tables.alt(catalogue, indicator, rows, selection.group, periods),
        change_tables.by_period(rows, indicator, periods),
    )


def _what(indicator: Indicator, seen: Since) -> str:
    """Return what the chart measures, of whom, where and when."""
    first = seen.rows.iloc[0]
    counted = f"{indicator.numerator.label} for every {indicator.per:,}"
    return (
        f"Ratio of rates, {counted} {indicator.denominator.label}, compared with "
        f"{first['reference']}. {first['area']}, every period there is."
    )


def _breaks(seen: Since) -> list[str]:
    return change_texts.break_notes([(period.label, why) for period, why in seen.breaks])


def _taken(store: Store, selection: Selection, seen: Since) -> Figure:
    """Return what is taken away: the change in words, the chart of all periods, and its table."""
    indicator = store.catalogue.indicators[selection.indicator]
    said, more, beware = _said(store, selection, seen, *_asked(selection, seen))
    return fold.of_view(
        store,
        selection,
        f"{said} {more}".rstrip(),
        papers={"Unknown": beware or _UNKNOWN},
        title=said,
        what=f"{indicator.title}. {_what(indicator, seen)}",
        table=seen.table,
        chart=seen.chart,
        alt=seen.alt,
        how_to_read=seen.how_to_read,
        signs=" ".join(_breaks(seen)),
        rows=seen.rows,
    )


def _keys(selection: Selection) -> list[str]:
    """Return the keys of the two choices of a period, which are others in every view."""
    key = "-".join((selection.indicator, selection.area, selection.group, selection.reference))
    return [f"since-{end}-{key}" for end in ("first", "last")]


def _asked(selection: Selection, seen: Since) -> tuple[str | None, str | None]:
    """Return the two periods that a reader compares, or the usual ones until one is chosen."""
    usual = seen.usual or (None, None)
    both = zip(_keys(selection), usual, strict=True)
    first, last = (st.session_state.get(key, id_) for key, id_ in both)
    return first, last


@st.fragment
def _change(store: Store, selection: Selection, seen: Since) -> None:
    """Draw the change between two periods, and the choice of which: only this is drawn anew."""
    withdrawn.stop_if_withdrawn(store, store.catalogue.indicators[selection.indicator])
    said, more, cautions = _said(store, selection, seen, *_asked(selection, seen))
    st.subheader(said, anchor=False)
    if more:
        st.write(more)
    if cautions:
        st.caption(cautions)
    if len(seen.periods) < 2:
        return
    labels = {each.id: each.label for each in seen.periods}
    keys, usual = _keys(selection), seen.usual or (None, None)
    with st.container(horizontal=True):
        for name, k, id_ in zip(("First period", "Last period"), keys, usual, strict=True):
            st.selectbox(
                name,
                list(labels),
                index=list(labels).index(id_) if id_ else None,
                format_func=labels.__getitem__,
                placeholder="Choose a period",
                key=k,
                width=300,
            )


def _said(
    store: Store, selection: Selection, seen: Since, first: str | None, last: str | None
) -> tuple[str, str, str]:
    """Return what is said of the change between two periods, what stands beside it, and cautions.

    Where a reader has not chosen yet and there is nothing to compare, why not.
    """
    catalogue, indicator = store.catalogue, store.catalogue.indicators[selection.indicator]
    trend_ = changes.trend(indicator, seen.rows, selection.group)
    over = change_texts.trend(catalogue, indicator, trend_)
    asked = (first, last) if first and last else None
    of = changes.change(catalogue, indicator, seen.rows, selection.group, asked) if asked else None
    if of is not None:
        return (
            change_texts.headline(catalogue, indicator, of),
            f"{change_notes.beside(catalogue, indicator, of)} {over}".rstrip(),
            change_notes.beware(catalogue, indicator, of),
        )
    if asked and asked != seen.usual:
        why = change_texts.nothing_between(catalogue, indicator, seen.rows, selection.group, asked)
    else:
        why = change_texts.no_change(catalogue, indicator, seen.rows, selection.group)
    return why, over, ""
