"""Ratios over time: the figures of the page in every single period, and where lines may join."""

import pandas as pd
import pytest

from loti_dash import analysis
from loti_dash.over_time import in_order, over_time
from loti_dash.selection import Selection

HACKNEY, CITY, NATION = "E09000012", "E09000001", "K04000001"
GROUPS = (
    "asian_bangladeshi asian_chinese asian_indian asian_pakistani asian_other black_african "
    "black_caribbean black_other mixed_white_asian mixed_white_black_african "
    "mixed_white_black_caribbean mixed_other white_irish white_gypsy_irish_traveller "
    "white_other_incl_roma other_arab other_any"
).split()
HOUSEHOLDS = """
    series | period | area | group | value | status
    census_2021_households | 2021 | E09000012 | asian | 10000 | ok
    census_2021_households | 2021 | E09000012 | black | 20000 | ok
    census_2021_households | 2021 | E09000012 | mixed | 5000 | ok
    census_2021_households | 2021 | E09000012 | other | 5000 | ok
    census_2021_households | 2021 | E09000012 | white_british | 30000 | ok
    census_2021_households | 2021 | E09000012 | white_irish | 1000 | ok
    census_2021_households | 2021 | E09000012 | white_other_incl_traveller_roma | 10000 | ok
"""


def homelessness(black, unknown=()):
    """Return figures of quarters: Black households by quarter, 100 White ones in each."""
    lines = [HOUSEHOLDS]
    for quarter, count in black.items():
        cells = dict.fromkeys(GROUPS, 0) | {"white_british": 100, "black_african": count}
        cells["unknown_not_known"] = dict(unknown).get(quarter, 0)
        for group, value in cells.items():
            status = "suppressed" if value == "-" else "ok"
            where = f"homelessness_duties_owed | {quarter} | {HACKNEY}"
            lines.append(f"{where} | {group} | {value} | {status}\n")
    return "".join(lines)


def black(store):
    rows = over_time(store, Selection("homelessness_duty_owed", HACKNEY, "", "", "white", "5"))
    rows = rows[rows["group_code"] == "black"]
    return rows.set_index(rows["period"].astype(str))


def test_every_single_period_is_there_the_oldest_first_and_no_span(release):
    rows = over_time(release, Selection("child_custody", NATION, "", "", "white", "5"))
    months = over_time(release, Selection("stop_and_search", HACKNEY, "", "", "white", "5"))

    assert rows["period"].astype(str).unique().tolist() == ["2022-23", "2023-24", "2024-25"]
    assert len(months["period"].unique()) == 11
    assert not months["period"].astype(str).str.contains("--").any()


@pytest.mark.parametrize("reference", ["white", "rest", "all"])
@pytest.mark.parametrize(
    ("indicator", "level"), [("looked_after_children", "5"), ("free_school_meals", "19")]
)
def test_figures_are_those_of_the_page_in_each_period(release, indicator, level, reference):
    rows = over_time(release, Selection(indicator, HACKNEY, "", "", reference, level))

    for period in rows["period"].astype(str).unique():
        page = analysis.compare(
            release,
            indicator,
            period,
            classification=level,
            reference=reference,
            areas=[HACKNEY],
        )
        ours = rows[rows["period"].astype(str) == period].reset_index(drop=True)
        for column in ("group_code", "numerator", "ratio", "ratio_low", "q_value", "excess"):
            assert ours[column].astype(object).fillna("-").tolist() == (
                page[column].astype(object).fillna("-").tolist()
            ), (period, column)


def test_a_line_stops_at_a_withheld_figure_and_at_a_quarter_that_is_missing(make_store):
    store = make_store(
        homelessness(
            {"2022-Q1": 50, "2022-Q2": 60, "2022-Q3": "-", "2022-Q4": 60, "2023-Q2": 60}
            | {"2023-Q3": 61}
        )
    )

    rows = black(store)

    assert rows["segment"].tolist() == [1, 1, 0, 2, 3, 3]
    assert rows["stretch"].nunique() == 1, "nothing is counted in a new way"
    assert rows.loc["2022-Q3", "status"] == "suppressed"


