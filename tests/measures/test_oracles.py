"""Rates, ratios and differences: the numbers of publications and of other people's libraries.

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
SUBSET = "subset_over_set"

pytestmark = oracles.at_hand


def answers_of_wilson(given):
    if "Clopper" in given.get("method", ""):
        return {}
    rate, confidence = Rate(given["x"], given["n"]), given.get("confidence")
    if confidence:
        return limits("", measures.proportion_interval(*rate, confidence))
    return rate_and_limits(rate, PERSONS, given["multiplier"])


def answers_of_poisson_rate(given):
    if "n" in given:
        return rate_and_limits(Rate(given["x"], given["n"]), EVENTS, given["multiplier"])
    words = given.get("method", "ohid")
    method = next(name for name in ("exact", "byar", "ohid") if name in words.casefold())
    return limits("", measures.count_interval(given["x"], method, given["confidence"]))


def rate_and_limits(rate, kind, multiplier):
    return {
        "value": measures.per(multiplier, rate),
        **limits("", measures.rate_interval(rate, kind, multiplier, 0.95), "95"),
        **limits("", measures.rate_interval(rate, kind, multiplier, 0.998), "998"),
    }


def answers_of_ratio_ci(given):
    kind = EVENTS if "pop_a" in given else SUBSET
    group, reference = two_rates(given)
    found = {"ratio": measures.disproportionality_ratio(group, reference)}
    words = given.get("method", "")
    methods = {"log (Wald)": "log", "Katz log": "log", "exact": "exact", "score": "score"}
    for start, method in methods.items():
        if start in words:
            interval = measures.ratio_interval(group, reference, kind, method, given["confidence"])
            found |= limits("", interval)
    return found


def two_rates(given):
    end = "pop" if "pop_a" in given else "n"
    return Rate(given["a"], given[f"{end}_a"]), Rate(given["b"], given[f"{end}_b"])


def answers_of_ratio_p_value(given):
    group = Rate(given["group_events"], given["group_total"])
    reference = Rate(given["reference_events"], given["reference_total"])
    return {"p_value": measures.ratio_p_value(group, reference, given["kind"])}


def answers_of_difference_ci(given):
    group, reference = two_rates(given)
    multiplier = given.get("multiplier", 1)
    found = {"difference": measures.rate_difference(group, reference) * multiplier}
    few = min(given["a"], given["b"]) < 10
    wanted = {"Newcombe", "MOVER" if few else "Poisson"}
    if given["method"].split()[0] in wanted:
        kind = EVENTS if "pop_a" in given else SUBSET
        interval = measures.difference_interval(group, reference, kind, given["confidence"])
        found |= limits("", tuple(limit * multiplier for limit in interval))
    return found


def answers_of_rri(given):
    if "all_events" in given:
        return answers_with_totals(given)
    if "black_share_searches" in given:
        return answers_from_shares(given)
    if "group_rate" in given:
        other = given.get("reference_rate", given.get("average_of_other_groups"))
        ratio = measures.disproportionality_ratio(Rate(given["group_rate"], 1), Rate(other, 1))
        return {"ratio": ratio, "ratio_1dp": measures.round_half_up(ratio, 1)}
    if "events" not in given:
        return {}
    return answers_for_two_groups(given)


def answers_with_totals(given):
    group = Rate(given["events"], given["population"])
    everybody = Rate(given["all_events"], given["all_population"])
    rest = Rate(*np.subtract(everybody, group))
    to_rest = measures.disproportionality_ratio(group, rest)
    share = group.denominator / everybody.denominator
    representation = measures.representation_ratio(*group, *everybody)
    assert measures.to_all(to_rest, share) == pytest.approx(representation)
    return {
        "rate_per_1000": measures.per(1_000, group),
        "representation_ratio": representation,
        "disproportionality_ratio_rest": to_rest,
    }


def answers_from_shares(given):
    black = Rate(given["black_share_searches"], given["black_share_population"])
    white = Rate(given["white_share_searches"], given["white_share_population"])
    return {
        "black_representation_ratio": measures.representation_ratio(*black, 1, 1),
        "white_representation_ratio": measures.representation_ratio(*white, 1, 1),
        "implied_disproportionality_ratio": measures.disproportionality_ratio(black, white),
    }


def answers_for_two_groups(given):
    group = Rate(given["events"], given["population"])
    reference = Rate(given["reference_events"], given["reference_population"])
    pair, confidence = (group, reference), given.get("confidence", 0.95)
    ratio = measures.disproportionality_ratio(*pair)
    found = {"disproportionality_ratio": ratio, "pprev_disparity": ratio}
    if "method" in given:
        method = "exact" if "exact" in given["method"] else "score"
        return found | limits("", measures.ratio_interval(*pair, EVENTS, method, confidence))
    intervals = {
        "score": measures.ratio_interval(*pair, SUBSET, "score", confidence),
        "katz": measures.ratio_interval(*pair, SUBSET, "log", confidence),
        "poisson_log": measures.ratio_interval(*pair, EVENTS, "log", confidence),
        "exact": measures.ratio_interval(*pair, EVENTS, "exact", confidence),
    }
    for name, interval in intervals.items():
        found |= limits(f"{name}_", interval)
        found[f"evidence_{name}"] = measures.evidence(*interval)
    excess = measures.excess_count(*pair)
    found |= {
        "size_band": measures.size_band(ratio),
        "excess_count": excess,
        "excess_pct_of_group": 100 * excess / given["events"],
        "rate_difference_per_1000": 1_000 * measures.rate_difference(*pair),
    }
    if min(given["events"], given["reference_events"]) >= 10:
        low, high = measures.difference_interval(*pair, EVENTS, confidence)
        found |= limits("rate_difference_", (1_000 * low, 1_000 * high))
    return found


def answers_of_unknown_bounds(given):
    if "groups" in given:
        counts = dict(
            zip(
                given["groups"],
                zip(given["events"], given["population"], strict=True),
                strict=True,
            )
        )
        group, reference = Rate(*counts[given["group"]]), Rate(*counts[given["reference"]])
        bounds = measures.unknown_bounds(group, reference, given["unknown_events"], EVENTS)
    else:
        group = Rate(given["group_events"], given["group_total"])
        reference = Rate(given["reference_events"], given["reference_total"])
        bounds = measures.unknown_bounds(
            group, reference, given["unknown_events"], SUBSET, given["unknown_total"]
        )
    known = measures.disproportionality_ratio(group, reference)
    return limits("disproportionality_ratio_", bounds) | {
        "disproportionality_ratio_known": known,
        "disproportionality_ratio_known_only": known,
    }


def answers_of_rounding(given):
    if "number" in given:
        return {"rounded": measures.round_half_up(given["number"], given["dp"])}
    if "nearest 10" in given["rule"]:
        rounded = measures.round_half_up(given["count"], -1)
    else:
        rounded = 5 * measures.round_half_up(given["count"] / 5)
    # A source's symbol for a number that is not shown is not a matter of rounding.
    withheld = rounded == 0 < given["count"]
    return {} if withheld else {"display": f"{rounded:.0f}"}


def answers_of_fdr(given):
    method = given["method"].casefold()
    if method == "bonferroni":
        return {}
    p_values = np.array(given["p_values"], dtype=float)
    return {"adjusted": measures.adjust_p_values(p_values, method).tolist()}


@pytest.mark.parametrize(
    ("topic", "answers", "compared"),
    [
        ("wilson", answers_of_wilson, 107),
        ("poisson_rate", answers_of_poisson_rate, 162),
        ("ratio_ci", answers_of_ratio_ci, 150),
        ("ratio_p_value", answers_of_ratio_p_value, 12),
        ("rri", answers_of_rri, 267),
        ("difference_ci", answers_of_difference_ci, 56),
        ("unknown_bounds", answers_of_unknown_bounds, 21),
        ("rounding", answers_of_rounding, 12),
        ("fdr", answers_of_fdr, 73),
    ],
)
def test_the_values_of_others_are_ours(topic, answers, compared):
    assert oracles.values_compared(topic, answers) == compared
