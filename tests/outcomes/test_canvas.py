"""What a canvas is made of, and what it needs before it may be called complete."""

from dataclasses import replace

import pytest
from outcomes.canvases import WHOLE

from loti_dash import catalogue, config
from loti_dash.outcomes import cohorts
from loti_dash.outcomes.canvas import copied, from_elsewhere, is_complete, lacking, of_preset
from loti_dash.outcomes.summary import summary

CATALOGUE = catalogue.read(config.CATALOGUE)


@pytest.mark.parametrize("id_", CATALOGUE.outcomes)
def test_a_preset_lacks_only_what_its_owner_has_to_add(id_):
    canvas = of_preset(CATALOGUE.outcomes[id_])

    assert lacking(canvas, CATALOGUE) == [
        "a place",
        "an insight",
        "an owner",
        "a baseline",
        "a review date",
    ]
    assert canvas.answer("policy") == CATALOGUE.outcomes[id_].enablers.policy
    assert canvas.answer("cannot_see").splitlines() == [
        *CATALOGUE.outcomes[id_].insight.cannot_see
    ]


@pytest.mark.parametrize(
    ("without", "words"),
    [
        ({"groups": ()}, "a named ethnic group"),
        ({"groups": ("unknown",)}, "a named ethnic group"),
        ({"groups": ("black", "other")}, "a named ethnic group"),
        ({"groups": ("white_excl_british",)}, "a named ethnic group"),
        ({"area": ""}, "a place"),
        ({"baseline": None}, "a baseline"),
        ({"insights": ()}, "an insight"),
        ({"answers": {**WHOLE.answers, "owner": " "}}, "an owner"),
        ({"answers": {**WHOLE.answers, "review_date": "in spring"}}, "a review date"),
    ],
)
def test_a_canvas_that_lacks_something_is_not_complete_even_if_it_was_called_so(without, words):
    whole = replace(WHOLE, complete=True)
    assert is_complete(whole, CATALOGUE)

    less = replace(whole, **without)

    assert lacking(less, CATALOGUE) == [words]
    assert not is_complete(less, CATALOGUE)


def test_groups_to_choose_from_have_names_and_stand_in_the_usual_order():
    offered = cohorts.offered(CATALOGUE)

    assert offered[:3] == ["asian", "asian_bangladeshi", "asian_chinese"]
    assert "other_arab" in offered
    assert not {"unknown", "other", "other_any"} & set(offered)
    assert cohorts.are_named(offered, CATALOGUE)


def test_a_copy_has_what_was_thought_and_not_what_was_done():
    copy = copied(replace(WHOLE, complete=True))

    assert (copy.answers, copy.groups, copy.insights) == (
        WHOLE.answers,
        WHOLE.groups,
        WHOLE.insights,
    )
    assert (copy.baseline, copy.actions, copy.decisions, copy.complete) == (None, (), (), False)


def test_the_log_of_a_file_is_marked_once_and_nobody_here_called_it_complete():
    once = from_elsewhere(replace(WHOLE, complete=True))

    assert [each.by for each in once.decisions] == ["ann@council.example (from a file)"]
    assert not once.complete
    assert from_elsewhere(once) == once


def test_a_board_reads_what_was_done_first_and_the_target_in_one_line():
    done = replace(WHOLE.actions[0], what="Train staff", status="done")
    canvas = replace(WHOLE, actions=(*WHOLE.actions, done))
    canvas = canvas.answered("target_ratio", "5").answered("target_by", "2028-03-31")

    read = summary(canvas)

    assert [each.what for each in read.last_actions] == ["Train staff", "Visit early"]
    assert read.target == "a ratio of 5 by 2028-03-31"
    assert read.decided == ("2026-11-25: Visits begin in January.",)
    assert summary(canvas.answered("target", "Halve it")).target == (
        "Halve it (a ratio of 5) by 2028-03-31"
    )
