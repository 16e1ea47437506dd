"""Findings in plain words: each says no more than the interval and the unknowns allow.

Rows are those of the comparison table. What a reader meets here obeys the rules on words of the
standards: groups by name, both rates beside a ratio, and never why.
"""

from math import isnan, log
from typing import Any

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.caveats import Found
from loti_dash.definitions import Indicator
from loti_dash.figures import between, count, decimals, percent, rate, ratio
from loti_dash.wording import lower_first, people, reference_people

NOT_WHY = "This shows a difference. It does not show why."


def clearest(rows: pd.DataFrame, wanted: str = "") -> pd.Series | None:
    """Return the row a headline is about: the group wanted, or else the clearest finding.

    That is the largest ratio, up or down, among those whose interval excludes 1, and among all
    where there is none. None where no row has a ratio.
    """
    own = rows[(rows["group_code"] == wanted) & (rows["group_code"] != rows["reference_code"])]
    if len(own):
        return own.iloc[0]
    rows = rows[rows["ratio"] > 0]
    clear = rows[rows["evidence"].isin(["higher", "lower"])]
    rows = clear if len(clear) else rows
    if rows.empty:
        return None
    return rows.iloc[int(rows["ratio"].map(log).abs().to_numpy().argmax())]


def headline(
    catalogue: Catalogue,
    indicator: Indicator,
    rows: pd.DataFrame,
    wanted: str,
    forbidden: Found | None,
) -> str:
    """Return the finding of a view: who, where, how much, compared with whom, how sure, when."""
    if forbidden is not None:
        return f"A ratio would mislead here. {forbidden.text}"
    row = clearest(rows, wanted)
    where = str(rows["area"].iloc[0])
    when = catalogue.period(indicator, str(rows["period"].iloc[0])).label
    if row is None:
        others = rows[rows["group_code"] != rows["reference_code"]]
        return f"There is no ratio to show for {where}, {when}: {_why_none(indicator, others)}"
    group = people(indicator, str(row["group_code"]), str(row["group"]))
    interval = row["evidence"] != "none" or row["ratio_method"] == "published"
    if isnan(row["ratio"]) or not interval:
        why = _why_none(indicator, row.to_frame().T)
        return f"For {group} in {where}, {when}, there is no ratio to show: {why}"
    said, after = _finding(indicator, row, group)
    return f"In {where}, {said}, {when}{_rates(indicator, row)}.{after}"


def robustness(row: pd.Series | None) -> str:
    """Say whether the people of unknown ethnicity could turn the finding round."""
    clear = row is not None and row["evidence"] in ("higher", "lower")
    if row is None or not clear or row["unknown_share"] == 0:
        return ""
    limits = between(row["ratio_if_unknown_low"], row["ratio_if_unknown_high"])
    return {
        "true": "Not knowing some people's ethnicity cannot change that direction.",
        "false": "Which way round it is depends on who the people of unknown ethnicity are: the "
        f"ratio could be anywhere from {limits}.",
    }.get(str(row["robust_to_unknown"]), "")


def excess(row: pd.Series, indicator: Indicator) -> str:
    """Say how many more or fewer there are than at the reference group's rate, if clear."""
    if row["evidence"] not in ("higher", "lower") or count(row["excess"]) == "0":
        return ""
    more = "more" if row["excess"] > 0 else "fewer"
    how_many = f"{count(abs(row['excess']))} {more} {indicator.numerator.label}"
    return (
        f"That is about {how_many} than at the rate of {reference_people(indicator, row)}: a "
        "description, not a target."
    )


def unknown(indicator: Indicator, rows: pd.DataFrame) -> str:
    """Say for how many of those counted the ethnicity is not known."""
    share = rows["unknown_share"].max()
    if isnan(share):
        return ""
    where = rows["area"].iloc[0]
    if share == 0:
        return f"Ethnicity is known for all {indicator.numerator.label} in {where}."
    return (
        f"Ethnicity is not known for {percent(share)} of {indicator.numerator.label} in {where}."
    )


