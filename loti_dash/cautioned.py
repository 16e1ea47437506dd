"""The comparison table of one indicator and period with the cautions of each of its areas.

Page, download and web API take both from here, so that no figure goes out without.
"""

from dataclasses import dataclass

import pandas as pd

from loti_dash import analysis, caveats, coverage, references
from loti_dash.caveats import Found
from loti_dash.earlier import before
from loti_dash.selection import Selection
from loti_dash.store import Store


@dataclass(frozen=True)
class Cautioned:
    """A comparison table of all areas, and what applies to each.

    `complete` is how complete the figures of the indicator are, as coverage.completeness gives it.
    """

    table: pd.DataFrame
    cautions: dict[str, list[Found]]
    complete: pd.DataFrame


def cautioned(store: Store, selection: Selection) -> Cautioned:
    """Return the table of a selection's indicator, period, classification and reference."""
    catalogue = store.catalogue
    indicator = catalogue.indicator(selection.indicator)
    table = analysis.compare(
        store,
        selection.indicator,
        selection.period,
        classification=selection.classification,
        reference=selection.reference,
    )
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
        references.tables(store, selection),
    )
    return Cautioned(table, cautions, complete)
