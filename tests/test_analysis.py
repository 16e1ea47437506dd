"""The comparison table: what stands in it, and that it agrees with the same done in loops."""

from math import isnan

import pandas as pd
import plain
import pytest

from loti_dash import analysis
from loti_dash.errors import UnknownCode

HACKNEY = "E09000012"

SEARCHES = """
    series                   | period  | area      | group              | value | status
    searches_officer_defined | 2018-04 | E09000012 | asian              |    60 | ok
    searches_officer_defined | 2018-04 | E09000012 | black              |   250 | ok
    searches_officer_defined | 2018-04 | E09000012 | white              |    90 | ok
    searches_officer_defined | 2018-04 | E09000012 | other              |     7 | ok
    searches_officer_defined | 2018-04 | E09000012 | unknown_blank      |    20 | ok
    census_2021_residents    | 2021    | E09000012 | asian_indian       | 10000 | ok
    census_2021_residents    | 2021    | E09000012 | asian_bangladeshi  |  8000 | ok
    census_2021_residents    | 2021    | E09000012 | asian_pakistani    |  2000 | ok
    census_2021_residents    | 2021    | E09000012 | asian_chinese      |  2000 | ok
    census_2021_residents    | 2021    | E09000012 | asian_other        |  5000 | ok
    census_2021_residents    | 2021    | E09000012 | black_african      | 30000 | ok
    census_2021_residents    | 2021    | E09000012 | black_caribbean    | 20000 | ok
    census_2021_residents    | 2021    | E09000012 | black_other        |  5000 | ok
    census_2021_residents    | 2021    | E09000012 | mixed_other        |  6000 | ok
    census_2021_residents    | 2021    | E09000012 | mixed_white_asian  |  3000 | ok
    census_2021_residents    | 2021    | E09000012 | mixed_white_black_african | 3000 | ok
    census_2021_residents    | 2021    | E09000012 | mixed_white_black_caribbean | 5000 | ok
    census_2021_residents    | 2021    | E09000012 | white_british      | 85000 | ok
    census_2021_residents    | 2021    | E09000012 | white_irish        |  5000 | ok
    census_2021_residents    | 2021    | E09000012 | white_gypsy_irish_traveller | 500 | ok
    census_2021_residents    | 2021    | E09000012 | white_roma         |   500 | ok
    census_2021_residents    | 2021    | E09000012 | white_other        | 40000 | ok
    census_2021_residents    | 2021    | E09000012 | other_any          | 20000 | ok
    census_2021_residents    | 2021    | E09000012 | other_arab         |  2000 | ok
"""
RESIDENTS = {"asian": 27000, "black": 55000, "mixed": 17000, "white": 131000, "other": 22000}
SEARCHED = {"asian": 60, "black": 250, "white": 90, "other": 7}


def table(store, indicator, period, **choices):
    return analysis.compare(store, indicator, period, **choices).set_index("group_code")


def test_the_columns_are_those_others_rely_on(make_store):
    found = analysis.compare(make_store(SEARCHES), "stop_and_search_officer", "2018-04")
    assert (
        list(found.columns)
        == (
            "release indicator area_code area period group_code group reference_code reference "
            "numerator denominator rate rate_low rate_high reference_rate ratio ratio_low "
            "ratio_high ratio_method p_value q_value evidence size_band rate_difference "
            "difference_low "
            "difference_high excess excess_low excess_high representation_ratio unknown_share "
            "ratio_if_unknown_low ratio_if_unknown_high robust_to_unknown status status_reason"
        ).split()
    )


def test_officer_defined_figures_have_no_mixed_row_and_keep_mixed_residents(make_store):
    found = table(make_store(SEARCHES), "stop_and_search_officer", "2018-04", reference="rest")
    assert list(found.index) == ["asian", "black", "white", "other"]
    rest = sum(RESIDENTS.values()) - RESIDENTS["black"]
    searched = sum(SEARCHED.values()) - SEARCHED["black"]
    assert found.loc["black", "reference_rate"] == pytest.approx(searched / rest * 1000)


