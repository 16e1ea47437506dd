"""What an address asks of the pages of an area and of a group, and what they make of it."""

import pytest
from copy_lint import offences
from tables import CATALOGUE

from loti_dash.analysis import REFERENCES
from loti_dash.profile_choices import (
    ALL_FIVE,
    authorities,
    carried,
    compared,
    five,
    honoured,
    level_of,
    of_five,
    parent,
)
from loti_dash.selection import Selection

LONDON, HACKNEY = "E12000007", "E09000012"
GROUPS = [ALL_FIVE, *five(CATALOGUE)]


def honour(**asked):
    return honoured(Selection(**asked), GROUPS, CATALOGUE)


def test_there_are_five_groups_in_the_standard_order_and_33_authorities_by_name():
    assert five(CATALOGUE) == ["asian", "black", "mixed", "white", "other"]
    codes = authorities(CATALOGUE)
    names = [CATALOGUE.areas[code].name for code in codes]
    assert len(codes) == 33
    assert names == sorted(names)
    assert level_of("asian", CATALOGUE) == level_of(ALL_FIVE, CATALOGUE) == "5"
    assert level_of("asian_indian", CATALOGUE) == "19"


def test_what_there_is_is_honoured_without_a_word():
    for group in (ALL_FIVE, "asian"):
        asked = Selection(area=HACKNEY, group=group, reference="rest")
        assert honoured(asked, GROUPS, CATALOGUE) == (asked, [])


def test_what_was_not_chosen_opens_at_the_usual_without_a_word():
    selection, lines = honour()

    assert (selection.area, selection.group, selection.reference) == (LONDON, "black", "white")
    assert lines == []


def test_what_there_is_not_is_replaced_and_named():
    selection, lines = honour(area="E09000099", group="martian", reference="nobody")

    assert (selection.area, selection.group, selection.reference) == (LONDON, "black", "white")
    assert lines == [
        "There are no figures for “E09000099” here. Shown: London.",
        "The group “martian” is not shown here. Shown: Black.",
        "A comparison with “nobody” is not offered here. Shown: compared with White.",
    ]
    assert not [offence for line in lines for offence in offences(line)]


def test_what_may_be_anybodys_words_is_not_repeated():
    _, lines = honour(area="<b>Hackney is bad</b>")

    assert lines == ["There are no figures for that code here. Shown: London."]


def test_a_detailed_group_becomes_the_one_it_is_a_part_of():
    selection, lines = honour(group="asian_indian")

    assert selection.group == parent("asian_indian", CATALOGUE) == "asian"
    assert lines == ["The group Indian is not shown here. Shown: Asian."]


@pytest.mark.parametrize("asked", ["", "white", "white_british"])
def test_white_is_compared_with_all_others_and_that_is_said(asked):
    selection, lines = honour(group="white", reference=asked)

    assert (selection.group, selection.reference) == ("white", "rest")
    assert len(lines) == 1
    assert "all other ethnic groups combined" in lines[0]


def test_only_a_group_that_does_not_contain_the_reference_is_compared():
    assert compared("white_irish", "white", CATALOGUE)
    assert not compared("white", "white_british", CATALOGUE)
    for reference in REFERENCES:
        codes = of_five(ALL_FIVE, reference, CATALOGUE)
        assert ("white" in codes) == (reference in ("rest", "all"))
        assert of_five("asian", reference, CATALOGUE) == ["asian"]


def test_from_another_page_comes_only_what_means_something_here():
    last = Selection(
        indicator="suspensions", area="E23000001", group="white_irish", reference="rest"
    )

    assert carried(last, GROUPS, CATALOGUE) == Selection(reference="rest")
    kept = Selection(area=HACKNEY, group="mixed")
    assert carried(kept, GROUPS, CATALOGUE) == kept
