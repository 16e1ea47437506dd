"""What the page of a domain says in words, worked out once for each release and selection.

Only published figures are kept for everybody. A page that is drawn again says the same words.
"""

from dataclasses import dataclass

import pandas as pd

from loti_dash import chart_texts, coverage_texts, sentences, tables
from loti_dash.catalogue import Catalogue
from loti_dash.charts import forest
from loti_dash.definitions import Indicator
from loti_dash.findings import clearest
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import papers, show
from loti_dash.ui.published import remembered
from loti_dash.ui.view import View


@dataclass(frozen=True)
class Words:
    """The words of a view, from the top of its page down.

    `headline` is its finding and `beside` what stands under that; `chart_of` and `measure` are
    over the chart of groups, `alt` in its place for those who do not see it, and `table` below.
    """

    selection: str
    cautions: show.Box
    headline: str
    beside: str
    chart_of: str
    measure: str
    alt: str
    how_to_read: str
    table: show.Table


@remembered(500)
def words(_store: Store, selection: Selection, _seen: View) -> Words:
    """Return what a page says. The selection names its release."""
    seen, catalogue = _seen, _store.catalogue
    indicator = catalogue.indicators[selection.indicator]
    when = _place_and_time(catalogue, indicator, seen)
    # What the headline says in the place of a finding is not said twice.
    others = [each for each in seen.found if each != seen.forbidden]
    unknown = "" if seen.too_many_unknown else sentences.unknown(indicator, seen.here)
    return Words(
        sentences.selection(catalogue, indicator, seen.here),
        show.boxed(others, unknown),
        _headline(catalogue, indicator, seen, selection.group),
        _beside(catalogue, indicator, seen, selection.group),
        chart_texts.groups_title(seen.here),
        f"{_measure(catalogue, indicator, seen.here)}. {when}",
        chart_texts.forest_alt(catalogue, indicator, seen.here, selection.group),
        forest.how_to_read(seen.here),
        show.made(
            tables.by_group(seen.here, indicator), f"{indicator.title} by ethnic group. {when}"
        ),
    )


@remembered(100)
def why_and_where_from(_store: Store, indicator_id: str) -> tuple[str, tuple[str, ...]]:
    """Return why an indicator matters, and where its figures come from."""
    indicator = _store.catalogue.indicators[indicator_id]
    of_figures = papers.of_figures(_store.catalogue, indicator, _store.release)
    return indicator.why_it_matters, tuple(of_figures)


def _headline(catalogue: Catalogue, indicator: Indicator, seen: View, group: str) -> str:
    if seen.coverage and seen.too_many_unknown:
        row = clearest(seen.here, group)
        return coverage_texts.sentence(catalogue, indicator, seen.coverage, row)
    return sentences.headline(catalogue, indicator, seen.here, group, seen.forbidden)


def _beside(catalogue: Catalogue, indicator: Indicator, seen: View, group: str) -> str:
    """Return how far to trust the one sentence that says what the figures say."""
    if seen.forbidden:
        return seen.forbidden.effect
    row = clearest(seen.here, group)
    excess = sentences.excess(catalogue, indicator, row)
    robustness = sentences.robustness(catalogue, indicator, row, seen.here)
    return " ".join(line for line in (robustness, excess, sentences.closing(row)) if line)


def _measure(catalogue: Catalogue, indicator: Indicator, rows: pd.DataFrame) -> str:
    """Return what rows measure, of whom, and when those were counted if at another time."""
    counted, of = indicator.numerator.label, indicator.denominator.label
    if rows["ratio"].isna().all():
        return f"Counts of {counted}"
    id_ = str(rows["period"].iloc[0])
    then = catalogue.denominator_period(indicator, id_).label
    when = "" if then == catalogue.period(indicator, id_).label else f" ({then})"
    return f"Ratio of rates, {counted} for every {indicator.per:,} {of}{when}"


def _place_and_time(catalogue: Catalogue, indicator: Indicator, seen: View) -> str:
    first = seen.here.iloc[0]
    return f"{first['area']}, {catalogue.period(indicator, str(first['period'])).label}."