def selection(catalogue: Catalogue, indicator: Indicator, rows: pd.DataFrame) -> str:
    """Repeat in one sentence what is shown."""
    first = rows.iloc[0]
    when = catalogue.period(indicator, str(first["period"])).label
    then = catalogue.denominator_period(indicator, str(first["period"])).label
    of = f" ({then})" if then != when else ""
    label = indicator.numerator.label
    return (
        f"Shown: {lower_first(indicator.title)}, {first['area']}, {when}. "
        f"{label[0].upper()}{label[1:]} for every {indicator.per:,} "
        f"{indicator.denominator.label}{of}, each group compared with "
        f"{reference_people(indicator, first)}."
    )


def forest_alt(catalogue: Catalogue, indicator: Indicator, rows: pd.DataFrame, wanted: str) -> str:
    """Return the text that stands for the chart of groups."""
    row = clearest(rows, wanted)
    when = catalogue.period(indicator, str(rows["period"].iloc[0])).label
    what = f"Chart of ratios by ethnic group: {lower_first(indicator.title)}, "
    what += f"{rows['area'].iloc[0]}, {when}. "
    if row is not None and not isnan(row["ratio"]):
        limits = between(row["ratio_low"], row["ratio_high"], digits=2)
        what += f"{row['group']} compared with {row['reference']}: {ratio(row['ratio'], 2)}"
        what += f" ({limits}). " if limits else ". "
    return f"{what}{_unknown(rows)}The same figures are in the table below."


def areas_alt(catalogue: Catalogue, indicator: Indicator, rows: pd.DataFrame) -> str:
    """Return the text that stands for the chart of areas, for the rows of one group."""
    first = rows.iloc[0]
    ratios = rows["ratio"].dropna()
    when = catalogue.period(indicator, str(first["period"])).label
    text = f"Chart of ratios by area: {lower_first(indicator.title)}, {first['group']} compared "
    text += f"with {first['reference']}, {when}. "
    if len(ratios) == 1:
        text += f"1 area has a ratio, {ratio(ratios.iloc[0], 2)}. "
    elif len(ratios):
        low, high = ratio(ratios.min(), 2), ratio(ratios.max(), 2)
        text += f"{len(ratios)} areas have a ratio, from {low} to {high}. "
    return f"{text}{_unknown(rows)}The same figures are in the table below."


def _finding(indicator: Indicator, row: pd.Series, group: str) -> tuple[str, str]:
    """Return what is found, and the sentence that has to follow it, if any."""
    reference = reference_people(indicator, row)
    events = indicator.denominator_type in ("events_over_population", "published_rate_only")
    digits = decimals(row["ratio"], row["ratio_low"], row["ratio_high"])
    limits = between(row["ratio_low"], row["ratio_high"], digits)
    much = ratio(row["ratio"], digits)
    sure = f" ({limits})" if limits else ""
    if row["evidence"] == "uncertain":
        compared = (
            f"{group} {indicator.finding} at a higher or a lower rate than {reference}"
            if events
            else f"{group} were more or less likely than {reference} {indicator.finding}"
        )
        could = f", and could be {limits}" if limits else ""
        return f"we cannot tell whether {compared}", f" The ratio is {much}{could}."
    if row["numerator"] == 0:
        return f"no {indicator.numerator.label} are counted for {group}", (
            f" Compared with {reference} the ratio is {much}{sure}."
        )
    if events:
        return f"{group} {indicator.finding} at {much} times the rate of {reference}{sure}", ""
    return f"{group} were {much} times as likely as {reference} {indicator.finding}{sure}", ""


def _rates(indicator: Indicator, row: Any) -> str:
    if isnan(row["rate"]) or isnan(row["reference_rate"]):
        return ""
    return (
        f": {rate(row['rate'])} for every {indicator.per:,}, compared with "
        f"{rate(row['reference_rate'])}"
    )


def _why_none(indicator: Indicator, rows: pd.DataFrame) -> str:
    """Return why rows have no ratio: what is missing, before what is merely small."""
    for _, row in rows.iterrows():
        if isnan(row["reference_rate"]) and not isnan(row["rate"]):
            return f"the rate of {reference_people(indicator, row)} is not known."
        if row["status_reason"]:
            return lower_first(str(row["status_reason"]))
    return "a count is withheld, missing or 0."


def _unknown(rows: pd.DataFrame) -> str:
    low, high = rows["unknown_share"].min(), rows["unknown_share"].max()
    if isnan(high):
        return ""
    shares = percent(high) if low == high else f"{percent(low)} to {percent(high)}"
    return f"Ethnicity not known: {shares}. "
