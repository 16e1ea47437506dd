"""What may be said of a row is decided once, for sentences, tables and charts alike."""

import pytest
from tables import comparison

from loti_dash import findings

HACKNEY = """
    group_code | numerator | ratio | ratio_low | ratio_high
    asian      |        20 |  1.15 |      0.70 |       1.89
    black      |       240 |  5.41 |      4.38 |       6.68
    mixed      |         2 |  0.18 |      0.05 |       0.70
    white      |       120 |     - |         - |          -
    other      |         - |     - |         - |          -
"""


@pytest.mark.parametrize(
    ("ratio", "low", "high", "robust", "found"),
    [
        ("1.5", "1.1", "2.0", "true", "higher"),
        ("0.5", "0.4", "0.7", "true", "lower"),
        ("1.5", "1.1", "2.0", "none", "higher"),  # unknown ethnicity is not published
        ("1.5", "1.1", "2.0", "false", "depends"),
        ("0.5", "0.4", "0.7", "false", "depends"),
        ("1.2", "0.9", "1.6", "false", "uncertain"),
        ("1.2", "0.9", "1.6", "true", "uncertain"),
        ("3.6", "-", "-", "none", "no_interval"),
        ("-", "1.1", "2.0", "true", "no_ratio"),  # a ratio that was taken away
    ],
)
def test_a_finding_needs_an_interval_without_1_that_the_unknown_cannot_turn(
    ratio, low, high, robust, found
):
    rows = comparison(
        f"""
        group_code | ratio   | ratio_low | ratio_high | robust_to_unknown
        black      | {ratio} | {low}     | {high}     | {robust}
        """
    )
    assert findings.finding(rows.iloc[0]) == found


def test_without_a_wish_a_headline_is_about_the_clearest_group():
    rows = comparison(HACKNEY)
    assert findings.clearest(rows)["group_code"] == "mixed"  # 1 / 0.18 is more than 5.41
    assert findings.clearest(rows[rows["group_code"] != "mixed"])["group_code"] == "black"
    assert findings.clearest(rows[rows["group_code"] == "asian"])["group_code"] == "asian"
    assert findings.clearest(rows[rows["group_code"] == "white"]) is None


def test_what_the_unknown_could_turn_is_not_the_clearest():
    rows = comparison(HACKNEY)
    rows["robust_to_unknown"] = rows["group_code"].map({"mixed": "false"}).fillna("true")
    assert findings.clearest(rows)["group_code"] == "black"


def test_the_group_compared_with_is_no_finding():
    assert findings.clearest(comparison(HACKNEY), "white")["group_code"] == "mixed"


@pytest.mark.parametrize(
    ("numerator", "high", "status", "marks"),
    [
        ("20", "3.0", "ok", ""),
        ("19", "3.0", "ok", "[u]"),
        ("20", "3.1", "ok", "[u]"),  # more than three times the lower limit
        ("20", "3.0", "low_counts", "[u]"),
        ("20", "3.0", "provisional", "[p]"),
        ("19", "3.0", "provisional", "[u] [p]"),
    ],
)
def test_few_counts_and_wide_intervals_are_marked(numerator, high, status, marks):
    rows = comparison(
        f"""
        group_code | numerator   | ratio | ratio_low | ratio_high | status
        black      | {numerator} |   1.7 |       1.0 | {high}     | {status}
        """
    )
    assert findings.marks(rows.iloc[0]) == marks
