"""Caveats that find themselves between two periods: in how, and whom, the figures count.

Rules as in caveat_rules.py. Each compares the period on screen with the one before it, where
somebody has looked that up.
"""

from loti_dash.caveat_view import UNRELIABLE_COUNT, View, Words, listed

# A share of unknown ethnicity that moves so much is more likely recording than people.
MOVED = 0.10


def recording_changed(before: float, now: float) -> bool:
    """Return whether two shares of unknown ethnicity are 10 points or more apart.

    >>> recording_changed(0.30, 0.20), recording_changed(0.30, 0.21)
    (True, False)
    """
    # 0.3 - 0.2 is not quite 0.1 to a computer.
    return round(abs(now - before), 9) >= MOVED


def unknown_share_changed(view: View) -> Words:
    """The share unknown is 10 points or more from that of the period before, up or down.

    Not where either counts fewer than 20: there one person is 5 points.
    """
    before = view.before
    if before is None:
        return None
    enough = before.counted >= UNRELIABLE_COUNT and view.counted >= UNRELIABLE_COUNT
    if not enough or not recording_changed(before.unknown, view.unknown):
        return None
    return {
        "unknown_share": f"{view.unknown:.0%}",
        "unknown_share_before": f"{before.unknown:.0%}",
        "period_before": before.period.label,
    }


def unknown_state_emptied(view: View) -> Words:
    """A reason for not knowing that 20 or more had in the period before is not used any more."""
    if view.before is None or not view.before.states_gone:
        return None
    return {
        "states": listed(f"“{state}”" for state in view.before.states_gone),
        "period_before": view.before.period.label,
    }


def groups_not_comparable_over_time(view: View) -> Words:
    """A group has figures in one of the two periods, and nowhere in the other."""
    if view.before is None:
        return None
    now = view.tables.groups
    changed = now ^ view.before.groups if now and view.before.groups else frozenset()
    names = [label for code, label in view.catalogue.short_labels.items() if code in changed]
    return {"groups": listed(names), "period_before": view.before.period.label} if names else None


def break_in_series(view: View) -> Words:
    """What is counted cannot be compared with the period before (breaks.csv)."""
    of = (view.indicator.numerator.series, view.indicator.denominator.series)
    reasons = dict.fromkeys(
        each.reason
        for each in view.catalogue.breaks
        if each.series_id in of and each.period_id == view.period
    )
    return {"reason": " ".join(reasons)} if view.before and reasons else None


def gap_before(view: View) -> Words:
    """There are no figures for a while before the period on screen, and no break says why."""
    if view.before is None or not view.before.after_gap or break_in_series(view) is not None:
        return None
    return {"period_before": view.before.period.label}
