"""The reader's table: every row in words, no empty cell, every sign explained."""

import re

import pandas as pd
import pytest
from copy_lint import offences
from tables import CATALOGUE, comparison

from loti_dash import chart_texts, figures, tables

DUTIES = CATALOGUE.indicators["homelessness_duty_owed"]
NO_BREAK = "\N{NO-BREAK SPACE}"
WITH_UNKNOWN = "Ratio, lowest to highest with the unknown"

HACKNEY = comparison(
    """
    group_code | numerator | denominator | rate | ratio | ratio_low | ratio_high | q_value | status
    asian      |         - |        8900 |    - |     - |         - |          - |       - | suppressed
    black      |       240 |       22192 | 10.8 |  5.41 |      4.38 |       6.68 |  0.0001 | provisional
    mixed      |        19 |        5519 |  3.4 |  1.72 |      1.06 |       2.81 |    0.08 | ok
    white      |       120 |       61183 |  2.0 |     - |         - |          - |       - | ok
    other      |         - |           - |    - |     - |         - |          - |       - | not_available
    """,  # noqa: E501 (a drawn table)
    unknown_share=0.025,
)


def test_rows_are_the_groups_in_the_order_given_and_unknown_is_last():
    table = tables.by_group(HACKNEY, DUTIES)
    assert table.index.name == "Ethnicity"
    assert table.index.to_list() == ["Asian", "Black", "Mixed", "White", "Other", "Unknown"]


def test_no_cell_is_empty_and_none_says_nan():
    for table in (tables.by_group(HACKNEY, DUTIES), tables.by_area(HACKNEY, DUTIES)):
        cells = table.to_numpy().ravel()
        assert all(isinstance(cell, str) and cell.strip() == cell != "" for cell in cells)
        assert not [cell for cell in cells if re.search(r"\bnan\b|None", cell)]


def test_figures_are_written_as_counts_rates_and_ratios():
    black = tables.by_group(HACKNEY, DUTIES).loc["Black"]
    assert black["Count"] == "240"
    assert black["Out of"] == "22,192"
    assert black["Rate for every 1,000"] == "10.8"
    assert black["Ratio"].replace(NO_BREAK, " ") == "5.41 (4.38 to 6.68) [p]"


def test_an_interval_is_not_broken_over_lines():
    assert tables.by_group(HACKNEY, DUTIES).loc["Black", "Ratio"].split(" ") == [
        "5.41",
        f"(4.38{NO_BREAK}to{NO_BREAK}6.68){NO_BREAK}[p]",
    ]


def test_ratio_and_how_sure_come_first_and_nothing_is_left_out():
    assert list(tables.by_group(HACKNEY, DUTIES).columns) == [
        "Ratio",
        "How sure",
        "Count",
        "Out of",
        "Rate for every 1,000",
        "Difference for every 1,000",
        "More or fewer than at that rate",
        WITH_UNKNOWN,
    ]


def test_the_group_compared_with_says_so():
    white = tables.by_group(HACKNEY, DUTIES).loc["White"]
    assert (
        white["Ratio"]
        == white["How sure"]
        == white["More or fewer than at that rate"]
        == "compared with"
    )
    assert white["Count"] == "120"


def test_withheld_and_missing_are_told_apart():
    table = tables.by_group(HACKNEY, DUTIES)
    assert table.loc["Asian", ["Count", "Ratio"]].to_list() == ["[c]", "[c]"]
    assert table.loc["Other", ["Count", "Out of", "Ratio"]].to_list() == ["[x]", "[x]", "[x]"]
    assert table.loc["Asian", "Out of"] == "8,900"


def test_few_counts_are_marked_as_unreliable():
    assert tables.by_group(HACKNEY, DUTIES).loc["Mixed", "Ratio"].endswith("[u]")


def test_a_finding_that_does_not_survive_all_comparisons_says_so():
    sure = tables.by_group(HACKNEY, DUTIES)["How sure"]
    assert sure["Black"] == "higher"
    assert sure["Mixed"].replace(NO_BREAK, " ") == "higher [1]"
    assert "[1] on its own, not after allowing for" in tables.legend(sure.to_frame())


def test_a_finding_that_the_unknown_could_turn_round_is_not_called_higher():
    rows = comparison(
        """
        group_code | ratio | ratio_low | ratio_high | robust_to_unknown
        black      |   1.4 |       1.1 |        1.8 | false
        """
    )
    sure = tables.by_group(rows, DUTIES)["How sure"]
    assert sure["Black"] == "cannot tell [2]"
    assert "those of unknown ethnicity could turn it round" in tables.legend(sure.to_frame())


