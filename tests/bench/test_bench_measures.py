"""The benchmark of the measures on few rows: what it says, not how fast it is."""

import math

import numpy as np
import pytest

from loti_dash import measures
from loti_dash.bench import measures as bench

LOOPED = 12
KINDS = ["events_over_population", "persons_over_population", "subset_over_set"]
NAMES = ["events", "persons", "subset"]


@pytest.fixture(scope="module")
def figures():
    return bench.measure(rows=2_000, looped=LOOPED, repeats=1)


@pytest.mark.parametrize(("name", "rows"), [("events", 500), ("persons", 500), ("subset", 1_000)])
def test_every_kind_has_its_times_and_its_comparison(figures, name, rows):
    of = {what.removeprefix(name): f for what, f in figures.items() if what.startswith(name)}
    assert of[": rows"] == rows
    assert of[": rows looped over"] + of[": rows left out, a count of 0"] == LOOPED
    for part in (": ours, µs a row", ": statsmodels, µs a row", ": peak memory of ours, MB"):
        assert of[part] > 0
    for side in ("ours, µs", "statsmodels, µs", "times faster"):
        assert of[f", ratio interval: {side}"] > 0
    assert all(isinstance(f, str) or math.isfinite(f) for f in of.values())
    assert {type(f) for f in of.values()} == {int, float, str}


@pytest.mark.parametrize("name", NAMES)
def test_both_sides_have_the_same_numbers(figures, name):
    assert figures[f"{name}: the same numbers"] == "yes"
    looped, compared = (
        figures[f"{name}: {what}"] for what in ("rows looped over", "numbers compared")
    )
    # Limits of ratio and difference and the p-value; limits of rates; a family of q-values.
    fewest = 5 * looped if name == "events" else 7 * looped
    assert fewest < compared <= 7 * looped + bench.FAMILY


@pytest.mark.parametrize("wrong", ["ratio_interval", "difference_interval", "ratio_p_value"])
def test_a_measure_that_is_a_little_off_is_not_the_same(monkeypatch, wrong):
    right = getattr(measures, wrong)

    def a_little_off(*given):
        found = right(*given)
        return tuple(np.multiply(found, 1 + 1e-5)) if isinstance(found, tuple) else found * 1.00001

    monkeypatch.setattr(measures, wrong, a_little_off)
    figures = bench.measure(rows=400, looped=4, repeats=1)
    assert [figures[f"{name}: the same numbers"] for name in NAMES] == ["no"] * 3


def test_a_number_that_only_one_side_has_is_infinitely_far_off():
    apart = bench._apart(np.array([1.0, np.nan, 1.0, 0.0]), np.array([2.0, 1.0, np.nan, 0.0]))
    assert apart.tolist() == [0.5, math.inf, math.inf, 0]


@pytest.mark.parametrize("kind", KINDS)
def test_generated_counts_are_possible_repeatable_and_often_small(kind):
    table, again = (bench._generated(kind, 4_000, np.random.default_rng(3)) for _ in range(2))
    np.testing.assert_array_equal(table, again)
    x, n, y, m, every_x, every_n, unknown, of_unknown = table
    assert len(x) == 4_000
    assert (n > 0).all()
    assert (m > 0).all()
    if kind != "events_over_population":
        assert (x <= n).all()
        assert (y <= m).all()
    assert (x + y <= every_x).all()
    assert (n + m <= every_n).all()
    assert (unknown <= of_unknown).all()
    assert 0.01 < (x == 0).mean() < 0.1 < (x < 10).mean() < 0.5
    assert (y == 0).any()


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_of_a_comparison_is_calculated(kind):
    from loti_dash.measured import MEASURED

    found = bench._ours(kind, bench._generated(kind, 40, np.random.default_rng(3)))
    beside = {"q_value", "evidence", "size_band", "representation_ratio"}
    assert set(found) == {*MEASURED, *beside}
    assert {len(column) for column in found.values()} == {40}
