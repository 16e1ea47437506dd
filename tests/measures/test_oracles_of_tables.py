"""Areas, periods, strata and groups together: the numbers of other people, and ours.

How many values are compared is stated for each topic, so that a check which silently compares
nothing fails.
"""

import numpy as np
import oracles
import pytest
from oracles import limits

from loti_dash import measures
from loti_dash.measures import Rate

EVENTS = "events_over_population"
PERSONS = "persons_over_population"

pytestmark = oracles.at_hand


def answers_of_empirical_bayes(given):
    return {"estimate": measures.shrink(given["counts"], given["populations"])}


def answers_of_funnel(given):
    if "observed" in given:
        rate, kind = Rate(np.array(given["observed"]), np.array(given["expected"])), EVENTS
        benchmark = given["benchmark"]
    else:
        rate, kind = Rate(np.array(given["numerator"]), np.array(given["denominator"])), PERSONS
        benchmark = sum(rate.numerator) / sum(rate.denominator)
    low, high = measures.funnel_limits(benchmark, rate.denominator, kind, 0.95)
    lowest, highest = measures.funnel_limits(benchmark, rate.denominator, kind, 0.998)
    rates = measures.per(1, rate)
    words = np.select(
        [rates > highest, rates < lowest, rates > high, rates < low],
        ["High (0.001)", "Low (0.001)", "High (0.025)", "Low (0.025)"],
        default="Not significant",
    )
    return {"label": words}


def answers_of_trend(given):
    if "group_events" not in given:
        chi_square, p_value = measures.trend_test(given["events"], given["totals"])
        return {"chi2": chi_square, "p_value": p_value}
    before, after = (
        (
            Rate(given["group_events"][period], given["group_total"][period]),
            Rate(given["reference_events"][period], given["reference_total"][period]),
        )
        for period in (0, 1)
    )
    change, *interval = measures.change_in_ratio(before, after)
    changed = measures.evidence(*interval) != "uncertain"
    return {"ratio_of_ratios": change, "changed": changed} | limits("", interval)


def answers_of_dsr(given):
    standard, multiplier = given["stdpop"], given["multiplier"]
    people = given["pop"]
    if "count" in given:
        events = np.array(given["count"])
    else:
        events = sum(
            int(name[1:]) * np.nan_to_num(np.array(persons, dtype=float))
            for name, persons in given["persons_with_f_events"].items()
        )
    columns = events, people, standard
    value, *interval = np.multiply(measures.directly_standardised(*columns), multiplier)
    found = {"value": value, "crude": measures.per(multiplier, Rate(sum(events), sum(people)))}
    # Neither Fay and Feuer's interval nor one that knows of repeated events is ours.
    if "method" in given or "count" not in given:
        return found
    _, *wider = np.multiply(measures.directly_standardised(*columns, 0.998), multiplier)
    return found | limits("", interval, "95") | limits("", wider, "998")


def answers_of_kitagawa(given):
    if "rates1" not in given:
        return {}
    columns = [given[name] for name in ("rates1", "weights1", "rates2", "weights2")]
    composition, rate = measures.kitagawa(*columns)
    return {
        "composition_effect": composition,
        "rate_effect": rate,
        "difference": composition + rate,
    }


def answers_of_heat_summary(given):
    rates, weights = given["estimate"], given["population"]
    difference, ratio = measures.max_min(rates)
    found = {
        "ti": measures.theil(rates, weights),
        "idisw": measures.index_of_disparity(rates, weights),
        "d_maxmin": difference,
        "r_maxmin": ratio,
    }
    if "reference_index" in given:
        reference = rates[given["reference_index"]]
        found["mdrw"] = measures.weighted_mean_difference(rates, weights, reference)
    return found


@pytest.mark.parametrize(
    ("topic", "answers", "compared"),
    [
        ("empirical_bayes", answers_of_empirical_bayes, 132),
        ("funnel", answers_of_funnel, 603),
        ("trend", answers_of_trend, 22),
        ("dsr", answers_of_dsr, 21),
        ("kitagawa", answers_of_kitagawa, 3),
        ("heat_summary", answers_of_heat_summary, 19),
    ],
)
def test_the_values_of_others_are_ours(topic, answers, compared):
    assert oracles.values_compared(topic, answers) == compared
