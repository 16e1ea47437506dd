"""What the page of a domain shows: its figures, its headline, and the words that go with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from loti_dash import caveats, coverage, coverage_texts, pooling, sentences
from loti_dash.cautioned import Cautioned, cautioned
from loti_dash.caveats import Found
from loti_dash.charts import forest
from loti_dash.charts.areas import in_order
from loti_dash.coverage import Coverage
from loti_dash.export.figure import Figure
from loti_dash.export.taken import Taken
from loti_dash.findings import clearest
from loti_dash.periods import Period
from loti_dash.selection import Selection
from loti_dash.store import Store


@dataclass(frozen=True)
class Seen:
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


def seen_at(store: Store, selection: Selection, found: Cautioned | None = None) -> Seen:
    """Return what there is to show. The selection names its release.

    `found` is what views of every area and group of the selection have in common, if it is known.
    """
    catalogue = store.catalogue
    indicator = catalogue.indicators[selection.indicator]
    found = found or cautioned(store, selection)
    everywhere, cautions, complete = found.shown, found.cautions, found.complete
    here = everywhere[everywhere["area_code"] == selection.area]
    of_group = in_order(everywhere[everywhere["group_code"] == selection.group])
    misleading = [area for area, found in cautions.items() if caveats.headline_forbidden(found)]
    return Seen(
        everywhere,
        cautions,
        here,
        of_group,
        cautions[selection.area],
        caveats.headline_forbidden(cautions[selection.area]),
        of_group.loc[of_group["area_code"].isin(misleading), "area"].astype(str).to_list(),
        forest.forest(here),
        coverage.of_view(store, indicator, complete, selection.period, selection.area),
        pooling.together(selection, indicator, store.choices_of(indicator.domain), catalogue)
        if pooling.mostly_small(here)
        else None,
        pooling.singles(store, selection),
    )


def headline(store: Store, selection: Selection, seen: Seen) -> str:
    """Return the one sentence that says what the figures say."""
    catalogue, indicator = store.catalogue, store.catalogue.indicators[selection.indicator]
    if seen.coverage and seen.too_many_unknown:
        row = clearest(seen.here, selection.group)
        return coverage_texts.sentence(catalogue, indicator, seen.coverage, row)
    return sentences.headline(catalogue, indicator, seen.here, selection.group, seen.forbidden)


def taken(store: Store, selection: Selection, seen: Seen, said: str, address: str) -> Taken:
    """Return what is taken away from a view: its figures as shown, and their words."""
    row = clearest(seen.here, selection.group)
    after = seen.forbidden.effect if seen.forbidden else sentences.closing(row)
    unknown = float("nan") if seen.coverage is None else float(seen.coverage.here["unknown"])
    return Taken(
        store.catalogue,
        store.catalogue.indicators[selection.indicator],
        selection,
        seen.everywhere,
        seen.here,
        seen.of_group,
        seen.cautions,
        f"{said} {after}".strip(),
        unknown,
        address,
    )


def of_view(
    store: Store,
    selection: Selection,
    seen: Seen,
    said: str,
    address: str,
    papers: Mapping[str, str] | None = None,
    **shown: Any,
) -> Figure:
    """Return a figure of the page of a domain, with the cautions and papers of its view.

    `papers` are those that are others than the view's, and `shown` the further fields of a
    figure, as the page shows it.
    """
    of = taken(store, selection, seen, said, address)
    own = {name: text for name, text in of.papers().items() if name != "Shown"}
    return Figure(
        said=said,
        papers={**own, **(papers or {})},
        cautions=of.found,
        sources=store.catalogue.sources_of(of.indicator),
        indicators=[of.indicator],
        **shown,
    )