@pytest.mark.parametrize("group", ["asian", "black", "other"])
def test_measures_agree_with_plain_ones(make_store, group):
    row = table(make_store(SEARCHES), "stop_and_search_officer", "2018-04").loc[group]
    x, n, y, m = SEARCHED[group], RESIDENTS[group], SEARCHED["white"], RESIDENTS["white"]
    assert row["rate"] == pytest.approx(1000 * x / n)
    assert row["ratio"] == pytest.approx((x / n) / (y / m))
    low, high = plain.score_interval(x, n, y, m, plain.EVENTS, 0.95)
    assert (row["ratio_low"], row["ratio_high"]) == pytest.approx((low, high))
    assert row["excess"] == pytest.approx(x - n * y / m)
    assert row["rate_difference"] == pytest.approx(1000 * (x / n - y / m))
    assert row["unknown_share"] == pytest.approx(20 / 427)
    assert row["ratio_if_unknown_low"] == pytest.approx((x / n) / ((y + 20) / m))
    assert row["ratio_if_unknown_high"] == pytest.approx(((x + 20) / n) / (y / m))
    assert row["ratio_method"] == "poisson_score"


def test_the_reference_groups_own_row_has_a_rate_and_no_ratio(make_store):
    white = table(make_store(SEARCHES), "stop_and_search_officer", "2018-04").loc["white"]
    assert white["rate"] == pytest.approx(1000 * 90 / 131000)
    assert isnan(white["ratio"])
    assert isnan(white["q_value"])
    assert white["evidence"] == "none"


def test_compared_with_everybody_the_ratio_is_the_representation_ratio(make_store):
    store = make_store(SEARCHES)
    found = table(store, "stop_and_search_officer", "2018-04", reference="all")
    assert found["ratio"].to_list() == pytest.approx(found["representation_ratio"].to_list())
    assert (found["ratio_low"] < found["ratio"]).all()
    assert (found["ratio"] < found["ratio_high"]).all()
    black = found.loc["black"]
    # Over a population this is Wilson's interval of the share of events, over the share of people.
    share = RESIDENTS["black"] / sum(RESIDENTS.values())
    low, high = plain.proportion_interval(250, 407, 0.95)
    assert (black["ratio_low"], black["ratio_high"]) == pytest.approx((low / share, high / share))
    everybody = sum(RESIDENTS.values())
    assert black["excess"] == pytest.approx(250 - RESIDENTS["black"] * 407 / everybody)
    assert black["ratio_if_unknown_low"] == pytest.approx(
        (250 / RESIDENTS["black"]) / (427 / everybody)
    )


def test_few_events_are_low_counts_and_say_so(make_store):
    found = table(make_store(SEARCHES), "stop_and_search_officer", "2018-04")
    assert found.loc["other", "status"] == "low_counts"
    assert "by chance" in found.loc["other", "status_reason"]
    assert found.loc["black", "status"] == "ok"


def test_q_values_are_of_the_whole_family_whatever_is_asked_for(make_store):
    store = make_store(SEARCHES)
    every = table(store, "stop_and_search_officer", "2018-04")
    only = table(store, "stop_and_search_officer", "2018-04", areas=[HACKNEY])
    pd.testing.assert_frame_equal(every, only)
    p = every["p_value"].dropna().to_list()
    assert every["q_value"].dropna().to_list() == pytest.approx(plain.adjusted(p, "bh"))


HOUSEHOLDS = """
    series                              | period  | area      | group         | value | status
    homelessness_duties_owed            | 2025-Q3 | E09000012 | {group}       | {x}   | {status}
    homelessness_duties_owed            | 2025-Q3 | E09000012 | white_british | {y}   | ok
    census_2021_households              | 2021    | E09000012 | white_irish   | {n}   | ok
    census_2021_households              | 2021    | E09000012 | white_british | 4000  | ok
"""


