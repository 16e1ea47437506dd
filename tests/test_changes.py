"""Changes of a ratio: held to other people's numbers, and which periods are compared."""

import math

import numpy as np
import oracles
import pandas as pd
import pytest
from tables import CATALOGUE, comparison

from loti_dash import changes
from loti_dash.over_time import over_time
from loti_dash.selection import Selection

NATION, HACKNEY = "K04000001", "E09000012"
INDICATOR = CATALOGUE.indicators["homelessness_duty_owed"]
# A rate of 1 in 1,000 for White households in each quarter.
QUARTERS = """
    period  | group_code | numerator | denominator | ratio | ratio_low | ratio_high | rate_difference
    2021-Q1 | black      |       200 |       50000 |   4.0 |       3.2 |        5.0 |             3.0
    2021-Q2 | black      |       200 |       50000 |   4.0 |       3.2 |        5.0 |             3.0
    2021-Q3 | black      |       100 |       50000 |   2.0 |       1.5 |        2.6 |             1.0
    2021-Q4 | black      |       150 |       50000 |   3.0 |       2.3 |        3.9 |             2.0
    2022-Q3 | black      |       200 |       50000 |   4.0 |       3.2 |        5.0 |             3.0
"""  # noqa: E501 (a drawn table)


def drawn(table=QUARTERS, missing=(), reference=(100, 100_000)):
    """Return rows as over_time gives them, without the ratio of some periods."""
    rows = comparison(table).assign(
        apart_numerator=float(reference[0]),
        apart_denominator=float(reference[1]),
        share_of_reference=math.nan,
    )
    stretch = [int(p >= "2020-Q3") + int(p >= "2021-Q3") for p in rows["period"]]
    rows = rows.assign(stretch=stretch, segment=1)
    measures = ["ratio", "ratio_low", "ratio_high", "apart_numerator", "apart_denominator"]
    rows.loc[rows["period"].isin(missing), measures] = math.nan
    return rows


def of(rows, first, last):
    return changes.change(CATALOGUE, INDICATOR, rows, "black", (first, last))


@oracles.at_hand
def test_the_change_of_children_in_custody_is_that_of_other_peoples_libraries():
    def answers(inputs):
        if "group_events" not in inputs:
            return {}
        (x, later_x), (n, later_n) = inputs["group_events"], inputs["group_total"]
        (y, later_y), (m, later_m) = inputs["reference_events"], inputs["reference_total"]
        rows = pd.DataFrame(
            {
                "period": ["2022-Q1", "2022-Q2"],
                "group_code": "black",
                "numerator": [x, later_x],
                "denominator": [n, later_n],
                "apart_numerator": [y, later_y],
                "apart_denominator": [m, later_m],
                "share_of_reference": math.nan,
                "ratio": [x * m / (n * y), later_x * later_m / (later_n * later_y)],
                "rate_difference": [x / n - y / m, later_x / later_n - later_y / later_m],
                "stretch": 2,
            }
        )
        found = of(rows, "2022-Q1", "2022-Q2")
        return {
            "ratio_of_ratios": found.times,
            "lower": found.low,
            "upper": found.high,
            "changed": found.clear,
        }

    assert oracles.values_compared("trend", answers) == 5 * 4


def test_the_change_in_a_release_is_what_its_four_counts_give(release):
    selection = Selection("child_custody", NATION, "", "black", "white", "5")
    rows = over_time(release, selection)
    indicator = release.catalogue.indicators["child_custody"]

    found = changes.change(release.catalogue, indicator, rows, "black", ("2022-23", "2024-25"))

    # Youth Justice Statistics 2024-25, tables 5.8 and 6.1: the counts of the oracle.
    x, n, later_x, later_n, y, m, later_y, later_m = 78, 889, 38, 731, 210, 3636, 217, 3808
    times = (later_x / later_n) / (later_y / later_m) / ((x / n) / (y / m))
    factor = math.exp(1.959964 * math.sqrt(1 / x + 1 / later_x + 1 / y + 1 / later_y))
    assert found.times == pytest.approx(times)
    assert (found.low, found.high) == pytest.approx((times / factor, times * factor), rel=1e-6)
    assert found.difference == pytest.approx(
        100 * ((later_x / later_n - later_y / later_m) - (x / n - y / m))
    )


def test_compared_with_everybody_the_limits_hold_the_group_only_once(release):
    """A second calculation: counts drawn at random around those of the release."""
    selection = Selection("child_custody", NATION, "", "black", "all", "5")
    rows = over_time(release, selection)
    indicator = release.catalogue.indicators["child_custody"]
    found = changes.change(release.catalogue, indicator, rows, "black", ("2022-23", "2024-25"))
    chance = np.random.default_rng(1)

    def ratios(row):
        x = chance.poisson(row["numerator"], 200_000)
        rest = chance.poisson(row["apart_numerator"], 200_000)
        n, m = row["denominator"], row["apart_denominator"]
        return (x / n) / ((x + rest) / (n + m))

    drawn_ = np.log(ratios(found.after) / ratios(found.before))
    low, high = np.exp(np.log(found.times) + np.array([-1.96, 1.96]) * drawn_.std())

    assert found.times == pytest.approx(found.after["ratio"] / found.before["ratio"])
    assert (found.low, found.high) == pytest.approx((low, high), rel=0.03)
    apart = over_time(release, Selection("child_custody", NATION, "", "black", "rest", "5"))
    to_rest = changes.change(release.catalogue, indicator, apart, "black", ("2022-23", "2024-25"))
    assert found.high / found.low < to_rest.high / to_rest.low


