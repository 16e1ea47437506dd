"""The figures of a page as CSV: the columns of the comparison table, and what goes with them.

Writes what it is given: whoever calls it leaves out what is not shown.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.caveats import Found

# What a workbook would take for a formula (standards, section 6).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# A row has these in full; what is context only stands on the page.
_LEAST_SEVERITY = 2


def csv(
    table: pd.DataFrame,
    catalogue: Catalogue,
    cautions: Mapping[str, Sequence[Found]],
    link: str,
) -> str:
    """Return the comparison table of an indicator and period as CSV.

    After its columns stand `period_label`, `caveats` (those of the row's area, the worst first,
    divided by " | "), `source`, `licence`, and `link`: where the page is that showed it.
    """
    indicator = catalogue.indicators[str(table["indicator"].iloc[0])]
    sources = catalogue.sources_of(indicator)
    periods = {id_: catalogue.period(indicator, id_).label for id_ in table["period"].unique()}
    caveats = {
        area: " | ".join(each.text for each in found if each.severity >= _LEAST_SEVERITY)
        for area, found in cautions.items()
    }
    whole = table.assign(
        period_label=table["period"].astype(str).map(periods),
        caveats=table["area_code"].astype(str).map(caveats),
        source="; ".join(f"{each.title}, {each.publisher} ({each.url})" for each in sources),
        licence="; ".join(dict.fromkeys(each.licence for each in sources)),
        link=link,
    )
    words = whole.columns[[not pd.api.types.is_numeric_dtype(kind) for kind in whole.dtypes]]
    whole = whole.assign(**{name: whole[name].astype(str).map(_no_formula) for name in words})
    return str(whole.to_csv(index=False, lineterminator="\r\n"))


def _no_formula(text: str) -> str:
    """Return a text that a workbook takes for a text.

    >>> _no_formula("=1+1"), _no_formula("Hackney")
    ("'=1+1", 'Hackney')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text
