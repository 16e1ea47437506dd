"""Caveats that find themselves in the papers: in definitions, sources, and the release's date.

Rules as in caveat_rules.py.
"""

from loti_dash import options
from loti_dash.caveat_view import View, Words
from loti_dash.periods import period

FAR_APART_DAYS = 366
# With fewer of its groups counted by the denominator's source, a view is one of counts.
MOST_GROUPS = 0.80
CITY = "E09000001"
# Who may record somebody else's ethnicity, in words; officers have a rule of their own.
_OTHERS = {"practitioner": "A practitioner", "parent": "A parent or carer"}


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


def groups_without_rate(view: View) -> Words:
    """The source of the denominator does not count most of the groups shown."""
    groups = [row.group_code for row in view.rows]
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


def not_adjusted_for_age(view: View) -> Words:
    """All ages, or more than 20 years of them, are in one rate."""
    return {} if view.numerator.ages in ("all", "16-64", "16 and over", "10 and over") else None


def city_of_london(view: View) -> Words:
    """The area is the City, and its few residents are the denominator."""
    return {} if view.area == CITY and view.over_population else None


def pooled_periods(view: View) -> Words:
    """The period is a span of months."""
    kind = view.catalogue.period(view.indicator, view.period).kind
    return {} if kind == "span" else None


def accepted_despite_check(view: View) -> Words:
    """Somebody accepted figures that a check had refused."""
    sources = view.catalogue.sources_of(view.indicator)
    reasons = [accepted.reason for source in sources for accepted in source.accepted]
    return {"reason": " ".join(reasons)} if reasons else None


def recorded_by_others(view: View) -> Words:
    """Somebody else said what those counted are, whom the denominator asked themselves."""
    who = _OTHERS.get(view.numerator.recorded_by)
    asked = view.over_population and view.denominator.recorded_by == "self"
    return {"recorder": who} if who and asked else None


def newer_figures_due(view: View) -> Words:
    """The next figures of what is counted were due before the release was made."""
    source = view.catalogue.sources[view.numerator.source_id]
    if view.made is None or source.next_due >= view.made:
        return None
    return {"source": source.title, "due": period(source.next_due.isoformat()).label}
