"""The downloaded file: all columns of the comparison table, and what must travel with them."""

from io import StringIO

import pandas as pd
import pytest
from tables import CATALOGUE, comparison

from loti_dash import caveats
from loti_dash.analysis import COLUMNS
from loti_dash.export.csv import csv

HACKNEY = "E09000012"
LINK = "/housing?indicator=homelessness_duty_owed&area=E09000012"
DUTIES = comparison(
    """
    group_code | numerator | denominator | rate | ratio | ratio_low | ratio_high | rate_difference | status
    asian      |         - |        8900 |    - |     - |         - |          - |               - | suppressed
    black      |       240 |       22192 | 10.8 |  5.41 |      4.38 |       6.68 |             8.8 | ok
    mixed      |        19 |        5519 |  1.4 |  0.72 |      0.46 |       1.81 |            -0.6 | ok
    white      |       120 |       61183 |  2.0 |     - |         - |          - |               - | ok
    """,  # noqa: E501 (a drawn table)
    unknown_share=0.025,
)


def cautions():
    indicator = CATALOGUE.indicators["homelessness_duty_owed"]
    return {HACKNEY: caveats.applying_to(CATALOGUE, indicator, "2025-Q3", DUTIES, HACKNEY)}


def written(table=DUTIES):
    return pd.read_csv(
        StringIO(csv(table, CATALOGUE, cautions(), LINK)), dtype=str, keep_default_na=False
    )


def test_after_the_columns_of_the_comparison_table_stands_what_goes_with_them():
    assert written().columns.to_list() == [
        *COLUMNS,
        *("period_label", "caveats", "source", "licence", "link"),
    ]


def test_every_row_says_where_it_is_from_and_what_to_beware_of():
    for _, row in written().iterrows():
        assert row["period_label"] == "July to September 2025"
        assert "Ministry of Housing, Communities and Local Government" in row["source"]
        assert row["licence"] == "Open Government Licence v3.0"
        assert row["link"] == LINK
        assert "also decides whether it owes a duty" in row["caveats"]


def test_the_worst_cautions_stand_first_and_context_stays_on_the_page():
    texts = written().loc[0, "caveats"].split(" | ")
    found = cautions()[HACKNEY]
    assert texts == [each.text for each in found if each.severity > 1]
    assert [each for each in found if each.severity == 1]


def test_figures_are_not_rounded_and_what_is_missing_is_empty():
    table = written().set_index("group_code")
    assert table.loc["black", "ratio"] == "5.41"
    assert table.loc["asian", ["numerator", "ratio"]].to_list() == ["", ""]
    assert table.loc["mixed", "rate_difference"] == "-0.6"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_is_taken_for_a_formula(sign):
    table = written(DUTIES.assign(area=f"{sign}SUM(A1)"))
    assert table.loc[0, "area"].startswith(f"'{sign}")
