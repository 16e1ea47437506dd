"""What goes in comes out: numbers, arrays or Series; nothing infinite, and no warnings."""

import math
import warnings

import numpy as np
import pandas as pd
import pytest

from loti_dash import measures
from loti_dash.measures import Rate

EVENTS = "events_over_population"
KINDS = [EVENTS, "persons_over_population", "subset_over_set"]
NAN = math.nan


def every_measure(group, reference):
    """Return name and results of each measure that works on counts."""
    pair = (group, reference)
    yield "per", [measures.per(1_000, group)]
    yield "count", measures.count_interval(group.numerator)
    yield "proportion", measures.proportion_interval(*group)
    yield "ratio", [measures.disproportionality_ratio(*pair)]
    yield "to all", [measures.to_all(measures.disproportionality_ratio(*pair), 0.2)]
    yield "representation", [measures.representation_ratio(*group, *reference)]
    yield "difference", [measures.rate_difference(*pair)]
    yield "excess", [measures.excess_count(*pair)]
    yield "band", [measures.size_band(measures.disproportionality_ratio(*pair))]
    yield "rounded", [measures.round_half_up(group.numerator)]
    yield "adjusted", [measures.adjust_p_values(measures.ratio_p_value(*pair, EVENTS))]
    yield "smoothed", [measures.shrink(*group)]
    yield "change", measures.change_in_ratio(pair, pair[::-1])
    for kind in KINDS:
        yield kind, measures.rate_interval(group, kind)
        yield kind, [measures.ratio_p_value(*pair, kind)]
        yield kind, measures.difference_interval(*pair, kind)
        yield kind, measures.excess_interval(*pair, kind)
        yield kind, measures.unknown_bounds(*pair, 3, kind)
        yield kind, measures.unknown_bounds(*pair, 3, kind, 5)
        yield f"{kind} funnel", measures.funnel_limits(*group, kind)
        yield f"{kind} funnel", measures.funnel_limits(0.01, group.denominator, kind, 0.998)
        for method in ("score", "log", "exact"):
            interval = measures.ratio_interval(*pair, kind, method)
            yield f"{kind} {method}", interval
            yield "evidence", [measures.evidence(*interval)]


def every_measure_of_a_table(x, n, w):
    """Return name and results of each measure that sums over the last axis."""
    yield "trend", measures.trend_test(x, n)
    yield "standardised", measures.directly_standardised(x, n, w)
    yield "kitagawa", measures.kitagawa(x, n, n, w)
    yield "theil", [measures.theil(x, w)]
    yield "disparity", [measures.index_of_disparity(x, w)]
    yield "mean difference", [measures.weighted_mean_difference(x, w, 7)]
    yield "max min", measures.max_min(x)


STRANGE = [0, 1, 9, 10, 11, 2.5, NAN, math.inf, -math.inf, -3, 1e-300, 1e-9, 1e9, 1e300]


def test_whatever_comes_in_nothing_infinite_comes_out_and_nobody_is_warned():
    columns = [column.ravel() for column in np.meshgrid(*[STRANGE] * 4)]
    group, reference = Rate(*columns[:2]), Rate(*columns[2:])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name, results in every_measure(group, reference):
            for result in results:
                assert len(result) == len(columns[0]), name
                assert result.dtype.kind == "U" or not np.isinf(result).any(), name