@pytest.mark.parametrize(
    ("share", "words"), [("0.02", "5.00 to 5.70"), ("0", "[z]"), ("-", "[z]")]
)
def test_limits_for_the_unknown_apply_only_where_some_are_known_to_be(share, words):
    rows = comparison(
        f"""
        group_code | ratio | ratio_if_unknown_low | ratio_if_unknown_high | unknown_share
        black      |  5.41 |                 5.00 |                  5.70 | {share}
        """
    )
    found = tables.by_area(rows, DUTIES).loc["Hackney", WITH_UNKNOWN]
    assert found.replace(NO_BREAK, " ") == words


@pytest.mark.parametrize(
    ("low", "high", "q", "words"),
    [("0.8", "2.1", "0.3", "cannot tell"), ("-", "-", "-", "no interval")],
)
def test_what_is_no_finding_says_so(low, high, q, words):
    rows = comparison(
        f"""
        group_code | numerator | ratio | ratio_low | ratio_high | q_value
        black      |        50 |   1.4 | {low}     | {high}     | {q}
        """
    )
    assert tables.by_group(rows, DUTIES).loc["Black", "How sure"] == words


def test_a_finding_without_a_corrected_p_value_says_nothing_of_other_comparisons():
    rows = comparison(
        """
        group_code | numerator | ratio | ratio_low | ratio_high
        black      |        50 |   1.4 |       1.1 |        1.8
        """
    )
    assert tables.by_group(rows, DUTIES).loc["Black", "How sure"] == "higher"


def test_unknown_is_counted_apart_and_has_no_rate():
    rows = comparison(
        "group_code | numerator\nblack | 60\nwhite | 40",
        unknown_share=0.2,  # 25 of 125
    )
    unknown = tables.by_group(rows, DUTIES).loc["Unknown"]
    assert unknown["Count"].replace(NO_BREAK, " ") == "25 (20% of all)"
    assert set(unknown.drop("Count")) == {"[z]"}


def test_where_all_are_unknown_their_number_is_not_made_up():
    rows = comparison("group_code | numerator\nblack | 0\nwhite | 0", unknown_share=1)
    unknown = tables.by_group(rows, DUTIES).loc["Unknown", "Count"]
    assert unknown.replace(NO_BREAK, " ") == "[x] (100% of all)"


def test_signs_are_explained_if_they_are_used_and_only_then():
    rows = comparison("group_code | ratio | ratio_low | ratio_high\nblack | 1.4 | 1.1 | 1.8")
    turned = tables.by_group(rows.assign(robust_to_unknown="false"), DUTIES)
    every = tables.legend(pd.concat([tables.by_group(HACKNEY, DUTIES), turned]))
    assert [sign in every for sign in figures.SIGNS] == [True] * len(figures.SIGNS)
    plain = comparison("group_code | numerator\nblack | 60", reference_code="black")
    assert "[c]" not in tables.legend(tables.by_group(plain, DUTIES))
    assert "[p]" not in tables.legend(tables.by_group(plain, DUTIES))
    assert not offences(every)


def test_a_table_without_signs_needs_no_legend():
    assert tables.legend(tables.by_group(HACKNEY, DUTIES).loc[["White"], ["Count"]]) == ""


def test_areas_are_named_with_the_share_that_is_unknown_there():
    rows = comparison(
        """
        area_code | group_code | numerator | unknown_share
        E12000007 | black      |      5150 |         0.074
        E09000012 | black      |       336 |             -
        """
    )
    table = tables.by_area(rows, DUTIES)
    assert table.index.to_list() == ["London", "Hackney"]
    assert table["Ethnicity not known"].to_list() == ["7.4%", "[x]"]


@pytest.mark.parametrize("wanted", ["", "black", "mixed"])
def test_every_ratio_of_an_alt_text_is_in_the_table(wanted):
    alt = chart_texts.forest_alt(CATALOGUE, DUTIES, HACKNEY, wanted)
    cells = " ".join(tables.by_group(HACKNEY, DUTIES).to_numpy().ravel())
    figures = re.findall(r"\d[\d,]*\.\d+", alt)
    assert len(figures) == 4  # a ratio, its two limits, the share of unknown
    assert [figure for figure in figures if figure not in cells] == []
    assert alt.endswith("The same figures are in the table below.")


def test_every_ratio_of_the_alt_text_of_areas_is_in_their_table():
    rows = comparison(
        """
        area_code | group_code | ratio | ratio_low | ratio_high | unknown_share
        E12000007 | black      |  5.13 |      4.94 |       5.33 |         0.074
        E09000012 | black      |  7.92 |      6.42 |       9.77 |         0.015
        E09000001 | black      |     - |         - |          - |             -
        """
    )
    alt = chart_texts.areas_alt(CATALOGUE, DUTIES, rows)
    cells = " ".join(tables.by_area(rows, DUTIES).to_numpy().ravel())
    assert "2 areas have a ratio, from 5.13 to 7.92." in alt
    assert [figure for figure in re.findall(r"\d+\.\d+", alt) if figure not in cells] == []
