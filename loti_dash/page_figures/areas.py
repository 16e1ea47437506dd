"""One group in all areas, as dots, map, tiles or funnel, with the table of the same rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from loti_dash import (
    chart_texts,
    funnel_texts,
    funnels,
    options,
    sentences,
    tables,
    where,
    where_texts,
)
from loti_dash.area_order import ordered
from loti_dash.caveats import headline_forbidden
from loti_dash.charts import areas as ratios
from loti_dash.charts import funnel as funnel_chart
from loti_dash.charts import measures_of_areas, tiles
from loti_dash.charts.map import map_of
from loti_dash.page_figures.seen import Seen
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.tile_grid import credit
from loti_dash.where import Measure
from loti_dash.where_texts import Shape


@dataclass(frozen=True)
class Drawing:
    """What is drawn: a chart, if there is one, its words, and the table of the same rows.

    `areas` are the codes of the rows of dots.
    """

    title: str
    caption: str
    chart: dict[str, Any] | None
    alt: str
    how_to_read: str
    table: pd.DataFrame
    credit: str = ""
    areas: tuple[str, ...] = ()


def drawing(
    store: Store, selection: Selection, seen: Seen, shape: Shape, measure: Measure
) -> Drawing:
    """Return what there is to draw. The selection names its release."""
    if shape == "funnel":
        return _funnel(store, selection, seen)
    if shape == "dots":
        of = dots(store, selection, seen, measure)
        if measure != "ratio":
            return of
        chart, how = marked(of.chart, of.how_to_read, of.areas, selection.area)
        return replace(of, chart=chart, how_to_read=how)
    return _places(store, selection, seen, shape, measure)


def marked(
    chart: dict[str, Any] | None, how_to_read: str, areas: Sequence[str], selected: str
) -> tuple[dict[str, Any] | None, str]:
    """Return `dots` of ratios, and how to read them, with the area looked at among `areas`."""
    if chart is None:
        return None, how_to_read
    at = ratios.place(areas, selected)
    said = how_to_read if at is None else f"{how_to_read} {ratios.MARKED}"
    return ratios.marked(chart, at), said


def dots(store: Store, selection: Selection, seen: Seen, measure: Measure) -> Drawing:
    """Return the dots of a measure. Those of ratios are alike, whichever area is looked at."""
    catalogue, indicator = store.catalogue, store.catalogue.indicators[selection.indicator]
    rows = seen.of_group
    if measure == "excess" and where.is_of_boroughs(rows):
        # London's is the sum of theirs, beside which none of them could be seen.
        rows = where.boroughs(rows)
    of = ordered(rows, catalogue, seen.cautions, measure)
    if measure == "ratio":
        chart = ratios.alike(of.rows)
        alt = chart_texts.areas_alt(catalogue, indicator, of.rows)
        how = ratios.how_to_read(of.rows)
    else:
        chart = measures_of_areas.dots(of.rows, measure, selection.area, indicator.per)
        alt = where_texts.dots_alt(catalogue, indicator, of.rows, measure)
        how = measures_of_areas.how_to_read(of.rows, measure, selection.area)
    if chart is None:
        what = {"rate": "a rate", "excess": "such a figure"}.get(measure, "a ratio")
        how = f"No area has {what} here, so there is no chart. The counts are in the table."
    else:
        how += _not_drawn(seen)
    if not where.is_of_boroughs(of.rows):
        how += f" {where_texts.why_no_map(catalogue, of.rows)}"
    what = where_texts.measured(catalogue, indicator, of.rows, measure)
    return Drawing(
        chart_texts.areas_title(catalogue, of.rows),
        f"{what} {where_texts.order(of, measure)}",
        chart,
        alt,
        how,
        tables.by_area(of.rows, indicator),
        areas=tuple(of.rows["area_code"].astype(str)),
    )


def _places(
    store: Store, selection: Selection, seen: Seen, shape: Shape, measure: Measure
) -> Drawing:
    catalogue, indicator = store.catalogue, store.catalogue.indicators[selection.indicator]
    rows = where.boroughs(seen.of_group)
    places = where.places(rows, catalogue, indicator, measure)
    reference = str(rows["reference"].iloc[0])
    title = {
        "ratio": f"Times the rate of {reference}",
        "rate": f"For every {indicator.per:,}",
        "excess": f"More or fewer than at the rate of {reference}",
        "sure": "How sure a difference is",
    }[measure]
    said = _sentences(store, selection, seen)
    how = f"{where_texts.how_to_read(places, reference, measure)}{_not_drawn(seen)}"
    if shape == "map":
        chart = map_of(places, said, selection.area, title, measure == "rate")
        credit_ = catalogue.sources["boundaries"].attribution
    else:
        chart = tiles.tiles(places, said, selection.area, title, measure)
        how += f" {tiles.short_names(places)}"
        credit_ = credit()
    return Drawing(
        chart_texts.areas_title(catalogue, rows),
        where_texts.measured(catalogue, indicator, rows, measure),
        chart,
        where_texts.alt(catalogue, indicator, rows, places, shape, measure),
        how,
        tables.by_area(rows, indicator),
        credit_,
    )


def _funnel(store: Store, selection: Selection, seen: Seen) -> Drawing:
    catalogue, indicator = store.catalogue, store.catalogue.indicators[selection.indicator]
    rows = where.boroughs(seen.of_group)
    caption = where_texts.measured(catalogue, indicator, rows, "rate")
    whole = seen.of_group[seen.of_group["area_code"] == options.LONDON]["rate"]
    of = funnels.funnel(rows, indicator, float(whole.iloc[0]) if len(whole) else float("nan"))
    if of is None:
        title = chart_texts.areas_title(catalogue, rows)
        how = f"Fewer than {funnels.LEAST_AREAS} boroughs have a rate here, so there is no funnel."
        return Drawing(title, caption, None, "", how, tables.by_area(rows, indicator))
    return Drawing(
        funnel_texts.title(of, str(rows["group"].iloc[0])),
        caption,
        funnel_chart.funnel(of, selection.area, indicator.denominator.label),
        funnel_texts.alt(of, indicator, rows),
        funnel_texts.how_to_read(of) + _not_drawn(seen),
        funnel_texts.table(of),
    )


def _not_drawn(seen: Seen) -> str:
    """Return which areas have no measure, because it would mislead."""
    if not seen.misleading:
        return ""
    return f" Nothing is shown where it would mislead: {', '.join(seen.misleading)}."


def _sentences(store: Store, selection: Selection, seen: Seen) -> dict[str, str]:
    """Return the finding of each borough as its own page would say it."""
    catalogue, indicator = store.catalogue, store.catalogue.indicators[selection.indicator]
    return {
        str(area): sentences.headline(
            catalogue,
            indicator,
            rows,
            selection.group,
            headline_forbidden(seen.cautions[str(area)]),
        )
        for area, rows in seen.everywhere.groupby("area_code", observed=True, sort=False)
        if str(area) in set(where.boroughs(seen.of_group)["area_code"])
    }
