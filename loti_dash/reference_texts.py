"""Whom a group is compared with, in words and as a table: one reference after the other.

The title is the message, and says where a change of reference turns the conclusion round.
"""

from math import isnan

import pandas as pd

from loti_dash import tables
from loti_dash.catalogue import Catalogue
from loti_dash.caveat_view import listed
from loti_dash.definitions import Indicator
from loti_dash.figures import rate
from loti_dash.findings import CLEAR, finding, findings
from loti_dash.wording import place

_LIMITS = "Ratio, lowest to highest with the unknown"


def title(rows: pd.DataFrame) -> str:
    """Return the message of the chart of references: what is said with each of them."""
    group = str(rows["group"].iloc[0])
    said = by_message(rows, rows["reference"])
    if len(said) == 1 and len(rows) > 1:
        return f"{group}: {_SAYS[next(iter(said))][0]}, whoever it is compared with"
    parts = [f"compared with {listed(of)} {_SAYS[way][1]}" for way, of in said.items()]
    return f"{group}: {'; '.join(parts)}"


def turned(rows: pd.DataFrame) -> str:
    """Return what a change of reference does to the conclusion."""
    found = set(findings(rows)) - {"no_ratio"}
    known = {str(way) for way in rows["evidence"]} & set(CLEAR)
    if set(CLEAR) <= found:
        return (
            "A change of reference turns the conclusion round, so whom the group is compared with "
            "decides what is seen. All are shown."
        )
    if set(CLEAR) <= known:
        ways = [listed(rows.loc[rows["evidence"] == way, "reference"]) for way in CLEAR]
        return (
            f"Among those of known ethnicity the rate is higher compared with {ways[0]}, and "
            f"lower compared with {ways[1]}: a change of reference turns it round. Those of "
            "unknown ethnicity could, too."
        )
    if len(found) > 1:
        return "How sure the finding is depends on whom the group is compared with."
    return "The finding does not depend on whom the group is compared with." if found else ""


def alt(catalogue: Catalogue, indicator: Indicator, rows: pd.DataFrame) -> str:
    """Return the text that stands for the chart of references."""
    first = rows.iloc[0]
    when = catalogue.period(indicator, str(first["period"])).label
    return (
        f"Chart of the ratio by whom a group is compared with, {place(str(first['area']))}, "
        f"{when}. {indicator.title}. {title(rows)}. The same figures are in the table below."
    )


def table(rows: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Return the rows of one group, one for each reference, as a table for readers."""
    table = tables.named(rows, indicator, "Compared with", names(rows))
    of = f"Rate for every {indicator.per:,}"
    theirs = [rate(value) if not isnan(value) else "[x]" for value in rows["reference_rate"]]
    table["Rate of those compared with"] = theirs
    return table[["Ratio", "How sure", of, "Rate of those compared with", _LIMITS]]


def names(rows: pd.DataFrame) -> list[str]:
    """Return the names of references as those of rows, which begin with a capital."""
    return [f"{name[0].upper()}{name[1:]}" for name in rows["reference"].astype(str)]


def by_message(rows: pd.DataFrame, called: pd.Series) -> dict[str, list[str]]:
    """Return the names of rows by what they say, in the order in which it is first said."""
    said: dict[str, list[str]] = {}
    for (_, row), name in zip(rows.iterrows(), called, strict=True):
        said.setdefault(_message(row), []).append(str(name))
    return said


def _message(row: pd.Series) -> str:
    found = finding(row)
    if found == "no_interval" and row["ratio"] != 1:
        return "higher as published" if row["ratio"] > 1 else "lower as published"
    return {"higher": "higher", "lower": "lower", "no_ratio": "no ratio"}.get(found, "cannot tell")


_SAYS = {
    "higher": ("a higher rate", "the rate is higher"),
    "lower": ("a lower rate", "the rate is lower"),
    "higher as published": ("a higher rate as published", "the rate is higher as published"),
    "lower as published": ("a lower rate as published", "the rate is lower as published"),
    "cannot tell": (
        "we cannot tell whether the rate is higher or lower",
        "we cannot tell",
    ),
    "no ratio": ("no ratio", "there is no ratio"),
}
