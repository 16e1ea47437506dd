"""What the page of one area says, worked out once for each area, group and reference."""

from dataclasses import dataclass

import pandas as pd

from loti_dash import profile_cautions, profile_reasons, profile_texts
from loti_dash.page_figures import several
from loti_dash.profile import Profile
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import caution_box, profile, show
from loti_dash.ui.published import remembered


@dataclass(frozen=True)
class Words:
    """The words of a page, from its top down, and what there is to draw.

    Without any rows there are no `cautions` and no `figure`. `missing` are the indicators without
    a ratio or a figure, linked, and `indicators` the ids of those that are shown.
    """

    selection: str
    cautions: caution_box.Box | None
    headline: str
    figure: show.Shown | None
    missing: list[str]
    indicators: list[str]


@remembered(200)
def words(_store: Store, selection: Selection) -> Words:
    """Return what a page says."""
    catalogue = _store.catalogue
    seen, rows = rows_of(_store, selection)
    area = catalogue.areas[selection.area].name
    none = profile_reasons.without_ratio(catalogue, rows)
    absent = profile_reasons.without_figure(
        catalogue, _store.choices, seen.rows, rows, selection.area
    )
    cautions = profile_cautions.cautions(catalogue, rows, seen.cautions)
    return Words(
        profile_texts.selection_of_area(catalogue, selection),
        None if rows.empty else caution_box.made(cautions, ""),
        profile_texts.headline_of_area(catalogue, rows, area),
        None
        if rows.empty
        else show.shown(several.of_area(_store, seen, rows, selection, ""), "How sure"),
        profile.linked([*none, *absent], selection),
        [each.id for each in several.indicators(_store, rows)],
    )


def rows_of(store: Store, selection: Selection) -> tuple[Profile, pd.DataFrame]:
    """Return an area in every indicator, and the rows that its page shows."""
    seen = profile.of_area(store, store.release, selection.area, selection.reference)
    return seen, several.rows_of_area(store, seen, selection)
