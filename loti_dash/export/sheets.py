"""The tables of the workbook: those of the page, with a column for each number.

Numbers are not rounded; their format shows as many digits as the page does. A cell that is
missing on the page has the same sign here, and signs beside numbers have a column of their own.
"""

import re
from dataclasses import dataclass
from math import isnan

import pandas as pd

from loti_dash import tables
from loti_dash.definitions import Indicator
from loti_dash.export.cells import plain
from loti_dash.export.taken import Taken
from loti_dash.findings import marks

COUNT, RATIO, SHARE = "#,##0", "0.00", "0.000"
# One decimal, and two under 1 in either direction.
RATE = "[>=1]#,##0.0;[<=-1]-#,##0.0;0.00"
_SMALLEST = {COUNT: 0.5, RATIO: 0.005, SHARE: 0.0005, RATE: 0.005}
LOW = "[low]"
NONE = "none"
SHARE_HEAD = "Share of unknown ethnicity, 0 to 1"
_MISSING = {"suppressed": "[c]", "not_applicable": "[z]"}
_SIDES = {"numerator": "Counted", "denominator": "Out of"}


@dataclass(frozen=True)
class Column:
    """A column of numbers: its head, its name in the comparison table, its format.

    `on_the_page` is the head of the column of the page's table that says why it is missing.
    """

    head: str
    name: str
    format: str
    on_the_page: str


def columns(indicator: Indicator) -> list[Column]:
    """Return the columns of numbers, in order."""
    of = f"for every {indicator.per:,}"
    rate, difference = f"Rate {of}", f"Difference {of}"
    more, unknown = "More or fewer than at that rate", "Ratio, lowest to highest with the unknown"
    return [
        Column("Count", "numerator", COUNT, "Count"),
        Column("Out of", "denominator", COUNT, "Out of"),
        Column(rate, "rate", RATE, rate),
        Column("Rate, lower limit", "rate_low", RATE, rate),
        Column("Rate, upper limit", "rate_high", RATE, rate),
        Column("Rate of those compared with", "reference_rate", RATE, rate),
        Column("Ratio", "ratio", RATIO, "Ratio"),
        Column("Ratio, lower limit", "ratio_low", RATIO, "Ratio"),
        Column("Ratio, upper limit", "ratio_high", RATIO, "Ratio"),
        Column(difference, "rate_difference", RATE, difference),
        Column("Difference, lower limit", "difference_low", RATE, difference),
        Column("Difference, upper limit", "difference_high", RATE, difference),
        Column(more, "excess", COUNT, more),
        Column("More or fewer, lower limit", "excess_low", COUNT, more),
        Column("More or fewer, upper limit", "excess_high", COUNT, more),
        Column("Ratio, lowest with the unknown", "ratio_if_unknown_low", RATIO, unknown),
        Column("Ratio, highest with the unknown", "ratio_if_unknown_high", RATIO, unknown),
    ]


def by_group(taken: Taken) -> pd.DataFrame:
    """Return the table of the area looked at: a row for each group, and one for Unknown."""
    table = _table(taken, taken.here, "Ethnicity", "group")
    if isnan(taken.unknown):
        return table
    row: dict[str, object] = dict.fromkeys(table.columns, "[z]")
    row |= {"Ethnicity": "Unknown", "Count": taken.unknown, "Signs": NONE, "Reason": NONE}
    return pd.concat([table, pd.DataFrame([row], dtype=object)], ignore_index=True)


def by_area(taken: Taken) -> pd.DataFrame:
    """Return the table of the group looked at: a row for each area, with its share unknown."""
    table = _table(taken, taken.of_group, "Area", "area")
    shares = ["[x]" if isnan(share) else share for share in taken.of_group["unknown_share"]]
    return table.assign(**{SHARE_HEAD: pd.Series(shares, dtype=object)})


def observations(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the table of observations, as `observations_behind` gives them."""
    values = [
        _MISSING.get(str(status), "[x]") if isnan(value) else value
        for value, status in zip(rows["value"], rows["status"], strict=True)
    ]
    table = pd.DataFrame(
        {
            "Side": rows["side"].map(_SIDES).to_list(),
            "Series": rows["series"].to_list(),
            "Period": rows["period_label"].to_list(),
            "Area": rows["area"].to_list(),
            "Ethnicity": rows["group"].to_list(),
            "Value": pd.Series(values, dtype=object),
            "Signs": ["[p]" if status == "provisional" else NONE for status in rows["status"]],
            "Sum of": rows["sum_of"].to_list(),
        }
    )
    return table.map(_plain)


def _table(taken: Taken, rows: pd.DataFrame, head: str, name: str) -> pd.DataFrame:
    page = (tables.by_group if head == "Ethnicity" else tables.by_area)(rows, taken.indicator)
    lines = []
    for place, (_, row) in enumerate(rows.iterrows()):
        cells = page.iloc[place]
        line: dict[str, object] = {head: str(row[name])}
        rounded, own = False, row["group_code"] == row["reference_code"]
        for column in columns(taken.indicator):
            value = float(row[column.name])
            why = "[z]" if own and column.name == "reference_rate" else ""
            why = why or _why(str(cells[column.on_the_page]))
            line[column.head] = why if isnan(value) else value
            rounded |= 0 < abs(value) < _SMALLEST[column.format]
        signs = " ".join(filter(None, [marks(row), LOW if rounded else ""]))
        line["How sure"] = str(cells["How sure"]).replace("\N{NO-BREAK SPACE}", " ")
        if line["How sure"] == "compared with":
            line["How sure"] = "[z]"
        line["Signs"] = signs or NONE
        line["Reason"] = str(row["status_reason"]) or NONE
        lines.append(line)
    return pd.DataFrame(lines, dtype=object).map(_plain)


def _why(cell: str) -> str:
    """Return the sign of a number that the page's table has none of, or not on its own.

    >>> _why("[c]"), _why("compared with"), _why("2.10")
    ('[c]', '[z]', '[x]')
    """
    sign = re.match(r"\[[a-z]+\]", cell)
    if sign:
        return sign.group()
    return "[z]" if cell == "compared with" else "[x]"


def _plain(cell: object) -> object:
    return plain(cell) if isinstance(cell, str) else cell
