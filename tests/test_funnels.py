"""Boroughs lie inside or outside the limits that exact counts, found by trial, would give."""

from math import sqrt

import pytest
from scipy.stats import poisson
from tables import CATALOGUE, comparison

from loti_dash.funnels import LEAST_AREAS, funnel

EVENTS = CATALOGUE.indicators["homelessness_duty_owed"]  # for every 1,000
SUBSET = CATALOGUE.indicators["free_school_meals"]  # for every 100
NONE = float("nan")


def rows(counts, per):
    lines = [
        f"E090000{place:02} | black | {n} | {d} | {n / d * per}"
        for place, (n, d) in enumerate(counts, 2)
    ]
    head = "area_code | group_code | numerator | denominator | rate"
    return comparison("\n".join([head, *lines]))


def test_events_lie_outside_where_their_count_is_too_rare_at_the_benchmark():
    # 10 expected in each, of 1,000 people at 10 for every 1,000.
    counts = [(n, 1_000) for n in (2, 3, 4, 5, 10, 17, 18, 19, 20, 21, 22)]
    found = funnel(rows(counts, 1_000), EVENTS, 10.0)

    def lies(n):
        above, below = poisson.sf(n - 1, 10), poisson.cdf(n, 10)
        if above < 0.001:
            return "above"
        if below < 0.001:
            return "below"
        return "high" if above < 0.025 else "low" if below < 0.025 else "within"

    assert found.areas["lies"].to_list() == [lies(n) for n, _ in counts]
    assert {"high", "low", "within", "above"} <= set(found.areas["lies"])


def test_shares_have_the_limits_of_the_normal_distribution():
    counts = [(30, 100), (45, 100), (15, 100), (32, 100), (60, 200)]
    found = funnel(rows(counts, 100), SUBSET, 30.0)
    reach = 1.959964 * sqrt(0.3 * 0.7 / 100) * 100
    assert found.areas["low_95"].iloc[0] == pytest.approx(30 - reach, rel=1e-6)
    assert found.areas["high_95"].iloc[0] == pytest.approx(30 + reach, rel=1e-6)
    # 45 and 15 are 3.3 standard errors away, and 99.8% reaches 3.09.
    assert found.areas["lies"].to_list() == ["within", "above", "below", "within", "within"]
    assert found.outside["numerator"].to_list() == [45, 15]


def test_the_benchmark_is_londons_and_the_boroughs_together_stand_beside_it():
    counts = [(10, 1_000), (20, 1_000), (30, 2_000), (5, 500), (7, 500)]
    found = funnel(rows(counts, 1_000), EVENTS, 15.5)
    assert found.benchmark == 15.5
    assert found.together == pytest.approx(72 / 5_000 * 1_000)


def test_without_a_rate_of_london_the_boroughs_together_are_the_benchmark():
    counts = [(10, 1_000), (20, 1_000), (30, 2_000), (5, 500), (7, 500)]
    assert funnel(rows(counts, 1_000), EVENTS, NONE).benchmark == pytest.approx(14.4)


def test_a_borough_whose_rate_is_not_shown_is_no_part_of_it():
    counts = [(10, 1_000), (20, 1_000), (30, 2_000), (5, 500), (7, 500), (400, 500)]
    drawn = rows(counts, 1_000)
    drawn.loc[5, "rate"] = float("nan")
    found = funnel(drawn, EVENTS, NONE)
    assert len(found.areas) == 5
    assert found.together == pytest.approx(14.4)


def test_limits_narrow_from_the_smallest_to_the_largest():
    counts = [(10, 1_000), (20, 1_000), (300, 20_000), (5, 500), (7, 500)]
    curves = funnel(rows(counts, 1_000), EVENTS, 14.0).curves
    assert curves["denominator"].iloc[0] == pytest.approx(500)
    assert curves["denominator"].iloc[-1] == pytest.approx(20_000)
    assert curves["high_95"].is_monotonic_decreasing
    assert curves["low_95"].is_monotonic_increasing
    assert (curves["high_998"] > curves["high_95"]).all()


def test_too_few_boroughs_make_no_funnel():
    counts = [(10, 1_000)] * (LEAST_AREAS - 1)
    assert funnel(rows(counts, 1_000), EVENTS, 10.0) is None
    published = CATALOGUE.indicators["mental_health_detentions"]
    assert funnel(rows([(10, 1_000)] * 9, 1_000), published, 10.0) is None


def test_where_most_lie_outside_chance_is_no_yardstick():
    wild = [(5, 1_000), (40, 1_000), (90, 1_000), (2, 1_000), (20, 1_000)]
    assert funnel(rows(wild, 1_000), EVENTS, 20.0).overdispersed
    calm = [(18, 1_000), (22, 1_000), (25, 1_000), (90, 1_000), (20, 1_000)]
    assert not funnel(rows(calm, 1_000), EVENTS, 20.0).overdispersed
