"""What a simple implementation gets wrong, with the right answer beside it."""

import math

import numpy as np
import pandas as pd
import pytest

from loti_dash import measures
from loti_dash.measures import Rate

EVENTS = "events_over_population"
PERSONS = "persons_over_population"
SUBSET = "subset_over_set"
KINDS = [EVENTS, PERSONS, SUBSET]

# Children sentenced to custody among children sentenced, England and Wales, three years.
CUSTODY = pd.DataFrame(
    {"events": [68, 202, 86, 26, 645], "total": [846, 2_183, 1_256, 304, 11_111]},
    index=["Asian", "Black", "Mixed", "Other", "White"],
)
WHITE = Rate(645, 11_111)
NAN = math.nan


def missing(*values):
    return bool(np.isnan(values).all())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", ["score", "exact"])
def test_a_group_without_events_has_a_ratio_of_0_and_an_upper_limit(kind, method):
    group, reference = Rate(0, 850), Rate(60, 56_000)
    assert measures.disproportionality_ratio(group, reference) == 0
    low, high = measures.ratio_interval(group, reference, kind, method)
    assert low == 0
    assert high == pytest.approx(4.2, abs=0.05)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", ["score", "exact"])
def test_a_reference_without_events_leaves_a_lower_limit_and_nothing_else(kind, method):
    group, reference = Rate(9, 3_100), Rate(0, 52_000)
    assert missing(measures.disproportionality_ratio(group, reference))
    low, high = measures.ratio_interval(group, reference, kind, method)
    assert low == pytest.approx({"score": 39.3, "exact": 33.1}[method], rel=0.01)
    assert missing(high)
    assert measures.evidence(low, high) == "none"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", ["score", "log", "exact"])
@pytest.mark.parametrize(
    ("group", "reference"),
    [
        pytest.param(Rate(0, 850), Rate(0, 900), id="no event in either group"),
        pytest.param(Rate(0, 0), Rate(40, 4_000), id="nobody at risk in the group"),
        pytest.param(Rate(30, 1_000), Rate(0, 0), id="nobody at risk in the reference group"),
        pytest.param(Rate(NAN, 1_000), Rate(40, 4_000), id="a count that is withheld"),
        pytest.param(Rate(30, NAN), Rate(40, 4_000), id="a population that is not known"),
        pytest.param(Rate(30, 1_000), Rate(None, 4_000), id="a reference count that is withheld"),
        pytest.param(Rate(30, 1_000), Rate(40, pd.NA), id="a reference that is not known"),
        pytest.param(Rate(-1, 1_000), Rate(40, 4_000), id="a count under 0"),
        pytest.param(Rate(math.inf, 1_000), Rate(40, 4_000), id="a count that is infinite"),
    ],
)
def test_there_is_nothing_to_say_with(group, reference, kind, method):
    low, high = measures.ratio_interval(group, reference, kind, method)
    assert missing(measures.disproportionality_ratio(group, reference), low, high)
    assert missing(measures.ratio_p_value(group, reference, kind))
    assert measures.evidence(low, high) == "none"


def test_the_log_interval_is_missing_where_either_count_is_0():
    group, reference = Rate([0, 9], [850, 3_100]), Rate([60, 0], [56_000, 52_000])
    for limit in measures.ratio_interval(group, reference, EVENTS, "log"):
        assert missing(limit)


def test_a_small_reference_group_still_has_a_ratio_and_an_interval():
    group, reference = Rate(9, 3_100), Rate(4, 52_000)
    low, high = measures.ratio_interval(group, reference, EVENTS)
    assert low < measures.disproportionality_ratio(group, reference) < high


@pytest.mark.parametrize("kind", [PERSONS, SUBSET])
def test_more_people_counted_than_there_are_is_missing(kind):
    group, reference = Rate(250, 220), Rate(20, 300)
    for pair in [(group, reference), (reference, group)]:
        assert missing(
            *measures.ratio_interval(*pair, kind), *measures.unknown_bounds(*pair, 1, kind)
        )
        assert missing(
            *measures.difference_interval(*pair, kind), measures.ratio_p_value(*pair, kind)
        )
        assert missing(*measures.excess_interval(*pair, kind))
    assert missing(*measures.rate_interval(group, kind), *measures.proportion_interval(*group))


def test_more_events_than_people_are_a_possible_rate():
    assert measures.per(100_000, Rate(250, 220)) == pytest.approx(113_636.36, abs=0.01)
    low, high = measures.rate_interval(Rate(250, 220), EVENTS)
    assert low < 250 / 220 < high