def test_a_line_stops_at_a_break_though_no_figure_is_missing(make_store):
    store = make_store(homelessness({"2021-Q1": 50, "2021-Q2": 60, "2021-Q3": 55, "2021-Q4": 54}))

    rows = black(store)

    assert rows["segment"].tolist() == [1, 1, 2, 2]
    before, after = rows["stretch"].unique()
    assert after == before + 1


def test_a_withheld_figure_of_one_group_stops_no_line_of_another(make_store):
    store = make_store(homelessness({"2022-Q1": 50, "2022-Q2": "-", "2022-Q3": 60}))
    rows = over_time(store, Selection("homelessness_duty_owed", HACKNEY, "", "", "white", "5"))

    assert rows.loc[rows["group_code"] == "mixed", "segment"].tolist() == [1, 1, 1]
    assert rows.loc[rows["group_code"] == "black", "segment"].tolist() == [1, 0, 2]
    assert set(rows.loc[rows["group_code"] == "white", "segment"]) == {0}, "it is the reference"


def test_in_a_period_with_too_many_unknown_there_is_no_ratio_and_no_line(make_store):
    counts = {"2022-Q1": 50, "2022-Q2": 60, "2022-Q3": 60}
    # 100 White, 60 Black and 90 unknown: 36%.
    store = make_store(homelessness(counts, {"2022-Q2": 90, "2022-Q3": 20}))

    rows = black(store)

    assert rows["unknown_share"].tolist() == pytest.approx([0, 90 / 250, 20 / 180])
    assert rows["ratio"].isna().tolist() == [False, True, False]
    assert rows["segment"].tolist() == [1, 0, 2]
    assert rows.loc["2022-Q2", "numerator"] == 60
    assert "unknown" in rows.loc["2022-Q2", "status_reason"]
    assert pd.isna(rows.loc["2022-Q2", "apart_numerator"])


def test_a_line_stops_where_recording_changed_though_no_figure_is_missing(make_store):
    counts = dict.fromkeys(("2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4"), 100)
    # 100 White and 100 Black each time, and 0, 18, 50 and 50 unknown: 0%, 8%, 20% and 20%.
    store = make_store(homelessness(counts, {"2022-Q2": 18, "2022-Q3": 50, "2022-Q4": 50}))

    rows = black(store)

    assert rows["unknown_share"].tolist() == pytest.approx([0, 18 / 218, 0.2, 0.2])
    assert rows["ratio"].notna().all()
    assert rows["segment"].tolist() == [1, 1, 2, 2]
    assert rows["stretch"].nunique() == 1, "counted in the same way: a reader may compare"


def test_in_the_city_no_period_has_a_ratio_of_residents(release):
    rows = over_time(release, Selection("stop_and_search", CITY, "", "", "white", "5"))

    assert len(rows)
    assert rows["ratio"].isna().all()
    assert set(rows["segment"]) == {0}


def test_the_reference_apart_leaves_the_group_out(make_store):
    store = make_store(homelessness({"2022-Q1": 50, "2022-Q2": 60}))
    for reference in ("rest", "all"):
        rows = over_time(
            store, Selection("homelessness_duty_owed", HACKNEY, "", "", reference, "5")
        )
        row = rows[(rows["group_code"] == "black") & (rows["period"] == "2022-Q2")].iloc[0]
        # All but Black: 100 White households of 61,000.
        assert (row["apart_numerator"], row["apart_denominator"]) == (100, 61_000)
        share = 20_000 / 81_000 if reference == "all" else float("nan")
        assert row["share_of_reference"] == pytest.approx(share, nan_ok=True)


def test_an_area_without_figures_has_no_rows(release):
    rows = over_time(release, Selection("stop_and_search", "E23000001", "", "", "white", "5"))

    assert rows.empty
    assert {"stretch", "segment"} <= set(rows.columns)


def test_periods_are_in_order_of_time_not_of_their_ids(release):
    indicator = release.catalogue.indicators["homelessness_duty_owed"]
    ids = pd.Series(["2025-Q1", "2018-Q2", "2020-Q3"])

    found = in_order(release.catalogue, indicator, ids)

    assert [each.id for each in found] == ["2018-Q2", "2020-Q3", "2025-Q1"]
