"""How many of the unknown it takes to turn a finding round, once more from the counts alone."""

import math

import pytest
from copy_lint import offences
from plain import halved
from tables import CATALOGUE, comparison

from loti_dash import analysis, sentences, tipping
from loti_dash.findings import finding

DUTIES = CATALOGUE.indicators["homelessness_duty_owed"]
ARRESTS = CATALOGUE.indicators["search_to_arrest"]
OFFICERS = CATALOGUE.indicators["stop_and_search_officer"]
CLEAR = ("higher", "lower", "depends")


def parity(x, n, y, m, unknown, ratio, reference):
    """Return how many unknowns make the rates the same, from counts: of one side, or of the group.

    Over `rest` and `all` whoever is not of the group is of the others: found by halving. Else
    nobody is of the opposite side.
    """
    if reference in ("rest", "all"):
        return halved(lambda k: (x + k) / n - (y + unknown - k) / m, -1e9, 1e9)
    return x * m / n - y if ratio > 1 else y * n / m - x


@pytest.mark.parametrize("reference", ["white", "white_british", "rest", "all"])
def test_the_share_needed_is_that_calculated_from_the_counts(release, reference):
    counts = release.query("counts", indicators=[], periods=[], level="", viewer_areas=[])
    table = analysis.comparison(counts, release.catalogue, release.release, reference)
    tried = 0
    over = [
        id_
        for id_, each in release.catalogue.indicators.items()
        if each.denominator_type.endswith("over_population")
    ]
    clear = table["indicator"].isin(over) & table["robust_to_unknown"].ne("none")
    clear &= table["evidence"].isin(["higher", "lower"]) & table["unknown_share"].gt(0)
    for place in table.index[clear][::5]:
        row, of = table.loc[place], counts.loc[place]
        side, share = tipping.needed(
            release.catalogue, release.catalogue.indicators[row["indicator"]], row
        )
        if math.isnan(share):
            continue
        x, n, unknown = of["numerator"], of["denominator"], of["unknown"]
        if reference in ("rest", "all"):
            y, m = of["all_numerator"] - x, of["all_denominator"] - n
        else:
            y, m = of[f"{reference}_numerator"], of[f"{reference}_denominator"]
        needed = parity(x, n, y, m, unknown, row["ratio"], reference)
        needed = unknown - needed if side == "others" else needed
        assert share * unknown == pytest.approx(needed, rel=1e-6, abs=1e-6)
        assert (share > 1) == (row["robust_to_unknown"] == "true")
        tried += 1
    assert tried > 50


ROWS = """
    group_code | numerator | ratio | ratio_low | ratio_high | ratio_if_unknown_low | ratio_if_unknown_high
    black      |       200 |   4.0 |       3.4 |        4.7 | {low}                | {high}
    white      |       100 |     - |         - |          - |                    - |                     -
"""  # noqa: E501 (a drawn table)


def said(low, high, robust, unknown, indicator=DUTIES, ratio=4.0, rows=ROWS, **everywhere):
    table = comparison(
        rows.format(low=low, high=high),
        unknown_share=unknown / (300 + unknown),
        robust_to_unknown=robust,
        **everywhere,
    )
    return sentences.robustness(CATALOGUE, indicator, table.iloc[0], table)


@pytest.mark.parametrize(
    ("unknown", "words"),
    [
        # 200 of 1,000 beside 100 of 2,000: with 300 more White there is parity.
        (50, "Even if all 50 of unknown ethnicity were White, it would still be higher."),
        (1, "Even if the one of unknown ethnicity were White, it would still be higher."),
        (
            400,
            "If more than about 300 of the 400 of unknown ethnicity (75%) were White and none "
            "Black, it would be the other way round.",
        ),
        (
            4321,
            "If more than about 300 of the 4,320 of unknown ethnicity (6.9%) were White and none "
            "Black, it would be the other way round.",
        ),
    ],
)
def test_a_higher_rate_is_said_with_what_would_turn_it_round(unknown, words):
    low = 4 * 100 / (100 + unknown)
    high = 4 * (200 + unknown) / 200
    assert said(low, high, "true" if low > 1 else "false", unknown) == words


def lower(unknown, code="black", **everywhere):
    """20 of 1,000 beside 100 of 2,000: with 30 more of the group there is parity."""
    table = comparison(
        f"""
        group_code | numerator | ratio | ratio_low | ratio_high | ratio_if_unknown_low           | ratio_if_unknown_high
        {code}     |        20 |   0.4 |       0.3 |        0.6 | {0.4 * 100 / (100 + unknown)}  | {0.4 * (20 + unknown) / 20}
        white      |       100 |     - |         - |          - |                              - |                     -
        """,  # noqa: E501 (a drawn table)
        unknown_share=unknown / (120 + unknown),
        robust_to_unknown="true" if unknown < 30 else "false",
        **everywhere,
    )
    return sentences.robustness(CATALOGUE, DUTIES, table.iloc[0], table)


def test_a_lower_rate_would_need_more_of_the_group():
    assert lower(10) == (
        "Even if all 10 of unknown ethnicity were Black, it would still be lower."
    )
    assert lower(60, "mixed") == (
        "If more than about 30 of the 60 of unknown ethnicity (50%) were from a Mixed ethnic "
        "background and none White, it would be the other way round."
    )


def test_compared_with_all_the_rest_whoever_is_not_of_the_others_is_of_the_group():
    # 200 of 1,000 beside 100 of 2,000, and 600 unknown: at 300 of 900 more, rates are the same.
    low, high = 4 * 100 / 700, 4 * 800 / 200
    assert said(low, high, "false", 600, reference_code="rest") == (
        "If fewer than about 100 of the 600 of unknown ethnicity (17%) were Black, it would be "
        "the other way round."
    )
    assert said(4 * 100 / 150, 4 * 250 / 200, "true", 50, reference_code="rest") == (
        "Even if none of the 50 of unknown ethnicity were Black, it would still be higher."
    )


def test_where_officers_saw_an_ethnicity_the_unknown_would_be_seen_so():
    words = said(1.1, 9.0, "true", 50, OFFICERS, period="2018-04")
    assert "were seen as White" in words


def test_in_a_stage_only_the_limits_are_said():
    assert said(1.2, 9.0, "true", 50, ARRESTS, period="2018-04") == (
        "Counting those of unknown ethnicity the ratio could be anywhere from 1.2 to 9.0: it "
        "would still be higher."
    )
    assert said(0.8, 9.0, "false", 50, ARRESTS, period="2018-04") == ""


def test_what_is_not_known_to_be_so_is_not_said():
    assert said(1.2, 9.0, "true", 0) == ""
    assert said("-", "-", "none", 50) == ""
    assert (
        sentences.robustness(CATALOGUE, DUTIES, None, comparison(ROWS.format(low=1, high=1))) == ""
    )


def test_every_sentence_about_real_figures_obeys_the_rules_on_words(release):
    table = analysis.compare(release, "stop_and_search", "2018-04--2019-02")
    for _, rows in table.groupby("area_code", observed=True):
        for _, row in rows.iterrows():
            indicator = release.catalogue.indicators["stop_and_search"]
            words = sentences.robustness(release.catalogue, indicator, row, rows)
            assert not offences(words)
            assert bool(words) == (finding(row) in CLEAR)
