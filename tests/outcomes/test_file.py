"""A canvas out to a file and in again; and what is said of a file that is none."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some
from outcomes.canvases import WHOLE

from loti_dash import catalogue, config
from loti_dash.errors import LotiError
from loti_dash.outcomes.canvas import Canvas
from loti_dash.outcomes.file import from_file, from_json, to_json, to_look_at
from loti_dash.outcomes.questions import keys

CATALOGUE = catalogue.read(config.CATALOGUE)
texts = some.text(some.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@given(some.dictionaries(some.sampled_from(keys()), texts), texts)
def test_what_is_written_is_read_again(answers, title):
    canvas = Canvas(title, answers)
    assert from_json(to_json(canvas)) == canvas


def test_a_whole_canvas_is_read_again_from_its_file():
    assert from_file(to_json(WHOLE).encode("utf-8-sig")) == WHOLE
    assert to_look_at(WHOLE, CATALOGUE) == [
        "The baseline came with the file. Compare it with the page it is from."
    ]


def changed(**to):
    return json.dumps(json.loads(to_json(WHOLE)) | to)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no", "it is no JSON, line 1"),
        ("[" * 100_000, "it is no JSON"),
        ("[]", "its format is None"),
        (changed(format="a survey"), "its format is 'a survey'"),
        (changed(colour="red"), "'colour' is not known"),
        (changed(title=3), "title is 3; it must be text"),
        (changed(title="x" * 5_000), "title has 5,000 letters; the most is 4,000"),
        (changed(answers=[]), "answers is []"),
        (changed(answers={"why": "because"}), "answers: 'why' is no question"),
        (changed(answers={"owner": None}), "answers, owner is None"),
        (changed(groups="black"), "groups must be a list of 100 at most"),
        (changed(actions=[{"what": "Visit"}]), "actions, number 1: it must have what, owner"),
        (
            changed(actions=[{"what": "", "owner": "", "due": "soon", "status": "to do"}]),
            "actions, number 1: due is 'soon'; it must be a date",
        ),
        (
            changed(actions=[{"what": "", "owner": "", "due": "", "status": "red"}]),
            "actions, number 1: status is 'red'; it may be to do, under way, done, stopped",
        ),
        (
            changed(decisions=[{"on": "once", "by": "", "said": ""}]),
            "decisions, number 1: on is 'once'",
        ),
        (changed(insights=["housing"]), "insights, number 1: This is no view of a page"),
        (
            changed(insights=[{"page": "<b>", "params": {"release": "r"}, "figure": ""}]),
            "insights, number 1: This is no view of a page",
        ),
        (changed(baseline={"ratio": 2}), "baseline is not as this page writes it"),
        (changed(title="\ud800x"), "title has half a sign in it"),
        (changed(answers={"owner": "\udcff"}), "answers, owner has half a sign in it"),
        (changed(groups=[{"a": 1}]), "groups, number 1: it is {'a': 1}; it must be a code"),
        (changed(groups=["<b>"]), "groups, number 1: it is '<b>'; it must be a code"),
        (
            changed(actions=[{"what": "", "owner": "", "due": "20270101", "status": "to do"}]),
            "actions, number 1: due is '20270101'",
        ),
        (changed(baseline=[]), "baseline is not as this page writes it"),
    ],
)
def test_a_file_that_is_none_is_refused_with_where_what_and_what_to_do(text, said):
    with pytest.raises(LotiError) as refused:
        from_file(text.encode())

    assert said in str(refused.value)
    assert "export the canvas anew" in str(refused.value)


@pytest.mark.parametrize(
    "numbers",
    [
        {"ratio": 10**400},
        {"ratio": 1e300},
        {"ratio": -3, "low": None},
        {"ratio": 0, "low": None},
        {"ratio": None},
        {"ratio": "2"},
        {"low": True},
        {"high": False},
        {"rate": -1},
        {"low": 9.0, "high": 0.1},
        {"ratio": 0.001},
        {"ratio": 99.0},
        {"definition": "x" * 900_000},
        {"definition": "\ud800"},
        {"definition": 3},
        {"taken": "2026-W01-1"},
        {"taken": None},
    ],
    ids=str,
)
def test_numbers_that_are_of_no_figure_are_no_baseline(numbers):
    was = json.loads(to_json(WHOLE))["baseline"]
    assert was["low"] < was["ratio"] < was["high"]

    with pytest.raises(LotiError, match="baseline is not as this page writes it"):
        from_file(changed(baseline=was | numbers).encode())


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "9" * 5_000])
def test_what_json_does_not_call_a_number_is_none(number):
    text = changed(baseline=json.loads(to_json(WHOLE))["baseline"] | {"low": "here"})

    with pytest.raises(LotiError, match="it is no JSON"):
        from_file(text.replace('"here"', number).encode())


def test_a_number_beyond_all_numbers_is_refused():
    text = changed(baseline=json.loads(to_json(WHOLE))["baseline"] | {"high": "here"})

    with pytest.raises(LotiError, match="baseline is not as this page writes it"):
        from_file(text.replace('"here"', "1e999").encode())


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(LotiError, match=r"'why' is no question; area is 1") as refused:
        from_json(changed(area=1, answers={"why": ""}))
    assert "groups" not in str(refused.value)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"x" * 1_000_001])
def test_what_is_no_text_or_too_long_is_refused(content):
    with pytest.raises(LotiError, match="cannot be taken as a canvas"):
        from_file(content)


def test_codes_that_are_not_known_here_are_said_and_kept():
    canvas = from_json(changed(groups=["black", "klingon"], area="E99"))

    assert canvas.groups == ("black", "klingon")
    assert to_look_at(canvas, CATALOGUE)[:2] == [
        "The group 'klingon' is no named group here: choose one.",
        "The place 'E99' is not known here: choose one.",
    ]
