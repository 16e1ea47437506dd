"""Several years together: where they are offered, what they are, and the single ones behind."""

import pandas as pd
import pytest

from loti_dash import analysis, pooling
from loti_dash.errors import LotiError
from loti_dash.periods import parts_of
from loti_dash.selection import Selection

NATION, HACKNEY = "K04000001", "E09000012"
YEARS, QUARTERS = "2022-04--2025-03", "2022-10--2025-09"


def test_three_years_of_children_in_custody_are_what_the_published_counts_add_up_to(release):
    table = analysis.compare(release, "child_custody", YEARS, areas=[NATION]).set_index(
        "group_code"
    )

    # Youth Justice Statistics 2024-25, tables 5.8 and 6.1: three years of Black children.
    assert table.loc["black", "numerator"] == 202
    assert table.loc["black", "denominator"] == 2_183
    assert table.loc["black", "ratio"] == pytest.approx(1.594, abs=5e-4)
    single = [
        analysis.compare(release, "child_custody", year, areas=[NATION])
        .set_index("group_code")
        .loc["black", "ratio"]
        for year in pooling.single_periods(YEARS, release.catalogue)
    ]
    assert single == pytest.approx([1.52, 2.57, 0.91], abs=0.005)


def test_twelve_quarters_are_the_sum_of_their_counts(release):
    parts = pooling.single_periods(QUARTERS, release.catalogue)
    assert len(parts) == 12
    pooled = analysis.compare(release, "homelessness_duty_owed", QUARTERS, areas=[HACKNEY])
    single = [
        analysis.compare(release, "homelessness_duty_owed", part, areas=[HACKNEY])
        for part in parts
    ]

    counts = sum(table["numerator"].to_numpy() for table in single)

    assert pooled["numerator"].tolist() == counts.tolist()
    assert pooled["denominator"].tolist() == single[0]["denominator"].tolist()


def test_a_period_with_a_withheld_part_is_withheld(release):
    everywhere = release.query(
        "counts",
        indicators=["homelessness_duty_owed"],
        periods=[],
        level="5",
        viewer_areas=[],
    )
    parts = pooling.single_periods(QUARTERS, release.catalogue)
    key = ["area_code", "group_code"]
    single = everywhere[everywhere["period_id"].isin(parts)]
    missing = single.groupby(key, observed=True)["numerator"].apply(lambda n: n.isna().any())
    together = everywhere[everywhere["period_id"] == QUARTERS].set_index(key)["numerator"]
    assert missing.any()
    assert together[missing[missing].index.intersection(together.index)].isna().all()


def test_who_is_there_at_two_dates_is_not_added_up(release):
    offered = release.choices
    for indicator in ("temporary_accommodation", "looked_after_children", "social_workers"):
        periods = set(offered.loc[offered["indicator_id"] == indicator, "period_id"])
        assert not periods & set(pooling.pooled(release.catalogue))


@pytest.mark.parametrize(
    ("indicator", "area", "period", "years"),
    [
        ("child_custody", NATION, "2023-24", YEARS),
        ("homelessness_duty_owed", HACKNEY, "2025-Q1", QUARTERS),
        ("homelessness_duty_owed", HACKNEY, "2022-Q1", None),
        ("homelessness_duty_owed", HACKNEY, QUARTERS, None),
        ("temporary_accommodation", HACKNEY, "2025-Q3", None),
        ("stop_and_search", HACKNEY, "2018-05", None),
    ],
)
def test_years_are_offered_that_contain_the_period(release, indicator, area, period, years):
    selection = Selection(indicator=indicator, area=area, period=period)

    found = pooling.together(
        selection, release.catalogue.indicators[indicator], release.choices, release.catalogue
    )

    assert (found.id if found else None) == years


def test_single_periods_stand_behind_the_years(release):
    selection = Selection("child_custody", NATION, YEARS, "black", "white", "5")

    rows = pooling.singles(release, selection)

    assert rows["period"].astype(str).tolist() == ["2022-23", "2023-24", "2024-25"]
    assert rows["numerator"].sum() == 202
    single = Selection("child_custody", NATION, "2022-23", "black", "white", "5")
    assert pooling.singles(release, single).empty


@pytest.mark.parametrize(
    ("counts", "small"),
    [([3, None, 40], True), ([30, 40, 3], False), ([30, 9], False), ([], False)],
)
def test_a_view_is_mostly_small_where_most_counts_are(counts, small):
    rows = pd.DataFrame({"numerator": pd.Series([500, *counts], dtype=float)})
    rows["group_code"] = ["white", *(f"g{n}" for n in range(len(counts)))]
    rows["reference_code"] = "white"

    assert pooling.mostly_small(rows) == small


@pytest.mark.parametrize(
    ("span", "made_of"),
    [("2022-05--2025-03", "financial_years"), ("2022-11--2023-03", "quarters")],
)
def test_a_span_of_broken_parts_is_an_error(span, made_of):
    with pytest.raises(LotiError, match=made_of.split("_")[-1]):
        parts_of(span, made_of)
