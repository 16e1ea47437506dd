"""Why an indicator has no ratio, or no figure at all, where one area is looked at."""

import pandas as pd

from loti_dash import options
from loti_dash.catalogue import Catalogue
from loti_dash.caveat_view import listed
from loti_dash.definitions import Indicator
from loti_dash.evidence_order import by_indicator
from loti_dash.notices import says_withdrawn
from loti_dash.profile_choices import authorities
from loti_dash.wording import place

_HEALTH = ("icb", "ccg", "nhs_region")


def without_ratio(catalogue: Catalogue, rows: pd.DataFrame) -> list[tuple[Indicator, str]]:
    """Return the indicators of rows without a ratio, each with the groups and the reason."""
    lines = []
    several = rows["group_code"].nunique() > 1
    for id_, of in by_indicator(rows[rows["ratio"].isna()]):
        for reason, same in of.groupby(of["status_reason"].astype(str), sort=False):
            groups = f" ({listed(same['group'].astype(str))})" if several else ""
            why = str(reason) or "A count is withheld, missing or 0."
            lines.append((catalogue.indicators[id_], f"No ratio{groups}: {why}"))
    return lines


def with_counts(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of indicators of which some count is known."""
    known = rows["numerator"].notna().groupby(rows["indicator"].astype(str)).transform("any")
    return rows[known]


def with_ratio(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of indicators of which there is a ratio for some area."""
    some = rows["ratio"].notna().groupby(rows["indicator"].astype(str)).transform("any")
    return rows[some]


def without_figure(
    catalogue: Catalogue,
    choices: pd.DataFrame,
    everywhere: pd.DataFrame,
    shown: pd.DataFrame,
    area: str,
) -> list[tuple[Indicator, str]]:
    """Return the indicators that are not among the rows shown of an area, each with the reason.

    `everywhere` are the rows of all groups of the area, `choices` those of store.choices.
    """
    lines = []
    for indicator in catalogue.indicators.values():
        of_area = everywhere[everywhere["indicator"] == indicator.id]
        if indicator.id in set(shown["indicator"].astype(str)):
            continue
        if of_area.empty:
            reason = why_not_here(catalogue, indicator, choices, area)
        elif of_area["numerator"].isna().all():
            reason = str(of_area["status_reason"].iloc[0])
        else:
            reason = "Its source does not count this group on its own."
        lines.append((indicator, reason))
    return lines


def not_by_borough(
    catalogue: Catalogue, choices: pd.DataFrame, everywhere: pd.DataFrame, shown: pd.DataFrame
) -> list[tuple[Indicator, str]]:
    """Return the indicators that are not among the rows shown of a group, with the reason.

    `everywhere` are all rows of the group, also of indicators that have no ratio anywhere.
    """
    somewhere = authorities(catalogue)
    lines = []
    for indicator in catalogue.indicators.values():
        if indicator.id in set(shown["indicator"].astype(str)):
            continue
        own = everywhere.loc[everywhere["indicator"] == indicator.id, "status_reason"].astype(str)
        there = options.of_indicator(choices, indicator)["area_code"]
        if len(own):
            reason = f"No ratio in any borough: {own.mode().iloc[0]}"
        elif there.isin(somewhere).any():
            reason = "Its source does not count this group on its own."
        else:
            reason = why_not_here(catalogue, indicator, choices, somewhere[0])
        lines.append((indicator, reason))
    return lines


def why_not_here(
    catalogue: Catalogue, indicator: Indicator, choices: pd.DataFrame, area: str
) -> str:
    """Return why an indicator has no figure for an area: none at all, elsewhere, or joined."""
    codes = list(options.of_indicator(choices, indicator)["area_code"].unique())
    if not codes:
        return indicator.empty if says_withdrawn(indicator.empty) else "There are no figures yet."
    if indicator.joined_areas.get(area) in codes:
        into = catalogue.area_name(indicator, indicator.joined_areas[area])
        return f"Published only for {place(into)} together."
    if catalogue.areas[area].level in {catalogue.areas[code].level for code in codes}:
        return f"Its source has no figures for {place(catalogue.areas[area].name)}."
    if any(catalogue.areas[code].level in _HEALTH for code in codes):
        return "Published for areas of the health service, not for boroughs."
    names = sorted(place(catalogue.areas[code].name) for code in codes)
    return f"Published only for {listed(names)}."