@pytest.mark.parametrize(
    ("x", "n", "y", "status", "reason", "ratio", "low", "high"),
    [
        pytest.param(30, 1000, 40, "ok", "", 3.0, True, True, id="a plain case"),
        pytest.param(30, 99, 40, "not_available", "Fewer than 100", None, False, False, id="few"),
        pytest.param(0, 1000, 40, "low_counts", "Fewer than 10", 0.0, True, True, id="no events"),
        pytest.param(
            *(30, 1000, 0, "low_counts", "Nobody", None, True, False), id="none in the reference"
        ),
        pytest.param(
            *(30, 1000, 3, "low_counts", "too small", 40.0, True, True), id="3 in the reference"
        ),
        pytest.param(
            0, 1000, 0, "low_counts", "Nobody", None, False, False, id="no events at all"
        ),
    ],
)
def test_the_edges_of_a_ratio(make_store, x, n, y, status, reason, ratio, low, high):
    store = make_store(HOUSEHOLDS.format(group="white_irish", x=x, n=n, y=y, status="ok"))
    row = table(
        store,
        "homelessness_duty_owed",
        "2025-Q3",
        classification="19",
        reference="white_british",
    ).loc["white_irish"]
    assert row["status"] == status
    assert reason in row["status_reason"]
    assert row["ratio"] == pytest.approx(ratio) if ratio is not None else isnan(row["ratio"])
    assert (not isnan(row["ratio_low"]), not isnan(row["ratio_high"])) == (low, high)


def test_a_withheld_count_takes_all_that_is_derived_with_it(make_store):
    store = make_store(
        HOUSEHOLDS.format(group="white_irish", x="-", n=1000, y=40, status="suppressed")
    )
    row = table(
        store, "homelessness_duty_owed", "2025-Q3", classification="19", reference="white_british"
    ).loc["white_irish"]
    assert row["status"] == "suppressed"
    derived = row.drop(["denominator", "reference_rate"]).filter(
        regex="numerator|rate|ratio(?!_method)|excess|difference|share|value"
    )
    assert derived.isna().all(), derived


@pytest.mark.parametrize(
    ("wrong", "names"),
    [
        ({"indicator_id": "no_such"}, "indicator"),
        ({"period": "1999"}, "period"),
        ({"reference": "martian"}, "reference"),
        ({"areas": ["E09000099"]}, "area"),
    ],
)
def test_a_code_there_is_not_is_an_error_with_those_there_are(make_store, wrong, names):
    good = {"indicator_id": "stop_and_search_officer", "period": "2018-04"}
    with pytest.raises(UnknownCode, match=names):
        analysis.compare(make_store(SEARCHES), **(good | wrong))


def test_the_counts_of_one_indicator_are_those_among_all(release):
    every = release.query("counts", indicators=[], periods=[], level="", viewer_areas=[])
    for (id_, level), rows in every.groupby(["indicator_id", "level"], observed=True):
        period = str(rows["period_id"].iloc[0])
        of = {"indicator": id_, "level": level, "viewer_areas": []}

        pd.testing.assert_frame_equal(
            release.query("counts_of", period="", **of), rows.reset_index(drop=True)
        )
        pd.testing.assert_frame_equal(
            release.query("counts_of", period=period, **of),
            rows[rows["period_id"] == period].reset_index(drop=True),
        )
        assert release.query("counts_of", period="1999-13", **of).empty
    nothing = {"indicator": "no_such", "period": "", "level": "5", "viewer_areas": []}
    assert release.query("counts_of", **nothing).empty


def test_the_choices_of_a_domain_are_those_among_all(release):
    indicators = release.catalogue.indicators
    for domain in {each.domain for each in indicators.values()}:
        of = [id_ for id_, each in indicators.items() if each.domain == domain]
        expected = release.choices[release.choices["indicator_id"].isin(of)]

        pd.testing.assert_frame_equal(release.choices_of(domain), expected.reset_index(drop=True))
    assert release.choices_of("no_such_domain").empty
