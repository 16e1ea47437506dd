"""Measures of areas, periods, strata and groups against slow ones, and the laws they keep."""

import math

import numpy as np
import plain_tables as plain
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from plain import agree

from loti_dash import measures
from loti_dash.measures import Rate

EVENTS = "events_over_population"
PERSONS = "persons_over_population"
SUBSET = "subset_over_set"

unhurried = settings(deadline=None)

kinds = st.sampled_from([EVENTS, PERSONS, SUBSET])
coverages = st.sampled_from([0.8, 0.95, 0.998])
counts = st.integers(0, 60)
people = st.integers(0, 400)
positive = st.integers(1, 500)
rates = st.integers(0, 1_000).map(lambda k: k / 10)
weights = st.integers(0, 50)
groups = st.lists(st.tuples(rates, weights), min_size=1, max_size=8)


def columns(rows):
    """Return the columns of rows; a missing count becomes NaN."""
    return np.array(rows, dtype=float).T


@unhurried
@given(st.integers(0, 40).map(lambda k: k / 20), people, kinds, coverages)
def test_the_limits_of_a_funnel(benchmark, n, kind, coverage):
    found = measures.funnel_limits(benchmark, n, kind, coverage)
    assert agree(found, plain.funnel_limits(benchmark, n, kind, coverage))


@unhurried
@given(st.floats(1e-6, 0.999), st.integers(1, 10**7), kinds, coverages)
def test_a_funnel_brackets_its_benchmark_and_widens_with_coverage(benchmark, n, kind, coverage):
    low, high = measures.funnel_limits(benchmark, n, kind, coverage)
    assert 0 <= low < benchmark < high
    lower, higher = measures.funnel_limits(benchmark, n, kind, (1 + coverage) / 2)
    assert lower <= low
    assert higher >= high


@unhurried
@given(st.integers(0, 10**8), coverages)
def test_a_count_is_on_the_funnel_where_its_exact_limit_is_the_benchmark(x, coverage):
    low, high = measures.count_interval(x, "exact", coverage)
    on_low, _ = measures.funnel_limits(1, high, EVENTS, coverage)
    assert on_low * high == pytest.approx(x, rel=1e-10, abs=1e-10)
    if x:
        _, on_high = measures.funnel_limits(1, low, EVENTS, coverage)
        assert on_high * low == pytest.approx(x, rel=1e-10)


@unhurried
@given(st.lists(st.tuples(st.none() | counts, people), min_size=1, max_size=12))
def test_smoothed_rates(areas):
    for found, expected in zip(measures.shrink(*columns(areas)), plain.shrink(areas), strict=True):
        assert agree(found, expected)


@unhurried
@given(st.lists(st.tuples(counts, positive), min_size=1, max_size=12))
def test_a_smoothed_rate_lies_between_its_own_and_the_mean(areas):
    x, n = columns(areas)
    mean = x.sum() / n.sum()
    smoothed = measures.shrink(x, n)
    assert (smoothed >= np.minimum(x / n, mean) - 1e-12).all()
    assert (smoothed <= np.maximum(x / n, mean) + 1e-12).all()


periods = st.lists(st.tuples(st.none() | counts, people), max_size=7)
full_periods = st.lists(
    positive.flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=3, max_size=7
)


@unhurried
@given(periods | full_periods)
def test_a_trend(rows):
    found = measures.trend_test(*(columns(rows) if rows else ([], [])))
    assert agree(found, plain.trend_test(rows), abs=1e-9)


@unhurried
@given(full_periods)
def test_a_trend_backwards_is_as_strong(rows):
    forwards, backwards = (
        measures.trend_test(*columns(rows)),
        measures.trend_test(*columns(rows[::-1])),
    )
    assert forwards == pytest.approx(backwards, rel=1e-8, abs=1e-9, nan_ok=True)


pair_counts = st.tuples(counts, people, counts, people)


@unhurried
@given(pair_counts, pair_counts, coverages)
def test_the_change_of_a_ratio(before, after, confidence):
    pairs = [(Rate(x, n), Rate(y, m)) for x, n, y, m in (before, after)]
    found = measures.change_in_ratio(*pairs, confidence)
    assert agree(found, plain.change_in_ratio(before, after, confidence))
    change, low, high = measures.change_in_ratio(*pairs[::-1], confidence)
    turned = np.array([1 / change, 1 / high, 1 / low])
    assert found == pytest.approx(turned, nan_ok=True)