def test_three_ratios_of_one_group_have_three_names():
    black = Rate(*CUSTODY.loc["Black"])
    everybody = Rate(*CUSTODY.sum())
    rest = Rate(*CUSTODY.drop("Black").sum())
    to_rest = measures.disproportionality_ratio(black, rest)
    assert measures.disproportionality_ratio(black, WHITE) == pytest.approx(1.594, abs=5e-4)
    assert to_rest == pytest.approx(1.516, abs=5e-4)
    representation = measures.representation_ratio(*black, *everybody)
    assert representation == pytest.approx(1.415, abs=5e-4)
    assert representation == pytest.approx(measures.disproportionality_ratio(black, everybody))
    share = black.denominator / everybody.denominator
    assert representation == pytest.approx(measures.to_all(to_rest, share))


def test_the_model_decides_whether_there_is_a_finding():
    others = CUSTODY.drop("White")
    group, reference = Rate(others["events"], others["total"]), WHITE
    koopman = measures.ratio_interval(group, reference, SUBSET)
    poisson = measures.ratio_interval(group, reference, EVENTS)
    assert measures.evidence(*koopman)["Other"] == "higher"
    assert measures.evidence(*poisson)["Other"] == "uncertain"
    q_values = measures.adjust_p_values(measures.ratio_p_value(group, reference, SUBSET))
    assert q_values["Other"] == pytest.approx(0.0593, abs=5e-5)
    assert q_values["Asian"] == pytest.approx(0.0164, abs=5e-5)


def test_no_events_among_850_people_is_not_a_rate_of_exactly_0():
    assert measures.rate_interval(Rate(0, 850), EVENTS, 1_000) == pytest.approx(
        (0, 4.34), abs=0.005
    )


def test_rates_are_not_rounded_before_they_are_divided():
    ratio = measures.disproportionality_ratio(Rate(7, 46_000), Rate(3, 58_000))
    assert ratio == pytest.approx(2.942, abs=5e-4)


def test_a_quarter_of_unknown_ethnicity_leaves_the_direction_open():
    low, high = measures.unknown_bounds(Rate(18, 3_100), Rate(40, 9_000), 25, EVENTS)
    assert (low, high) == pytest.approx((0.804, 3.121), abs=5e-4)


def test_one_of_seven_small_p_values_survives():
    few = [0.001, 0.008, 0.012, 0.02, 0.03, 0.04, 0.045]
    p_values = np.array(
        [*few, 0.2, 0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95]
    )
    assert (measures.adjust_p_values(p_values) <= 0.05).sum() == 1


def test_size_and_evidence_are_two_questions():
    assert measures.size_band(1.0982) == "within"
    assert (measures.size_band(1.5128), measures.evidence(0.715, 2.836)) == (
        "outside",
        "uncertain",
    )


@pytest.mark.parametrize(
    ("group", "reference", "band"),
    [
        (Rate(4, 1_000), Rate(5, 1_000), "within"),  # 0.8, the edge
        (Rate(5, 1_000), Rate(4, 1_000), "within"),  # 1.25
        (Rate(21, 700), Rate(3, 300), "triple"),
        (Rate(14, 700), Rate(3, 300), "double"),
        (Rate(799, 1_000), Rate(1_000, 1_000), "outside"),
    ],
)
def test_a_ratio_on_the_edge_of_a_band_is_in_it(group, reference, band):
    assert measures.size_band(measures.disproportionality_ratio(group, reference)) == band


def test_the_ratio_of_the_complement_is_not_the_reciprocal():
    passed = measures.disproportionality_ratio(Rate(90, 100), Rate(95, 100))
    failed = measures.disproportionality_ratio(Rate(10, 100), Rate(5, 100))
    assert (passed, failed) == pytest.approx((0.947, 2.0), abs=5e-4)


@pytest.mark.parametrize(
    ("number", "digits", "rounded"),
    [(285, -1, 290), (25, -1, 30), (2.5, 0, 3), (-2.5, 0, -3), (2.675, 2, 2.68), (1.005, 2, 1.01)],
)
def test_halves_go_up(number, digits, rounded):
    assert measures.round_half_up(number, digits) == rounded


def test_a_small_negative_number_does_not_become_minus_0():
    assert str(measures.round_half_up(-0.4)) == "0.0"


