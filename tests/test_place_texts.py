"""A borough beside other places, in words: hand-written titles, notes and tables."""

import pandas as pd
import pytest
from copy_lint import offences
from tables import CATALOGUE, comparison

from loti_dash import alike, beside, place_texts
from loti_dash.beside import Beside
from loti_dash.places import Place
from loti_dash.selection import Selection

HACKNEY = "E09000012"
DUTIES = CATALOGUE.indicators["homelessness_duty_owed"]
PLACES = [
    Place("london", "The rest of London", ("E09000007", "E09000023", "E09000031")),
    Place("part", "The rest of Inner London", ("E09000007", "E09000023")),
    Place("neighbours", "Its five statistical neighbours", ("E09000007", "E09000002")),
]
NAMES = [each.name for each in PLACES]
HIGHER, LOWER, UNCLEAR, NONE = (
    "1.37 | 1.22 | 1.53 | ok",
    "0.70 | 0.60 | 0.80 | ok",
    "1.10 | 0.90 | 1.30 | ok",
    "-    | -    | -    | not_available",
)


def rows(*drawn, robust="true"):
    lines = "\n".join(f"black | {each}" for each in drawn)
    table = comparison(
        f"group_code | ratio | ratio_low | ratio_high | status\n{lines}",
        robust_to_unknown=robust,
        numerator=4814,
        denominator=434642,
        rate=11.08,
        unknown_share=0.076,
    )
    return table.assign(area=NAMES[: len(drawn)])


def seen(rates, ratios=None, places=PLACES, missing=None, contains=False):
    here = comparison(
        """
        group_code | numerator | denominator | rate | rate_low | rate_high | ratio | ratio_low | ratio_high
        black      |       336 |       22192 | 15.1 |     13.6 |      16.8 |  7.92 |      6.42 |       9.77
        """,  # noqa: E501 (a drawn table)
        unknown_share=0.015,
    ).iloc[0]
    there = rates.assign(ratio=5.0, ratio_low=4.8, ratio_high=5.21)
    missing = missing or [{"suppressed": [], "not_available": []}] * len(places)
    near = pd.DataFrame(columns=["in_groups", "in_deprivation", "distance"])
    ratios = rates if ratios is None else ratios
    return Beside(here, there, rates, ratios, list(places), missing, near, contains)


@pytest.mark.parametrize(
    ("drawn", "title"),
    [
        (
            (HIGHER, HIGHER, HIGHER),
            "Black: higher rate in Hackney than in the rest of London, the rest of Inner London "
            "and its five statistical neighbours",
        ),
        (
            (HIGHER, LOWER, UNCLEAR),
            "Black: higher rate in Hackney than in the rest of London; lower rate in Hackney than "
            "in the rest of Inner London; cannot tell whether the rate in Hackney is higher or "
            "lower than in its five statistical neighbours",
        ),
        (
            (LOWER, NONE, LOWER),
            "Black: lower rate in Hackney than in the rest of London and its five statistical "
            "neighbours; no comparison with the rest of Inner London",
        ),
    ],
)
def test_the_title_says_where_the_rate_is_another(drawn, title):
    assert place_texts.title_of_rates(seen(rows(*drawn))) == title
    assert not offences(title)


def test_the_title_of_ratios_says_whom_they_compare():
    of = seen(rows(HIGHER, HIGHER, HIGHER), rows(LOWER, LOWER, UNCLEAR))
    assert place_texts.title_of_ratios(of) == (
        "Black compared with White: lower ratio in Hackney than in the rest of London and the "
        "rest of Inner London; cannot tell whether the ratio in Hackney is higher or lower than "
        "in its five statistical neighbours"
    )


def test_what_the_unknown_could_turn_round_is_not_said_to_be_higher():
    title = place_texts.title_of_rates(seen(rows(HIGHER, robust="false"), places=PLACES[:1]))
    assert title == (
        "Black: cannot tell whether the rate in Hackney is higher or lower than in the rest of "
        "London"
    )


def test_the_table_has_the_place_looked_at_first_and_no_multiple_of_itself():
    table = place_texts.table_of_rates(seen(rows(HIGHER, NONE, UNCLEAR)), DUTIES)
    assert table.index.to_list() == ["Hackney", *NAMES]
    assert table["Times the rate there"].str.replace("\N{NO-BREAK SPACE}", " ").to_list() == [
        "[z]",
        "1.37 (1.22 to 1.53)",
        "[x]",
        "1.10 (0.90 to 1.30)",
    ]
    assert table["How sure"].to_list() == ["[z]", "higher", "[x]", "cannot tell"]
    assert table["Count"].iloc[0] == "336"
    assert table["Ethnicity not known"].to_list() == ["1.5%", "7.6%", "7.6%", "7.6%"]