def test_numbers_arrays_and_series_get_the_same_answers_in_their_own_shape():
    index = pd.Index(["a", "b", "c"], name="area_code")
    columns = ([0, 30, 30], [100, 100, 0], [7, 8, 9], [200, 200, 200])
    arrays = [np.array(column) for column in columns]
    series = [pd.Series(column, index=index, dtype="Int64") for column in columns]
    of_arrays = every_measure(Rate(*arrays[:2]), Rate(*arrays[2:]))
    of_series = every_measure(Rate(*series[:2]), Rate(*series[2:]))
    for (name, one), (_, other) in zip(of_arrays, of_series, strict=True):
        for array, column in zip(one, other, strict=True):
            assert isinstance(array, np.ndarray), name
            assert column.index is index, name
            np.testing.assert_array_equal(array, column.to_numpy(), name)
    for row in range(3):
        numbers = [column[row] for column in columns]
        of_numbers = every_measure(Rate(*numbers[:2]), Rate(*numbers[2:]))
        of_arrays = every_measure(Rate(*arrays[:2]), Rate(*arrays[2:]))
        for (name, one), (_, other) in zip(of_numbers, of_arrays, strict=True):
            for number, array in zip(one, other, strict=True):
                assert isinstance(number, float | str), name
                if name not in ("adjusted", "smoothed"):  # which depend on the other rows
                    np.testing.assert_array_equal(number, array[row], name)


def test_no_rows_are_no_problem():
    none = np.array([])
    for name, results in every_measure(Rate(none, none), Rate(none, none)):
        assert [len(result) for result in results] == [0] * len(results), name


def test_series_of_different_rows_are_refused():
    one, other = pd.Series([1.0], index=["a"]), pd.Series([1.0], index=["b"])
    with pytest.raises(AssertionError, match="one index"):
        measures.per(1, Rate(one, other))


def test_a_missing_p_value_stays_missing_and_is_no_member_of_its_family():
    p_values = pd.Series([0.01, NAN, 0.04, 0.02], index=list("abcd"))
    adjusted = measures.adjust_p_values(
        p_values, family=pd.Series([1, 1, 1, 2], index=list("abcd"))
    )
    assert adjusted.dropna().to_dict() == pytest.approx({"a": 0.02, "c": 0.04, "d": 0.02})


def test_whatever_is_in_a_table_nothing_infinite_comes_out_and_nobody_is_warned():
    table = np.random.default_rng(1).choice(STRANGE, size=(3, 5_000, 4))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name, results in every_measure_of_a_table(*table):
            for result in results:
                assert result.shape == (5_000,), name
                assert not np.isinf(result).any(), name


def test_a_list_has_one_answer_and_a_table_one_for_each_row():
    table = np.random.default_rng(1).integers(1, 50, size=(3, 6, 4)).astype(float)
    table[1] += 50
    table[0, 2, 1] = NAN
    for row in range(6):
        lists = table[:, row].tolist()
        series = [pd.Series(values, dtype="Float64") for values in lists]
        for (name, of_rows), (_, of_list), (_, of_series) in zip(
            every_measure_of_a_table(*table),
            every_measure_of_a_table(*lists),
            every_measure_of_a_table(*series),
            strict=True,
        ):
            for array, one, other in zip(of_rows, of_list, of_series, strict=True):
                assert isinstance(one, float), name
                assert isinstance(other, float), name
                np.testing.assert_array_equal([one, other], array[row], name)
                assert math.isnan(one) == (row == 2), name


def test_one_standard_serves_every_row():
    x, n = np.array([[10, 30], [20, 40]]), np.array([[100, 100], [200, 100]])
    for one, other in zip(
        measures.directly_standardised(x, n, [3, 1]),
        measures.directly_standardised(x, n, np.array([[3, 1], [3, 1]])),
        strict=True,
    ):
        np.testing.assert_array_equal(one, other)


def test_a_table_without_rows_or_without_columns_is_no_problem():
    for name, results in every_measure_of_a_table(*np.empty((3, 0, 4))):
        assert [len(result) for result in results] == [0] * len(results), name
    for name, results in every_measure_of_a_table([], [], []):
        assert np.isnan(results).all(), name


@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_sum_with_a_missing_part_is_missing(part):
    table = np.array([[10.0, 30, 50], [100, 100, 100], [1, 2, 3]])
    uses = {"trend": (0, 1), "theil": (0, 2), "disparity": (0, 2), "mean difference": (0, 2)}
    uses["max min"] = (0,)
    table[part, 1] = NAN
    for name, results in every_measure_of_a_table(*table):
        missing = part in uses.get(name, (0, 1, 2))
        assert np.isnan(results).all() == missing, name
