"""What stands beside a change: what it leads to, how the rates moved, and what to beware of."""

from collections.abc import Iterable
from math import isnan

from loti_dash.catalogue import Catalogue
from loti_dash.caveat_time import recording_changed
from loti_dash.changes import Change
from loti_dash.definitions import Indicator
from loti_dash.figures import percent, rate

_NOT_WHY = "This shows a change. It does not show why."
_NOT_THE_SAME = "That is not evidence that nothing changed."


def beside(catalogue: Catalogue, indicator: Indicator, of: Change) -> str:
    """Return what stands beside a change: what lies between, where it leads, how rates moved."""
    last = "" if of.breaks else _NOT_WHY if of.clear else _NOT_THE_SAME
    return _joined(
        [
            _stand_ins(catalogue, indicator, of),
            *(f"Break from {each.label}: {why}" for each, why in of.breaks),
            _nearer(of),
            _difference(indicator, of),
            last,
        ]
    )


def beware(catalogue: Catalogue, indicator: Indicator, of: Change) -> str:
    """Return what to beware of in a change: the unknown, the denominator, whom both count."""
    return _joined(
        [
            _unknown(indicator, of),
            _population(catalogue, indicator, of),
            _same_people(catalogue, indicator),
            _season(catalogue, indicator, of),
        ]
    )


def _joined(texts: Iterable[str]) -> str:
    return " ".join(text for text in texts if text)


def _stand_ins(catalogue: Catalogue, indicator: Indicator, of: Change) -> str:
    """Say which periods stand in for those without a ratio."""
    used = (str(of.before["period"]), str(of.after["period"]))
    gone = [
        catalogue.period(indicator, id_).label
        for id_, now in zip(of.asked, used, strict=True)
        if id_ != now
    ]
    if not gone:
        return ""
    stand = "period with one stands" if len(gone) == 1 else "periods with one stand"
    return f"There is no ratio to show for {' or '.join(gone)}, so the nearest {stand} in."


def _nearer(of: Change) -> str:
    """Say whether a clear change leads to the same rate or away from it, if on one side of it."""
    then, now = of.before["ratio"], of.after["ratio"]
    if of.breaks or not of.clear or not (then - 1) * (now - 1) > 0:
        return ""
    nearer = abs(now - 1) < abs(then - 1)
    return f"That is {'nearer to' if nearer else 'further from'} 1, the same rate."


def _difference(indicator: Indicator, of: Change) -> str:
    if isnan(of.difference):
        return ""
    then, now = (rate(row["rate_difference"]) for row in (of.before, of.after))
    said = f"the difference between the rates went from {then} to {now} for every"
    said = f"{said} {indicator.per:,} {indicator.denominator.label}."
    if of.opposite and not of.breaks:
        moved = "rose" if of.times > 1 else "fell"
        return (
            f"Ratio and difference moved in opposite directions: the ratio {moved}, while {said}"
        )
    return f"{said[0].upper()}{said[1:]}"


def _unknown(indicator: Indicator, of: Change) -> str:
    then, now = of.before["unknown_share"], of.after["unknown_share"]
    if isnan(then) or isnan(now):
        return ""
    said = (
        f"Ethnicity was not known for {percent(then)} in the first period and {percent(now)} in "
        f"the last, of {indicator.numerator.label}."
    )
    if recording_changed(then, now):
        said += " So part of the change may be one of recording."
    if of.unknown_could_turn_it:
        said += " Depending on who they are, the ratio could have moved the other way."
    return said


def _population(catalogue: Catalogue, indicator: Indicator, of: Change) -> str:
    """Say so where both periods have one population, which does not move with the groups."""
    if indicator.denominator.period == "same":
        return ""
    then = catalogue.denominator_period(indicator, str(of.after["period"])).label
    return (
        f"Both periods are divided by {indicator.denominator.label} of one day ({then}), so a "
        "group that has grown or shrunk since looks like one whose rate has changed."
    )


def _same_people(catalogue: Catalogue, indicator: Indicator) -> str:
    if catalogue.series[indicator.numerator.series].stock_or_flow == "flow":
        return ""
    return (
        f"Some of the same {indicator.people} are counted in both periods; the interval takes "
        "them as different ones."
    )


def _season(catalogue: Catalogue, indicator: Indicator, of: Change) -> str:
    first, last = (
        catalogue.period(indicator, str(row["period"])).starts for row in (of.before, of.after)
    )
    return "" if first.month == last.month else "The two are of different times of the year."