def test_the_table_of_ratios_has_each_places_own_ratio():
    table = place_texts.table_of_ratios(seen(rows(HIGHER, HIGHER, HIGHER)), DUTIES)
    own = table["Ratio to White"].str.replace("\N{NO-BREAK SPACE}", " ").to_list()
    assert own == ["7.92 (6.42 to 9.77)", *["5.00 (4.80 to 5.21)"] * 3]
    assert table["Times the ratio there"].iloc[0] == "[z]"


def test_notes_say_who_is_in_a_place_and_whose_figures_are_missing():
    missing = [
        {"suppressed": [], "not_available": ["E09000023", "E09000031"]},
        {"suppressed": ["E09000007"], "not_available": ["E09000023"]},
        {"suppressed": [], "not_available": []},
    ]
    less = Place("london", "The rest of London", PLACES[0].areas, less=True)
    notes = place_texts.notes(
        CATALOGUE, DUTIES, seen(rows(*[HIGHER] * 3), None, [less, *PLACES[1:]], missing)
    )
    assert notes == [
        "No place includes Hackney. A place's counts are those of its boroughs added up.",
        "The rest of London is London as published less Hackney, because not all figures of "
        "boroughs are there: there are none for Lewisham and Waltham Forest. London may hold the "
        "publisher's estimate of them.",
        "Figures of the rest of Inner London are missing: there are none for Lewisham, and some "
        "are withheld for Camden.",
        "Its five statistical neighbours are Camden; Barking and Dagenham.",
        "Each comparison stands on its own, without allowing for the others.",
    ]
    assert not offences(" ".join(notes))


def test_what_a_ratio_of_ratios_leaves_out_and_means_is_said():
    assert place_texts.of_two_ratios(seen(rows(HIGHER))) == ""
    assert place_texts.of_two_ratios(seen(rows(HIGHER), contains=True)) == (
        "For this, the group itself is left out of those it is compared with, so that nobody is "
        "counted on both sides."
    )
    of = seen(rows(HIGHER))
    of.there["ratio"] = 0.8
    assert place_texts.of_two_ratios(of) == (
        "Of two ratios below 1, the higher is nearer to the same rate."
    )


def test_the_text_in_the_place_of_a_chart_has_numbers_that_are_in_the_table():
    of = seen(rows(HIGHER, NONE, UNCLEAR))
    text = place_texts.alt(CATALOGUE, DUTIES, of.rates, place_texts.title_of_rates(of))
    assert "the rest of London 1.37 (1.22 to 1.53)" in text.replace("The rest", "the rest")
    assert "1.10 (0.90 to 1.30)" in text
    assert not offences(text)


def test_neighbours_are_explained_by_how_far_they_are_and_in_what(release):
    near = alike.near(release, HACKNEY)
    table = place_texts.table_of_neighbours(
        release.catalogue, HACKNEY, near, alike.residents(release)
    )
    assert table.index[0] == "Hackney"
    assert len(table) == 6
    assert table.loc["Hackney", "How far"] == "[z]"
    assert table.loc["Hackney", ["% Asian", "% Black", "% White"]].to_list() == [
        *("10.4", "21.1", "53.1")
    ]
    # Indices of deprivation 2025, Hackney: average score 31.795.
    assert table.loc["Hackney", "Deprivation score"] == "31.8"
    assert not offences(place_texts.ALIKE)
    assert "Ministry of Housing" in place_texts.alike_sources(release.catalogue)


def test_nothing_that_a_reader_meets_breaks_the_rules_on_words(release):
    for indicator, period, group in (
        ("stop_and_search", "2018-04--2019-02", "mixed"),
        ("social_workers", "2025", "black"),
        ("looked_after_children", "2025-03-31", "asian"),
    ):
        definition = release.catalogue.indicators[indicator]
        for area in ("E09000008", "E09000021", "E09000033"):
            of = beside.of_view(
                release, Selection(indicator, area, period, group, "rest", "5", release.release)
            )
            said = [
                place_texts.title_of_rates(of),
                place_texts.title_of_ratios(of),
                *place_texts.notes(release.catalogue, definition, of),
                place_texts.table_of_rates(of, definition).to_string(),
                place_texts.table_of_ratios(of, definition).to_string(),
            ]
            assert not offences("\n".join(said))
            assert "nan" not in "\n".join(said)
