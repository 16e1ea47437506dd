"""What the page of a domain says, worked out once for each release and selection.

As it goes to the browser: a page that is drawn again needs its words, and none of its figures.
"""

from dataclasses import dataclass
from typing import Any

from loti_dash import chart_texts, sentences, tables
from loti_dash.charts import forest
from loti_dash.findings import clearest
from loti_dash.page_figures import of_groups
from loti_dash.page_figures.seen import Seen, headline, taken
from loti_dash.periods import Period
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import caution_box, papers, show, where_words
from loti_dash.ui.published import remembered
from loti_dash.ui.view import view
from loti_dash.ui.where_words import FIRST


@dataclass(frozen=True)
class Words:
    """The words of a page, from its top down, and what there is to draw.

    `headline` is the finding and `below` what stands under it. `chart` is that of the groups, its
    title `chart_of` and what it is `measured` by above it, and `table` has the same rows. `years`
    are several years together, if that is offered, and `singles` says whether there are single
    ones behind those shown. `rows` is how many rows there are of all areas and groups, `finding`
    the headline with the line that must follow it, and `papers` are as on every export, without
    the address. `charts` are those of groups and of areas, if there are any.
    """

    selection: str
    cautions: caution_box.Box
    headline: str
    below: str
    misleading: bool
    too_many_unknown: bool
    coverage_known: bool
    chart_of: str
    measured: str
    chart: dict[str, Any] | None
    alt: str
    how_to_read: str
    table: show.Table
    years: Period | None
    singles: bool
    rows: int
    finding: str
    papers: dict[str, str]
    charts: tuple[str, ...]


@remembered(200)
def words(_store: Store, selection: Selection) -> Words:
    """Return what a page says. The selection names its release."""
    seen, catalogue = view(_store, selection), _store.catalogue
    indicator = catalogue.indicators[selection.indicator]
    # What the headline says in the place of a finding is not said twice.
    others = [each for each in seen.found if each != seen.forbidden]
    unknown = "" if seen.too_many_unknown else sentences.unknown(indicator, seen.here)
    where_and_when = of_groups.where_and_when(_store, selection, seen)
    said = headline(_store, selection, seen)
    of = taken(_store, selection, seen, said, "")
    places = where_words.places(_store, selection, seen)
    of_areas = None if places.why_not else where_words.drawn(_store, selection, *FIRST, seen)
    return Words(
        sentences.selection(catalogue, indicator, seen.here),
        caution_box.made(others, unknown),
        said,
        _below(_store, selection, seen),
        seen.forbidden is not None,
        seen.too_many_unknown,
        seen.coverage is not None,
        chart_texts.groups_title(seen.here),
        of_groups.measured(_store, selection, seen),
        seen.groups,
        chart_texts.forest_alt(catalogue, indicator, seen.here, selection.group),
        forest.how_to_read(seen.here),
        show.made(
            tables.by_group(seen.here, indicator),
            f"{indicator.title} by ethnic group. {where_and_when}",
        ),
        seen.years,
        not seen.singles.empty,
        len(seen.everywhere),
        of.finding,
        of.papers(),
        (
            *(["groups"] if seen.groups is not None else []),
            *(["areas"] if of_areas is not None and of_areas.chart is not None else []),
        ),
    )


@remembered(100)
def why_and_from_where(_store: Store, indicator_id: str) -> tuple[str, list[str]]:
    """Return why an indicator matters, and where its figures come from."""
    indicator = _store.catalogue.indicators[indicator_id]
    return indicator.why_it_matters, papers.of_figures(_store.catalogue, indicator, _store.release)


def _below(store: Store, selection: Selection, seen: Seen) -> str:
    """Return how far to trust the one sentence that says what the figures say."""
    if seen.forbidden:
        return seen.forbidden.effect
    catalogue, indicator = store.catalogue, store.catalogue.indicators[selection.indicator]
    row = clearest(seen.here, selection.group)
    excess = sentences.excess(catalogue, indicator, row)
    robustness = sentences.robustness(catalogue, indicator, row, seen.here)
    return " ".join(line for line in (robustness, excess, sentences.closing(row)) if line)
