"""Simulated coverage against the same, added up over every pair of counts."""

import math

import numpy as np
import plain
import pytest

from loti_dash.bench import coverage
from loti_dash.bench.coverage import EVENTS, SUBSET, Scenario

DRAWS = 20_000


def poisson(mean, most):
    return [math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(most + 1)]


def binomial(people, risk):
    return [math.comb(people, k) * risk**k * (1 - risk) ** (people - k) for k in range(people + 1)]


def enumerated(scenario):
    """Return the chance of an interval, and of one with the truth inside.

    No interval is looked for: the truth is inside where its own test does not reject it.
    """
    kind, expected, n, ratio, times = scenario
    m, test = n * times, plain.koopman_test if kind == SUBSET else plain.poisson_test
    if kind == SUBSET:
        of_group, of_reference = binomial(n, expected / n), binomial(m, expected / n / ratio)
    else:
        of_group, of_reference = poisson(expected, 40), poisson(expected * times / ratio, 120)
    z = plain.normal_quantile(0.975)
    answered, inside = [], []
    for x, chance_of_x in enumerate(of_group):
        for y, chance_of_y in enumerate(of_reference):
            if x + y and chance_of_x * chance_of_y > 1e-12:
                answered.append(chance_of_x * chance_of_y)
                if abs(test(ratio, x, n, y, m)) <= z:
                    inside.append(chance_of_x * chance_of_y)
    return math.fsum(answered), math.fsum(inside)


@pytest.mark.parametrize(
    "scenario",
    [
        Scenario(EVENTS, 1, 10_000, 5.0, 5),
        Scenario(EVENTS, 2, 10_000, 1.0, 5),
        Scenario(EVENTS, 5, 10_000, 0.5, 5),
        Scenario(SUBSET, 1, 3, 5.0, 5),
        Scenario(SUBSET, 2, 7, 2.0, 5),
        Scenario(SUBSET, 5, 17, 0.5, 5),
    ],
    ids=lambda scenario: f"{scenario.kind}: {scenario}",
)
def test_the_score_interval_covers_as_often_as_the_sum_over_all_counts_says(scenario):
    answered, inside = enumerated(scenario)
    assert 0.93 <= inside / answered <= 1
    found = coverage.coverage(scenario, DRAWS, np.random.default_rng(1))["score"]
    for share, expected in [(found.answered, inside / answered), (found.every, inside)]:
        error = math.sqrt(expected * (1 - expected) / (DRAWS * answered))
        assert share == pytest.approx(expected, abs=4 * error)


def test_a_lower_limit_alone_covers_and_no_interval_at_all_is_a_miss():
    # So high a ratio that there is never an event in the reference group.
    nobody = Scenario(EVENTS, 2, 10_000, 1e9, 5)
    found = coverage.coverage(nobody, DRAWS, np.random.default_rng(1))
    for method in ("score", "exact"):
        assert found[method].answered == 1
        # Neither group has events as often as the group has none.
        assert found[method].every == pytest.approx(1 - math.exp(-2), abs=0.01)
    assert found["log"].every == 0
    assert math.isnan(found["log"].answered)


def test_the_methods_are_in_the_order_that_is_claimed():
    few = Scenario(EVENTS, 2, 10_000, 1.0, 20)
    found = coverage.coverage(few, DRAWS, np.random.default_rng(1))
    assert found["log"].every < 0.9 < found["score"].every < found["exact"].every


def test_no_risk_is_above_1():
    known = list(coverage.scenarios())
    sets = [each for each in known if each.kind == SUBSET]
    # Of 30%, and a fifth of the reference group's: that would be 150%.
    assert (len(known) - len(sets), len(sets)) == (6 * 5 * 2, 6 * (5 + 4) * 2)
    assert max(each.expected / each.people / each.ratio for each in sets) <= 1


def test_the_figures_are_numbers_and_the_least_names_its_scenario(monkeypatch):
    monkeypatch.setattr(coverage, "LEAST", 1.1)
    figures = coverage.measure(draws=300, expected=[2])
    assert figures == coverage.measure(draws=300, expected=[2])
    known = list(coverage.scenarios([2]))
    for name, kind in (("events", EVENTS), ("subset", SUBSET)):
        those = [str(each) for each in known if each.kind == kind]
        assert figures[f"{name}: scenarios"] == len(those)
        for among in ("", ", of all draws"):
            # With such a demand every scenario is below it, and listed.
            assert figures[f"{name}, score: below 1.1{among}"] == len(those)
            listed = {each: figures[f"{name}, score{among}: {each}"] for each in those}
            least = figures[f"{name}, score: least{among}, in"]
            assert listed[least] == figures[f"{name}, score: least{among}"] == min(listed.values())
            assert figures[f"{name}, score: mean{among}"] == pytest.approx(
                sum(listed.values()) / len(those)
            )
            for method in ("log", "exact"):
                low = figures[f"{name}, {method}: least{among}"]
                assert 0 <= low <= figures[f"{name}, {method}: mean{among}"] <= 1
