"""The figures of a page as CSV: the columns of the comparison table, and what goes with them.

Writes what it is given: whoever calls it leaves out what is not shown.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.caveats import Found
from loti_dash.definitions import Source
from loti_dash.export.cells import as_csv

# A row has these in full; what is context only stands on the page.
_LEAST_SEVERITY = 2


def csv(
    table: pd.DataFrame,
    catalogue: Catalogue,
    cautions: Mapping[str, Sequence[Found]],
    link: str,
) -> str:
    """Return the comparison table of an indicator as CSV.

    After its columns stand `period_label`, `caveats` (those of the row's area, the worst first,
    divided by " | "), `source`, `licence`, and `link`: where the page is that showed it.
    """
    indicator = catalogue.indicators[str(table["indicator"].iloc[0])]
    sources = catalogue.sources_of(indicator)
    periods = {id_: catalogue.period(indicator, id_).label for id_ in table["period"].unique()}
    whole = table.assign(
        period_label=table["period"].astype(str).map(periods),
        caveats=table["area_code"].astype(str).map(in_a_row(cautions)),
        source="; ".join(map(credit, sources)),
        licence="; ".join(dict.fromkeys(each.licence for each in sources)),
        link=link,
    )
    return as_csv(whole)


def words_csv(table: pd.DataFrame, papers: Mapping[str, str]) -> str:
    """Return a table as a page shows it as CSV, its papers in columns of their own."""
    columns = {name.lower(): text for name, text in papers.items()}
    numbered = isinstance(table.index, pd.RangeIndex)
    return as_csv(table.reset_index(drop=numbered).rename_axis(columns=None).assign(**columns))


def in_a_row(cautions: Mapping[str, Sequence[Found]]) -> dict[str, str]:
    """Return the caveats of each area as one text, the worst first, divided by " | "."""
    return {
        area: " | ".join(each.text for each in found if each.severity >= _LEAST_SEVERITY)
        for area, found in cautions.items()
    }


def credit(source: Source) -> str:
    """Return a source as it is named in a cell: its title, its publisher, and where it is."""
    where = f" ({source.url})" if source.url else ""
    return f"{source.title}, {source.publisher}{where}"
