"""The words of the pages of an area and of a group say no more than their rows."""

import pandas as pd
import pytest
from copy_lint import offences
from tables import CATALOGUE, comparison

from loti_dash import profile_cautions, profile_reasons, profile_tables, profile_texts
from loti_dash.caveats import Found
from loti_dash.profile_choices import ALL_FIVE, authorities
from loti_dash.selection import Selection
from loti_dash.ui import caution_box

LONDON, CITY, HACKNEY, WESTMINSTER = "E12000007", "E09000001", "E09000012", "E09000033"

HACKNEYS = """
    indicator               | group_code | numerator | ratio | ratio_low | ratio_high | robust_to_unknown
    stop_and_search         | black      |       400 |   4.0 |       3.5 |        4.5 | true
    looked_after_children   | black      |        90 |   2.0 |       1.5 |        2.7 | true
    suspensions             | black      |        60 |   1.5 |       1.1 |        2.1 | false
    home_ownership          | black      |       900 |   0.5 |       0.4 |        0.6 | none
    homelessness_duty_owed  | black      |        20 |   1.1 |       0.7 |        1.6 | none
    temporary_accommodation | black      |        20 |     - |         - |          - | none
"""  # noqa: E501 (a drawn table)


def test_the_headline_of_an_area_counts_what_is_clear_and_what_is_not():
    assert profile_texts.headline_of_area(CATALOGUE, comparison(HACKNEYS), "Hackney") == (
        "In Hackney, the rate for Black people is clearly above the White rate in 2 of 6 "
        "indicators and clearly below it in 1; in 2 we cannot tell and in 1 there is no ratio."
    )
    clear = comparison(HACKNEYS).head(1)
    assert profile_texts.headline_of_area(CATALOGUE, clear, "City of London") == (
        "In the City of London, the rate for Black people is clearly above the White rate in 1 "
        "of 1 indicator and clearly below it in 0."
    )


def test_the_headline_of_all_groups_gives_each_its_own_numbers_in_the_standard_order():
    rows = pd.concat(
        [
            comparison("group_code | ratio | ratio_low | ratio_high\nother | 0.5 | 0.4 | 0.6"),
            comparison("group_code | ratio | ratio_low | ratio_high\nasian | 1.5 | 1.4 | 1.6"),
            comparison("group_code | ratio | ratio_low | ratio_high\nasian | 1.5 | 0.4 | 2.6"),
        ]
    )
    assert profile_texts.headline_of_area(CATALOGUE, rows, "Hackney") == (
        "In Hackney, compared with the White rate: Asian clearly higher in 1 and clearly lower in "
        "0 of 2 indicators; Other clearly higher in 0 and clearly lower in 1 of 1 indicator."
    )


@pytest.mark.parametrize(
    ("group", "reference", "words"),
    [
        (
            "mixed",
            "rest",
            "people with a Mixed ethnic background, the rate is clearly above the rate of all",
        ),
        (
            "other",
            "white",
            "people from other ethnic groups, the rate is clearly above the White rate",
        ),
        (
            "asian_indian",
            "all",
            "from the Indian ethnic group, the rate is clearly above the rate of everybody",
        ),
        (
            "white",
            "rest",
            "White people, the rate is clearly above the rate of all other ethnic groups",
        ),
    ],
)
def test_groups_and_references_are_named_as_the_standards_want(group, reference, words):
    row = f"group_code | ratio | ratio_low | ratio_high\n{group} | 2 | 1.5 | 2.5"
    rows = comparison(row, reference_code=reference)
    said = profile_texts.headline_of_group(CATALOGUE, rows)
    assert words in said
    assert not offences(said)


def everywhere(higher, lower, uncertain, nothing):
    """Return rows of one indicator in London and in so many authorities."""
    kinds = {"2 | 1.5 | 2.5": higher, "0.5 | 0.4 | 0.6": lower, "1 | 0.5 | 2": uncertain}
    lines = [kind for kind, many in kinds.items() for _ in range(many)]
    lines += ["- | - | -"] * nothing
    codes = authorities(CATALOGUE)
    drawn = [f"{code} | {line}" for code, line in zip(codes, lines, strict=False)]
    drawn.append(f"{LONDON} | 2 | 1.5 | 2.5")
    head = "area_code | ratio | ratio_low | ratio_high\n"
    return comparison(head + "\n".join(drawn), group_code="black")


