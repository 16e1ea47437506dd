"""The reader's table: the rows of a chart as words, with the signs it uses explained."""

from collections.abc import Callable
from math import isnan

import pandas as pd

from loti_dash import figures
from loti_dash.definitions import Indicator
from loti_dash.figures import between, count, percent, rate, ratio
from loti_dash.findings import CLEAR, each, finding, marks

_MISSING = {"suppressed": "[c]", "not_applicable": "[z]"}
_NO_BREAK = "\N{NO-BREAK SPACE}"


def by_group(rows: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Return the table of one area: a row for each ethnic group, in the order given."""
    table = _table(rows, indicator, "Ethnicity", rows["group"])
    share = rows["unknown_share"].max()
    if not isnan(share):
        known = rows["numerator"].sum(skipna=False)
        total = (
            "[c]" if isnan(known) else "[x]" if share == 1 else count(known * share / (1 - share))
        )
        counted = f"{total} ({percent(share)} of all)".replace(" ", _NO_BREAK)
        table.loc["Unknown"] = [
            counted if column == "Count" else "[z]" for column in table.columns
        ]
    return table


def by_area(rows: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Return the table of one group: a row for each area, with the share unknown there."""
    table = _table(rows, indicator, "Area", rows["area"])
    shares = [percent(share) if not isnan(share) else "[x]" for share in rows["unknown_share"]]
    return table.assign(**{"Ethnicity not known": shares})


def by_period(rows: pd.DataFrame, indicator: Indicator, labels: list[str]) -> pd.DataFrame:
    """Return the table of one area and group: a row for each period, as it is labelled."""
    return _table(rows, indicator, "Period", pd.Series(labels, dtype=str))


def named(rows: pd.DataFrame, indicator: Indicator, head: str, names: list[str]) -> pd.DataFrame:
    """Return the table of rows of any other kind, with their names under a head."""
    return _table(rows, indicator, head, pd.Series(names, dtype=str))


def legend(table: pd.DataFrame) -> str:
    """Return the meaning of the signs that a table uses, and of no others."""
    return figures.legend(" ".join(table.astype(str).to_numpy().ravel()))


def _table(rows: pd.DataFrame, indicator: Indicator, head: str, names: pd.Series) -> pd.DataFrame:
    of = f"for every {indicator.per:,}"
    lines = [_cells(row, of) for row in each(rows)]
    return pd.DataFrame(lines, index=pd.Index([str(name) for name in names], name=head))


def _cells(row: pd.Series, of: str) -> dict[str, str]:
    gone = _MISSING.get(str(row["status"]), "[x]")
    own = row["group_code"] == row["reference_code"]
    none = "compared with" if own else gone

    def whole(value: float) -> str:
        return gone if isnan(value) else count(value)

    def with_limits(
        name: str, low: str, high: str, write: Callable[[float], str], missing: str
    ) -> str:
        if isnan(row[name]):
            return missing
        if isnan(row[low]) or isnan(row[high]):
            return write(row[name])
        limits = f"({write(row[low])} to {write(row[high])})".replace(" ", _NO_BREAK)
        return f"{write(row[name])} {limits}"

    def ratio_2(value: float) -> str:
        return ratio(value, 2)

    marked = marks(row).replace(" ", _NO_BREAK)
    return {
        "Ratio": with_limits("ratio", "ratio_low", "ratio_high", ratio_2, none)
        + (f"{_NO_BREAK}{marked}" if marked else ""),
        "How sure": none if isnan(row["ratio"]) else _how_sure(row),
        "Count": whole(row["numerator"]),
        "Out of": whole(row["denominator"]),
        f"Rate {of}": with_limits("rate", "rate_low", "rate_high", rate, gone),
        f"Difference {of}": with_limits(
            "rate_difference", "difference_low", "difference_high", rate, none
        ),
        "More or fewer than at that rate": with_limits(
            "excess", "excess_low", "excess_high", count, none
        ),
        "Ratio, lowest to highest with the unknown": none if own else _with_unknown(row, gone),
    }


def _how_sure(row: pd.Series) -> str:
    found = finding(row)
    if found in CLEAR:
        return f"{found}{_NO_BREAK}[1]" if row["q_value"] > 0.05 else found
    if found == "depends":
        return "cannot tell [2]"
    return "cannot tell" if found == "uncertain" else "no interval"


def _with_unknown(row: pd.Series, gone: str) -> str:
    """Return the limits for the unknowns, which do not apply where none is known of."""
    if isnan(row["unknown_share"]) or row["unknown_share"] == 0:
        return "[z]"
    limits = between(row["ratio_if_unknown_low"], row["ratio_if_unknown_high"], digits=2)
    return limits.replace(" ", _NO_BREAK) or gone
