"""The reader's table: the rows of a chart as words, with the signs it uses explained."""

from collections.abc import Callable
from math import isnan

import pandas as pd

from loti_dash.definitions import Indicator
from loti_dash.figures import between, count, percent, rate, ratio

SIGNS = {
    "[c]": "withheld by the publisher to protect people",
    "[x]": "not available",
    "[z]": "does not apply",
    "[u]": "unreliable: fewer than 20 counted in the group, fewer than 10 in the group compared "
    "with, or a very wide interval",
    "[p]": "provisional",
}
_MISSING = {"suppressed": "[c]", "not_applicable": "[z]"}
UNRELIABLE = 20
WIDE = 3.0


def by_group(rows: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Return the table of one area: a row for each ethnic group, in the order given."""
    table = _table(rows, indicator, "Ethnicity", rows["group"])
    share = rows["unknown_share"].max()
    if not isnan(share):
        known = rows["numerator"].sum(skipna=False)
        total = (
            "[c]" if isnan(known) else "[x]" if share == 1 else count(known * share / (1 - share))
        )
        counted = f"{total} ({percent(share)} of all)"
        table.loc["Unknown"] = [counted, *["[z]"] * (len(table.columns) - 1)]
    return table


def by_area(rows: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Return the table of one group: a row for each area, with the share unknown there."""
    table = _table(rows, indicator, "Area", rows["area"])
    shares = [percent(share) if not isnan(share) else "[x]" for share in rows["unknown_share"]]
    return table.assign(**{"Ethnicity not known": shares})


def legend(table: pd.DataFrame) -> str:
    """Return the meaning of the signs that a table uses, and of no others."""
    text = " ".join(table.astype(str).to_numpy().ravel())
    used = [f"{sign} {meaning}" for sign, meaning in SIGNS.items() if sign in text]
    return f"{'; '.join(used)}." if used else ""


def _table(rows: pd.DataFrame, indicator: Indicator, head: str, names: pd.Series) -> pd.DataFrame:
    of = f"for every {indicator.per:,}"
    lines = [_cells(row, of) for _, row in rows.iterrows()]
    return pd.DataFrame(lines, index=pd.Index([str(name) for name in names], name=head))


def _cells(row: pd.Series, of: str) -> dict[str, str]:
    gone = _MISSING.get(str(row["status"]), "[x]")
    own = row["group_code"] == row["reference_code"]
    none = "compared with" if own else gone
    mark = f" {_reliability(row)}".rstrip()

    def whole(value: float) -> str:
        return gone if isnan(value) else count(value)

    def with_limits(
        name: str, low: str, high: str, write: Callable[[float], str], missing: str
    ) -> str:
        if isnan(row[name]):
            return missing
        if isnan(row[low]) or isnan(row[high]):
            return write(row[name])
        return f"{write(row[name])} ({write(row[low])} to {write(row[high])})"

    def ratio_2(value: float) -> str:
        return ratio(value, 2)

    return {
        "Count": whole(row["numerator"]),
        "Out of": whole(row["denominator"]),
        f"Rate {of}": with_limits("rate", "rate_low", "rate_high", rate, gone),
        "Ratio": with_limits("ratio", "ratio_low", "ratio_high", ratio_2, none)
        + ("" if isnan(row["ratio"]) else mark),
        "How sure": none if isnan(row["ratio"]) else _evidence(row),
        f"Difference {of}": with_limits(
            "rate_difference", "difference_low", "difference_high", rate, none
        ),
        "Excess": with_limits("excess", "excess_low", "excess_high", count, none),
        "Ratio if every unknown …": between(
            row["ratio_if_unknown_low"], row["ratio_if_unknown_high"], digits=2
        )
        or none,
    }


def _evidence(row: pd.Series) -> str:
    if row["evidence"] not in ("higher", "lower"):
        return "cannot tell" if row["evidence"] == "uncertain" else "no interval"
    if isnan(row["q_value"]):
        return str(row["evidence"])
    if row["q_value"] <= 0.05:
        return f"{row['evidence']}, also after allowing for all comparisons made"
    return f"{row['evidence']} on its own, not after allowing for all comparisons made"


def _reliability(row: pd.Series) -> str:
    wide = row["ratio_high"] > WIDE * row["ratio_low"]
    few = row["numerator"] < UNRELIABLE or row["status"] == "low_counts"
    provisional = "[p]" if row["status"] == "provisional" else ""
    return " ".join(filter(None, ["[u]" if few or wide else "", provisional]))
