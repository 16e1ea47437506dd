"""How a disparity changed, in words: what two periods allow to be said, and nothing beyond it.

A change is said to be one only where its interval leaves no doubt; across a break never.
"""

from math import isnan

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.caveat_time import recording_changed
from loti_dash.changes import CHANCE, Change, Trend
from loti_dash.definitions import Indicator
from loti_dash.figures import between, decimals, percent, rate, ratio
from loti_dash.wording import as_officers_saw, people, place, reference_people

_NOT_WHY = "This shows a difference. It does not show why."


def headline(catalogue: Catalogue, indicator: Indicator, of: Change) -> str:
    """Return what became of a ratio between two periods: from what to what, and how sure."""
    when = _between(catalogue, indicator, of)
    whose = _whose(catalogue, indicator, of.after)
    digits = decimals(of.before["ratio"], of.before["ratio"], of.after["ratio"])
    roughly = "about " if as_officers_saw(catalogue, indicator) else ""
    first, last = (f"{roughly}{ratio(row['ratio'], digits)}" for row in (of.before, of.after))
    if of.breaks:
        return (
            f"{when} the way of counting changed, or the years are unlike others, so the two "
            f"cannot be compared. The ratio {whose} was {first}, and then {last}; how much of "
            "that is a change for people we cannot tell."
        )
    if isnan(of.times) or isnan(of.low) or isnan(of.high):
        return (
            f"{when} we cannot tell whether the ratio {whose} changed: it was {first}, and then "
            f"{last}, and there is no interval, {_why_none(indicator, of)}."
        )
    much = decimals(of.times, of.low, of.high)
    how = f"{ratio(of.times, much)} times what it was ({between(of.low, of.high, much)})"
    if not of.clear:
        return (
            f"{when} we cannot tell whether the ratio {whose} changed: it was {first}, and then "
            f"{last}, which is {how}."
        )
    known = f"among {indicator.people} whose ethnicity is known, "
    known = known if of.unknown_could_turn_it else ""
    moved = "rose" if of.times > 1 else "fell"
    return f"{when}{',' if known else ''} {known}the ratio {whose} {moved} from {first} to {last}: {how}."


def lines(catalogue: Catalogue, indicator: Indicator, of: Change) -> list[str]:
    """Return what a reader must know with a change: the rates, the unknown, the denominator."""
    found = [
        _stand_ins(catalogue, indicator, of),
        _why_broken(of),
        "" if of.breaks else _nearer(of),
        _difference(indicator, of),
        _unknown(indicator, of),
        _population(catalogue, indicator, of),
        _same_people(catalogue, indicator, of),
        _season(catalogue, indicator, of),
        _NOT_WHY,
    ]
    return [line for line in found if line]


def no_change(
    catalogue: Catalogue, indicator: Indicator, rows: pd.DataFrame, group: str
) -> str:
    """Return why there is no change to tell for a group, and the one ratio there is, if any.

    `rows` are those of over_time.
    """
    of_group = rows[rows["group_code"].astype(str) == group]
    where = place(str(rows["area"].iloc[0]))
    if of_group.empty or rows["period"].nunique() < 2:
        when = catalogue.period(indicator, str(rows["period"].iloc[-1])).label
        return f"There are figures for {where} for one period only, {when}: a change needs two."
    who = people(catalogue, indicator, group, str(of_group["group"].iloc[0]))
    newest = of_group["stretch"].iloc[-1]
    lately = of_group[of_group["stretch"] == newest]
    shown = lately.dropna(subset="ratio")
    since = catalogue.period(indicator, str(lately["period"].iloc[0])).label
    start = f" since {since}" if newest != of_group["stretch"].iloc[0] else ""
    if shown.empty:
        return f"For {who} in {where} there is no ratio to compare over time{start}."
    row = shown.iloc[0]
    when = catalogue.period(indicator, str(row["period"])).label
    whose = _whose(catalogue, indicator, row)
    limits = between(row["ratio_low"], row["ratio_high"], _digits(row))
    sure = f" ({limits})" if limits else ""
    earlier = f" Earlier ones cannot be compared with it." if start else ""
    return (
        f"The ratio {whose} was {ratio(row['ratio'], _digits(row))}{sure}, {when}. It is the only "
        f"period{start} with a ratio, so there is no change to tell.{earlier}"
    )


def trend(catalogue: Catalogue, indicator: Indicator, of: Trend | None) -> str:
    """Say whether a percentage rose or fell over five periods or more, or "" if there are fewer."""
    if of is None:
        return ""
    first, last = (
        catalogue.period(indicator, str(row["period"])).label for row in (of.first, of.last)
    )
    who = people(catalogue, indicator, str(of.last["group_code"]), str(of.last["group"]))
    shares = [percent(row["numerator"] / row["denominator"]) for row in (of.first, of.last)]
    over = f"Over the {of.periods} periods from {first} to {last}"
    what = f"the percentage itself for {who} ({shares[0]} in the first, {shares[1]} in the last)"
    if of.p_value < CHANCE:
        way = "an upward" if of.rises else "a downward"
        return f"{over}, {what} has {way} trend."
    return f"{over}, we cannot tell whether {what} has a trend."


def break_notes(breaks: list[tuple[str, str]]) -> list[str]:
    """Return a line for each break: its sign, from which period it holds, and why."""
    return [f"[b] break in the series from {label}: {reason}" for label, reason in breaks]


def _between(catalogue: Catalogue, indicator: Indicator, of: Change) -> str:
    first, last = (_label(catalogue, indicator, row) for row in (of.before, of.after))
    return f"Between {first} and {last}"


def _label(catalogue: Catalogue, indicator: Indicator, row: pd.Series) -> str:
    return catalogue.period(indicator, str(row["period"])).label


def _whose(catalogue: Catalogue, indicator: Indicator, row: pd.Series) -> str:
    who = people(catalogue, indicator, str(row["group_code"]), str(row["group"]))
    reference = reference_people(catalogue, indicator, row)
    return f"for {who} in {place(str(row['area']))}, compared with {reference},"


def _digits(row: pd.Series) -> int:
    return decimals(row["ratio"], row["ratio_low"], row["ratio_high"])


def _why_none(indicator: Indicator, of: Change) -> str:
    if indicator.denominator_type == "published_rate_only":
        return "because the source gives none"
    return "because nobody is counted on one side"


def _stand_ins(catalogue: Catalogue, indicator: Indicator, of: Change) -> str:
    """Say which periods stand in for those without a ratio."""
    used = [str(row["period"]) for row in (of.before, of.after)]
    gone = [
        catalogue.period(indicator, id_).label
        for id_, now in zip(of.asked, used, strict=True)
        if id_ != now
    ]
    if not gone:
        return ""
    nearest = "The nearest period with one is" if len(gone) == 1 else "The nearest with one are"
    return f"There is no ratio to show for {' or '.join(gone)}. {nearest} used instead."
