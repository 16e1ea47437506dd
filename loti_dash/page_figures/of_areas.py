"""The figures of one group in all areas: what each is called in an address, and taken away as."""

from typing import cast

from loti_dash import where
from loti_dash.export.figure import Figure
from loti_dash.page_figures.areas import Drawing
from loti_dash.page_figures.seen import Seen, headline, of_view, taken
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.where import Measure
from loti_dash.where_texts import Shape

# What the figures are called in an address.
NAME = "areas"
SHAPES: tuple[Shape, ...] = ("dots", "map", "tiles", "funnel")
MEASURES: tuple[Measure, ...] = ("ratio", "rate", "excess", "sure")


def name(shape: Shape, measure: Measure) -> str:
    """Return what a drawing is called in an address.

    >>> name("map", "rate"), name("dots", "ratio")
    ('areas/map/rate', 'areas/dots/ratio')
    """
    return f"{NAME}/{shape}/{measure}"


def names(seen: Seen) -> list[str]:
    """Return what the drawings that a page offers are called."""
    if len(seen.of_group) < 2:
        return []
    measured = bool(seen.of_group["rate"].notna().any())
    shapes = SHAPES if measured and where.is_of_boroughs(seen.of_group) else SHAPES[:1]
    measures = MEASURES if measured else MEASURES[:1]
    return [name(shape, measure) for shape in shapes for measure in measures]


def shape_and_measure(name_: str) -> tuple[Shape, Measure]:
    """Return the shape and measure of a name that `name` gave."""
    _, shape, measure = name_.split("/")
    return cast(Shape, shape), cast(Measure, measure)


def figure(store: Store, selection: Selection, seen: Seen, drawn: Drawing, address: str) -> Figure:
    """Return what is drawn as it is taken away, under the headline of its page."""
    said = taken(store, selection, seen, headline(store, selection, seen), address).finding
    return of_view(
        store,
        selection,
        seen,
        said,
        address,
        title=drawn.title,
        what=f"{store.catalogue.indicators[selection.indicator].title}. {drawn.caption}",
        table=drawn.table,
        chart=drawn.chart,
        alt=drawn.alt,
        how_to_read=drawn.how_to_read,
        signs=drawn.credit,
        rows=seen.of_group,
    )
