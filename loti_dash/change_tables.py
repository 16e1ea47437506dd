"""Ratios over time as a table for readers, and the text that stands for their chart."""

from collections.abc import Sequence
from math import isnan

import pandas as pd

from loti_dash import tables
from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Indicator
from loti_dash.figures import between, percent, ratio
from loti_dash.periods import Period
from loti_dash.wording import as_officers_saw, place

BREAK = "[b]"


def by_period(rows: pd.DataFrame, indicator: Indicator, periods: Sequence[Period]) -> pd.DataFrame:
    """Return the table of rows of over_time: a row for each period, a column for each group.

    The oldest period first, as in the chart. The first period after a break has its sign.
    """
    others = rows[rows["group_code"].astype(str) != rows["reference_code"].astype(str)]
    columns = {
        str(of_group["group"].iloc[0]): _cells(of_group, indicator)
        for _, of_group in others.groupby(others["group_code"].astype(str), sort=False)
    }
    shares = rows.groupby(rows["period"].astype(str))["unknown_share"].max()
    unknown = {
        id_: "[x]" if isnan(share) else percent(share).removesuffix("%")
        for id_, share in shares.items()
    }
    table = pd.DataFrame(columns | {"% not known": unknown}).reindex([each.id for each in periods])
    stretch = dict(zip(rows["period"].astype(str), rows["stretch"], strict=True))
    signed = [
        f"{each.label} {BREAK}" if stretch[each.id] != stretch[before.id] else each.label
        for before, each in zip([periods[0], *periods], periods, strict=False)
    ]
    return table.fillna("[x]").set_axis(pd.Index(signed, name="Period"))


def alt(
    catalogue: Catalogue,
    indicator: Indicator,
    rows: pd.DataFrame,
    group: str,
    periods: Sequence[Period],
) -> str:
    """Return the text that stands for the chart of ratios over time."""
    where = place(str(rows["area"].iloc[0]))
    first, last = periods[0].label, periods[-1].label
    text = f"Chart of ratios over time by ethnic group in {where}, {first} to {last}. "
    text += f"{indicator.title}. "
    shown = rows[(rows["group_code"].astype(str) == group) & rows["ratio"].notna()]
    if len(shown):
        roughly = "about " if as_officers_saw(catalogue, indicator) else ""
        ends = shown.iloc[[0, -1]] if len(shown) > 1 else shown
        labels = {each.id: each.label for each in periods}
        said = [
            f"{roughly}{_with_limits(row)}, {labels[str(row['period'])]}"
            for _, row in ends.iterrows()
        ]
        row = shown.iloc[-1]
        text += f"{row['group']} compared with {row['reference']}: {'; then '.join(said)}. "
    return f"{text}{_unknown(rows)}The same figures are in the table below."


def _cells(rows: pd.DataFrame, indicator: Indicator) -> dict[str, str]:
    """Return the ratio of each period, its interval and how sure it is, in words."""
    ids = rows["period"].astype(str).to_list()
    full = tables.by_period(rows, indicator, ids)
    return {
        id_: much if much == sure else f"{much} {sure}"
        for id_, much, sure in zip(ids, full["Ratio"], full["How sure"], strict=True)
    }


def _with_limits(row: pd.Series) -> str:
    limits = between(row["ratio_low"], row["ratio_high"], digits=2)
    return f"{ratio(row['ratio'], 2)} ({limits})" if limits else ratio(row["ratio"], 2)


def _unknown(rows: pd.DataFrame) -> str:
    low, high = rows["unknown_share"].min(), rows["unknown_share"].max()
    if isnan(high):
        return ""
    shares = percent(high) if low == high else f"{percent(low)} to {percent(high)}"
    return f"Ethnicity not known: {shares}. "