def test_the_largest_number_and_the_missing_one_can_be_rounded():
    numbers = np.array([1.7e308, 5e-324, NAN, math.inf])
    expected = [1.7e308, 0.0, NAN, NAN]
    np.testing.assert_array_equal(measures.round_half_up(numbers, 3), expected)


def test_a_pooled_ratio_can_be_four_where_every_stratum_says_less_than_one():
    # An inner area with many searches and an outer one with few; nine in ten live apart.
    group = Rate(np.array([162, 1.8]), np.array([9_000, 1_000]))
    reference = Rate(np.array([20, 18]), np.array([1_000, 9_000]))
    pooled = [Rate(rate.numerator.sum(), rate.denominator.sum()) for rate in (group, reference)]
    assert measures.disproportionality_ratio(*pooled) == pytest.approx(4.31, abs=0.005)
    assert measures.disproportionality_ratio(group, reference) == pytest.approx([0.9, 0.9])
    adjusted, *_ = measures.directly_standardised(*group, [1, 1])
    of_reference, *_ = measures.directly_standardised(*reference, [1, 1])
    assert adjusted / of_reference == pytest.approx(0.9)
    parts = measures.kitagawa(
        measures.per(1_000, reference),
        reference.denominator,
        measures.per(1_000, group),
        group.denominator,
    )
    assert parts == pytest.approx((13.68, -1.1))


def test_areas_that_differ_by_less_than_chance_are_all_the_mean():
    counts = np.array([50, 81, 119, 30, 201, 90])
    people = np.array([5_000, 8_000, 12_000, 3_000, 20_000, 9_000])
    smoothed = measures.shrink(counts, people)
    assert smoothed == pytest.approx([counts.sum() / people.sum()] * 6, rel=1e-15)


def test_an_area_without_events_is_smoothed_to_more_than_0():
    smoothed = measures.shrink([0, 40, 90], [1_000, 1_000, 1_000])
    assert 0 < smoothed[0] < 0.01


def test_what_is_expected_is_no_second_sample():
    # 30 of 400 where the group is 5% of the population: the rest has 95%, which is known.
    known = Rate(30, 0.05), Rate(370, 0.95)
    assert measures.ratio_p_value(*known, EVENTS) == pytest.approx(0.0218, abs=5e-5)
    sampled = Rate(30, 400), Rate(20, 400)
    assert measures.ratio_p_value(*sampled, SUBSET) > 0.1


def test_9_events_are_not_standardised_and_10_are():
    people, standard = [100, 100], [1, 1]
    assert missing(*measures.directly_standardised([4, 5], people, standard))
    rate, low, high = measures.directly_standardised([5, 5], people, standard)
    assert low < rate < high


def test_two_periods_have_a_change_and_no_trend():
    assert missing(*measures.trend_test([10, 30], [100, 100]))
    _, p_value = measures.trend_test([10, 20, 30], [100, 100, 100])
    assert p_value == pytest.approx(0.0004, abs=5e-5)


def test_a_period_with_nobody_at_risk_has_no_proportion_and_its_series_no_trend():
    assert missing(*measures.trend_test([10, 0, 20, 30], [100, 0, 100, 100]))


@pytest.mark.parametrize("counted", [0, 100])
def test_proportions_that_cannot_vary_have_no_trend(counted):
    assert missing(*measures.trend_test([counted] * 4, [100] * 4))


def test_a_rate_of_0_adds_nothing_to_theil_and_leaves_no_ratio():
    assert measures.theil([2, 0], [1, 1]) == pytest.approx(1_000 * math.log(2))
    difference, ratio = measures.max_min([2, 0])
    assert difference == 2
    assert missing(ratio)


def test_where_nobody_has_events_there_is_no_relative_inequality():
    rates, people = [0, 0], [1, 1]
    assert missing(measures.theil(rates, people), measures.index_of_disparity(rates, people))
    assert measures.weighted_mean_difference(rates, people, 0) == 0


def test_a_proportion_above_1_has_no_funnel_and_a_rate_of_events_does():
    assert missing(*measures.funnel_limits(1.5, 100, SUBSET))
    low, high = measures.funnel_limits(1.5, 100, EVENTS)
    assert low < 1.5 < high


def test_no_events_are_inside_a_funnel_until_3_7_are_expected():
    low, _ = measures.funnel_limits(1, np.array([3.68, 3.70]), EVENTS)
    assert low[0] == 0 < low[1]
