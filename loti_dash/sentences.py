"""Findings in plain words: each says no more than the interval and the unknowns allow.

Rows are those of the comparison table. What a reader meets here obeys the rules on words of the
standards: groups by name, both rates beside a ratio, and never why.
"""

from math import isnan

import pandas as pd

from loti_dash import tipping
from loti_dash.catalogue import Catalogue
from loti_dash.caveats import Found
from loti_dash.definitions import Indicator
from loti_dash.figures import about, between, decimals, percent, rate, ratio
from loti_dash.findings import CLEAR, clearest, finding
from loti_dash.wording import as_officers_saw, lower_first, people, place, reference_people

NOT_WHY = "This shows a difference. It does not show why."
_AS_PUBLISHED = "This shows a difference, and not how sure it is. It does not show why."
_NOT_THE_SAME = (
    "That is not evidence that the rates are the same. If they differ, it does not show why."
)


def headline(
    catalogue: Catalogue,
    indicator: Indicator,
    rows: pd.DataFrame,
    wanted: str,
    forbidden: Found | None,
) -> str:
    """Return the finding of a view: who, where, how much, compared with whom, how sure, when."""
    where = place(str(rows["area"].iloc[0]))
    when = catalogue.period(indicator, str(rows["period"].iloc[0])).label
    if forbidden is not None:
        what = f"a ratio of {indicator.numerator.label} would mislead"
        return f"In {where}, {when}, {what}: {lower_first(forbidden.text)}"
    row = clearest(rows, wanted)
    if row is None:
        others = rows[rows["group_code"] != rows["reference_code"]]
        why = _why_none(catalogue, indicator, others)
        return f"There is no ratio to show for {where}, {when}: {why}"
    if not _has_finding(row):
        group = people(catalogue, indicator, str(row["group_code"]), str(row["group"]))
        why = _why_none(catalogue, indicator, row.to_frame().T)
        return f"For {group} in {where}, {when}, there is no ratio to show: {why}"
    return _finding(catalogue, indicator, row, where, when)


def closing(row: pd.Series | None) -> str:
    """Return the line that follows a finding: what it is no evidence of."""
    if row is None or not _has_finding(row):
        return ""
    line = {"higher": NOT_WHY, "lower": NOT_WHY, "no_interval": _AS_PUBLISHED}
    return line.get(finding(row), _NOT_THE_SAME)


def robustness(
    catalogue: Catalogue, indicator: Indicator, row: pd.Series | None, rows: pd.DataFrame
) -> str:
    """Say what it would take of the people of unknown ethnicity to turn a finding round.

    `rows` are those of the view, of which the row is one.
    """
    if row is None or finding(row) not in (*CLEAR, "depends") or row["unknown_share"] == 0:
        return ""
    return tipping.in_words(catalogue, indicator, row, rows)


def excess(catalogue: Catalogue, indicator: Indicator, row: pd.Series | None) -> str:
    """Say how many more or fewer there are than at the reference group's rate, if clear."""
    if row is None or finding(row) not in CLEAR:
        return ""
    least, most = sorted((row["excess_low"], row["excess_high"]), key=abs)
    if not least * most > 0 or about(least) == "0":
        return ""
    more = "more" if row["excess"] > 0 else "fewer"
    return (
        f"That is about {about(row['excess'])} {more} {indicator.numerator.label} "
        f"({about(least)} to {about(most)}) than if the rate of "
        f"{reference_people(catalogue, indicator, row)} applied: a description, not a target."
    )


def unknown(indicator: Indicator, rows: pd.DataFrame) -> str:
    """Say for how many of those counted the ethnicity is not known."""
    share = rows["unknown_share"].max()
    if isnan(share):
        return ""
    counted = f"{indicator.numerator.label} in {place(str(rows['area'].iloc[0]))}"
    if share == 0:
        return f"Ethnicity is known for all {counted}."
    return f"Ethnicity is not known for {percent(share)} of {counted}."


