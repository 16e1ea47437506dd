"""The traps of the oracles: the right answer is ours, and the naive one is not.

Each trap has its own answers, because each has its own inputs. What is a matter of wording or
of suppression, and what no measure answers, is not compared here.
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


def trap(number):
    """Return the one case whose id has the number of the trap."""
    [case] = [case for case in oracles.cases("traps") if case["id"].startswith(f"traps-{number}_")]
    return case


def overlapping_reference(given):
    events, people = given["events"], given["population"]
    group = Rate(events[given["group"]], people[given["group"]])
    everybody = Rate(sum(events.values()), sum(people.values()))
    rest, white = Rate(*np.subtract(everybody, group)), Rate(events["White"], people["White"])
    return {
        "disproportionality_ratio_white": measures.disproportionality_ratio(group, white),
        "disproportionality_ratio_rest": measures.disproportionality_ratio(group, rest),
        "representation_ratio": measures.representation_ratio(*group, *everybody),
    }


def interval_model(given):
    reference = Rate(given["reference_events"], given["reference_total"])
    pair, family = (Rate(given["events"], given["total"]), reference), given["family"]
    groups = [group for group in family["events"] if group != "White"]
    of_family = (np.array([family[name][g] for g in groups]) for name in ("events", "totals"))
    p_values = measures.ratio_p_value(Rate(*of_family), reference, SUBSET)
    q_values = measures.adjust_p_values(p_values)
    score = measures.ratio_interval(*pair, SUBSET)
    return {
        "disproportionality_ratio": measures.disproportionality_ratio(*pair),
        "evidence_score": measures.evidence(*score),
        "bh_groups": groups,
        "bh_p_values": q_values,
        "bh_adjusted_significant": q_values[groups.index(given["group"])] <= 0.05,
        **limits("score_", score),
        **limits("katz_", measures.ratio_interval(*pair, SUBSET, "log")),
        **limits("exact_poisson_", measures.ratio_interval(*pair, EVENTS, "exact")),
    }


def zero_cells(given):
    rate = Rate(given["zero_rate"]["count"], given["zero_rate"]["pop"])
    interval = measures.rate_interval(rate, EVENTS, given["zero_rate"]["multiplier"])
    found = limits("rate_", interval)
    found["count_upper"] = measures.count_interval(rate.numerator)[1]
    for name in ("zero_numerator", "zero_reference"):
        pair = Rate(given[name]["a"], given[name]["pop_a"]), Rate(*list(given[name].values())[2:])
        found[f"disproportionality_ratio_{name}"] = measures.disproportionality_ratio(*pair)
        for method in ("score", "exact"):
            interval = measures.ratio_interval(*pair, EVENTS, method)
            found |= limits(f"{method}_", interval, f"_{name}")
    return found


def rounded_inputs(given):
    pair = (
        Rate(given[name]["events"], given[name]["population"]) for name in ("group", "reference")
    )
    return {"disproportionality_ratio": measures.disproportionality_ratio(*pair)}


def events_not_persons(given):
    data, extra = given["data"], given["extra"]
    persons = data["persons_with_f_events"].items()
    events = sum(int(name[1:]) * np.array(number) for name, number in persons)
    columns = events, data["pop"], data["stdpop"]
    value, *naive = np.multiply(measures.directly_standardised(*columns), data["multiplier"])
    expected = given["naive"]["lower95"], given["naive"]["upper95"]
    assert naive == pytest.approx(expected, rel=1e-9)  # ours too, and so it carries a caveat
    return {
        "value": value,
        "rate_250_of_220_per_100000": measures.per(100_000, Rate(*extra.values())),
        "wilson_250_of_220": measures.proportion_interval(*extra.values())[1],
    }


def unknown_ethnicity(given):
    counts = dict(
        zip(given["groups"], zip(given["events"], given["population"], strict=True), strict=True)
    )
    group, reference = Rate(*counts[given["group"]]), Rate(*counts[given["reference"]])
    unknown, known = given["unknown_events"], sum(given["events"])
    bounds = measures.unknown_bounds(group, reference, unknown, EVENTS)
    raised = [Rate(x * (known + unknown) / known, n) for x, n in (group, reference)]
    return {
        "unknown_pct": measures.per(100, Rate(unknown, known + unknown)),
        "disproportionality_ratio_known": measures.disproportionality_ratio(group, reference),
        "disproportionality_ratio_proportional": measures.disproportionality_ratio(*raised),
        "direction_robust": measures.evidence(*bounds) in ("higher", "lower"),
    } | limits("disproportionality_ratio_", bounds)


def composition_reversal(given):
    of_group, of_reference = (
        (np.array(given[name]["population"]), np.array(given[name]["rate_per_1000"]))
        for name in ("group", "reference")
    )
    group, reference = (
        Rate(people * rates / 1_000, people) for people, rates in (of_group, of_reference)
    )
    crude = [Rate(*np.sum(rate, axis=1)) for rate in (group, reference)]
    standardised = [
        measures.directly_standardised(*rate, [1, 1])[0] for rate in (group, reference)
    ]
    composition, rate = measures.kitagawa(*of_reference[::-1], *of_group[::-1])
    return {
        "crude_ratio": measures.disproportionality_ratio(*crude),
        "stratum_ratios": measures.disproportionality_ratio(group, reference),
        "standardised_ratio_equal_weights": standardised[0] / standardised[1],
        "composition_effect_per_1000": composition,
        "rate_effect_per_1000": rate,
        "difference_per_1000": 1_000 * measures.rate_difference(*crude),
    }


def multiplicity_and_band(given):
    one, other = given["ratio_examples"]
    q_values = measures.adjust_p_values(given["p_values"])
    return {
        "bh_flagged": (q_values <= given["q"]).sum(),
        "size_band_example1": measures.size_band(one["disproportionality_ratio"]),
        "size_band_example2": measures.size_band(other["disproportionality_ratio"]),
        "evidence_example2": measures.evidence(*other["interval"]),
    }


def shrinkage_and_scale(given):
    [everywhere] = np.unique(measures.shrink(*given["eb"].values()))
    rounded = measures.round_half_up(given["rounding"], -1)
    return {"eb_all": everywhere} | dict(zip(["round_285", "round_25"], rounded, strict=True))


def expected_as_sample(given):
    observed, share = given["observed"], given["expected_share"]
    # The group against the rest, whose shares of the population are known: no second sample.
    pair = Rate(observed, share), Rate(given["total"] - observed, 1 - share)
    return {"p_goodness_of_fit": measures.ratio_p_value(*pair, EVENTS)}


def complement(given):
    rates = given["pass_rate_group"], given["pass_rate_reference"]
    passed = measures.disproportionality_ratio(*(Rate(rate, 1) for rate in rates))
    failed = measures.disproportionality_ratio(*(Rate(1 - rate, 1) for rate in rates))
    return {
        "disproportionality_ratio_favourable": passed,
        "disproportionality_ratio_adverse": failed,
        "product": passed * failed,
    }


@pytest.mark.parametrize(
    ("number", "answers", "compared"),
    [
        ("01", overlapping_reference, 3),
        ("02", interval_model, 17),
        ("03", zero_cells, 11),
        ("05", rounded_inputs, 1),
        ("06", events_not_persons, 3),
        ("07", unknown_ethnicity, 6),
        ("08", composition_reversal, 7),
        ("09", multiplicity_and_band, 4),
        ("10", shrinkage_and_scale, 3),
        ("11", expected_as_sample, 1),
        ("13", complement, 3),
    ],
)
def test_we_do_not_fall_into(number, answers, compared):
    case = trap(number)
    assert oracles.values_agreeing(case, answers(case["inputs"])) == compared