@pytest.mark.parametrize(
    ("many", "said"),
    [
        ((28, 0, 5, 0), "Higher than the White rate in 28 of 33 boroughs, cannot tell in 5."),
        (
            (20, 1, 9, 0),
            "Higher than the White rate in 20 of 33 boroughs, lower than the White rate in 1, "
            "cannot tell in 9, no ratio in 3.",
        ),
        ((0, 0, 0, 31), "No ratio in 33 of 33 boroughs."),
    ],
)
def test_the_summary_of_an_indicator_adds_up_to_33_and_leaves_london_out(many, said):
    assert profile_texts.summary(CATALOGUE, everywhere(*many)) == said


def test_the_headline_of_a_group_counts_indicators_in_which_most_boroughs_are_clear():
    rows = pd.concat(
        [
            everywhere(17, 0, 16, 0).assign(indicator="suspensions"),
            everywhere(16, 17, 0, 0).assign(indicator="home_ownership"),
            everywhere(16, 0, 17, 0).assign(indicator="stop_and_search"),
        ]
    )
    assert profile_texts.headline_of_group(CATALOGUE, rows) == (
        "For Black people, the rate is clearly above the White rate in more than half of "
        "London's boroughs in 1 of 3 indicators, and clearly below it in more than half of them "
        "in 1."
    )


def test_without_rows_the_headlines_say_so():
    none = comparison(HACKNEYS).head(0)
    assert "no figures for Hackney" in profile_texts.headline_of_area(CATALOGUE, none, "Hackney")
    assert "no ratio" in profile_texts.headline_of_group(CATALOGUE, none)


def test_what_is_shown_is_repeated():
    asked = Selection(area=CITY, group=ALL_FIVE, reference="rest")
    said = profile_texts.selection_of_area(CATALOGUE, asked)
    assert said.startswith("Shown for the City of London: ")
    assert said.endswith("The five groups, each compared with all other ethnic groups combined.")
    asked = Selection(group="asian_indian", reference="white")
    assert "Indian compared with White" in profile_texts.selection_of_group(CATALOGUE, asked)


def test_the_box_starts_with_what_must_not_be_added_up_and_names_the_indicators():
    def found(id_, severity, text):
        return Found(id_, severity, "power", text, "", "")

    police = found("police.power", 3, "Decisions of the police.")
    of = {id_: [police] for id_ in comparison(HACKNEYS)["indicator"]}
    of["suspensions"] = [found("schools", 3, "Of schools."), found("mild", 2, "Mild.")]
    of["home_ownership"] = [found("city_of_london", 3, "Said by its row.")]
    texts = [each.text for each in profile_cautions.cautions(CATALOGUE, comparison(HACKNEYS), of)]
    assert texts == [
        "Different indicators are not to be added up or averaged.",
        "4 indicators: Decisions of the police.",
        "Suspensions from school: Of schools.",
    ]
    found = profile_cautions.cautions(CATALOGUE, comparison(HACKNEYS), of)
    assert [each.indicators for each in found[2:]] == [("suspensions",)]
    # Names are bold on a page, which reads Markdown; a file or a shared view does not.
    open_, _ = caution_box.before_the_fold(found, "")
    assert open_[2] == "**Suspensions from school:** Of schools."


def test_an_area_has_a_reason_for_every_indicator_without_a_ratio_or_a_figure():
    rows = comparison(HACKNEYS).assign(status_reason="Too few.")
    ((indicator, reason),) = profile_reasons.without_ratio(CATALOGUE, rows)
    assert indicator.id == "temporary_accommodation"
    assert reason == "No ratio: Too few."

    choices = pd.DataFrame(
        [
            ("child_arrest", "K04000001"),
            ("mental_health_detentions", "QMJ"),
            ("suspensions", WESTMINSTER),
            ("neet_16_17", WESTMINSTER),
        ],
        columns=["indicator_id", "area_code"],
    )
    officer = comparison("indicator | group_code | numerator\nstop_and_search_officer | white | 9")
    nothing = comparison(
        "indicator | group_code | status_reason\nprivate_renting | black | The count is withheld."
    )
    every = pd.concat([rows, officer, nothing])
    shown = rows[rows["indicator"] != "suspensions"]
    reasons = {
        each.id: why
        for each, why in profile_reasons.without_figure(
            CATALOGUE, choices, every[every["indicator"] != "suspensions"], shown, CITY
        )
    }
    assert reasons.keys() == CATALOGUE.indicators.keys() - set(shown["indicator"])
    assert reasons["child_arrest"] == "Published only for England and Wales."
    assert "health service" in reasons["mental_health_detentions"]
    assert reasons["suspensions"] == (
        "Published only for Westminster with the City of London together."
    )
    assert reasons["neet_16_17"] == "Its source has no figures for the City of London."
    assert reasons["stop_and_search_officer"].startswith("Its source does not count this group")
    assert reasons["private_renting"] == "The count is withheld."
    assert reasons["adult_employment"] == "There are no figures yet."