def selection(catalogue: Catalogue, indicator: Indicator, rows: pd.DataFrame) -> str:
    """Repeat what is shown."""
    first = rows.iloc[0]
    when = catalogue.period(indicator, str(first["period"])).label
    then = catalogue.denominator_period(indicator, str(first["period"])).label
    of = f" ({then})" if then != when else ""
    return (
        f"{indicator.title}. Shown for {place(str(first['area']))}, {when}: "
        f"{indicator.numerator.label} for every {indicator.per:,} "
        f"{indicator.denominator.label}{of}, each group compared with "
        f"{reference_people(catalogue, indicator, first)}."
    )


def _has_finding(row: pd.Series) -> bool:
    """Return whether there is a ratio that may be said: with an interval, or as published."""
    found = finding(row)
    return found != "no_ratio" and (found != "no_interval" or row["ratio_method"] == "published")


def _finding(
    catalogue: Catalogue, indicator: Indicator, row: pd.Series, where: str, when: str
) -> str:
    """Return what is found as a clear statement, or else what cannot be told, with its figures."""
    group = people(catalogue, indicator, str(row["group_code"]), str(row["group"]))
    reference = reference_people(catalogue, indicator, row)
    events = indicator.denominator_type in ("events_over_population", "published_rate_only")
    digits = decimals(row["ratio"], row["ratio_low"], row["ratio_high"])
    limits = between(row["ratio_low"], row["ratio_high"], digits)
    roughly = "about " if as_officers_saw(catalogue, indicator) else ""
    much = f"{roughly}{ratio(row['ratio'], digits)}"
    sure = f" ({limits or 'the source gives no interval'})"
    if finding(row) == "uncertain":
        compared = (
            f"{group} {indicator.finding} at a higher or a lower rate than {reference}"
            if events
            else f"{group} were more or less likely than {reference} {indicator.finding}"
        )
        return (
            f"In {where}, we cannot tell whether {compared}, {when}. The ratio is {much}, and "
            f"could be {limits}.{_both_rates(indicator, row)}"
        )
    if row["numerator"] == 0:
        return (
            f"In {where}, no {indicator.numerator.label} are counted for {group}, {when}. "
            f"Compared with {reference} the ratio is {much}{sure}."
            f"{_both_rates(indicator, row)}{_other_way_round(row)}"
        )
    among = f"among {indicator.people} whose ethnicity is known, "
    among = among if finding(row) == "depends" else ""
    said = (
        f"{group} {indicator.finding} at {much} times the rate of {reference}{sure}"
        if events
        else f"{group} were {much} times as likely as {reference} {indicator.finding}{sure}"
    )
    rates = _rates(indicator, row)
    return f"In {where}, {among}{said}, {when}{rates}.{_other_way_round(row)}"


def _other_way_round(row: pd.Series) -> str:
    """Return the sentence without which a finding that the unknown could turn would mislead."""
    if finding(row) != "depends":
        return ""
    low, high = row["ratio_if_unknown_low"], row["ratio_if_unknown_high"]
    anywhere = between(low, high, decimals(low, low, high))
    return (
        f" Counting those of unknown ethnicity it could be anywhere from {anywhere}, so we cannot "
        "tell which way round it is."
    )


def _rates(indicator: Indicator, row: pd.Series) -> str:
    if isnan(row["rate"]) or isnan(row["reference_rate"]):
        return ""
    return (
        f": {rate(row['rate'])} for every {indicator.per:,}, compared with "
        f"{rate(row['reference_rate'])}"
    )


def _both_rates(indicator: Indicator, row: pd.Series) -> str:
    if isnan(row["rate"]) or isnan(row["reference_rate"]):
        return ""
    both = f"{rate(row['rate'])} and {rate(row['reference_rate'])}"
    return f" The rates were {both} for every {indicator.per:,}."


def _why_none(catalogue: Catalogue, indicator: Indicator, rows: pd.DataFrame) -> str:
    """Return why rows have no ratio: what is missing, before what is merely small."""
    for _, row in rows.iterrows():
        if isnan(row["reference_rate"]) and not isnan(row["rate"]):
            return f"the rate of {reference_people(catalogue, indicator, row)} is not known."
        if row["status_reason"]:
            return lower_first(str(row["status_reason"]))
    return "a count is withheld, missing or 0."
