"""How complete figures are, in words and as tables: where, when, why not, and what is known.

What is said of the people of unknown ethnicity is how many they are, and what a ratio could be;
never who they are.
"""

from collections.abc import Callable, Sequence
from math import isnan

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.caveat_rules import COMPLETENESS_FLOOR
from loti_dash.coverage import Coverage, deciding
from loti_dash.definitions import Indicator
from loti_dash.figures import between, count, decimals, percent
from loti_dash.periods import Period
from loti_dash.wording import lower_first, people, place, reference_people

_FLOOR = f"{COMPLETENESS_FLOOR:.0%}"
_SAME = "The same figures are in the table below."


def sentence(
    catalogue: Catalogue, indicator: Indicator, of: Coverage, group: pd.Series | None
) -> str:
    """Return what is known of a place and period: the share unknown, and what a ratio could be.

    `group` is the row of the comparison table that the ratio is of, with its limits.
    """
    here = of.here
    when = catalogue.period(indicator, str(here["period"])).label
    share = here["set_share"] if of.of_set else here["share"]
    more = share > COMPLETENESS_FLOOR
    than = f"more than the {_FLOOR}" if more else f"not more than the {_FLOOR}"
    known = (
        f"In {place(str(here['area']))}, {when}, ethnicity is not known for {_percent(share)} of "
        f"{counted(indicator, of)}, {than} above which no ratio is shown."
    )
    return known + (_could_be(catalogue, indicator, group) if more else "")


def counted(indicator: Indicator, of: Coverage) -> str:
    """Return what is counted where the least is known: the numerator, or the set of a stage."""
    return (indicator.denominator if of.of_set else indicator.numerator).label


def title_of_states(of: Coverage) -> str:
    """Return the message of the chart of reasons: what they are, the most frequent first."""
    column = "set_share" if of.of_set else "share"
    states = of.states[of.states[column].notna()]
    if states.empty:
        return "Why it is not known: not published"
    if len(states) == 1 and states["code"].iloc[0] in ("unknown", "unknown_not_known"):
        return "Why it is not known: the source does not say"
    said = [
        f"{lower_first(str(state['state']))} {percent(state[column])}"
        for _, state in states.sort_values(column, ascending=False, kind="stable").iterrows()
    ]
    return f"Why it is not known: {', '.join(said)}"


def title_of_areas(rows: pd.DataFrame) -> str:
    """Return the message of the chart of areas: in how many too much is not known."""
    return _in_how_many(rows, "areas")


def title_of_time(of: Coverage) -> str:
    """Return the message of the chart of periods: in how many too much is not known."""
    where = place(str(of.here["area"]))
    said = lower_first(_in_how_many(of.over_time, "periods"))
    return f"{where[0].upper()}{where[1:]}: {said}"


def alt_of_states(catalogue: Catalogue, indicator: Indicator, of: Coverage) -> str:
    """Return the text that stands for the chart of reasons."""
    return (
        f"Chart of reasons why ethnicity is not known, {_what(catalogue, indicator, of)}. "
        f"{title_of_states(of)}. {_SAME}"
    )


def alt_of_areas(catalogue: Catalogue, indicator: Indicator, of: Coverage) -> str:
    """Return the text that stands for the chart of areas."""
    return (
        f"Chart of the share of ethnicity not known by area, {_what(catalogue, indicator, of)}. "
        f"{title_of_areas(of.by_area)}, {_range(of.by_area)}. {_SAME}"
    )


def alt_of_time(catalogue: Catalogue, indicator: Indicator, of: Coverage) -> str:
    """Return the text that stands for the chart of periods."""
    return (
        f"Chart of the share of ethnicity not known over time. {indicator.title}. "
        f"{title_of_time(of)}, {_range(of.over_time)}. {_SAME}"
    )