def test_a_count_of_nobody_has_no_change_whatever_it_is_compared_with():
    table = """
        period  | group_code | numerator | denominator | ratio | rate_difference
        2022-Q1 | black      |         0 |       50000 |   0.0 |            -1.0
        2022-Q2 | black      |        90 |       50000 |   1.8 |             0.8
    """
    for share in (math.nan, 0.3):
        rows = drawn(table).assign(share_of_reference=share)

        found = of(rows, "2022-Q1", "2022-Q2")

        assert math.isnan(found.times)
        assert math.isnan(found.low)
        assert not found.clear


def test_compared_are_the_newest_and_the_earliest_of_its_season_since_the_last_break():
    assert changes.usual_pair(CATALOGUE, INDICATOR, drawn()) == ("2021-Q3", "2022-Q3")
    to_q4 = drawn().iloc[:4]
    assert changes.usual_pair(CATALOGUE, INDICATOR, to_q4) == ("2021-Q3", "2021-Q4")
    assert changes.usual_pair(CATALOGUE, INDICATOR, drawn().iloc[:3]) is None


def test_where_an_end_has_no_ratio_the_nearest_between_stands_in():
    found = of(drawn(missing=["2021-Q3"]), "2021-Q3", "2022-Q3")

    assert (found.before["period"], found.after["period"]) == ("2021-Q4", "2022-Q3")
    assert found.asked == ("2021-Q3", "2022-Q3")
    assert of(drawn(missing=["2021-Q3", "2022-Q3"]), "2021-Q3", "2022-Q3") is None
    assert of(drawn(), "2021-Q3", "2021-Q3") is None
    assert of(drawn(), "2021-Q3", "2030-Q3") is None


def test_periods_asked_for_in_the_wrong_order_are_put_right():
    found = of(drawn(), "2022-Q3", "2021-Q3")

    assert (found.before["period"], found.after["period"]) == ("2021-Q3", "2022-Q3")
    assert found.times == pytest.approx(2)


def test_a_change_knows_the_breaks_it_crosses():
    assert [each.id for each, _ in of(drawn(), "2021-Q2", "2021-Q4").breaks] == ["2021-Q3"]
    assert not of(drawn(), "2021-Q3", "2022-Q3").breaks
    assert not of(drawn(), "2021-Q1", "2021-Q2").breaks


@pytest.mark.parametrize(
    ("before", "after", "turned"),
    [((1.9, 2.2), (3.5, 4.5), False), ((1.9, 2.2), (2.1, 5.0), True), ((0, 2.2), (1.9, 5), True)],
)
def test_the_unknown_can_turn_a_change_where_their_limits_overlap(before, after, turned):
    rows = drawn().assign(ratio_if_unknown_low=0.0, ratio_if_unknown_high=9.0)
    limits = ["ratio_if_unknown_low", "ratio_if_unknown_high"]
    rows.loc[rows["period"] == "2021-Q3", limits] = before
    rows.loc[rows["period"] == "2022-Q3", limits] = after

    found = of(rows, "2021-Q3", "2022-Q3")

    assert found.low > 1
    assert found.unknown_could_turn_it == turned


def test_a_trend_is_of_five_periods_of_a_percentage_and_of_nothing_else(release):
    catalogue = release.catalogue
    metropolitan = "E23000001"
    rows = over_time(
        release, Selection("prosecution_to_conviction", metropolitan, "", "black", "white", "5")
    )
    indicator = catalogue.indicators["prosecution_to_conviction"]
    found = changes.trend(indicator, rows, "black")

    black = rows[rows["group_code"] == "black"]
    x, n = black["numerator"].to_numpy(), black["denominator"].to_numpy()
    # A second calculation: the square of a correlation between person and year, times people.
    years = np.repeat(np.arange(len(x)), n.astype(int))
    convicted = np.concatenate(
        [np.arange(int(b)) < int(a) for a, b in zip(x, n, strict=True)]
    ).astype(float)
    chi_square = len(years) * np.corrcoef(years, convicted)[0, 1] ** 2
    assert found.periods == 9
    assert found.p_value == pytest.approx(math.erfc(math.sqrt(chi_square / 2)), rel=1e-6)
    assert found.rises
    four = rows[rows["period"].astype(str) >= "2014"]
    assert changes.trend(indicator, four, "black") is None
    events = over_time(
        release, Selection("homelessness_duty_owed", HACKNEY, "", "black", "white", "5")
    )
    assert changes.trend(catalogue.indicators["homelessness_duty_owed"], events, "black") is None


def test_a_limit_that_is_1_to_a_thousandth_leaves_a_doubt():
    # 1.96 times the root of the sum of 1 / count is 0.0392: exp(0.0392) is 1.0400.
    rows = drawn(QUARTERS, reference=(10_000, 100_000)).iloc[[2, 4]]
    rows = rows.assign(numerator=[10_000.0, 10_400.2], ratio=[2.0, 2.08004])

    found = of(rows, "2021-Q3", "2022-Q3")

    assert 0.999 < found.low < 1.001
    assert not found.clear
    assert not found.unknown_could_turn_it