def test_a_group_has_a_reason_for_every_indicator_that_is_not_in_its_tables():
    rows = pd.concat(
        [
            comparison(HACKNEYS),
            comparison(
                """
                indicator            | area_code | group_code | status_reason
                permanent_exclusions | E09000012 | black      | Too few.
                permanent_exclusions | E09000001 | black      | Withheld.
                permanent_exclusions | E09000033 | black      | Too few.
                """
            ),
        ]
    )
    choices = pd.DataFrame(
        [("child_arrest", "K04000001"), ("suspensions", HACKNEY), ("neet_16_17", HACKNEY)],
        columns=["indicator_id", "area_code"],
    )
    shown = profile_reasons.with_ratio(rows)
    reasons = {
        each.id: why
        for each, why in profile_reasons.not_by_borough(CATALOGUE, choices, rows, shown)
    }
    assert "temporary_accommodation" not in set(shown["indicator"])
    assert reasons.keys() == CATALOGUE.indicators.keys() - set(shown["indicator"])
    assert reasons["permanent_exclusions"] == "No ratio in any borough: Too few."
    assert reasons["neet_16_17"] == "Its source does not count this group on its own."
    assert reasons["child_arrest"] == "Published only for England and Wales."


def test_a_row_of_the_table_says_when_where_and_of_whom_and_leads_to_its_page():
    rows = comparison(
        """
        indicator       | period           | group_code | numerator | denominator | rate | reference_rate | ratio | ratio_low | ratio_high | unknown_share
        stop_and_search | 2018-04--2019-02 | black      |       400 |       20000 |   20 |              5 |     4 |       3.5 |        4.5 |          0.15
        home_ownership  | 2021             | black      |       900 |        9000 |   10 |              - |     - |         - |          - |             -
        """  # noqa: E501 (a drawn table)
    )
    table = profile_tables.of_area(CATALOGUE, rows).reset_index()

    searches = table.iloc[0]
    assert searches["Ratio"].replace("\N{NO-BREAK SPACE}", " ") == "4.00 (3.50 to 4.50)"
    assert searches["How sure"] == "higher"
    assert searches["Ethnicity not known"] == "15%"
    assert searches["Rate"] == "20.0 for every 1,000"
    assert searches["Rate compared with"] == "5.0 for every 1,000"
    assert searches["Period"] == "April 2018 to February 2019"
    assert searches["Counted"] == "searches of people, by where it happened"
    assert searches["Divided by"] == ("residents, by where people live, Census Day, 21 March 2021")
    assert searches["Indicator"] == (
        "[Stop and search, as people describe themselves](justice?indicator=stop_and_search&"
        "area=E09000012&period=2018-04--2019-02&group=black&reference=white&classification=5&"
        "release=2026-01-01.1-test)"
    )
    assert table.loc[1, ["Ratio", "How sure", "Rate compared with"]].to_list() == ["[x]"] * 3
    assert "Ethnicity" not in table.columns


def test_several_groups_have_a_column_of_their_own():
    rows = comparison("group_code | ratio | ratio_low | ratio_high\nasian|2|1|3\nblack|2|1|3")
    assert profile_tables.of_area(CATALOGUE, rows)["Ethnicity"].to_list() == ["Asian", "Black"]


def test_the_text_in_place_of_the_chart_has_its_numbers():
    said = profile_texts.alt_of_area(comparison(HACKNEYS))
    assert "5 ratios, from 0.50 to 4.00" in said
    assert "Black compared with White" in said


def test_areas_published_together_are_named_with_their_indicators():
    rows = comparison("indicator | ratio\nsuspensions | 2\nneet_16_17 | 1", group_code="black")
    rows = rows.assign(area=["Westminster with City of London", "Hackney"])
    assert profile_texts.together(CATALOGUE, rows) == (
        "Westminster with City of London together in Suspensions from school."
    )
    assert profile_texts.together(CATALOGUE, rows.tail(1)) == ""


def test_all_its_words_are_fit_for_readers():
    rows = comparison(HACKNEYS)
    texts = [
        profile_texts.CLOSING,
        profile_cautions.NOT_A_SCORE.text,
        profile_cautions.NOT_A_SCORE.effect,
        profile_texts.headline_of_area(CATALOGUE, rows, "Hackney"),
        profile_texts.alt_of_area(rows),
    ]
    assert not [offence for text in texts for offence in offences(text)]
