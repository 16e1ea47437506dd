"""What may be said of a row of the comparison table: one answer for sentences, tables, charts.

It puts together what the interval and the unknowns allow, and says nothing of size.
"""

from math import isnan, log
from typing import Any, Literal

import pandas as pd

Finding = Literal["higher", "lower", "depends", "uncertain", "no_interval", "no_ratio"]
CLEAR = ("higher", "lower")

# The columns that decide what a row says.
SAYS = ("ratio", "evidence", "robust_to_unknown")

UNRELIABLE = 20
WIDE = 3.0


def each(rows: pd.DataFrame, *names: str) -> list[Any]:
    """Return rows one after the other, each with its values by column: of all, or of some.

    As dictionaries: to make a pandas Series of each row takes longer than all that is said of it,
    and so does pandas' own way to dictionaries.
    """
    columns = {str(name): rows[name].tolist() for name in names or rows.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def finding(row: pd.Series) -> Finding:
    """Return what a row says of its group's rate, compared with the reference group's.

    `depends`: clearly higher or lower among those of known ethnicity, and those of unknown
    ethnicity could turn it round. `uncertain`: the interval contains 1.
    """
    if isnan(row["ratio"]):
        return "no_ratio"
    if row["evidence"] in CLEAR and row["robust_to_unknown"] == "false":
        return "depends"
    found: dict[str, Finding] = {"higher": "higher", "lower": "lower", "uncertain": "uncertain"}
    return found.get(str(row["evidence"]), "no_interval")


def findings(rows: pd.DataFrame) -> list[Finding]:
    """Return what each of some rows says."""
    return [finding(row) for row in each(rows, *SAYS)]


def marks(row: pd.Series) -> str:
    """Return the signs that stand beside the ratio of a row: `[u]`, `[p]`, both or none."""
    if isnan(row["ratio"]):
        return ""
    wide = row["ratio_high"] > WIDE * row["ratio_low"]
    few = row["numerator"] < UNRELIABLE or row["status"] == "low_counts"
    provisional = "[p]" if row["status"] == "provisional" else ""
    return " ".join(filter(None, ["[u]" if few or wide else "", provisional]))


def clearest(rows: pd.DataFrame, wanted: str = "") -> pd.Series | None:
    """Return the row a headline is about: the group wanted, or else the clearest finding.

    That is the largest ratio, up or down, among those that are clear, and among all where none
    is. None where no row has a ratio.
    """
    pairs = zip(rows["group_code"].tolist(), rows["reference_code"].tolist(), strict=True)
    for place, (group, reference) in enumerate(pairs):
        if group == wanted != reference:
            return rows.iloc[place]
    rows = rows[rows["ratio"] > 0]
    clear = rows[[found in CLEAR for found in findings(rows)]]
    rows = clear if len(clear) else rows
    if rows.empty:
        return None
    return rows.iloc[int(rows["ratio"].map(log).abs().to_numpy().argmax())]
