"""What a reader looks at, to and from URL parameters, and the nearest thing there is to it.

Codes in the address, never labels. A code that is unknown, or that a release has no figures
for, never breaks a page: it is replaced, and one line says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING

from loti_dash import options
from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Indicator
from loti_dash.errors import LotiError
from loti_dash.options import LONDON
from loti_dash.periods import Period, period

if TYPE_CHECKING:
    import pandas as pd

LEVELS = ("5", "19")
IN_LONDON = ("region", "borough")
# The group whose areas are charted until the reader chooses another.
USUAL_GROUP = "black"


@dataclass(frozen=True)
class Selection:
    """The choices that define one view; the names of its fields are its URL parameters.

    An empty field is a choice not made: the page makes it, and has nothing to explain.
    """

    indicator: str = ""
    area: str = ""
    period: str = ""
    group: str = ""
    reference: str = ""
    classification: str = ""
    release: str = ""
    share: str = ""

    @classmethod
    def from_params(cls, params: Mapping[str, str], otherwise: Selection) -> Selection:
        """Return a selection read from URL parameters, with what they leave out from another.

        >>> Selection.from_params({"area": "E09000012"}, Selection(period="2021")).period
        '2021'
        """
        known = {field.name for field in fields(cls)}
        return replace(otherwise, **{key: params[key] for key in known & params.keys()})

    def to_params(self) -> dict[str, str]:
        """Return the choices made as URL parameters, so that a link outlives new defaults.

        >>> Selection(indicator="stop_and_search", area="E12000007").to_params()
        {'indicator': 'stop_and_search', 'area': 'E12000007'}
        """
        return {key: value for key, value in asdict(self).items() if value}


def carried(
    last: Selection, domain: str, catalogue: Catalogue, choices: pd.DataFrame
) -> Selection:
    """Return what the selection of another page means on the page of a domain.

    What this page does not have stays behind: nobody asked for it here, so there is nothing to
    apologise for. A place in London is kept, because readers follow it from page to page.
    """
    offered = options.indicators(domain, catalogue, choices)
    id_ = last.indicator if last.indicator in offered else ""
    there = options.of_indicator(choices, catalogue.indicators[id_ or offered[0]])
    period_ = last.period if last.period in set(there["period_id"].unique()) else ""
    in_london = last.area in catalogue.areas and catalogue.areas[last.area].level in IN_LONDON
    area = last.area if in_london or last.area in set(there["area_code"].unique()) else ""
    return replace(last, indicator=id_, period=period_, area=area, share="")


def honoured(
    asked: Selection, domain: str, catalogue: Catalogue, choices: pd.DataFrame
) -> tuple[Selection, list[str]]:
    """Return the nearest selection there is, and a line for each choice not honoured.

    `choices` are the rows of store.choices. An indicator without figures keeps the area asked
    for and has no period. The release is taken as it is: whoever opens it has settled that.
    """
    indicators = options.indicators(domain, catalogue, choices)
    indicator = catalogue.indicators[_first([asked.indicator], indicators)]
    there = options.of_indicator(choices, indicator)
    area = _area(asked.area, indicator, catalogue, there)
    here = there[there["area_code"] == area]
    time = _nearest(asked.period, options.periods(here, indicator, catalogue))
    level = _first([asked.classification, indicator.classification], options.levels(there))
    references = options.references(indicator, catalogue)
    reference = _first([asked.reference, indicator.reference], references)
    groups = options.groups(indicator, level, reference, catalogue)
    kin = [*_kin(asked.group, catalogue), *_kin(USUAL_GROUP, catalogue)]
    # A group nobody named is one that has a rate, if any has.
    with_rate = options.with_rate([*kin, *groups], indicator, catalogue)
    group = _first([asked.group, *with_rate, *kin], groups)
    selection = Selection(
        indicator.id, area, time.id if time else "", group, reference, level, asked.release
    )
    shown = {
        "indicator": ("This page has no indicator {}.", indicator.title),
        "area": ("There are no figures for {} here.", catalogue.area_name(indicator, area)),
        "period": ("There are no figures for {} here.", time.label if time else ""),
        "group": ("The group {} is not shown here.", catalogue.short_labels[group]),
        "reference": ("A comparison with {} is not offered here.", ""),
        "classification": ("{} groups are not offered here.", f"{level} groups"),
    }
    lines = [
        text.format(said(getattr(asked, field), catalogue)) + (f" Shown: {name}." if name else "")
        for field, (text, name) in shown.items()
        if getattr(asked, field) not in ("", getattr(selection, field))
    ]
    if asked.share:
        lines += ["A shared view is opened at /board, not here."]
    return selection, lines


def _first(wanted: Iterable[str], offered: Sequence[str]) -> str:
    """Return the first code wanted that is offered, or else the first one offered."""
    return next((code for code in wanted if code in offered), offered[0])


def _area(asked: str, indicator: Indicator, catalogue: Catalogue, there: pd.DataFrame) -> str:
    """Return the area, or the one it is published together with, or the usual one."""
    offered = set(there["area_code"].unique())
    if not offered:
        return asked if asked in catalogue.areas else LONDON
    for code in (asked, indicator.joined_areas.get(asked, "")):
        if code in offered:
            return code
    return options.usual_area(there, indicator, catalogue)


def _nearest(asked: str, offered: list[Period]) -> Period | None:
    """Return the period asked for, or the one nearest to it in time, or the newest."""
    for each in offered:
        if each.id == asked:
            return each
    time = _read(asked)
    if time is None or not offered:
        return offered[0] if offered else None
    return min(offered, key=lambda each: abs(_middle(each) - _middle(time)))


def _read(asked: str) -> Period | None:
    """Return the period of an id of any calendar: here a few months do not matter."""
    for calendar in ("calendar", "financial"):
        try:
            return period(asked, calendar)
        except (LotiError, ValueError):
            continue
    return None


def _middle(time: Period) -> float:
    return (time.starts.toordinal() + time.ends.toordinal()) / 2


def _kin(group: str, catalogue: Catalogue) -> list[str]:
    """Return a group, the one it is a part of in any list, and those it is made of."""
    if not group:
        return []
    parents = [each.parent_code for each in catalogue.groups if each.code == group]
    children = [each.code for each in catalogue.groups if each.parent_code == group]
    return [code for code in (group, *parents, *children) if code]


def said(code: str, catalogue: Catalogue) -> str:
    """Return the name of a code, or the code itself if it cannot be anything but a code.

    Whatever else stands in an address is not repeated: it may be anybody's words.
    """
    if code in catalogue.indicators:
        return catalogue.indicators[code].title
    if code in catalogue.areas:
        return catalogue.areas[code].name
    if code in catalogue.short_labels:
        return catalogue.short_labels[code]
    if code in LEVELS:
        return code
    time = _read(code)
    if time:
        return time.label
    return f"“{code}”" if re.fullmatch(r"[A-Za-z0-9-]{1,40}", code) else "that code"
