"""Cautions: what limits use stands in the open, and the rest is a fold that says what is in it."""

from loti_dash.caveats import Found
from loti_dash.ui.caution_box import before_the_fold, fold_name


def caution(id_, severity, factor="power", effect=""):
    return Found(id_, severity, factor, f"About {id_}.", effect, "")


WORST = [caution(f"worst {n}", 3) for n in range(5)]
OTHERS = [caution(f"other {n}", 2) for n in range(5)]
UNKNOWN = "Ethnicity is not known for 4% of them."


def test_all_that_limits_use_stands_in_the_open_and_so_does_what_is_unknown():
    texts, more = before_the_fold([*WORST, *OTHERS], UNKNOWN)

    assert texts == [*(each.text for each in WORST), UNKNOWN]
    assert more == OTHERS


def test_other_cautions_fill_the_room_there_is():
    texts, more = before_the_fold([*WORST[:1], *OTHERS], UNKNOWN)

    assert texts == [WORST[0].text, UNKNOWN, OTHERS[0].text]
    assert more == OTHERS[1:]


def test_what_the_page_does_about_it_is_said_in_the_open_too():
    texts, _ = before_the_fold([caution("it", 3, effect="So no ratio is shown.")], "")

    assert texts == ["About it. So no ratio is shown."]


def test_a_large_unknown_share_stands_in_the_open_and_is_said_once():
    large = caution("unknown_ethnicity_is_large", 2)
    texts, more = before_the_fold([*WORST, large, *OTHERS], UNKNOWN)

    assert texts[-1] == large.text
    assert UNKNOWN not in texts
    assert large not in more


def test_the_fold_is_named_by_what_is_in_it():
    more = [caution("a", 2, "consent"), caution("b", 1, "inclusivity"), caution("c", 1, "consent")]

    assert fold_name(more) == "Who is missing, how ethnicity was recorded: 3 more"
