"""When a caveat finds itself in the table on screen: one rule for each, and its words' figures.

A rule returns what fills the {placeholders} of the caveat's text, or None where it does not
apply. It looks at the comparison table and at definitions, and calculates nothing new.
"""

from collections.abc import Callable

import pandas as pd

from loti_dash import options
from loti_dash.caveat_view import View, listed

# Thresholds of the standards, sections 2, 4.3 and 7.
NOTICEABLE_UNKNOWN = 0.10
COMPLETENESS_FLOOR = 0.30
UNRELIABLE_COUNT = 20
# A reference group below this carries no sentence and no rank (methods.md, section 3).
LEAST_REFERENCE = 5
WIDE = 3.0
FAR_APART_DAYS = 366
# With fewer of its groups counted by the denominator's source, a view is one of counts.
MOST_GROUPS = 0.80
CITY = "E09000001"

Words = dict[str, str] | None


def unknown_ethnicity_is_large(view: View) -> Words:
    """Between a tenth and the completeness floor is unknown."""
    if NOTICEABLE_UNKNOWN < view.unknown <= COMPLETENESS_FLOOR:
        return {"unknown_share": f"{view.unknown:.0%}"}
    return None


def unknown_ethnicity_above_floor(view: View) -> Words:
    """More is unknown than a ratio can bear."""
    return {"unknown_share": f"{view.unknown:.0%}"} if view.unknown > COMPLETENESS_FLOOR else None


def unknown_not_published(view: View) -> Words:
    """The source does not say how many are unknown; the Census estimates them instead."""
    census = view.numerator.calendar == "census_day"
    counted = view.rows["numerator"].notna().any()
    return {} if counted and pd.isna(view.unknown) and not census else None


def small_numbers(view: View) -> Words:
    """A count shown is from 1 to 19."""
    return {} if view.rows["numerator"].between(1, UNRELIABLE_COUNT - 1).any() else None


def suppressed(view: View) -> Words:
    """A count is withheld."""
    return {} if view.rows["status"].eq("suppressed").any() else None


def denominator_from_another_period(view: View) -> Words:
    """Numerator and denominator lie more than a year apart."""
    ours = view.catalogue.period(view.indicator, view.period)
    other = view.catalogue.denominator_period(view.indicator, view.period)
    apart = max((ours.starts - other.ends).days, (other.starts - ours.ends).days)
    return {} if apart > FAR_APART_DAYS else None


def events_not_people(view: View) -> Words:
    """Events are counted, of which one person may have several."""
    return {} if view.indicator.counts == "events" else None


def place_of_event_not_residence(view: View) -> Words:
    """Counted where it happened, divided by those who live there."""
    return {} if view.over_population and view.indicator.place_basis == "event" else None


def events_exceed_residents(view: View) -> Words:
    """In some group there are more than half as many events as residents."""
    if view.indicator.denominator_type != "events_over_population":
        return None
    rows = view.rows[view.rows["numerator"] > view.rows["denominator"] / 2]
    if rows.empty:
        return None
    worst = rows.iloc[int((rows["numerator"] / rows["denominator"]).to_numpy().argmax())]
    return {
        "numerator": f"{worst['numerator']:,.0f}",
        "denominator": f"{worst['denominator']:,.0f}",
        "group": str(worst["group"]),
    }


def groups_without_rate(view: View) -> Words:
    """The source of the denominator does not count most of the groups shown."""
    groups = view.rows["group_code"].astype(str).to_list()
    with_rate = options.with_rate(groups, view.indicator, view.catalogue)
    if len(with_rate) >= MOST_GROUPS * len(groups):
        return None
    without = len(groups) - len(with_rate)
    return {
        "with_rate": str(len(with_rate)),
        "without_rate": str(without),
        "groups": str(len(groups)),
    }


def lead_applicant_only(view: View) -> Words:
    """One member's ethnicity stands for a household."""
    who = {"main_applicant": "main applicant", "household_reference_person": "reference person"}
    person = who.get(view.numerator.recorded_by)
    return {"household_person": person} if person else None


def officer_defined(view: View) -> Words:
    """Ethnicity is as an officer saw it."""
    return {} if view.numerator.recorded_by == "officer" else None


def area_did_not_submit(view: View) -> Words:
    """Some areas have no figures in a period in which others have."""
    missing = view.table["numerator"].isna() & view.table["status"].eq("not_available")
    nothing = missing.groupby(view.table["area"].astype(str)).all()
    silent = sorted(nothing.index[nothing])
    return {"areas": listed(silent)} if silent and not nothing.all() else None


def reference_group_too_small(view: View) -> Words:
    """The reference group's count is from 5 to 19."""
    few = LEAST_REFERENCE <= view.reference_count < UNRELIABLE_COUNT
    return {"reference_numerator": f"{view.reference_count:,.0f}"} if few else None


def reference_group_under_five(view: View) -> Words:
    """The reference group's count is under 5."""
    return {} if view.reference_count < LEAST_REFERENCE else None


def direction_depends_on_unknown(view: View) -> Words:
    """Bounds for the unknowns lie on both sides of 1 where the interval does not."""
    clear = view.rows["evidence"].isin(["higher", "lower"])
    rows = view.rows[clear & view.rows["robust_to_unknown"].eq("false")]
    return {"groups": view.groups(rows)} if len(rows) else None


def not_adjusted_for_age(view: View) -> Words:
    """All ages, or more than 20 years of them, are in one rate."""
    return {} if view.numerator.ages in ("all", "16-64", "16 and over", "10 and over") else None


def city_of_london(view: View) -> Words:
    """The area is the City, and its few residents are the denominator."""
    return {} if view.area == CITY and view.over_population else None


def wide_interval(view: View) -> Words:
    """The interval's upper limit is more than three times its lower one."""
    rows = view.rows[view.rows["ratio_high"] / view.rows["ratio_low"] > WIDE]
    return {"groups": view.groups(rows)} if len(rows) else None


def pooled_periods(view: View) -> Words:
    """The period is a span of months."""
    kind = view.catalogue.period(view.indicator, view.period).kind
    return {} if kind == "span" else None


def accepted_despite_check(view: View) -> Words:
    """Somebody accepted figures that a check had refused."""
    sources = view.catalogue.sources_of(view.indicator)
    reasons = [accepted.reason for source in sources for accepted in source.accepted]
    return {"reason": " ".join(reasons)} if reasons else None


RULES: dict[str, Callable[[View], Words]] = {
    rule.__name__: rule
    for rule in (
        unknown_ethnicity_above_floor,
        reference_group_under_five,
        events_exceed_residents,
        city_of_london,
        groups_without_rate,
        unknown_ethnicity_is_large,
        unknown_not_published,
        small_numbers,
        suppressed,
        denominator_from_another_period,
        events_not_people,
        place_of_event_not_residence,
        lead_applicant_only,
        officer_defined,
        area_did_not_submit,
        reference_group_too_small,
        direction_depends_on_unknown,
        not_adjusted_for_age,
        wide_interval,
        pooled_periods,
        accepted_despite_check,
    )
}
