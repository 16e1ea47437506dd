"""The figures of one group beside other references and other places: words, charts, tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from loti_dash import alike, place_texts, reference_texts
from loti_dash.beside import Beside
from loti_dash.charts import compared as charts
from loti_dash.definitions import Indicator
from loti_dash.selection import Selection
from loti_dash.sentences import NOT_WHY
from loti_dash.store import Store
from loti_dash.wording import place


@dataclass(frozen=True)
class Compared:
    """One group compared with each reference and, in a borough, with each other place."""

    whom: pd.DataFrame
    whom_chart: dict[str, Any] | None
    where: Beside | None
    rates_chart: dict[str, Any] | None
    ratios_chart: dict[str, Any] | None
    near: pd.DataFrame


@dataclass(frozen=True)
class Part:
    """One figure as it is drawn.

    `after` is said below it, `rows` are those of the comparison table that it shows, if any, and
    `series` is what it rests on besides that of the indicator.
    """

    title: str
    what: str
    said: str
    chart: dict[str, Any] | None
    alt: str
    table: pd.DataFrame
    table_alt: str
    how_to_read: str
    signs: str = ""
    after: str = ""
    rows: pd.DataFrame | None = None
    series: Sequence[str] = ()


def _when(store: Store, selection: Selection) -> tuple[Indicator, str]:
    indicator = store.catalogue.indicators[selection.indicator]
    return indicator, store.catalogue.period(indicator, selection.period).label


def whom(store: Store, selection: Selection, seen: Compared) -> Part:
    """Return the figure of one group compared with each reference."""
    indicator, when = _when(store, selection)
    rows, first = seen.whom, seen.whom.iloc[0]
    title, turned = reference_texts.title(rows), reference_texts.turned(rows)
    return Part(
        title=title,
        what=f"Ratio of rates by whom the group is compared with, {indicator.numerator.label} "
        f"for every {indicator.per:,} {indicator.denominator.label}. {first['area']}, {when}.",
        said=f"{title}. {turned} {NOT_WHY}".replace("  ", " "),
        after=turned,
        chart=seen.whom_chart,
        alt=reference_texts.alt(store.catalogue, indicator, rows),
        table=reference_texts.table(rows, indicator),
        table_alt=f"{indicator.title}, {first['group']}, by whom the group is compared with. "
        f"{first['area']}, {when}",
        how_to_read=charts.how_to_read(rows),
        rows=rows,
    )


def rates(store: Store, selection: Selection, seen: Compared) -> Part:
    """Return the figure of the group's rate here, divided by that in each other place."""
    indicator, when = _when(store, selection)
    of = _where(seen)
    here, title = place(str(of.here["area"])), place_texts.title_of_rates(of)
    return Part(
        title=title,
        what=f"{of.here['group']}: the rate in {here} divided by the rate in each other place, "
        f"{indicator.numerator.label} for every {indicator.per:,} {indicator.denominator.label}, "
        f"{when}.",
        said=f"{title}, {when}. {NOT_WHY}",
        chart=seen.rates_chart,
        alt=place_texts.alt(store.catalogue, indicator, of.rates, title),
        table=place_texts.table_of_rates(of, indicator),
        table_alt=f"{indicator.title}, {of.here['group']}: the rate in {here} beside other "
        f"places, {when}",
        how_to_read=charts.how_to_read(of.rates, "the place compared with"),
        signs=" ".join(place_texts.notes(store.catalogue, indicator, of)),
        series=_chosen_by(of),
    )


def ratios(store: Store, selection: Selection, seen: Compared) -> Part:
    """Return the figure of the group's ratio here, divided by that in each other place."""
    indicator, when = _when(store, selection)
    of = _where(seen)
    here, title = place(str(of.here["area"])), place_texts.title_of_ratios(of)
    return Part(
        title=title,
        what=f"The ratio of {of.here['group']} to {of.here['reference']} in {here} divided by "
        f"that ratio in each other place, {when}. {place_texts.of_two_ratios(of)}",
        said=f"{title}, {when}. {NOT_WHY}",
        chart=seen.ratios_chart,
        alt=place_texts.alt(store.catalogue, indicator, of.ratios, title),
        table=place_texts.table_of_ratios(of, indicator),
        table_alt=f"{indicator.title}, {of.here['group']} compared with "
        f"{of.here['reference']}: the ratio in {here} beside other places, {when}",
        how_to_read=charts.how_to_read(of.ratios, "the place compared with"),
        signs=" ".join(place_texts.notes(store.catalogue, indicator, of)),
        series=_chosen_by(of),
    )


def _chosen_by(of: Beside) -> list[str]:
    """Return the series that say which boroughs are neighbours, if they are among the places."""
    return [alike.RESIDENTS] if any(each.code == "neighbours" for each in of.places) else []


def _where(seen: Compared) -> Beside:
    assert seen.where is not None, "only of a borough"
    return seen.where
