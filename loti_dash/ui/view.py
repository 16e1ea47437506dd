"""What the page of a domain shows, calculated once for each release and selection.

Only published figures go through here: what Streamlit caches is shared between readers.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from loti_dash import analysis, caveats
from loti_dash.caveats import Found
from loti_dash.charts.areas import areas as chart_of_areas
from loti_dash.charts.areas import in_order
from loti_dash.charts.forest import forest
from loti_dash.selection import Selection
from loti_dash.store import Store

# All that says how large a difference is. Counts, and the limits for the unknowns, are not
# among it: they are shown where a ratio would mislead.
_MEASURES = (
    "rate rate_low rate_high ratio ratio_low ratio_high rate_difference difference_low "
    "difference_high excess excess_low excess_high"
).split()


@dataclass(frozen=True)
class View:
    """The figures of a page.

    `everywhere` is the comparison table as it is, for the download. `here` are the rows of the
    area and `of_group` those of the group, without the measures where a ratio would mislead;
    `misleading` names the areas of which that is so.
    """

    everywhere: pd.DataFrame
    here: pd.DataFrame
    of_group: pd.DataFrame
    found: list[Found]
    forbidden: Found | None
    misleading: list[str]
    groups: dict[str, Any] | None
    areas: dict[str, Any] | None


@st.cache_data(max_entries=200, show_spinner=False)
def view(_store: Store, selection: Selection) -> View:
    """Return what there is to show. The selection names its release."""
    catalogue = _store.catalogue
    indicator = catalogue.indicators[selection.indicator]
    everywhere = analysis.compare(
        _store,
        selection.indicator,
        selection.period,
        classification=selection.classification,
        reference=selection.reference,
    )

    def found(area: str) -> list[Found]:
        return caveats.applying_to(catalogue, indicator, selection.period, everywhere, area)

    here = everywhere[everywhere["area_code"] == selection.area]
    of_group = in_order(everywhere[everywhere["group_code"] == selection.group])
    misleading = [
        area for area in of_group["area_code"] if caveats.headline_forbidden(found(area))
    ]
    here, of_group = (_without_measures(rows, misleading) for rows in (here, of_group))
    of_page = found(selection.area)
    return View(
        everywhere,
        here,
        of_group,
        of_page,
        caveats.headline_forbidden(of_page),
        of_group.loc[of_group["area_code"].isin(misleading), "area"].astype(str).to_list(),
        forest(here),
        chart_of_areas(of_group, selection.area) if len(of_group) > 1 else None,
    )


def _without_measures(rows: pd.DataFrame, areas: list[str]) -> pd.DataFrame:
    """Return rows whose measures are missing in some areas."""
    gone = rows["area_code"].isin(areas)
    return rows.assign(**{name: rows[name].where(~gone, np.nan) for name in _MEASURES})
