"""Which process is looked at, where, when and for whom: to and from URL parameters.

As on every page, a code that is unknown or has no figures is replaced by the nearest there is,
and one line says so.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace

import pandas as pd

from loti_dash import options, stage_counts
from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Indicator
from loti_dash.periods import Period
from loti_dash.processes import Process
from loti_dash.selection import IN_LONDON, USUAL_GROUP, Selection
from loti_dash.stage_counts import AGAINST
from loti_dash.store import Store


@dataclass(frozen=True)
class StageSelection:
    """The choices that define one view; the names of its fields are its URL parameters."""

    process: str = ""
    area: str = ""
    period: str = ""
    group: str = ""
    reference: str = ""
    release: str = ""

    @classmethod
    def from_params(cls, params: Mapping[str, str], last: Selection) -> "StageSelection":
        """Return a selection read from URL parameters, the rest as on the page before.

        >>> StageSelection.from_params({"process": "adults"}, Selection(group="mixed")).to_params()
        {'process': 'adults', 'group': 'mixed'}
        """
        known = {field.name for field in fields(cls)}
        before = cls(group=last.group, reference=last.reference)
        return replace(before, **{key: params[key] for key in known & params.keys()})

    def to_params(self) -> dict[str, str]:
        """Return the choices made as URL parameters."""
        return {key: value for key, value in asdict(self).items() if value}


@dataclass(frozen=True)
class Offered:
    """What there is to choose from for a process in an area, by code, and in words."""

    areas: dict[str, str]
    periods: dict[str, str]
    references: tuple[str, ...]
    groups: dict[str, str]


def processes(catalogue: Catalogue) -> list[Process]:
    """Return the processes in the order in which they are listed."""
    return sorted(catalogue.processes.values(), key=lambda each: each.position)


def honoured(
    store: Store, asked: StageSelection, indicator: str = "", usual_area: str = ""
) -> tuple[StageSelection, Offered, list[str]]:
    """Return the nearest selection there is, what is offered, and a line for what is not honoured.

    Without a process, it is one that has a step of `indicator`. `usual_area` is where the reader
    was on another page, kept if it is in London and no other area has figures on more steps.
    Raises SeriesWithdrawn for a process of which nothing is left.
    """
    catalogue = store.catalogue
    process = _process(store, asked.process, indicator)
    there = stage_counts.places(store, process)
    if there.empty:
        store.raise_if_withdrawn(*(each for step in process.steps for each in step.series))
    areas = {code: _name(catalogue, process, code) for code in options.areas(there, catalogue)}
    area = asked.area if asked.area in areas else process.joined_areas.get(asked.area, "")
    if not asked.area and usual_area in _with_most_steps(there) & _london(catalogue):
        area = usual_area
    area = area if area in areas else _usual(there, areas)
    here = there[there["area_code"] == area]
    of_first = _indicators(store, process, here)
    times = _periods(here, of_first[0], catalogue)
    period = asked.period if asked.period in {each.id for each in times} else times[0].id
    references = [options.references(each, catalogue) for each in of_first]
    common = tuple(code for code in references[0] if all(code in each for each in references))
    reference = asked.reference if asked.reference in common else common[0]
    codes = options.groups(of_first[0], stage_counts.LEVEL, reference, catalogue)
    group = next((code for code in (asked.group, USUAL_GROUP) if code in codes), codes[0])
    shown = StageSelection(process.id, area, period, group, reference, store.release)
    offered = Offered(
        areas,
        {each.id: each.label for each in times},
        common,
        {code: catalogue.short_labels[code] for code in codes},
    )
    said = {
        "process": f"There is no such process here. Shown: {process.title}.",
        "area": f"There are no figures for that area here. Shown: {areas[area]}.",
        "period": f"There are no figures for that period here. Shown: {offered.periods[period]}.",
        "group": f"That ethnic group is not shown here. Shown: {offered.groups[group]}.",
        "reference": "That comparison is not offered for every step here.",
    }
    lines = [
        line
        for field, line in said.items()
        if getattr(asked, field) not in ("", getattr(shown, field))
    ]
    return shown, offered, lines


def _process(store: Store, asked: str, indicator: str) -> Process:
    """Return the process asked for, or one with a step that the indicator counts, or the first.

    One of which everything was withdrawn is only shown to who asks for it.
    """
    catalogue, withdrawn = store.catalogue, store.withdrawn
    if asked in catalogue.processes:
        return catalogue.processes[asked]
    of = catalogue.indicators.get(indicator)
    counted = of.numerator.series if of else ""
    in_order = [
        process
        for process in processes(catalogue)
        if any(withdrawn.keys().isdisjoint(step.series) for step in process.steps)
    ] or processes(catalogue)
    found = (
        process for process in in_order if any(counted in step.series for step in process.steps)
    )
    return next(found, in_order[0])


def _usual(there: pd.DataFrame, areas: Mapping[str, str]) -> str:
    """Return the first area offered of those in which most steps have figures."""
    most = _with_most_steps(there)
    return next(code for code in areas if code in most)


def _with_most_steps(there: pd.DataFrame) -> set[str]:
    steps = there.groupby("area_code")["step"].nunique()
    return set(steps.index[steps == steps.max()])


def _periods(here: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> list[Period]:
    """Return the periods in which every step that the area has is counted, the newest first.

    Where there is none, those of any step.
    """
    of_steps = [set(rows["period_id"]) for _, rows in here.groupby("step")]
    ids = set.intersection(*of_steps) or set.union(*of_steps)
    return options.periods(pd.DataFrame({"period_id": sorted(ids)}), indicator, catalogue)


def _indicators(store: Store, process: Process, here: pd.DataFrame) -> list[Indicator]:
    """Return the definitions of the ratios that an area has, in the order of the steps."""
    found = []
    for step in process.steps:
        rows = here[here["step"] == step.id]
        for against in AGAINST if len(rows) else ():
            series = stage_counts.series_in(step.series, rows)
            other = stage_counts.other_series(store, process, step, against, here)
            found.append(
                stage_counts.indicator_of(store.catalogue, process, step, series, against, other)
            )
    with_other = [each for each in found if each.denominator.series]
    return with_other or found


def _london(catalogue: Catalogue) -> set[str]:
    return {code for code, area in catalogue.areas.items() if area.level in IN_LONDON}


def _name(catalogue: Catalogue, process: Process, code: str) -> str:
    joined = [catalogue.areas[a].name for a, into in process.joined_areas.items() if into == code]
    return " with ".join([catalogue.areas[code].name, *sorted(joined)])
