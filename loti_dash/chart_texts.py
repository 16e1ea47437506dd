"""The words that go with a chart: its title, which is its message, and the text in its stead.

Rows are those that the chart shows.
"""

from math import isnan

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Indicator
from loti_dash.figures import between, percent, ratio
from loti_dash.findings import SAYS, clearest, each, finding
from loti_dash.wording import as_officers_saw, place

# More groups than these are counted in a title, not named.
MOST_NAMES = 5

# What a row says, in the order of a title, and how it is said first, with the reference group.
_MESSAGES = {
    "higher": "higher rate than {}",
    "lower": "lower rate than {}",
    "higher as published": "higher rate than {} as published (no interval)",
    "lower as published": "lower rate than {} as published (no interval)",
    "cannot tell": "cannot tell whether higher or lower than {}",
    "no ratio": "no ratio compared with {}",
}


def groups_title(rows: pd.DataFrame) -> str:
    """Return the message of the chart of groups: which of them are higher, lower, or neither."""
    reference = str(rows["reference"].iloc[0])
    others = rows[rows["group_code"] != rows["reference_code"]]
    said = _by_message(others, "group")
    if len(others) > MOST_NAMES:
        counted = _counted(said, reference, "ethnic groups")
        return counted[0].upper() + counted[1:]
    parts = [f"{_listed(groups)}: {message}" for message, groups in _full(said, reference)]
    return "; ".join(parts)


def areas_title(catalogue: Catalogue, rows: pd.DataFrame) -> str:
    """Return the message of the chart of areas of one group: in how many it is higher or lower.

    An area that contains others is not counted beside them.
    """
    first = rows.iloc[0]
    if first["group_code"] == first["reference_code"]:
        return f"{first['group']}: the group that others are compared with"
    places = [catalogue.areas[str(code)] for code in rows["area_code"]]
    parents = {place.parent_code for place in places}
    inner = [p.area_code not in parents and p.level != "country" for p in places]
    said = _by_message(rows[inner] if any(inner) else rows, "area")
    return f"{first['group']}: {_counted(said, str(first['reference']), 'areas')}"


def forest_alt(catalogue: Catalogue, indicator: Indicator, rows: pd.DataFrame, wanted: str) -> str:
    """Return the text that stands for the chart of groups."""
    row = clearest(rows, wanted)
    when = catalogue.period(indicator, str(rows["period"].iloc[0])).label
    where = place(str(rows["area"].iloc[0]))
    what = f"Chart of ratios by ethnic group in {where}, {when}. {indicator.title}. "
    if row is not None and not isnan(row["ratio"]):
        limits = between(row["ratio_low"], row["ratio_high"], digits=2)
        roughly = "about " if as_officers_saw(catalogue, indicator) else ""
        what += f"{row['group']} compared with {row['reference']}: {roughly}"
        what += (
            f"{ratio(row['ratio'], 2)} ({limits}). " if limits else f"{ratio(row['ratio'], 2)}. "
        )
    return f"{what}{_unknown(rows)}The same figures are in the table below."


def areas_alt(catalogue: Catalogue, indicator: Indicator, rows: pd.DataFrame) -> str:
    """Return the text that stands for the chart of areas, for the rows of one group."""
    first = rows.iloc[0]
    ratios = rows["ratio"].dropna()
    when = catalogue.period(indicator, str(first["period"])).label
    text = f"Chart of ratios by area, {when}. {indicator.title}. {first['group']} compared with "
    text += f"{first['reference']}"
    if ratios.empty:
        text += ": no area has a ratio. "
    elif len(ratios) == 1:
        text += f": 1 area has a ratio, {ratio(ratios.iloc[0], 2)}. "
    else:
        low, high = ratio(ratios.min(), 2), ratio(ratios.max(), 2)
        text += f": {len(ratios)} areas have a ratio, from {low} to {high}. "
    return f"{text}{_unknown(rows)}The same figures are in the table below."


def _by_message(rows: pd.DataFrame, name: str) -> dict[str, list[str]]:
    """Return the names of rows by what they say, in the order of a title."""
    named = [(_message(row), str(row[name])) for row in each(rows, name, *SAYS)]
    said = {message: [who for of, who in named if of == message] for message in _MESSAGES}
    return {message: names for message, names in said.items() if names}


def _message(row: pd.Series) -> str:
    found = finding(row)
    if found == "no_interval" and row["ratio"] != 1:
        return "higher as published" if row["ratio"] > 1 else "lower as published"
    message = {"higher": "higher", "lower": "lower", "no_ratio": "no ratio"}
    return message.get(found, "cannot tell")


def _full(said: dict[str, list[str]], reference: str) -> list[tuple[str, list[str]]]:
    """Return messages with their names, the first of them with the reference group."""
    messages = list(said)
    messages[0] = _MESSAGES[messages[0]].format(reference)
    return list(zip(messages, said.values(), strict=True))


def _counted(said: dict[str, list[str]], reference: str, of_what: str) -> str:
    (message, names), *others = _full(said, reference)
    total = sum(len(names) for names in said.values())
    first = f"{message} in {len(names)} of {total} {of_what}"
    return ", ".join([first, *(f"{message} in {len(names)}" for message, names in others)])


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _unknown(rows: pd.DataFrame) -> str:
    low, high = rows["unknown_share"].min(), rows["unknown_share"].max()
    if isnan(high):
        return ""
    shares = percent(high) if low == high else f"{percent(low)} to {percent(high)}"
    return f"Ethnicity not known: {shares}. "
