"""When a caveat finds itself in the table on screen: one rule for each, and its words' figures.

A rule returns what fills the {placeholders} of the caveat's text, or None where it does not
apply. It calculates no measure. Here are those that look at the table, and the list of all.
"""

from collections.abc import Callable
from math import inf, isnan

from loti_dash import caveat_papers, caveat_reference, caveat_time
from loti_dash.caveat_view import UNRELIABLE_COUNT, View, Words, added, listed
from loti_dash.options import LONDON

# Thresholds of the standards, sections 2, 4.3 and 7.
NOTICEABLE_UNKNOWN = 0.10
COMPLETENESS_FLOOR = 0.30
# A reference group below this carries no sentence and no rank (methods.md, section 3).
LEAST_REFERENCE = 5
WIDE = 3.0
# A borough that counts so many times an equal part of London's count.
DOMINATES = 5


def unknown_ethnicity_is_large(view: View) -> Words:
    """Between a tenth and the completeness floor is unknown."""
    if NOTICEABLE_UNKNOWN < view.unknown <= COMPLETENESS_FLOOR:
        return {"unknown_share": f"{view.unknown:.0%}"}
    return None


def unknown_ethnicity_above_floor(view: View) -> Words:
    """More is unknown than a ratio can bear, of those counted or of the set of a stage."""
    for share, of in ((view.unknown, "numerator_label"), (view.set_unknown, "denominator_label")):
        if share > COMPLETENESS_FLOOR:
            return {"unknown_share": f"{share:.0%}", "numerator_label": view.words[of]}
    return None


def unknown_not_published(view: View) -> Words:
    """The source does not say how many are unknown; the Census estimates them instead."""
    census = view.numerator.calendar == "census_day"
    counted = any(not isnan(row.numerator) for row in view.rows)
    return {} if counted and isnan(view.unknown) and not census else None


def small_numbers(view: View) -> Words:
    """A count shown is from 1 to 19."""
    small = any(1 <= row.numerator <= UNRELIABLE_COUNT - 1 for row in view.rows)
    return {} if small else None


def suppressed(view: View) -> Words:
    """A count is withheld."""
    return {} if any(row.status == "suppressed" for row in view.rows) else None


def provisional(view: View) -> Words:
    """The publisher calls a figure provisional."""
    return {} if any(row.status == "provisional" for row in view.rows) else None


def events_exceed_residents(view: View) -> Words:
    """In some group there are more than half as many events as residents."""
    if view.indicator.denominator_type != "events_over_population":
        return None
    rows = [row for row in view.rows if row.numerator > row.denominator / 2]
    if not rows:
        return None
    worst = max(rows, key=lambda row: row.numerator / row.denominator if row.denominator else inf)
    return {
        "numerator": f"{worst.numerator:,.0f}",
        "denominator": f"{worst.denominator:,.0f}",
        "group": worst.group,
    }


def area_did_not_submit(view: View) -> Words:
    """Some areas have no figures in a period in which others have."""
    silent = view.tables.silent
    return {"areas": listed(silent)} if silent else None


def reference_group_too_small(view: View) -> Words:
    """The reference group's count is from 5 to 19."""
    few = LEAST_REFERENCE <= view.reference_count < UNRELIABLE_COUNT
    return {"reference_numerator": f"{view.reference_count:,.0f}"} if few else None


def reference_group_under_five(view: View) -> Words:
    """The reference group's count is under 5."""
    return {} if view.reference_count < LEAST_REFERENCE else None


def direction_depends_on_unknown(view: View) -> Words:
    """Bounds for the unknowns lie on both sides of 1 where the interval does not."""
    clear = [row for row in view.rows if row.evidence in ("higher", "lower")]
    turned = [row for row in clear if row.robust_to_unknown == "false"]
    return {"groups": view.groups(turned)} if turned else None


def wide_interval(view: View) -> Words:
    """The interval's upper limit is more than three times its lower one."""
    # Any upper limit but 0 is more than so many times a lower one of 0.
    wide = [
        row
        for row in view.rows
        if (row.ratio_high / row.ratio_low if row.ratio_low else row.ratio_high * inf) > WIDE
    ]
    return {"groups": view.groups(wide)} if wide else None


def one_area_dominates(view: View) -> Words:
    """One borough has five times an equal part of what London counts, or more."""
    if view.area != LONDON:
        return None
    counted = {code: added(rows) for code, rows in sorted(view.tables.areas.items())}
    boroughs = {
        code: count
        for code, count in counted.items()
        if code.startswith("E09") and not isnan(count)
    }
    if len(boroughs) < DOMINATES or not counted[LONDON] > 0:
        return None
    largest = max(boroughs, key=boroughs.__getitem__)
    share = boroughs[largest] / counted[LONDON]
    if share < DOMINATES / len(boroughs):
        return None
    name = view.catalogue.area_name(view.indicator, largest)
    return {"dominant": name, "share": f"{share:.0%}"}


RULES: dict[str, Callable[[View], Words]] = {
    rule.__name__: rule
    for rule in (
        unknown_ethnicity_above_floor,
        reference_group_under_five,
        events_exceed_residents,
        caveat_papers.city_of_london,
        caveat_papers.groups_without_rate,
        unknown_ethnicity_is_large,
        unknown_not_published,
        small_numbers,
        suppressed,
        provisional,
        caveat_papers.denominator_from_another_period,
        caveat_papers.events_not_people,
        caveat_papers.place_of_event_not_residence,
        caveat_papers.lead_applicant_only,
        caveat_papers.officer_defined,
        area_did_not_submit,
        reference_group_too_small,
        direction_depends_on_unknown,
        caveat_reference.direction_depends_on_reference,
        caveat_time.unknown_share_changed,
        caveat_time.unknown_state_emptied,
        caveat_time.groups_not_comparable_over_time,
        caveat_time.break_in_series,
        caveat_papers.not_adjusted_for_age,
        wide_interval,
        caveat_papers.pooled_periods,
        caveat_papers.accepted_despite_check,
        caveat_papers.recorded_by_others,
        caveat_papers.newer_figures_due,
        one_area_dominates,
        caveat_time.gap_before,
    )
}
