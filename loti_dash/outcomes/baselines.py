"""A baseline: a figure as a page shows it, taken with its interval, period and release."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import isnan

import pandas as pd

from loti_dash import analysis, caveats, coverage, options
from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Indicator
from loti_dash.errors import LotiError
from loti_dash.figures import between, ratio
from loti_dash.notices import says_withdrawn
from loti_dash.outcomes import cohorts
from loti_dash.outcomes.canvas import Baseline
from loti_dash.selection import Selection, honoured
from loti_dash.shown import as_shown
from loti_dash.store import Store
from loti_dash.wording import people, place


def take(store: Store, view: Selection, today: date) -> Baseline:
    """Return the figure of a view as a baseline.

    Raises LotiError where there is none to take: no such figure, or no ratio, with the reason.
    """
    catalogue = store.catalogue
    if store.private:
        raise LotiError(
            "These figures are not published, so nothing can be followed from them. Take the "
            "baseline from a published figure."
        )
    row = row_of(store, view)
    if isnan(row["ratio"]):
        why = str(row["status_reason"]) or "one of the two rates is missing or 0"
        raise LotiError(
            f"There is no ratio to take as a baseline: {why}. Choose another period, place or "
            "group."
        )
    low, high, rate = (_known(row[name]) for name in ("ratio_low", "ratio_high", "rate"))
    return Baseline(
        view=replace(view, release=store.release, share=""),
        ratio=float(row["ratio"]),
        low=low,
        high=high,
        rate=rate,
        definition=definition(catalogue, catalogue.indicators[view.indicator]),
        taken=today.isoformat(),
    )


def row_of(store: Store, view: Selection) -> pd.Series:
    """Return the row of the comparison table that a view is about, as its page shows it.

    Raises LotiError where the release has no such figure.
    """
    catalogue = store.catalogue
    indicator = catalogue.indicator(view.indicator)
    table = analysis.compare(
        store,
        indicator.id,
        view.period,
        classification=view.classification,
        reference=view.reference,
        areas=[view.area],
    )
    complete = coverage.completeness(store, indicator, view.classification)
    here = (complete["period"] == view.period) & (complete["area_code"] == view.area)
    of_set = float(complete.loc[here, "set_share"].max())
    found = caveats.applying_to(catalogue, indicator, view.period, table, view.area, of_set)
    shown = as_shown(table, {view.area: found})
    rows = shown[shown["group_code"].astype(str) == view.group]
    if rows.empty or view.group == view.reference:
        group = catalogue.short_labels.get(view.group, view.group)
        raise LotiError(
            f"There is no figure for the group {group!r} compared with another here. Choose a "
            "group that is compared."
        )
    return rows.iloc[0]


def nearest(
    store: Store, indicator: Indicator, groups: Sequence[str], area: str
) -> tuple[list[Selection], list[str]]:
    """Return the newest views of an indicator for some groups in a place, or the nearest place.

    One for each group that the indicator has a rate of, else for the one of the five that it is a
    part of; and a line for each thing that is not as asked for. A group that is compared with, or
    a catch-all, stands in for none.
    """
    catalogue = store.catalogue
    if indicator.empty:
        gone = "figures withdrawn" if says_withdrawn(indicator.empty) else "no figures yet"
        return [], [f"{indicator.title}: {gone}."]
    there = options.of_indicator(store.choices, indicator)
    shown = {
        level: options.with_rate(
            options.groups(indicator, level, indicator.reference, catalogue), indicator, catalogue
        )
        for level in options.levels(there)
    }
    views: list[Selection] = []
    lines: list[str] = []
    for group in groups:
        stands_in, level = _shown_as(group, shown, catalogue)
        name = catalogue.short_labels.get(group, group)
        if not level:
            lines.append(f"There is no figure for {name} in {indicator.title}.")
            continue
        if stands_in != group:
            other = catalogue.short_labels[stands_in]
            lines.append(f"{name} is not shown on its own here; it is a part of {other}.")
        asked = Selection(
            indicator.id, area, group=stands_in, classification=level, release=store.release
        )
        found, said = honoured(asked, indicator.domain, catalogue, store.choices)
        views += [found] if found not in views else []
        lines += [line for line in said if line not in lines]
    return views, lines


def _shown_as(
    group: str, shown: Mapping[str, Sequence[str]], catalogue: Catalogue
) -> tuple[str, str]:
    """Return the group that is shown for one, with its level, "" and "" if there is none."""
    parents = [each.parent_code for each in catalogue.groups if each.code == group]
    for code in (group, *parents):
        for level, codes in shown.items():
            if code in codes and code not in cohorts.CATCH_ALL:
                return code, level
    return "", ""


def definition(catalogue: Catalogue, indicator: Indicator) -> str:
    """Return what tells one way of counting from another: what is divided by what, of whom."""
    numerator, denominator = indicator.numerator, indicator.denominator
    list_ = catalogue.series[numerator.series].classification
    return (
        f"{numerator.series} / {denominator.series} of {denominator.period}, "
        f"{indicator.denominator_type}, {list_}"
    )


def in_words(catalogue: Catalogue, of: Baseline) -> str:
    """Return a baseline in a sentence: what, where, when, how much, how sure, which release.

    Of a figure that this catalogue does not know, its codes and numbers.
    """
    view = of.view
    taken = f"Release {of.release}, taken on {date.fromisoformat(of.taken):%-d %B %Y}."
    limits = "" if of.low is None or of.high is None else between(of.low, of.high, 2)
    much = f"ratio {ratio(of.ratio, 2)} ({limits or 'the source gives no interval'})"
    try:
        return f"{what(catalogue, view)}: {much}. {taken}"
    except (LotiError, KeyError, ValueError):
        return f"{view.indicator}, {view.area}, {view.period}, {view.group}: {much}. {taken}"


def what(catalogue: Catalogue, view: Selection) -> str:
    """Return what a view is about: whose figures, where, compared with whom, and when."""
    indicator = catalogue.indicators[view.indicator]
    where = place(catalogue.area_name(indicator, view.area))
    who = people(catalogue, indicator, view.group, catalogue.short_labels[view.group])
    than = people(catalogue, indicator, view.reference, analysis.REFERENCES[view.reference])
    when = catalogue.period(indicator, view.period).label
    return f"{indicator.title}: {who} in {where}, compared with {than}, {when}"


def _known(value: float) -> float | None:
    return None if isnan(value) else float(value)
