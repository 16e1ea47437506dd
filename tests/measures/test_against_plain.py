"""Each measure against the same measure written slowly, and the laws they keep."""

import math

import numpy as np
import plain
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from plain import agree

from loti_dash import measures
from loti_dash.measures import Rate

EVENTS = "events_over_population"
PERSONS = "persons_over_population"
SUBSET = "subset_over_set"

# The first call of a library takes longer than any other.
unhurried = settings(deadline=None)

kinds = st.sampled_from([EVENTS, PERSONS, SUBSET])
methods = st.sampled_from(["score", "log", "exact"])
confidences = st.sampled_from([0.8, 0.95, 0.998])
counts = st.integers(0, 60)
people = st.integers(0, 400)
few = st.integers(0, 6)


@unhurried
@given(counts, people, kinds, confidences)
def test_a_rate_and_its_interval(x, n, kind, confidence):
    assert agree(measures.per(1_000, Rate(x, n)), plain.per(1_000, x, n))
    found = measures.rate_interval(Rate(x, n), kind, 1, confidence)
    assert agree(found, plain.rate_interval(x, n, kind, confidence))
    found = measures.proportion_interval(x, n, confidence)
    assert agree(found, plain.proportion_interval(x, n, confidence))


@unhurried
@given(counts, st.sampled_from(["ohid", "exact", "byar"]), confidences)
def test_the_interval_of_a_count(x, method, confidence):
    found = measures.count_interval(x, method, confidence)
    assert agree(found, plain.count_interval(x, method, confidence))


@unhurried
@given(counts, people, counts, people)
def test_ratio_difference_and_excess(x, n, y, m):
    group, reference = Rate(x, n), Rate(y, m)
    assert agree(measures.disproportionality_ratio(group, reference), plain.ratio(x, n, y, m))
    assert agree(measures.rate_difference(group, reference), plain.rate_difference(x, n, y, m))
    assert agree(measures.excess_count(group, reference), plain.excess_count(x, n, y, m), abs=1e-9)


@unhurried
@given(counts, people, counts, people, kinds, methods, confidences)
def test_the_interval_of_a_ratio(x, n, y, m, kind, method, confidence):
    found = measures.ratio_interval(Rate(x, n), Rate(y, m), kind, method, confidence)
    if n == 0 or m == 0:
        assert np.isnan(found).all()
    else:
        expected = plain.ratio_interval(x, n, y, m, kind, method, confidence)
        assert agree(found, expected, abs=0), (found, expected)


@unhurried
@given(st.data(), st.integers(1, 10**6), st.integers(1, 10**6), confidences)
def test_koopman_limits_are_where_the_test_just_rejects(data, n, m, confidence):
    x, y = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    low, high = measures.ratio_interval(Rate(x, n), Rate(y, m), SUBSET, "score", confidence)
    z = plain.z_of(confidence)
    for limit, target, exists in [(low, z, x > 0), (high, -z, y > 0)]:
        if exists:
            # A test that changes sign within one part in ten thousand million.
            inside, outside = sorted([limit * (1 - 1e-10), limit * (1 + 1e-10)])
            assert plain.koopman_test(inside, x, n, y, m) >= target - 1e-12
            assert plain.koopman_test(outside, x, n, y, m) <= target + 1e-12
    assert math.isnan(high) == (y == 0)
    assert (low == 0) == (x == 0 < y)


@unhurried
@given(counts, people, counts, people, kinds)
def test_the_p_value_of_a_ratio(x, n, y, m, kind):
    found = measures.ratio_p_value(Rate(x, n), Rate(y, m), kind)
    assert agree(found, plain.ratio_p_value(x, n, y, m, kind), rel=1e-8)


@unhurried
@given(counts, people, counts, people, kinds, confidences)
def test_the_interval_of_a_difference(x, n, y, m, kind, confidence):
    group, reference = Rate(x, n), Rate(y, m)
    found = measures.difference_interval(group, reference, kind, confidence)
    assert agree(found, plain.difference_interval(x, n, y, m, kind, confidence), abs=1e-9)
    for limit, excess in zip(
        found, measures.excess_interval(group, reference, kind, confidence), strict=True
    ):
        assert excess == pytest.approx(limit * n, nan_ok=True)


@unhurried
@given(few, few, few, few, st.integers(0, 4), kinds, st.none() | st.integers(0, 7))
def test_the_bounds_with_unknowns_are_those_of_every_allocation(x, n, y, m, u, kind, v):
    found = measures.unknown_bounds(Rate(x, n), Rate(y, m), u, kind, v)
    assert agree(found, plain.unknown_bounds(x, n, y, m, u, kind, v))


