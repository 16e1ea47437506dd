"""The heat map of one ethnic group: areas by indicators, in numbers and signs, then in shades.

It is a table: every cell reads the same without its shade, to eyes, to a screen reader and on
a narrow screen, where it scrolls inside itself.
"""

from collections.abc import Mapping
from math import isnan

import pandas as pd

from loti_dash.evidence_order import by_indicator
from loti_dash.figures import decimals, legend, ratio
from loti_dash.findings import Finding, each, finding, marks

_SIGNS: dict[Finding, str] = {
    "higher": "▲",
    "lower": "▼",
    "depends": "?",
    "uncertain": "?",
    "no_interval": "?",
}
_MISSING = {
    "suppressed": "[c]",
    "not_applicable": "[z]",
    "not_available": "[x]",
}
NOTHING, NO_RATIO = "–", "no ratio"
_MEANINGS = {
    "▲": "clearly higher than the rate compared with",
    "▼": "clearly lower",
    "?": "we cannot tell: the interval contains 1 or is missing, or those of unknown ethnicity "
    "could turn it round",
    NO_RATIO: "where it would mislead or cannot be made: the page of the indicator says why",
    NOTHING: "no figure of its own",
}

# Tints on which text has more than 7:1. Neither is good or bad; the stronger one is for a rate
# of more than twice, or less than half, the other.
_TINTS = {"▲": ("#D3E4F4", "#A3C6E6"), "▼": ("#E9E0F5", "#CDBAE8")}
_GREY = "#F2F2F2"
_FAR = 2.0


def cells(rows: pd.DataFrame, areas: Mapping[str, str]) -> pd.DataFrame:
    """Return the heat map in words: a row for each area, a column for each indicator.

    `areas` are the names of areas by code, in order. A cell is the ratio and a sign, or why
    there is none. Rows are by area code, columns by indicator.
    """
    table = {
        id_: {str(row["area_code"]): cell(row) for row in each(of)}
        for id_, of in by_indicator(rows)
    }
    return pd.DataFrame(
        {id_: [of.get(code, NOTHING) for code in areas] for id_, of in table.items()},
        index=pd.Index(list(areas)),
    )


def cell(row: pd.Series) -> str:
    """Return what stands in a cell: `2.3 ▲`, `0.6 ▼`, `1.2 ?`, or why there is no ratio."""
    if isnan(row["ratio"]):
        withheld = isnan(row["numerator"]) or row["status"] == "suppressed"
        return _MISSING.get(str(row["status"]), "[x]") if withheld else NO_RATIO
    digits = decimals(row["ratio"], row["ratio_low"], row["ratio_high"])
    return f"{ratio(row['ratio'], digits)} {_SIGNS[finding(row)]} {marks(row)}".rstrip()


def shades(of: pd.DataFrame) -> pd.DataFrame:
    """Return the style of every cell: a tint for what is clear, grey for what has no ratio."""
    return of.map(_shade)


def signs(of: pd.DataFrame) -> str:
    """Return the meaning of the signs that a heat map uses, and of no others."""
    text = " ".join(of.to_numpy().ravel())
    used = [f"{sign} {meaning}" for sign, meaning in _MEANINGS.items() if sign in text]
    own = f"{'; '.join(used)}." if used else ""
    return f"{own} {legend(text)}".strip()


def _shade(text: str) -> str:
    number, _, sign = text.partition(" ")
    tints = _TINTS.get(sign[:1])
    if tints:
        value = float(number.replace(",", ""))
        far = value > _FAR or value < 1 / _FAR
        return f"background-color: {tints[far]}; color: #0B0C0C"
    return "" if sign.startswith("?") else f"background-color: {_GREY}; color: #0B0C0C"
