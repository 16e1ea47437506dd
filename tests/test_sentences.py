"""Findings in words say what the interval and the unknowns allow, and no more."""

import re

import pytest
from copy_lint import offences
from tables import CATALOGUE, comparison

from loti_dash import figures, sentences, wording
from loti_dash.caveats import Found

DUTIES = CATALOGUE.indicators["homelessness_duty_owed"]
LOOKED_AFTER = CATALOGUE.indicators["looked_after_children"]
PUBLISHED = CATALOGUE.indicators["mental_health_detentions"]
FORBIDS = Found("unknown_ethnicity_above_floor", 3, "inclusivity", "Too much unknown.", "", "")

HACKNEY = """
    group_code | numerator | rate | reference_rate | ratio | ratio_low | ratio_high | excess
    asian      |        20 |  2.3 |            2.0 |  1.15 |      0.70 |       1.89 |      3
    black      |       240 | 10.8 |            2.0 |  5.41 |      4.38 |       6.68 |    196
    mixed      |         2 |  0.4 |            2.0 |  0.18 |      0.05 |       0.70 |     -9
    white      |       120 |  2.0 |            2.0 |     - |         - |          - |      -
    other      |         - |    - |            2.0 |     - |         - |          - |      -
"""
NOTHING = """
    group_code | status
    asian      | not_available
    black      | suppressed
    mixed      | not_applicable
    white      | low_counts
    other      | ok
"""
DETAILED = [group.code for group in CATALOGUE.groups if group.classification == "census_2021_19"]


def headline(rows, wanted="", indicator=DUTIES, forbidden=None):
    return sentences.headline(CATALOGUE, indicator, rows, wanted, forbidden)


def everything_said(indicator, rows, wanted):
    """Return all that the sentences say of some rows."""
    row = sentences.clearest(rows, wanted)
    return [
        headline(rows, wanted, indicator),
        sentences.robustness(row),
        *([] if row is None else [sentences.excess(row, indicator)]),
        sentences.unknown(indicator, rows),
        sentences.selection(CATALOGUE, indicator, rows),
        sentences.forest_alt(CATALOGUE, indicator, rows, wanted),
        sentences.areas_alt(CATALOGUE, indicator, rows.iloc[:1]),
    ]


def test_a_headline_says_who_where_how_much_how_sure_when_and_both_rates():
    assert headline(comparison(HACKNEY), "black") == (
        "In Hackney, Black households were owed a homelessness duty at 5.4 times the rate of "
        "White households (4.4 to 6.7), July to September 2025: 10.8 for every 1,000, compared "
        "with 2.0."
    )


def test_people_who_are_counted_once_are_so_many_times_as_likely():
    said = headline(comparison(HACKNEY, period="2025-03-31"), "black", LOOKED_AFTER)
    assert "Black children were 5.4 times as likely as White children to be looked after" in said


@pytest.mark.parametrize("indicator", [DUTIES, LOOKED_AFTER], ids=lambda each: each.id)
def test_an_interval_that_contains_1_is_not_a_finding(indicator):
    period = "2025-Q3" if indicator is DUTIES else "2025-03-31"
    said = headline(comparison(HACKNEY, period=period), "asian", indicator)
    assert "we cannot tell whether Asian" in said
    assert "The ratio is 1.2, and could be 0.7 to 1.9." in said
    assert "times" not in said


def test_without_a_wish_the_headline_is_about_the_clearest_group():
    rows = comparison(HACKNEY)
    assert sentences.clearest(rows)["group_code"] == "mixed"  # 1 / 0.18 is more than 5.41
    assert sentences.clearest(rows[rows["group_code"] != "mixed"])["group_code"] == "black"
    assert sentences.clearest(rows[rows["group_code"] == "asian"])["group_code"] == "asian"
    assert sentences.clearest(rows[rows["group_code"] == "white"]) is None


def test_the_group_compared_with_is_no_finding():
    assert sentences.clearest(comparison(HACKNEY), "white")["group_code"] == "mixed"


def test_a_wish_that_has_no_ratio_is_answered_with_the_reason():
    rows = comparison(HACKNEY).assign(status_reason="The count is withheld.")
    assert headline(rows, "other") == (
        "For households from other ethnic groups in Hackney, July to September 2025, there is no "
        "ratio to show: the count is withheld."
    )


def test_a_reference_group_without_a_rate_is_the_reason_that_is_given():
    rows = comparison(
        """
        group_code | numerator | rate | status_reason
        black      |        50 |  4.1 | Fewer than 10 counted: this may change a lot by chance.
        """
    )
    assert headline(rows, "black").endswith("the rate of White households is not known.")


def test_a_caution_that_forbids_a_ratio_stands_in_its_place():
    said = headline(comparison(HACKNEY), "black", forbidden=FORBIDS)
    assert said == "A ratio would mislead here. Too much unknown."


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("white", "the rate of White households ("),
        ("white_british", "the rate of White British households ("),
        ("rest", "the rate of households from all other ethnic groups combined ("),
        ("all", "the rate of all households of known ethnicity ("),
    ],
)
def test_every_reference_has_its_name(reference, words):
    rows = comparison(HACKNEY, reference_code=reference)
    assert words in headline(rows, "black")
    assert words[12:-2] in sentences.selection(CATALOGUE, DUTIES, rows)


