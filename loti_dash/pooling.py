"""Several years together where the counts of single periods are small, and the single ones.

Which periods may stand together is a fixed list (periods.csv), so that no two overlapping ones
can be subtracted from one another to find a third.
"""

import pandas as pd

from loti_dash import analysis
from loti_dash.catalogue import Catalogue
from loti_dash.caveats import applying_to
from loti_dash.coverage import completeness
from loti_dash.definitions import Indicator
from loti_dash.periods import Period, parts_of
from loti_dash.reasons import LOW_COUNT
from loti_dash.selection import Selection
from loti_dash.shown import as_shown
from loti_dash.store import Store

_NONE = pd.DataFrame(columns=list(analysis.COLUMNS))


def mostly_small(rows: pd.DataFrame) -> bool:
    """Return whether most counts of a view are withheld or so small that chance moves them a lot.

    >>> columns = ["group_code", "reference_code", "numerator"]
    >>> rows = [("asian", "white", 3), ("black", "white", None), ("mixed", "white", 40)]
    >>> mostly_small(pd.DataFrame(rows, columns=columns))
    True
    """
    others = rows[rows["group_code"].astype(str) != rows["reference_code"].astype(str)]
    return len(others) > 0 and bool((~(others["numerator"] >= LOW_COUNT)).mean() > 0.5)


def together(
    selection: Selection, indicator: Indicator, choices: pd.DataFrame, catalogue: Catalogue
) -> Period | None:
    """Return the years that stand together and contain the period of a selection, if there are.

    `choices` are the rows of store.choices. None also where the period is such a span itself.
    """
    there = choices[
        (choices["indicator_id"] == indicator.id) & (choices["area_code"] == selection.area)
    ]
    offered = set(there["period_id"].unique())
    spans = [id_ for id_ in pooled(catalogue) if id_ in offered]
    found = [id_ for id_ in spans if selection.period in single_periods(id_, catalogue)]
    return catalogue.period(indicator, max(found)) if found else None


def pooled(catalogue: Catalogue) -> list[str]:
    """Return the spans that are several years of single figures, not months of one figure."""
    return [id_ for id_, span in catalogue.spans.items() if span.made_of != "months"]


def single_periods(span_id: str, catalogue: Catalogue) -> list[str]:
    """Return the single periods of a span, the oldest first; none if it is no such span."""
    if span_id not in pooled(catalogue):
        return []
    span = catalogue.spans[span_id]
    return [
        part for part in parts_of(span_id, span.made_of) if part not in span.without.split(";")
    ]


def singles(store: Store, selection: Selection) -> pd.DataFrame:
    """Return the rows of the single periods behind a span, for the area and group looked at.

    As they are shown: without the measures of periods in which a ratio would mislead. Empty
    where the period is no span of years.
    """
    parts = single_periods(selection.period, store.catalogue)
    if not parts:
        return _NONE.copy()
    indicator = store.catalogue.indicators[selection.indicator]
    complete = completeness(store, indicator, selection.classification)
    of_area = complete[complete["area_code"] == selection.area]
    set_unknown = dict(zip(of_area["period"], of_area["set_share"], strict=True))
    tables = [_NONE]
    for part in parts:
        table = analysis.compare(
            store,
            selection.indicator,
            part,
            classification=selection.classification,
            reference=selection.reference,
        )
        # Only what forbids a ratio matters here, and that needs no other period or reference.
        found = applying_to(
            store.catalogue, indicator, part, table, selection.area, set_unknown[part]
        )
        here = table[table["area_code"].astype(str) == selection.area]
        tables.append(as_shown(here, {selection.area: found}))
    rows = pd.concat([each for each in tables if len(each)] or tables, ignore_index=True)
    return rows[rows["group_code"].astype(str) == selection.group].reset_index(drop=True)
