"""Findings in words say what the interval and the unknowns allow, and no more."""

import re

import pytest
from copy_lint import offences
from tables import CATALOGUE, comparison

from loti_dash import chart_texts, figures, findings, sentences, wording
from loti_dash.caveats import Found

DUTIES = CATALOGUE.indicators["homelessness_duty_owed"]
LOOKED_AFTER = CATALOGUE.indicators["looked_after_children"]
PUBLISHED = CATALOGUE.indicators["mental_health_detentions"]
OFFICERS = CATALOGUE.indicators["stop_and_search_officer"]
FINISHED = CATALOGUE.indicators["talking_therapies_finished"]
FORBIDS = Found("unknown_ethnicity_above_floor", 3, "inclusivity", "Too much unknown.", "", "")

HACKNEY = """
    group_code | numerator | rate | reference_rate | ratio | ratio_low | ratio_high
    asian      |        20 |  2.3 |            2.0 |  1.15 |      0.70 |       1.89
    black      |       240 | 10.8 |            2.0 |  5.41 |      4.38 |       6.68
    mixed      |         2 |  0.4 |            2.0 |  0.18 |      0.05 |       0.70
    white      |       120 |  2.0 |            2.0 |     - |         - |          -
    other      |         - |    - |            2.0 |     - |         - |          -
"""
# Clear among those of known ethnicity; which way round depends on the unknown.
TURNED = """
    group_code | numerator | rate | reference_rate | ratio | ratio_low | ratio_high
    black      |     26000 | 34.4 |           39.2 | 0.877 |     0.864 |      0.891
"""
UNKNOWN = {
    "unknown_share": 0.08,
    "robust_to_unknown": "false",
    "ratio_if_unknown_low": 0.61,
    "ratio_if_unknown_high": 1.23,
}
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
    row = findings.clearest(rows, wanted)
    return [
        headline(rows, wanted, indicator),
        sentences.robustness(CATALOGUE, indicator, row, rows),
        sentences.excess(CATALOGUE, indicator, row),
        sentences.closing(row),
        sentences.unknown(indicator, rows),
        sentences.selection(CATALOGUE, indicator, rows),
        chart_texts.forest_alt(CATALOGUE, indicator, rows, wanted),
        chart_texts.areas_alt(CATALOGUE, indicator, rows.iloc[:1]),
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
    assert said.endswith(
        ". The ratio is 1.2, and could be 0.7 to 1.9. The rates were 2.3 and 2.0 for every 1,000."
    )
    assert "times" not in said


def test_a_finding_that_the_unknown_could_turn_round_says_so_in_the_headline():
    rows = comparison(TURNED, area_code="Y56", period="2024-25", **UNKNOWN)
    assert headline(rows, "black", FINISHED) == (
        "In the London commissioning region, among people referred whose ethnicity is known, "
        "Black people referred were 0.88 times as likely as White people referred to finish a "
        "course of treatment (0.86 to 0.89), April 2024 to March 2025: 34.4 for every 100, "
        "compared with 39.2. Counting those of unknown ethnicity it could be anywhere from 0.6 "
        "to 1.2, so we cannot tell which way round it is."
    )


def test_an_absence_of_events_that_the_unknown_could_turn_round_says_so():
    rows = comparison(
        """
        group_code | numerator | ratio | ratio_low | ratio_high
        black      |         0 |     0 |         0 |       0.21
        """,
        **UNKNOWN,
    )
    assert headline(rows, "black").endswith("so we cannot tell which way round it is.")


@pytest.mark.parametrize(
    ("drawn", "everywhere", "line"),
    [
        ("black | 5.4 | 4.4 | 6.7", {}, "This shows a difference. It does not show why."),
        ("black | 0.5 | 0.4 | 0.7", {}, "This shows a difference. It does not show why."),
        ("black | 1.1 | 0.7 | 1.9", {}, "That is not evidence that the rates are the same."),
        ("black | 0.9 | 0.8 | 0.9", UNKNOWN, "That is not evidence that the rates are the same."),
        ("black | 3.6 | - | -", {"ratio_method": "published"}, "not how sure it is."),
    ],
)
def test_beside_every_ratio_stands_that_it_does_not_show_why(drawn, everywhere, line):
    rows = comparison(f"group_code | ratio | ratio_low | ratio_high\n{drawn}", **everywhere)
    said = sentences.closing(rows.iloc[0])
    assert line in said
    assert "it does not show why" in said.lower()
    assert ("This shows a difference" in said) == ("not evidence" not in line)


def test_where_there_is_no_ratio_nothing_is_said_of_what_it_shows():
    rows = comparison(NOTHING)
    assert {sentences.closing(row) for _, row in rows.iterrows()} == {""}
    assert sentences.closing(None) == ""


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
    assert said == (
        "In Hackney, July to September 2025, a ratio of households owed a duty would mislead: "
        "too much unknown."
    )


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
        ("1.51", "1.04", "2.19", "at 1.51 times the rate of White households (1.04 to 2.19)"),
        ("1.92", "1.90", "1.94", "at 1.92 times the rate of White households (1.90 to 1.94)"),
        ("1.98", "1.96", "2.04", "at 1.98 times the rate of White households (1.96 to 2.04)"),
        ("1.01", "0.99", "1.03", "The ratio is 1.01, and could be 0.99 to 1.03."),
        ("1.04", "0.81", "1.34", "The ratio is 1.0, and could be 0.8 to 1.3."),
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
    assert "at 3.6 times the rate of White people (the source gives no interval), April" in said
    assert "228.0 for every 100,000, compared with 64.0" in said


@pytest.mark.parametrize(
    ("robust", "share", "starts"),
    [
        ("true", 0.02, "Counting those of unknown ethnicity the ratio could be anywhere from"),
        ("false", 0.02, ""),  # the headline says it
        ("none", 0.02, ""),
        ("true", 0.0, ""),
    ],
)
def test_unknowns_that_cannot_turn_a_finding_round_are_said_not_to(robust, share, starts):
    rows = comparison(
        HACKNEY,
        robust_to_unknown=robust,
        unknown_share=share,
        ratio_if_unknown_low=2.64,
        ratio_if_unknown_high=7.25,
    )
    said = sentences.robustness(CATALOGUE, DUTIES, findings.clearest(rows, "black"), rows)
    assert said.startswith(starts)
    assert bool(said) == bool(starts)
    asian = findings.clearest(rows, "asian")
    assert sentences.robustness(CATALOGUE, DUTIES, asian, rows) == ""


def excess(ratio, low, high, excess, excess_low, excess_high, **everywhere):
    rows = comparison(
        f"""
        group_code | ratio   | ratio_low | ratio_high | excess   | excess_low   | excess_high
        black      | {ratio} | {low}     | {high}     | {excess} | {excess_low} | {excess_high}
        """,
        **everywhere,
    )
    return sentences.excess(CATALOGUE, DUTIES, rows.iloc[0])


def test_an_excess_is_about_so_many_with_an_interval_and_is_no_target():
    assert excess(5.4, 4.4, 6.7, 35735.2, 35312.7, 36157.7) == (
        "That is about 35,700 more households owed a duty (35,300 to 36,200) than if the rate of "
        "White households applied: a description, not a target."
    )
    fewer = excess(0.2, 0.1, 0.7, -9.2, -12.4, -4.8)
    assert fewer.startswith("That is about 9 fewer households owed a duty (5 to 12) than if")


def test_an_excess_is_said_of_clear_findings_only():
    assert excess(1.2, 0.7, 1.9, 3, -4, 9) == ""  # cannot tell
    assert excess(2.0, 1.02, 3.9, 11, 0.3, 22) == ""  # an interval that begins at 0
    assert excess(0.9, 0.8, 0.95, -90, -120, -50, **UNKNOWN) == ""
    assert sentences.excess(CATALOGUE, DUTIES, None) == ""


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
        "Households owed a homelessness duty. Shown for Hackney, July to September 2025: "
        "households owed a duty for every 1,000 households (Census Day, 21 March 2021), each "
        "group compared with White households."
    )


