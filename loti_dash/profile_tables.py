"""One area in every indicator, as a table for readers: each row says when, where and of whom."""

from urllib.parse import urlencode

import pandas as pd

from loti_dash import tables
from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Indicator
from loti_dash.evidence_order import by_indicator
from loti_dash.figures import rate
from loti_dash.profile_choices import level_of
from loti_dash.selection import Selection
from loti_dash.wording import PLACES

_TAKEN = ("Ratio", "How sure", "Ethnicity not known")


def of_area(catalogue: Catalogue, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the table of an area's rows, in the order given, each linked to its own page.

    Signs are those of the other tables. Groups have a column where there are several.
    """
    several = rows["group_code"].nunique() > 1
    lines = []
    for id_, of in by_indicator(rows):
        indicator = catalogue.indicators[id_]
        cells = tables.by_area(of, indicator)
        for (_, row), (_, cell) in zip(of.iterrows(), cells.iterrows(), strict=True):
            lines.append(
                {"Indicator": f"[{_title(indicator, row)}]({link(catalogue, row)})"}
                | ({"Ethnicity": str(row["group"])} if several else {})
                | {name: cell[name] for name in _TAKEN}
                | _rates(indicator, row)
                | _counted(catalogue, indicator, row)
            )
    return pd.DataFrame(lines).set_index("Indicator")


def link(catalogue: Catalogue, row: pd.Series) -> str:
    """Return the address of the page that shows a row of the comparison table."""
    group = str(row["group_code"])
    opened = Selection(
        indicator=str(row["indicator"]),
        area=str(row["area_code"]),
        period=str(row["period"]),
        group=group,
        reference=str(row["reference_code"]),
        classification=level_of(group, catalogue),
        release=str(row["release"]),
    )
    return address(catalogue.indicators[opened.indicator].domain, opened)


def address(page: str, selection: Selection) -> str:
    """Return the address of a page, opened at a selection."""
    return f"{page}?{urlencode(selection.to_params())}"


def _title(indicator: Indicator, row: pd.Series) -> str:
    """Return the title of an indicator, with the place if it is joined to another."""
    joined = " with " in str(row["area"])
    return f"{indicator.title} ({row['area']})" if joined else indicator.title


def _rates(indicator: Indicator, row: pd.Series) -> dict[str, str]:
    """Return both rates beside a ratio."""
    of = f"for every {indicator.per:,}"
    rates = {"Rate": row["rate"], "Rate compared with": row["reference_rate"]}
    return {
        name: "[x]" if pd.isna(value) else f"{rate(value)} {of}" for name, value in rates.items()
    }


def _counted(catalogue: Catalogue, indicator: Indicator, row: pd.Series) -> dict[str, str]:
    """Return when and where the two sides of a rate were counted."""
    period = str(row["period"])
    when = catalogue.period(indicator, period).label
    then = catalogue.denominator_period(indicator, period).label
    sides = (indicator.numerator, indicator.denominator)
    counted, of = (
        f"{side.label}, by {PLACES[catalogue.series[side.series].place_basis]}" for side in sides
    )
    return {
        "Period": when,
        "Counted": counted,
        "Divided by": of if then == when else f"{of}, {then}",
    }