strata = st.lists(st.tuples(counts, st.integers(0, 40), weights), min_size=1, max_size=8)
full_strata = st.lists(st.tuples(counts, positive, weights), min_size=1, max_size=8)


@unhurried
@given(strata | full_strata, coverages)
def test_a_standardised_rate(rows, confidence):
    found = measures.directly_standardised(*columns(rows), confidence)
    assert agree(found, plain.directly_standardised(rows, confidence))


@unhurried
@given(st.integers(1, 20), st.lists(st.tuples(positive, weights), min_size=1, max_size=8))
def test_with_equal_rates_every_standard_gives_that_rate(per_hundred, rows):
    n, w = columns(rows)
    x = n * per_hundred / 100
    assume(x.sum() >= 10 and w.any())
    rate, low, high = measures.directly_standardised(x, n, w)
    assert rate == pytest.approx(per_hundred / 100)
    assert low < rate < high


@unhurried
@given(full_strata)
def test_with_its_own_composition_a_rate_is_the_crude_one(rows):
    x, n, _ = columns(rows)
    assume(x.sum() >= 10)
    found = measures.directly_standardised(x, n, n)
    crude = Rate(x.sum(), n.sum())
    interval = measures.count_interval(x.sum(), "byar")
    assert found == pytest.approx([measures.per(1, crude), *(np.array(interval) / n.sum())])


two_populations = st.lists(st.tuples(rates, weights, rates, weights), min_size=1, max_size=8)


@unhurried
@given(two_populations)
def test_a_difference_in_two_parts(rows):
    found = measures.kitagawa(*columns(rows))
    assert agree(found, plain.kitagawa(rows), abs=1e-9)


@unhurried
@given(two_populations)
def test_the_parts_of_a_difference_add_up(rows):
    r1, w1, r2, w2 = columns(rows)
    assume(w1.any() and w2.any())
    difference = np.average(r2, weights=w2) - np.average(r1, weights=w1)
    assert sum(measures.kitagawa(r1, w1, r2, w2)) == pytest.approx(difference, abs=1e-9)
    back = measures.kitagawa(r2, w2, r1, w1)
    assert np.negative(back) == pytest.approx(measures.kitagawa(r1, w1, r2, w2), abs=1e-9)
    assert measures.kitagawa(r1, w1, r1, w2)[1] == 0
    assert measures.kitagawa(r1, w1, r2, w1)[0] == 0


@unhurried
@given(groups, rates)
def test_summaries_of_groups(rows, reference):
    y, w = columns(rows)
    slow = list(y), list(w)
    assert agree(measures.theil(y, w), plain.theil(*slow), abs=1e-9)
    assert agree(measures.index_of_disparity(y, w), plain.index_of_disparity(*slow), abs=1e-9)
    found = measures.weighted_mean_difference(y, w, reference)
    assert agree(found, plain.weighted_mean_difference(*slow, reference), abs=1e-9)
    assert agree(measures.max_min(y), plain.max_min(slow[0]))


@unhurried
@given(groups, st.integers(1, 1_000))
def test_relative_summaries_know_no_scale_and_are_never_negative(rows, times):
    y, w = columns(rows)
    for summary in (measures.theil, measures.index_of_disparity):
        found = summary(y, w)
        assert math.isnan(found) or found >= 0
        assert summary(y * times, w * times) == pytest.approx(found, abs=1e-9, nan_ok=True)


@unhurried
@given(rates.filter(bool), st.lists(weights, min_size=1, max_size=8).filter(any))
def test_equal_rates_are_no_inequality(rate, people):
    y = np.full(len(people), rate)
    assert measures.theil(y, people) == pytest.approx(0, abs=1e-9)
    assert measures.index_of_disparity(y, people) == pytest.approx(0, abs=1e-9)
    assert measures.weighted_mean_difference(y, people, rate) == 0
    assert measures.max_min(y) == (0, 1)
