"""How a disparity changed, in words: what two periods allow to be said, and nothing beyond it.

A change is called one only where its interval leaves no doubt, and across a break never.
"""

from collections.abc import Iterable
from math import isnan

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.changes import CHANCE, Change, Trend
from loti_dash.definitions import Indicator
from loti_dash.figures import between, decimals, percent, ratio
from loti_dash.wording import as_officers_saw, people, place, reference_people


def headline(catalogue: Catalogue, indicator: Indicator, of: Change) -> str:
    """Return what became of a ratio between two periods: from what to what, and how sure."""
    first, last = (label(catalogue, indicator, row) for row in (of.before, of.after))
    when, whose = f"Between {first} and {last}", _whose(catalogue, indicator, of.after)
    digits = decimals(of.before["ratio"], of.before["ratio"], of.after["ratio"])
    roughly = "about " if as_officers_saw(catalogue, indicator) else ""
    then, now = (f"{roughly}{ratio(row['ratio'], digits)}" for row in (of.before, of.after))
    if of.breaks:
        return (
            f"{first} and {last} cannot be compared: there is a break between them. The ratio "
            f"{whose} was {then} and then {now}, and we cannot tell how much of that is a change."
        )
    cannot_tell = (
        f"{when} we cannot tell whether the ratio {whose} changed: it was {then} and then {now}"
    )
    if isnan(of.low) or isnan(of.high):
        published = indicator.denominator_type == "published_rate_only"
        why = "the source gives no interval" if published else "a count behind them is 0"
        return f"{cannot_tell}, and {why}."
    much = _digits(of)
    how = f"{ratio(of.times, much)} times what it was ({between(of.low, of.high, much)})"
    if not of.clear:
        return f"{cannot_tell}, {how}."
    known = f", among {indicator.people} whose ethnicity is known,"
    known = known if of.unknown_could_turn_it else ""
    moved = "rose" if of.times > 1 else "fell"
    return f"{when}{known} the ratio {whose} {moved} from {then} to {now}: {how}."


def no_change(catalogue: Catalogue, indicator: Indicator, rows: pd.DataFrame, group: str) -> str:
    """Return why there is no change to tell for a group, with the one ratio there is, if any.

    `rows` are those of over_time: of those of the group since the last break one or none has a
    ratio, or there is but one period.
    """
    if rows["period"].nunique() == 1:
        only = label(catalogue, indicator, rows.iloc[0])
        return f"There are figures for one period only, {only}, so there is no change to tell."
    of_group = rows[rows["group_code"].astype(str) == group]
    newest = of_group[of_group["stretch"] == rows["stretch"].iloc[-1]]
    who = people(catalogue, indicator, group, str(of_group["group"].iloc[0]))
    since = catalogue.period(indicator, str(newest["period"].iloc[0]))
    broken = len(newest) < len(of_group)
    when = f"since {since.label}" if broken else "in any period"
    shown = newest.dropna(subset="ratio")
    if shown.empty:
        return f"For {who} in {place(str(rows['area'].iloc[0]))} there is no ratio {when}."
    row = shown.iloc[-1]
    digits = decimals(row["ratio"], row["ratio_low"], row["ratio_high"])
    limits = between(row["ratio_low"], row["ratio_high"], digits)
    said = (
        f"The ratio {_whose(catalogue, indicator, row)} was {ratio(row['ratio'], digits)}"
        f"{f' ({limits})' if limits else ''}, {label(catalogue, indicator, row)}. There is no "
        "other period with a ratio"
    )
    if not broken:
        return f"{said}."
    start, why = [each for each in catalogue.breaks_of(indicator) if each[0] <= since][-1]
    return f"{said} since the break before {start.label}. {why}"


def nothing_between(
    catalogue: Catalogue,
    indicator: Indicator,
    rows: pd.DataFrame,
    group: str,
    asked: Iterable[str],
) -> str:
    """Return why there is no change to tell between two periods that a reader chose."""
    first, last = (each.label for each in sorted(catalogue.period(indicator, a) for a in asked))
    name = str(rows.loc[rows["group_code"].astype(str) == group, "group"].iloc[0])
    who = people(catalogue, indicator, group, name)
    where = place(str(rows["area"].iloc[0]))
    return (
        f"From {first} to {last} there are no two periods with a ratio for {who} in {where}, so "
        "there is no change to tell."
    )


def trend(catalogue: Catalogue, indicator: Indicator, of: Trend | None) -> str:
    """Say whether a group became more or less likely over five periods or more, or return "".

    That is its own percentage, and says nothing of its ratio.
    """
    if of is None:
        return ""
    who = people(catalogue, indicator, str(of.last["group_code"]), str(of.last["group"]))
    first, last = (label(catalogue, indicator, row) for row in (of.first, of.last))
    then, now = (percent(row["rate"] / indicator.per) for row in (of.first, of.last))
    over = f"Over the {of.periods} periods from {first} to {last}"
    ends = f"{then} in the first, {now} in the last"
    if of.p_value < CHANCE:
        more = "more" if of.rises else "less"
        return f"{over} there is a trend: {who} became {more} likely {indicator.finding} ({ends})."
    return (
        f"{over} we cannot tell whether {who} became more or less likely {indicator.finding} "
        f"({ends})."
    )


def break_notes(breaks: Iterable[tuple[str, str]]) -> list[str]:
    """Return a line for each break, from a period by its label: its sign and its reason."""
    return [f"[b] Break in the series from {label}: {why}" for label, why in breaks]


def label(catalogue: Catalogue, indicator: Indicator, row: pd.Series) -> str:
    """Return the words for the period of a row."""
    return catalogue.period(indicator, str(row["period"])).label


def _whose(catalogue: Catalogue, indicator: Indicator, row: pd.Series) -> str:
    who = people(catalogue, indicator, str(row["group_code"]), str(row["group"]))
    reference = reference_people(catalogue, indicator, row)
    return f"for {who} in {place(str(row['area']))}, compared with {reference},"


def _digits(of: Change) -> int:
    """Return how many decimals a change needs: as a ratio, or more where a limit would mislead.

    One just above or below 1 decides what is said, and none is 0.
    """
    if of.clear and "1.00" in (ratio(of.low, 2), ratio(of.high, 2)):
        return 3
    return 2 if ratio(of.low) == "0.0" else decimals(of.times, of.low, of.high)
