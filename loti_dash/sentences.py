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
from loti_dash.figures import between, count, percent, rate, ratio

NOT_WHY = "This shows a difference. It does not show why."


def people(indicator: Indicator, code: str, label: str) -> str:
    """Return the people an indicator is about, of one ethnic group or reference, in words."""
    plural = indicator.people
    if code in ("asian", "black", "white", "white_british"):
        return f"{label} {plural}"
    return {
        "mixed": f"{plural} with a Mixed ethnic background",
        "other": f"{plural} from other ethnic groups",
        "rest": f"{plural} from all other ethnic groups combined",
        "all": f"all {plural} of known ethnicity",
    }.get(code, f"{plural} from the {label} ethnic group")


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
        return f"There is no ratio to show for {where}, {when}: {_why_none(rows)}"
    group = people(indicator, str(row["group_code"]), str(row["group"]))
    interval = row["evidence"] != "none" or row["ratio_method"] == "published"
    if isnan(row["ratio"]) or not interval:
        reason = str(row["status_reason"]) or "a count is withheld, missing or 0."
        return f"For {group} in {where}, {when}, there is no ratio to show: {_lower(reason)}"
    return f"In {where}, {_finding(indicator, row, group)}, {when}{_rates(indicator, row)}."


def robustness(row: pd.Series | None) -> str:
    """Say whether the people of unknown ethnicity could turn the finding round."""
    if row is None or row["evidence"] not in ("higher", "lower"):
        return ""
    limits = between(row["ratio_if_unknown_low"], row["ratio_if_unknown_high"])
    return {
        "true": "Not knowing some people's ethnicity cannot change that direction.",
        "false": "Which way round it is depends on who the people of unknown ethnicity are: the "
        f"ratio could be anywhere from {limits}.",
    }.get(str(row["robust_to_unknown"]), "")


def unknown(indicator: Indicator, rows: pd.DataFrame) -> str:
    """Say for how many of those counted the ethnicity is not known."""
    share = rows["unknown_share"].max()
    if isnan(share):
        return ""
    where = rows["area"].iloc[0]
    return (
        f"Ethnicity is not known for {percent(share)} of {indicator.numerator.label} in {where}."
    )


def selection(catalogue: Catalogue, indicator: Indicator, rows: pd.DataFrame) -> str:
    """Repeat in one sentence what is shown."""
    first = rows.iloc[0]
    when = catalogue.period(indicator, str(first["period"])).label
    then = catalogue.denominator_period(indicator, str(first["period"])).label
    of = f" of {then}" if then != when else ""
    return (
        f"Shown: {_lower_first(indicator.title)}, {first['area']}, {when}. "
        f"{indicator.numerator.label.capitalize()} for every {indicator.per:,} "
        f"{indicator.denominator.label}{of}, each group compared with {first['reference']}."
    )


def forest_alt(catalogue: Catalogue, indicator: Indicator, rows: pd.DataFrame, wanted: str) -> str:
    """Return the text that stands for the chart of groups."""
    row = clearest(rows, wanted)
    what = f"Chart of ratios by ethnic group: {_lower_first(indicator.title)}, "
    what += f"{rows['area'].iloc[0]}, "
    what += f"{catalogue.period(indicator, str(rows['period'].iloc[0])).label}. "
    if row is not None and not isnan(row["ratio"]):
        limits = between(row["ratio_low"], row["ratio_high"], digits=2)
        what += f"{row['group']} compared with {row['reference']}: {ratio(row['ratio'], 2)}"
        what += f" ({limits}). " if limits else ". "
    share = rows["unknown_share"].max()
    known = "" if isnan(share) else f"Ethnicity not known: {percent(share)}. "
    return f"{what}{known}The same figures are in the table below."


def areas_alt(catalogue: Catalogue, indicator: Indicator, rows: pd.DataFrame) -> str:
    """Return the text that stands for the chart of areas, for the rows of one group."""
    first = rows.iloc[0]
    there = rows[rows["ratio"].notna()]
    when = catalogue.period(indicator, str(first["period"])).label
    text = f"Chart of ratios by area: {_lower_first(indicator.title)}, {first['group']} compared "
    text += f"with {first['reference']}, {when}. "
    if len(there):
        low, high = ratio(there["ratio"].min(), 2), ratio(there["ratio"].max(), 2)
        text += f"{len(there)} areas have a ratio, from {low} to {high}. "
    return text + "The same figures are in the table below."


def _finding(indicator: Indicator, row: pd.Series, group: str) -> str:
    reference = people(indicator, str(row["reference_code"]), str(row["reference"]))
    events = indicator.denominator_type in ("events_over_population", "published_rate_only")
    limits = between(row["ratio_low"], row["ratio_high"])
    much = ratio(row["ratio"])
    sure = f" ({limits})" if limits else ""
    if row["evidence"] == "uncertain" and events:
        said = f"{group} {indicator.finding} at a higher or a lower rate than {reference}"
        return f"we cannot tell whether {said}: the ratio is {much}{sure}"
    if row["evidence"] == "uncertain":
        said = f"{group} were more or less likely than {reference} {indicator.finding}"
        return f"we cannot tell whether {said}: the ratio is {much}{sure}"
    if events:
        return f"{group} {indicator.finding} at {much} times the rate of {reference}{sure}"
    return f"{group} were {much} times as likely as {reference} {indicator.finding}{sure}"


def _rates(indicator: Indicator, row: Any) -> str:
    if isnan(row["rate"]) or isnan(row["reference_rate"]):
        return ""
    return (
        f": {rate(row['rate'])} for every {indicator.per:,}, compared with "
        f"{rate(row['reference_rate'])}"
    )


def _why_none(rows: pd.DataFrame) -> str:
    reasons = [str(reason) for reason in rows["status_reason"] if str(reason)]
    return _lower(reasons[0]) if reasons else "a count is withheld, missing or 0."


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _lower_first(title: str) -> str:
    """Return a title inside a sentence: its first word in lower case, unless it is a name."""
    word = title.split()[0]
    return title if word in ("NHS", "Mental") else _lower(title)


def excess(row: pd.Series, indicator: Indicator) -> str:
    """Say how many more or fewer there are than at the reference group's rate."""
    if isnan(row["excess"]):
        return ""
    more = "more" if row["excess"] > 0 else "fewer"
    how_many = f"{count(abs(row['excess']))} {more} {indicator.numerator.label}"
    return (
        f"That is about {how_many} than at the rate of {row['reference']}: a description, not a "
        "target."
    )