def test_a_title_with_a_colon_does_not_bring_a_second_one():
    rows = comparison(TURNED, area_code="Y56", period="2024-25")
    for sentence in sentences.selection(CATALOGUE, FINISHED, rows).split(". "):
        assert sentence.count(":") <= 1


def test_groups_that_officers_saw_are_named_so_and_their_ratio_is_approximate():
    rows = comparison(HACKNEY, period="2018-04--2019-02")
    said = headline(rows, "black", OFFICERS)
    assert (
        "people whom officers saw as Black were searched at about 5.4 times the rate of people "
        "whom officers saw as White (4.4 to 6.7)" in said
    )
    assert "The ratio is about 1.2, and" in headline(rows, "asian", OFFICERS)


@pytest.mark.parametrize(
    ("area", "words"),
    [
        ("London", "London"),
        ("Hackney", "Hackney"),
        ("England and Wales", "England and Wales"),
        ("City of London", "the City of London"),
        ("Westminster with City of London", "Westminster with the City of London"),
        ("London commissioning region", "the London commissioning region"),
        (
            "NHS North Central London Integrated Care Board",
            "the NHS North Central London Integrated Care Board",
        ),
        (
            "NHS Barnet Clinical Commissioning Group",
            "the NHS Barnet Clinical Commissioning Group",
        ),
        ("Metropolitan Police", "the Metropolitan Police area"),
        ("City of London Police", "the City of London Police area"),
    ],
)
def test_places_have_their_article_inside_a_sentence(area, words):
    rows = comparison(HACKNEY, area=area)
    assert wording.place(area) == words
    assert headline(rows, "black").startswith(f"In {words}, Black households")
    assert f"a duty in {words}." in sentences.unknown(DUTIES, rows.assign(unknown_share=0.02))
    assert f"Shown for {words}, July" in sentences.selection(CATALOGUE, DUTIES, rows)


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
    indicators = [(DUTIES, "2025-Q3"), (LOOKED_AFTER, "2025-03-31"), (OFFICERS, "2018-04")]
    for indicator, period in indicators:
        said = everything_said(indicator, rows.assign(period=period), code)
        assert not [offence for text in said for offence in offences(text)]
        label = CATALOGUE.short_labels[code].removeprefix("Any ").lower()
        assert code == reference or label in said[0].lower()


def test_all_indicators_name_people_without_a_word_out_of_place():
    for indicator in CATALOGUE.indicators.values():
        for code, label in CATALOGUE.short_labels.items():
            assert not offences(wording.people(CATALOGUE, indicator, code, label))


def test_it_never_says_why():
    assert sentences.NOT_WHY == "This shows a difference. It does not show why."


def test_nothing_is_written_as_less_than_nothing():
    assert figures.count(-0.4) == "0"
    assert figures.rate(-0.004) == "0.00"
    assert figures.about(-0.4) == "0"
