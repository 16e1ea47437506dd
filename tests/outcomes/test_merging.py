"""Two people change one canvas: nobody's words are lost without a word."""

from dataclasses import replace

from outcomes.canvases import WHOLE

from loti_dash.outcomes.canvas import Action, Decision
from loti_dash.outcomes.merging import merged


def test_changes_of_different_things_are_put_together():
    theirs = replace(WHOLE.answered("policy", "Theirs"), area="E09000007")
    mine = replace(WHOLE.answered("trust", "Mine"), title="Mine")

    both = merged(WHOLE, theirs, mine)

    assert both.both == ()
    assert both.canvas.answer("policy") == "Theirs"
    assert both.canvas.answer("trust") == "Mine"
    assert (both.canvas.title, both.canvas.area) == ("Mine", "E09000007")


def test_what_both_changed_is_named_and_not_decided():
    theirs = replace(WHOLE.answered("policy", "Theirs"), title="Theirs")
    mine = replace(WHOLE.answered("policy", "Mine"), title="Mine")

    both = merged(WHOLE, theirs, mine)

    assert both.both == ("Title", "Policy")
    assert (both.canvas.title, both.canvas.answer("policy")) == ("Theirs", "Theirs")


def test_the_same_change_twice_is_one():
    same = WHOLE.answered("policy", "Both")
    assert merged(WHOLE, same, same).both == ()
    assert merged(WHOLE, same, same).canvas == same


def test_a_removed_answer_stays_removed():
    mine = WHOLE.answered("owner", "")
    assert merged(WHOLE, WHOLE.answered("trust", "x"), mine).canvas.answer("owner") == ""


def test_what_both_added_to_a_list_is_there_and_the_log_has_both():
    theirs = replace(WHOLE, decisions=(*WHOLE.decisions, Decision("2026-12-01", "bob", "Theirs")))
    mine = replace(WHOLE, decisions=(*WHOLE.decisions, Decision("2026-12-02", "ann", "Mine")))

    both = merged(WHOLE, theirs, mine)

    assert [each.said for each in both.canvas.decisions[1:]] == ["Theirs", "Mine"]
    assert both.both == ()


def test_a_list_that_one_changed_and_the_other_added_to_is_named():
    theirs = replace(WHOLE, actions=())
    mine = replace(WHOLE, actions=(*WHOLE.actions, Action("More")))

    assert merged(WHOLE, theirs, mine).both == ("Actions",)


def test_who_calls_it_complete_does_not_bring_back_what_another_took_out():
    mine, theirs = replace(WHOLE, complete=True), replace(WHOLE, baseline=None)

    both = merged(WHOLE, theirs, mine)

    assert both.both == ()
    assert (both.canvas.complete, both.canvas.baseline) == (True, None)