@pytest.mark.parametrize(
    ("ratio", "low", "high", "words"),
    [
        ("1.04", "1.01", "1.07", "at 1.04 times the rate of White households (1.01 to 1.07)"),
        ("0.04", "0.01", "0.30", "at 0.04 times the rate of White households (0.01 to 0.30)"),
        ("0.42", "0.31", "0.57", "at 0.4 times the rate of White households (0.3 to 0.6)"),
    ],
)
def test_rounding_hides_no_finding(ratio, low, high, words):
    rows = comparison(
        f"""
        group_code | numerator | ratio   | ratio_low | ratio_high
        black      | 100       | {ratio} | {low}     | {high}
        """
    )
    assert words in headline(rows)


def test_a_group_without_events_is_said_to_have_none():
    rows = comparison(
        """
        group_code | numerator | ratio | ratio_low | ratio_high
        black      |         0 |     0 |         0 |       0.21
        """
    )
    said = headline(rows, "black")
    assert "no households owed a duty are counted for Black households" in said
    assert "0.0 times" not in said


def test_a_published_rate_has_a_ratio_without_an_interval():
    rows = comparison(
        "group_code | rate | reference_rate | ratio\nblack | 228.0 | 64.0 | 3.56",
        ratio_method="published",
        period="2023-24",
    )
    said = headline(rows, "black", PUBLISHED)
    assert "at 3.6 times the rate of White people, April 2023 to March 2024" in said
    assert "228.0 for every 100,000, compared with 64.0" in said


@pytest.mark.parametrize(
    ("robust", "share", "starts"),
    [
        ("true", 0.02, "Not knowing some people's ethnicity cannot change"),
        ("false", 0.02, "Which way round it is depends on who"),
        ("none", 0.02, ""),
        ("true", 0.0, ""),
    ],
)
def test_unknowns_that_may_turn_a_finding_round_are_said_to(robust, share, starts):
    rows = comparison(
        HACKNEY,
        robust_to_unknown=robust,
        unknown_share=share,
        ratio_if_unknown_low=0.64,
        ratio_if_unknown_high=7.25,
    )
    said = sentences.robustness(sentences.clearest(rows, "black"))
    assert said.startswith(starts)
    assert bool(said) == bool(starts)
    assert ("0.6 to 7.3" in said) == (robust == "false")
    assert sentences.robustness(sentences.clearest(rows, "asian")) == ""


def test_an_excess_is_said_of_clear_findings_only():
    rows = comparison(HACKNEY)
    said = {
        code: sentences.excess(sentences.clearest(rows, code), DUTIES)
        for code in ("asian", "black", "mixed", "other")
    }
    assert said["black"].startswith("That is about 196 more households owed a duty than at the")
    assert said["mixed"].startswith("That is about 9 fewer households owed a duty than at the")
    assert said["asian"] == said["other"] == ""


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0153, "Ethnicity is not known for 1.5% of households owed a duty in Hackney."),
        (0.0, "Ethnicity is known for all households owed a duty in Hackney."),
        (float("nan"), ""),
    ],
)
def test_the_share_of_unknown_is_said(share, words):
    assert sentences.unknown(DUTIES, comparison(HACKNEY, unknown_share=share)) == words


def test_what_is_shown_is_repeated_with_the_age_of_the_denominator():
    assert sentences.selection(CATALOGUE, DUTIES, comparison(HACKNEY)) == (
        "Shown: households owed a homelessness duty, Hackney, July to September 2025. Households "
        "owed a duty for every 1,000 households (Census Day, 21 March 2021), each group compared "
        "with White households."
    )


@pytest.mark.parametrize("wanted", ["", "asian", "black", "mixed", "white", "other"])
def test_where_everything_is_missing_sentences_are_still_sentences(wanted):
    rows = comparison(NOTHING)
    said = [text for text in everything_said(DUTIES, rows, wanted) if text]
    assert "no ratio to show" in said[0]
    assert all(text.endswith(".") for text in said)
    assert not re.search(r"\bnan\b|None|  ", " ".join(said))


@pytest.mark.parametrize("reference", ["white", "white_british", "rest", "all"])
@pytest.mark.parametrize("code", ["asian", "black", "mixed", "white", "other", *DETAILED])
def test_every_group_is_named_and_no_word_is_out_of_place(code, reference):
    rows = comparison(
        f"""
        group_code | numerator | rate | reference_rate | ratio | ratio_low | ratio_high
        {code}     |       240 | 10.8 |            2.0 |  5.41 |      4.38 |       6.68
        """,
        reference_code=reference,
        unknown_share=0.02,
        robust_to_unknown="true",
    )
    for indicator, period in (DUTIES, "2025-Q3"), (LOOKED_AFTER, "2025-03-31"):
        said = everything_said(indicator, rows.assign(period=period), code)
        assert not [offence for text in said for offence in offences(text)]
        label = CATALOGUE.short_labels[code].removeprefix("Any ").lower()
        assert code == reference or label in said[0].lower()


def test_all_indicators_name_people_without_a_word_out_of_place():
    for indicator in CATALOGUE.indicators.values():
        for code, label in CATALOGUE.short_labels.items():
            assert not offences(wording.people(indicator, code, label))


def test_it_never_says_why():
    assert sentences.NOT_WHY == "This shows a difference. It does not show why."


def test_nothing_is_written_as_less_than_nothing():
    assert figures.count(-0.4) == "0"
    assert figures.rate(-0.004) == "0.00"
