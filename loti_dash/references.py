"""Whom a group is compared with, one reference after the other: does the conclusion stay?

The same counts each time. What changes is only whom they are divided by.
"""

import pandas as pd

from loti_dash import analysis, caveats, options
from loti_dash.places import set_unknown
from loti_dash.selection import Selection
from loti_dash.shown import as_shown
from loti_dash.store import Store


def tables(store: Store, selection: Selection) -> pd.DataFrame:
    """Return the comparison tables of all areas and groups, one for each reference offered.

    One below the other, in the order in which references are offered.
    """
    indicator = store.catalogue.indicators[selection.indicator]
    counts = _counts(store, selection)
    offered = options.references(indicator, store.catalogue)
    return analysis.comparisons(counts, store.catalogue, store.release, offered)


def of_group(store: Store, selection: Selection, compared: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the group in focus, one for each reference, as a page shows them.

    `compared` is what `tables` returns. Without references that are the group itself or a part
    of it, which is no comparison.
    """
    catalogue = store.catalogue
    indicator = catalogue.indicators[selection.indicator]
    of_set = set_unknown(_counts(store, selection), indicator.denominator_type)
    own = catalogue.parts[selection.group]
    rows = []
    for reference, table in compared.groupby("reference_code", sort=False, observed=True):
        # Everybody, and everybody else, are no groups with parts of their own.
        if reference in catalogue.parts and catalogue.parts[str(reference)] <= own:
            continue
        found = caveats.applying_to(
            catalogue,
            indicator,
            selection.period,
            table,
            selection.area,
            set_unknown=of_set[selection.area],
        )
        here = as_shown(table[table["area_code"] == selection.area], {selection.area: found})
        rows.append(here[here["group_code"] == selection.group])
    return pd.concat(rows, ignore_index=True)


def _counts(store: Store, selection: Selection) -> pd.DataFrame:
    return store.query(
        "counts_of",
        indicator=selection.indicator,
        period=selection.period,
        level=selection.classification,
        viewer_areas=[],
    )
