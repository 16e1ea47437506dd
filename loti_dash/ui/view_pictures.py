"""The charts of a view as pictures to take away: what is drawn, and the words that go with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from loti_dash import chart_texts, figures, where_texts
from loti_dash.charts import forest, intervals
from loti_dash.errors import LotiError
from loti_dash.export import picture
from loti_dash.findings import each
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui.view import taken, view
from loti_dash.ui.where_words import FIRST, drawing
from loti_dash.ui.withdrawn import while_served
from loti_dash.where import Measure
from loti_dash.where_texts import Shape


@dataclass(frozen=True)
class Picture:
    """A chart to take away, and its words; `below` are the paragraphs under it."""

    chart: dict[str, Any]
    title: str
    subtitle: str
    alt: str
    below: Sequence[str]

    def svg(self) -> str:
        """Return the picture as SVG."""
        words = picture.Words(self.title, self.subtitle, self.alt, self.below)
        return picture.svg(self.chart, words)

    def png(self) -> bytes:
        """Return the picture as PNG."""
        return picture.png(self.svg(), self.alt)


def pictures(
    store: Store, selection: Selection, where: str, charts: Sequence[str]
) -> dict[str, Callable[[], Picture]]:
    """Return what makes the pictures of charts, "groups" or "areas", by what they are called.

    `where` is the address of the view.
    """
    makers = {
        "groups": partial(of_groups, store, selection, where),
        # As the page shows it before anybody chooses a map.
        "areas": partial(of_areas, store, selection, where, *FIRST),
    }
    indicator = store.catalogue.indicators[selection.indicator]
    return {f"chart of {of}": while_served(store, [indicator], makers[of]) for of in charts}


def of_groups(store: Store, selection: Selection, where: str) -> Picture:
    """Return the chart of the groups of an area. Raises LotiError where there is none."""
    of, rows = taken(store, selection, "", where), view(store, selection).here
    measured = where_texts.measured(of.catalogue, of.indicator, rows, "ratio")
    signs = figures.legend(" ".join(intervals.value(row) for row in each(rows)))
    return Picture(
        _there(forest.forest(rows)),
        chart_texts.groups_title(rows),
        f"{of.indicator.title}. {measured} {rows['area'].iloc[0]}.",
        chart_texts.forest_alt(of.catalogue, of.indicator, rows, of.selection.group),
        of.below(forest.how_to_read(rows), signs),
    )


def of_areas(
    store: Store, selection: Selection, where: str, shape: Shape, measure: Measure
) -> Picture:
    """Return one of the charts of all areas. Raises LotiError where there is none."""
    of, drawn = taken(store, selection, "", where), drawing(store, selection, shape, measure)
    return Picture(
        _there(drawn.chart),
        drawn.title,
        f"{of.indicator.title}. {drawn.caption}",
        drawn.alt,
        of.below(drawn.how_to_read, drawn.credit),
    )


def _there(chart: dict[str, Any] | None) -> dict[str, Any]:
    if chart is None:
        raise LotiError("There is no chart here to make a picture of.")
    return chart