@unhurried
@given(
    st.lists(
        st.tuples(st.none() | st.integers(0, 20).map(lambda k: k / 20), st.integers(0, 3)),
        max_size=25,
    ),
    st.sampled_from(["bh", "by", "holm"]),
)
def test_p_values_are_corrected_within_each_family(rows, method):
    p_values = np.array([p for p, _ in rows], dtype=float)
    families = np.array([family for _, family in rows], dtype=int)
    found = measures.adjust_p_values(p_values, method, family=families)
    for family in set(families):
        expected = plain.adjusted([p for p, own in rows if own == family], method)
        for one, other in zip(found[families == family], expected, strict=True):
            assert agree(one, other)
    expected = plain.adjusted([p for p, _ in rows], method)
    for one, other in zip(measures.adjust_p_values(p_values, method), expected, strict=True):
        assert agree(one, other)


limits = st.none() | st.floats(0, 4)


@unhurried
@given(limits, limits)
def test_evidence_and_size(low, high):
    assert measures.evidence(low, high) == plain.evidence(low, high)
    assert measures.size_band(low) == plain.size_band(low)


@unhurried
@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(-4, 6))
def test_rounding(number, digits):
    found = measures.round_half_up(number, digits)
    expected = plain.round_half_up(number, digits)
    assert found == expected or (math.isinf(expected) and math.isnan(found))


positive = st.integers(1, 500)


@unhurried
@given(positive, positive, positive, positive)
def test_swapping_the_groups_turns_the_ratio_over(x, n, y, m):
    there = measures.disproportionality_ratio(Rate(x, n), Rate(y, m))
    back = measures.disproportionality_ratio(Rate(y, m), Rate(x, n))
    assert there * back == pytest.approx(1)


@unhurried
@given(positive, positive, positive, positive, kinds, methods)
def test_swapping_the_groups_turns_the_interval_over(x, n, y, m, kind, method):
    low, high = measures.ratio_interval(Rate(x, n), Rate(y, m), kind, method)
    back_low, back_high = measures.ratio_interval(Rate(y, m), Rate(x, n), kind, method)
    if kind != EVENTS and (x > n or y > m):
        assert np.isnan([low, high, back_low, back_high]).all()
    else:
        assert (low * back_high, high * back_low) == pytest.approx((1, 1))


@unhurried
@given(positive, positive, positive, positive, kinds, methods)
def test_the_ratio_lies_in_its_interval(x, n, y, m, kind, method):
    assume(kind == EVENTS or (x <= n and y <= m))
    low, high = measures.ratio_interval(Rate(x, n), Rate(y, m), kind, method)
    ratio = measures.disproportionality_ratio(Rate(x, n), Rate(y, m))
    assert low <= ratio * (1 + 1e-12)
    assert high >= ratio * (1 - 1e-12)


@unhurried
@given(counts, people, counts, people, kinds)
def test_p_is_under_5_percent_exactly_where_the_interval_excludes_1(x, n, y, m, kind):
    group, reference = Rate(x, n), Rate(y, m)
    p_value = measures.ratio_p_value(group, reference, kind)
    low, high = measures.ratio_interval(group, reference, kind)
    assert (p_value < 0.05) == (low > 1 or high < 1)
    assert math.isnan(p_value) == (math.isnan(low) and math.isnan(high))


@unhurried
@given(st.lists(st.tuples(counts, st.integers(1, 400)), min_size=2, max_size=6))
def test_the_weighted_mean_of_representation_ratios_is_1(groups):
    x, n = np.array(groups, dtype=float).T
    assume(x.sum() > 0)
    ratios = measures.representation_ratio(x, n, x.sum(), n.sum())
    assert np.average(ratios, weights=n) == pytest.approx(1)


@unhurried
@given(counts, positive, positive, positive)
def test_the_ratio_to_all_is_the_representation_ratio(x, n, y, m):
    to_rest = measures.disproportionality_ratio(Rate(x, n), Rate(y, m))
    to_all = measures.to_all(to_rest, n / (n + m))
    assert to_all == pytest.approx(measures.representation_ratio(x, n, x + y, n + m))
    assert to_all == pytest.approx(plain.to_all(to_rest, n / (n + m)))
    assert to_all == pytest.approx(plain.representation_ratio(x, n, x + y, n + m))
    # Over a population, the interval is Wilson's of the group's share, divided by n / all.
    limits = measures.ratio_interval(Rate(x, n), Rate(y, m), EVENTS)
    shares = measures.proportion_interval(x, x + y)
    for limit, share in zip(limits, shares, strict=True):
        assert measures.to_all(limit, n / (n + m)) == pytest.approx(share / (n / (n + m)))


@unhurried
@given(counts, positive, positive, positive, kinds)
def test_without_unknowns_both_bounds_are_the_ratio(x, n, y, m, kind):
    assume(kind == EVENTS or (x <= n and y <= m))
    ratio = measures.disproportionality_ratio(Rate(x, n), Rate(y, m))
    assert measures.unknown_bounds(Rate(x, n), Rate(y, m), 0, kind) == pytest.approx(
        (ratio, ratio)
    )
