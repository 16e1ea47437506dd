"""The comparison table of one indicator and period with the cautions of each of its areas.

Page, download and web API take both from here, so that no figure goes out without.
"""

from dataclasses import dataclass

import pandas as pd

from loti_dash import analysis, caveats, coverage, references
from loti_dash.caveats import Found
from loti_dash.earlier import before
from loti_dash.selection import Selection
from loti_dash.shown import as_shown
from loti_dash.store import Store


@dataclass(frozen=True)
class Cautioned:
    """A comparison table of all areas, and what applies to each.

    `shown` is the table without the measures where a ratio would mislead, and `complete` is how
    complete the figures of the indicator are, as coverage.completeness gives it.
    """

    table: pd.DataFrame
    shown: pd.DataFrame
    cautions: dict[str, list[Found]]
    complete: pd.DataFrame


def cautioned(store: Store, selection: Selection) -> Cautioned:
    """Return the table of a selection's indicator, period, classification and reference.

    Raises UnknownCode or SeriesWithdrawn, as analysis.compare does.
    """
    catalogue = store.catalogue
    of, period = selection.indicator, selection.period
    analysis.raise_unless_there(store, of, period, selection.classification, selection.reference)
    indicator = catalogue.indicator(of)
    by_reference = references.tables(store, selection)
    table = _of_reference(store, selection, by_reference)
    complete = coverage.completeness(store, indicator, selection.classification)
    of_set = complete[complete["period"] == selection.period].set_index("area_code")["set_share"]
    earlier = before(store, indicator, complete, selection.period, selection.classification)
    cautions = caveats.of_every_area(
        catalogue,
        indicator,
        selection.period,
        table,
        {str(area): float(share) for area, share in of_set.items()},
        earlier,
        by_reference,
    )
    return Cautioned(table, as_shown(table, cautions), cautions, complete)


def _of_reference(store: Store, selection: Selection, by_reference: pd.DataFrame) -> pd.DataFrame:
    """Return the table of a selection, which most often is one of those of all references."""
    own = by_reference["reference_code"] == selection.reference
    if own.any():
        return by_reference[own].reset_index(drop=True)
    # Who asks by address may ask for what no page offers.
    return analysis.compare(
        store,
        selection.indicator,
        selection.period,
        classification=selection.classification,
        reference=selection.reference,
    )
