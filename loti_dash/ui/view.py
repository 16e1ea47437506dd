"""What the page of a domain shows, calculated once for each release and selection.

Only published figures go through here: what Streamlit caches is shared between readers.
"""

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from loti_dash import caveats, coverage, pooling
from loti_dash.cautioned import Cautioned, cautioned
from loti_dash.caveats import Found
from loti_dash.charts.areas import in_order
from loti_dash.charts.forest import forest
from loti_dash.coverage import Coverage
from loti_dash.periods import Period
from loti_dash.selection import Selection
from loti_dash.shown import as_shown
from loti_dash.store import Store
from loti_dash.ui.published import remembered


@dataclass(frozen=True)
class View:
    """The figures of a page.

    `everywhere` is the comparison table as it is shown, without the measures where a ratio would
    mislead, and `cautions` what applies to each of its areas; `here` are the rows of the area
    and `of_group` those of the group. `misleading` names the areas without measures.
    `coverage` is how complete the figures are, if that is known. `years` are several years
    together, if single counts are mostly small here, and `singles` the rows of the single
    periods behind such years, if they are shown.
    """

    everywhere: pd.DataFrame
    cautions: dict[str, list[Found]]
    here: pd.DataFrame
    of_group: pd.DataFrame
    found: list[Found]
    forbidden: Found | None
    misleading: list[str]
    groups: dict[str, Any] | None
    coverage: Coverage | None
    years: Period | None
    singles: pd.DataFrame

    @property
    def too_many_unknown(self) -> bool:
        """Whether the headline is that too many are of unknown ethnicity."""
        return self.forbidden is not None and self.forbidden.id == "unknown_ethnicity_above_floor"


@remembered(100)
def _of_all_areas(_store: Store, selection: Selection) -> Cautioned:
    """Return what the views of every area and group of a selection have in common."""
    return cautioned(_store, selection)


@remembered(200)
def view(_store: Store, selection: Selection) -> View:
    """Return what there is to show. The selection names its release."""
    catalogue = _store.catalogue
    indicator = catalogue.indicators[selection.indicator]
    found = _of_all_areas(_store, replace(selection, area="", group=""))
    table, cautions, complete = found.table, found.cautions, found.complete
    everywhere = as_shown(table, cautions)
    here = everywhere[everywhere["area_code"] == selection.area]
    of_group = in_order(everywhere[everywhere["group_code"] == selection.group])
    misleading = [area for area, found in cautions.items() if caveats.headline_forbidden(found)]
    return View(
        everywhere,
        cautions,
        here,
        of_group,
        cautions[selection.area],
        caveats.headline_forbidden(cautions[selection.area]),
        of_group.loc[of_group["area_code"].isin(misleading), "area"].astype(str).to_list(),
        forest(here),
        coverage.of_view(_store, indicator, complete, selection.period, selection.area),
        pooling.together(selection, indicator, _store.choices, catalogue)
        if pooling.mostly_small(here)
        else None,
        pooling.singles(_store, selection),
    )
