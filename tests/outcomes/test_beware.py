"""Warnings about words: one person in them, or a group without a name."""

import pytest
from outcomes.canvases import WHOLE

from loti_dash.outcomes import beware


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ask ann@council.example first", "an e-mail address"),
        ("Ring 020 7946 0958", "a telephone number"),
        ("The flat at E8 1EA", "a full postcode"),
        ("NHS number 943 476 5919", "an NHS number"),
        ("born on 3/4/2009", "a date of birth"),
        ("in E01000001", "an area below borough"),
    ],
)
def test_what_is_about_one_person_is_noticed_and_not_repeated(text, said):
    (warning,) = beware.of_text(text)

    assert said in warning
    assert not set(warning.split()) & {"ann@council.example", "0958", "1EA", "5919"}


@pytest.mark.parametrize(
    "text",
    [
        "BAME residents",
        "B.A.M.E. staff",
        "non-White tenants",
        "non white tenants",
        "people of colour",
        "ethnic minorities in Hackney",
        "minority ethnic pupils",
        "the Global Majority",
        "all ethnic groups",
    ],
)
def test_a_word_for_everybody_outside_one_group_is_noticed(text):
    assert ["Name the groups" in each for each in beware.of_text(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Black Caribbean pupils, 2023-24, at 2.31 times the rate (1.90 to 2.81)",
        "Reduce 12,345 to 10,000 by 31 March 2027",
        "White Gypsy or Irish Traveller households",
    ],
)
def test_ordinary_words_are_let_be(text):
    assert beware.of_text(text) == []


def test_every_place_of_a_canvas_is_looked_at():
    canvas = WHOLE.answered("voice", "She is on 020 7946 0958")
    assert [where for where, _ in beware.of_canvas(canvas)] == [
        "Voice: what did affected people say, and how and when were they asked?"
    ]