def table_of_states(indicator: Indicator, of: Coverage) -> pd.DataFrame:
    """Return the reasons as a table for readers, after those whose ethnicity is known."""
    here, sides = of.here, [("value", "share", "", indicator.numerator.label)]
    if not isnan(here["set_share"]):
        sides.append(("set_value", "set_share", "set_", indicator.denominator.label))
    gone = ["[x]"] * (1 + len(of.states))
    table = pd.DataFrame(index=pd.Index(["Known", *of.states["state"]], name="Ethnicity"))
    for value, share, side, label in sides:
        known, all_ = here[f"{side}known"], here[f"{side}known"] + here[f"{side}unknown"]
        counts = pd.Series([known, *of.states[value]])
        shares = pd.Series([known / all_, *of.states[share]])
        table[label[0].upper() + label[1:]] = _cells(counts, count, gone)
        table[f"% of {label}"] = _cells(shares, _hundredths, gone)
    table["What that means"] = ["Counted in one of the groups", *of.states["note"]]
    return table


def table_of_shares(
    indicator: Indicator, rows: pd.DataFrame, names: list[str], head: str
) -> pd.DataFrame:
    """Return shares unknown as a table for readers, and whether no ratio is shown for them."""
    gone = ["[c]" if status == "suppressed" else "[x]" for status in rows["status"]]
    columns = {
        "Ethnicity not known": _cells(rows["unknown"], count, gone),
        "% not known": _cells(rows["share"], _hundredths, gone),
    }
    if rows["set_share"].notna().any():
        label = f"% not known of {indicator.denominator.label}"
        columns[label] = _cells(rows["set_share"], _hundredths, gone)
    over = [
        sign if isnan(share) else "yes" if share > COMPLETENESS_FLOOR else "no"
        for share, sign in zip(deciding(rows), gone, strict=True)
    ]
    return pd.DataFrame(columns | {f"More than {_FLOOR}": over}, index=pd.Index(names, name=head))


def how_to_read(indicator: Indicator, rows: pd.DataFrame, periods: Sequence[Period] = ()) -> str:
    """Return how to read the chart of these rows, of areas or of periods: what is drawn only."""
    texts = ["" if periods else "In bold: the area looked at."]
    if rows["set_share"].notna().any():
        numerator, denominator = indicator.numerator.label, indicator.denominator.label
        texts.append(f"Filled dot: of {numerator}; open diamond, set: of all {denominator}.")
    if any(period.kind == "span" for period in periods):
        texts.append("Line without dots: several of the periods together.")
    if periods:
        texts.append("Largest dot: the period looked at.")
    return " ".join(text for text in texts if text)


def _could_be(catalogue: Catalogue, indicator: Indicator, group: pd.Series | None) -> str:
    """Return what the ratio of a group could be, if that is known."""
    if group is None:
        return ""
    low, high = group["ratio_if_unknown_low"], group["ratio_if_unknown_high"]
    anywhere = between(low, high, decimals(low, low, high))
    if not anywhere:
        return ""
    who = people(catalogue, indicator, str(group["group_code"]), str(group["group"]))
    reference = reference_people(catalogue, indicator, group)
    return (
        f" By what could be known, the rate for {who} is anywhere from {anywhere} times that for "
        f"{reference}."
    )


def _in_how_many(rows: pd.DataFrame, of_what: str) -> str:
    shares = deciding(rows).dropna()
    over = int((shares > COMPLETENESS_FLOOR).sum())
    if over:
        return f"In {over} of {len(shares)} {of_what} more than {_FLOOR} is not known"
    return f"In none of {len(shares)} {of_what} is more than {_FLOOR} not known"


def _what(catalogue: Catalogue, indicator: Indicator, of: Coverage) -> str:
    """Return place, period and indicator, inside a sentence."""
    when = catalogue.period(indicator, str(of.here["period"])).label
    return f"{place(str(of.here['area']))}, {when}. {indicator.title}"


def _range(rows: pd.DataFrame) -> str:
    shares = deciding(rows).dropna()
    low, high = _percent(shares.min()), _percent(shares.max())
    return f"which is {low} in each" if low == high else f"from {low} to {high}"


def _cells(values: pd.Series, write: Callable[[float], str], gone: list[str]) -> list[str]:
    return [
        sign if isnan(value) else write(value) for value, sign in zip(values, gone, strict=True)
    ]


def _hundredths(share: float) -> str:
    return _percent(share).removesuffix("%")


def _percent(share: float) -> str:
    return percent(share, apart_from=COMPLETENESS_FLOOR)
