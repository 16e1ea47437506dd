"""The figure that an address names, made as its page makes it, for every kind there is."""

from collections.abc import Mapping
from dataclasses import replace

from loti_dash import profile, profile_choices, stages
from loti_dash.evidence_order import DOMAINS
from loti_dash.export.figure import Figure
from loti_dash.page_figures import (
    areas,
    compared,
    complete,
    of_areas,
    of_groups,
    seen,
    several,
    since,
    singles,
    steps,
)
from loti_dash.selection import Selection, honoured
from loti_dash.stage_choices import StageSelection
from loti_dash.stage_choices import honoured as honoured_steps
from loti_dash.store import Store


def figure_at(
    store: Store, page: str, params: Mapping[str, str], figure: str, address: str
) -> Figure | None:
    """Return a figure of a page, opened at some parameters, or None where there is none.

    `figure` is what it is called on the page. Nothing is replaced by the nearest there is, as
    pages do: it is this figure, or none. Raises SeriesWithdrawn where it was withdrawn.
    """
    if page in DOMAINS:
        return _of_domain(store, page, params, figure, address)
    makers = {"borough": _of_area, "group": _of_group, "stages": _of_process}
    return makers[page](store, params, figure, address) if page in makers else None


def _of_domain(
    store: Store, page: str, params: Mapping[str, str], figure: str, address: str
) -> Figure | None:
    catalogue = store.catalogue
    selection = Selection.from_params(params, Selection())
    indicator = catalogue.indicators.get(selection.indicator)
    if indicator is None:
        return None
    store.raise_if_withdrawn(indicator.numerator.series, indicator.denominator.series)
    there, _ = honoured(selection, page, catalogue, store.choices_of(page))
    if there != selection or not selection.period:
        return None
    of, name = seen.seen_at(store, selection), figure
    kind = name.partition("/")[0]
    if not name:
        return of_groups.figure(store, selection, of, address)
    if kind == of_areas.NAME and name in of_areas.names(of):
        drawn = areas.drawing(store, selection, of, *of_areas.shape_and_measure(name))
        return of_areas.figure(store, selection, of, drawn, address)
    if kind == since.NAME:
        time = since.since(store, replace(selection, period=""))
        if time is None:
            return None
        pair = since.pair_of(time, name)
        return since.figure(store, selection, of, time, pair, address)
    if name == singles.NAME and len(of.singles):
        return singles.figure(store, selection, of, address)
    if name in complete.PARTS and of.coverage:
        part = complete.PARTS[name](catalogue, indicator, of.coverage)
        return complete.figure(store, selection, of, part, address)
    return _beside(store, selection, of, name, address)


def _beside(
    store: Store, selection: Selection, of: seen.Seen, name: str, address: str
) -> Figure | None:
    """Return a figure of one group beside other references and places, if it has the name."""
    if of.forbidden or name not in (*compared.PARTS, compared.NEIGHBOURS):
        return None
    beside = compared.compared(store, selection)
    if name not in compared.offered(beside):
        return None
    if name == compared.NEIGHBOURS:
        return compared.neighbours(store, selection, beside, address)
    part = compared.PARTS[name](store, selection, beside)
    return compared.figure(store, selection, of, part, address)


def _of_process(
    store: Store, params: Mapping[str, str], figure: str, address: str
) -> Figure | None:
    asked = StageSelection.from_params(params, Selection())
    process = store.catalogue.processes.get(asked.process)
    if process is None or figure not in ("", steps.EVERY_GROUP):
        return None
    there, _, _ = honoured_steps(store, asked)
    if there != asked:
        return None
    of = stages.stages(store, process, asked.area, asked.period, asked.reference)
    make = steps.of_every_group if figure else steps.of_group
    return make(store, of, asked.group, address)


def _of_area(store: Store, params: Mapping[str, str], figure: str, address: str) -> Figure | None:
    groups = [profile_choices.ALL_FIVE, *profile_choices.five(store.catalogue)]
    selection = _as_asked(store, params, groups)
    if selection is None or figure:
        return None
    of = profile.profile(store, selection.area, selection.reference)
    rows = several.rows_of_area(store, of, selection)
    return None if rows.empty else several.of_area(store, of, rows, selection, address)


def _of_group(store: Store, params: Mapping[str, str], figure: str, address: str) -> Figure | None:
    catalogue = store.catalogue
    groups = [
        *profile_choices.five(catalogue),
        *profile_choices.detailed(catalogue, store.choices),
    ]
    selection = _as_asked(store, params, groups)
    if selection is None:
        return None
    of = profile.of_group(store, selection.group, selection.reference)
    rows = several.rows_of_domain(store, of, figure)
    if rows.empty:
        return None
    return several.of_domain(store, of, rows, figure, selection, address)


def _as_asked(store: Store, params: Mapping[str, str], groups: list[str]) -> Selection | None:
    """Return the selection of a page of several indicators, if it can be shown as it is."""
    asked = Selection.from_params(params, Selection())
    there, _ = profile_choices.honoured(asked, groups, store.catalogue)
    given = [each for each in ("area", "group", "reference") if getattr(asked, each)]
    return there if all(getattr(there, each) == getattr(asked, each) for each in given) else None
