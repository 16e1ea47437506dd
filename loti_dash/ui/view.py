"""What the page of a domain shows, calculated once for each release and selection.

Only published figures go through here: what Streamlit caches is shared between readers.
"""

import pickle
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from loti_dash import caveats, coverage, pooling, references
from loti_dash.caveats import Found
from loti_dash.charts.areas import in_order
from loti_dash.charts.forest import forest
from loti_dash.coverage import Coverage
from loti_dash.earlier import before
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
    periods behind such years, if they are shown. `rows` and `areas` are how many rows there are
    everywhere, and how many areas of the group.
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
    rows: int
    areas: int
    is_pooled: bool
    has_coverage: bool

    @property
    def too_many_unknown(self) -> bool:
        """Whether the headline is that too many are of unknown ethnicity."""
        return self.forbidden is not None and self.forbidden.id == "unknown_ethnicity_above_floor"

    def __getstate__(self) -> dict[str, Any]:
        """Return what is kept of a view: tables as they are, to be read only when asked for.

        A page that is drawn again says the same words and needs none of them.
        """
        light = {name: value for name, value in vars(self).items() if name not in _HEAVY}
        return light | {"_tables": pickle.dumps([getattr(self, name) for name in _HEAVY])}

    def __setstate__(self, kept: dict[str, Any]) -> None:
        vars(self).update(kept)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Read the tables of a view that was kept, which is when one of them is missing."""
            if name not in _HEAVY or "_tables" not in vars(self):
                raise AttributeError(name)
            tables = pickle.loads(vars(self)["_tables"])
            vars(self).update(zip(_HEAVY, tables, strict=True))
            return vars(self)[name]


_HEAVY = ("everywhere", "cautions", "here", "of_group", "coverage", "singles")


@dataclass(frozen=True)
class Everywhere:
    """The figures of all areas, whichever of them and whichever group is looked at.

    `table` is the comparison table as it is shown, `cautions` are the caveats of each area, and
    `complete` the rows of coverage.completeness.
    """

    table: pd.DataFrame
    cautions: dict[str, list[Found]]
    complete: pd.DataFrame


def view(store: Store, selection: Selection) -> View:
    """Return what there is to show. The selection names its release."""
    return _view(store, replace(selection, share=""))


@remembered(200)
def _view(_store: Store, selection: Selection) -> View:
    catalogue = _store.catalogue
    indicator = catalogue.indicators[selection.indicator]
    # Of all areas, so it is there already for whoever looks at another borough or group.
    every = _everywhere(_store, replace(selection, area="", group=""))
    everywhere, cautions = every.table, every.cautions
    here = everywhere[everywhere["area_code"] == selection.area]
    of_group = in_order(everywhere[everywhere["group_code"] == selection.group])
    misleading = [area for area, found in cautions.items() if caveats.headline_forbidden(found)]
    complete = coverage.of_view(
        _store, indicator, every.complete, selection.period, selection.area
    )
    singles = pooling.singles(_store, selection)
    return View(
        everywhere,
        cautions,
        here,
        of_group,
        cautions[selection.area],
        caveats.headline_forbidden(cautions[selection.area]),
        of_group.loc[of_group["area_code"].isin(misleading), "area"].astype(str).to_list(),
        forest(here),
        complete,
        pooling.together(selection, indicator, _store.choices, catalogue)
        if pooling.mostly_small(here)
        else None,
        singles,
        len(everywhere),
        len(of_group),
        not singles.empty,
        complete is not None,
    )


@remembered(100)
def _everywhere(_store: Store, selection: Selection) -> Everywhere:
    """Return the figures of all areas; the selection has no area and no group."""
    catalogue = _store.catalogue
    indicator = catalogue.indicators[selection.indicator]
    # The table that is shown is one of those with each reference on offer.
    by_reference = references.tables(_store, selection)
    table = by_reference[by_reference["reference_code"] == selection.reference]
    table = table.reset_index(drop=True)
    complete = coverage.completeness(_store, indicator, selection.classification)
    of_set = complete[complete["period"] == selection.period].set_index("area_code")["set_share"]
    earlier = before(_store, indicator, complete, selection.period, selection.classification)
    cautions = caveats.of_every_area(
        catalogue,
        indicator,
        selection.period,
        table,
        {str(area): float(share) for area, share in of_set.items()},
        earlier,
        by_reference,
    )
    return Everywhere(as_shown(table, cautions), cautions, complete)
