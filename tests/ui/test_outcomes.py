"""The page of outcomes: presets become canvases with a pinned figure, and no word is lost."""

import json
from datetime import date

import pytest
from outcomes.test_questions import DECK
from streamlit.testing.v1 import AppTest

from loti_dash import config
from loti_dash.access import Viewer
from loti_dash.errors import StateError
from loti_dash.outcomes import keeping
from loti_dash.outcomes.canvas import Canvas
from loti_dash.outcomes.questions import QUESTIONS
from loti_dash.ui import canvas_open
from loti_dash.views import figure_of

ROUTER = config.ROOT / "loti_dash" / "ui" / "router.py"
HACKNEY = "E09000012"
ANN, BOB = (Viewer(f"{name}@council.example", frozenset({"viewer"})) for name in ("ann", "bob"))
# A figure to pin for each preset. Of care homes there is none; the nearest stands in.
FIGURES = {
    "youth_justice_networks": ("justice", "child_remand"),
    "lcrb_criminal_justice": ("justice", "search_to_arrest"),
    "care_homes_prevention": ("care", "mental_health_detentions"),
    "mental_health_support": ("care", "talking_therapies_finished"),
    "employment_after_covid": ("employment", "neet_16_17"),
}


@pytest.fixture(autouse=True)
def own_home(home, tmp_path, monkeypatch):
    (tmp_path / "releases").symlink_to(home / "releases")
    monkeypatch.setenv("LOTI_HOME", str(tmp_path))
    for name in ("LOTI_MODE", "LOTI_DATABASE_URL", "LOTI_RELEASES"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def as_(monkeypatch):
    """Return a function that opens a page at an address as somebody, in a visit or a new one."""

    def open_(who, page="outcomes", app=None, **address):
        monkeypatch.setattr(canvas_open, "viewer", lambda: who)
        app = app or AppTest.from_file(str(ROUTER), default_timeout=60)
        app.switch_page(str(config.ROOT / "pages" / f"{page}.py"))
        app.query_params.clear()
        app.query_params.update(address)
        return fine(app.run())

    return open_


def fine(app):
    assert not app.exception
    return app


def press(app, name):
    next(each for each in app.button if each.label == name).click().run()
    return fine(app)


def labels(app):
    return [each.label for each in app.button]


def field(app, label):
    kinds = (app.text_area, app.text_input, app.date_input, app.selectbox, app.multiselect)
    return next(each for kind in kinds for each in kind if each.label == label)


def write(app, label, said):
    field(app, label).set_value(said).run()
    return fine(app)


def words(app):
    kinds = ("header", "subheader", "markdown", "text", "info", "error", "warning", "caption")
    return "\n".join(str(each.value) for kind in kinds for each in getattr(app, kind))


def at(app, step):
    app.query_params["step"] = step
    return fine(app.run())


def newest(app, who=ANN):
    return keeping.of(who, app.query_params["canvas"]).canvas


def begun(as_, who=ANN, preset=6):
    return press(as_(who), f"Begin with outcome {preset}")


def pin(app, name):
    """Open the fold of the main figure of a page, and press a button in it."""
    of = (app.query_params[part] for part in ("indicator", "area", "period"))
    app.session_state[f"take-{'_'.join(of)}_groups"] = True
    return press(fine(app.run()), name)


@pytest.mark.parametrize("id_", FIGURES)
def test_a_canvas_of_each_preset_goes_from_the_outcome_to_a_pinned_figure(as_, release, id_):
    outcome = release.catalogue.outcomes[id_]
    app = begun(as_, preset=outcome.position)
    key = app.query_params["canvas"]
    write(app, "What's our desired outcome? What would we like to be different in the world?", "A")
    write(app, "Where?", HACKNEY)
    for step in ("Action", "Insight"):
        press(app, f"Next: {step}")
        assert app.query_params["step"] == step.lower()
    page, indicator = FIGURES[id_]

    as_(ANN, page, app, indicator=indicator)
    pin(app, "Add this figure to it")

    as_(ANN, "outcomes", app, canvas=key, step="insight")
    canvas = newest(app)
    assert (canvas.answer("desired"), canvas.area) == ("A", HACKNEY)
    (view,) = canvas.insights
    assert (view.page, dict(view.params)["indicator"]) == (page, indicator)
    assert "This figure cannot be shown now" not in words(app)
    assert "Remove figure 1" in labels(app)
    press(app, "Remove figure 1")
    assert newest(app).insights == ()


def test_the_questions_of_the_deck_are_on_screen_word_for_word_and_ours_are_marked(as_):
    app = begun(as_)
    for step, asked in DECK.items():
        at(app, step.lower())

        boxes = [each.label for kind in (app.text_area, app.text_input) for each in kind]
        own = [each.words for each in QUESTIONS if each.step == step and each.ours]
        said = words(app)
        assert all(each in boxes or f"**{each}**" in said for each in asked)
        assert ("Added by this project" in [each.value for each in app.subheader]) == (
            bool(own) or step == "Outcome"
        )
        assert set(own) <= set(boxes)
        assert "Data is an enabler. Start with outcomes." in said


def test_the_page_says_why_groups_are_named_and_offers_no_catch_all(as_):
    app = begun(as_)

    assert "The method asks for a specific person or cohort." in words(app)
    offered = field(app, "Which ethnic groups, by name?").options
    assert "Bangladeshi" in offered
    assert not {"Other", "Unknown", "Any other ethnic group"} & set(offered)


def test_each_change_is_saved_and_a_visit_later_it_is_there(as_):
    app = begun(as_)
    write(
        app,
        "What specific person (or cohort) is better off in what specific ways because we acted?",
        "Black families stay",
    )
    write(app, "Which ethnic groups, by name?", ["black_african"])
    press(app, "Next: Action")
    press(app, "Add an action")
    write(app, "Action 1: what is done", "A mistake")
    press(app, "Add an action")
    write(app, "Action 2: what is done", "Visit early")
    press(app, "Remove action 1")
    assert field(app, "Action 1: what is done").value == "Visit early"
    write(app, "Action 1: by when", date(2027, 1, 31))
    write(app, "Action 1: how far", "under way")
    at(app, "added")
    write(app, "When is it looked at again?", date(2027, 4, 30))
    write(app, "What was decided?", "We begin.")
    press(app, "Add to the log, for good")

    again = as_(ANN, canvas=app.query_params["canvas"], step="whole")

    canvas = newest(again)
    assert canvas.answer("better_off") == "Black families stay"
    assert canvas.groups == ("black_african",)
    (action,) = canvas.actions
    assert (action.what, action.due, action.status) == ("Visit early", "2027-01-31", "under way")
    (decision,) = canvas.decisions
    assert (decision.by, decision.said) == (ANN.name, "We begin.")
    said = words(again)
    for part in ("Black families stay", "30 April 2027", "We begin."):
        assert part in said


def test_a_baseline_is_one_click_on_the_canvas_and_what_became_of_it_stands_beside(as_):
    app = begun(as_)
    write(app, "Where?", HACKNEY)
    at(app, "added")
    assert "Black African is not shown on its own here" in words(app)
    press(app, "Take the figure for Black as the baseline")

    baseline = newest(app).baseline
    assert (baseline.view.indicator, baseline.view.area) == ("homelessness_duty_owed", HACKNEY)
    assert "there is no newer period than" in words(app)
    press(app, "Remove the baseline")
    assert newest(app).baseline is None


def test_a_baseline_is_one_click_in_the_fold_of_a_figure_too(as_):
    app = begun(as_)
    key = app.query_params["canvas"]
    figure = {"indicator": "homelessness_duty_owed", "area": HACKNEY, "period": "2023-Q3"}
    as_(ANN, "housing", app, **figure)
    pin(app, "Take it as the baseline")

    as_(ANN, "outcomes", app, canvas=key, step="added")

    assert newest(app).baseline.view.period == "2023-Q3"
    assert "Between July to September 2023 and July to September 2025 the ratio" in words(app)


def test_no_figure_stands_on_a_canvas_without_what_to_know_before_using_it(as_, release):
    app = begun(as_)
    key = app.query_params["canvas"]
    figure = {"indicator": "homelessness_duty_owed", "area": HACKNEY, "period": "2023-Q3"}
    as_(ANN, "housing", app, **figure)
    pin(app, "Add this figure to it")
    (view,) = keeping.of(ANN, key).canvas.insights
    found = figure_of(release, view).cautions
    worst = [f"- {each.text} {each.effect}".rstrip() for each in found if each.severity == 3]
    assert worst

    as_(ANN, "outcomes", app, canvas=key, step="insight")
    assert all(each in words(app) for each in worst)
    assert "more things to know: beside the figure on its page." in words(app)
    as_(ANN, "housing", app, **figure)
    pin(app, "Take it as the baseline")
    for step, times in (("added", 1), ("whole", 2)):
        as_(ANN, "outcomes", app, canvas=key, step=step)
        assert all(words(app).count(each) >= times for each in worst)


def test_it_is_called_complete_only_when_it_lacks_nothing(as_):
    app = begun(as_)
    key = app.query_params["canvas"]
    at(app, "whole")
    assert "Call it complete" not in labels(app)
    at(app, "outcome")
    write(app, "Where?", HACKNEY)
    at(app, "added")
    write(app, "Who owns this outcome?", "Housing")
    write(app, "When is it looked at again?", date(2027, 4, 30))
    press(app, "Take the figure for Black as the baseline")
    as_(ANN, "housing", app, indicator="homelessness_duty_owed", area=HACKNEY)
    pin(app, "Add this figure to it")
    as_(ANN, "outcomes", app, canvas=key, step="whole")
    press(app, "Call it complete")
    assert newest(app).complete
    press(app, "Open it again")
    assert not newest(app).complete


def test_versions_are_listed_opened_and_restored(as_):
    app = begun(as_)
    title = newest(app).title
    write(app, "Title of this outcome", "Another title")
    at(app, "whole")

    field(app, "Every save is a version, the newest first").set_value(1).run()
    assert title in words(fine(app))
    press(app, "Restore version 1")

    assert newest(app).title == title
    assert field(app, "Title of this outcome").value == title


def test_delete_needs_a_tick_and_then_takes_the_outcome_off_the_list(as_):
    app = begun(as_)
    key = app.query_params["canvas"]
    assert "Delete this outcome" not in labels(at(as_(BOB, canvas=key), "whole"))

    app = at(as_(ANN, canvas=key), "whole")
    (button,) = (each for each in app.button if each.label == "Delete this outcome")
    assert button.disabled
    (tick,) = (each for each in app.checkbox if each.label.startswith("Yes, delete"))
    tick.check().run()
    press(app, "Delete this outcome")

    assert "canvas" not in app.query_params
    assert keeping.listing(ANN) == []


def test_two_people_at_once_lose_nothing_and_are_asked_where_they_wrote_the_same(as_):
    app = begun(as_)
    key = app.query_params["canvas"]
    question = "What's our desired outcome? What would we like to be different in the world?"
    kept = keeping.of(BOB, key)
    keeping.save(BOB, kept, kept.canvas.answered("policy", "Bob's rule"))
    write(app, question, "Ann's words")
    assert "Both changes are in it" in words(app)

    kept = keeping.of(BOB, key)
    keeping.save(BOB, kept, kept.canvas.answered("desired", "Bob's words"))
    write(app, question, "Ann's later words")

    said = words(app)
    assert "Not saved: somebody else was first." in said
    assert "Bob's words" in said
    assert field(app, question).value == "Ann's later words"
    assert newest(app).answer("desired") == "Bob's words"

    press(app, "Keep both: mine as an outcome of its own")
    assert app.query_params["canvas"] != key
    assert newest(app).answer("desired") == "Ann's later words"
    assert keeping.of(BOB, key).canvas.answer("desired") == "Bob's words"


def test_mine_can_go_on_top_or_be_let_go(as_):
    question = "What's our desired outcome? What would we like to be different in the world?"
    for way, left in (
        ("Keep mine on top: theirs stays a version", "Ann's"),
        ("Keep theirs", "Bob's"),
    ):
        app = begun(as_)
        kept = keeping.of(BOB, app.query_params["canvas"])
        keeping.save(BOB, kept, kept.canvas.answered("desired", "Bob's"))
        write(app, question, "Ann's")
        press(app, way)
        assert newest(app).answer("desired") == left
        assert field(app, question).value == left


def test_what_cannot_be_saved_stays_on_screen_and_is_saved_again(as_, monkeypatch):
    app = begun(as_)
    question = "What's our desired outcome? What would we like to be different in the world?"

    def full(*_):
        raise StateError("Make room on the disk.")

    with monkeypatch.context() as broken:
        broken.setattr(keeping, "save", full)
        write(app, question, "Not lost")
        assert "Make room on the disk." in words(app)
        assert field(app, question).value == "Not lost"
    press(app, "Save again")
    assert newest(app).answer("desired") == "Not lost"


def test_a_visitor_has_canvases_in_the_visit_alone_and_is_told_so(as_):
    app = begun(as_, Viewer())
    write(app, "Title of this outcome", "In a visit")

    assert "lives in this visit, and is lost when the tab is closed" in words(app)
    key = app.query_params["canvas"]
    as_(Viewer(), "housing", app, indicator="homelessness_duty_owed")
    pin(app, "Add this figure to it")
    as_(Viewer(), "outcomes", app)
    assert "Open: In a visit" in labels(app)
    as_(Viewer(), "outcomes", app, canvas=key, step="insight")
    assert "Remove figure 1" in labels(app)

    other = as_(Viewer(), canvas=key)
    assert "the visit is over" in words(other)
    assert keeping.listing(ANN) == []


def test_a_visitor_opens_nobodys_kept_canvas(as_):
    (kept,) = keeping.begin(ANN, Canvas("Not for everybody"))

    app = as_(Viewer(), canvas=kept.id)

    assert "Not for everybody" not in words(app)
    assert "sign in first" in words(app)
    assert "Open: Not for everybody" not in labels(as_(Viewer()))
    assert "Open: Not for everybody" in labels(as_(BOB))


def test_words_of_people_are_shown_as_they_are_and_warned_of(as_):
    (kept,) = keeping.begin(ANN, Canvas("# <b>T</b> [x](http://evil.example) :red[y]"))
    app = as_(ANN, canvas=kept.id, step="action")

    write(app, "What's the intervention?", "Ring 020 7946 0958 for BAME tenants")

    assert "It looks as if a telephone number is in it." in words(app)
    assert "Name the groups" in words(app)
    listed = next(name for name in labels(as_(ANN)) if name.startswith("Open: "))
    assert "\\<b\\>" in listed
    assert "\\[x\\]" in listed


def give(app, content, number):
    app.file_uploader[number].set_value(("file", content, "text/plain")).run()
    return fine(app)


def test_an_exported_file_comes_in_again_and_a_wrong_one_is_refused(as_):
    app = at(begun(as_), "whole")
    kept = newest(app)
    from loti_dash.outcomes.file import to_json

    assert "Export this outcome (JSON)" in [each.label for each in app.get("download_button")]
    text = to_json(kept)
    app = as_(BOB)
    give(app, text.encode(), 0)
    assert newest(app) == kept

    app = give(as_(BOB), json.dumps({"format": "x"}).encode(), 0)
    assert "its format is 'x'" in words(app)


def test_a_sheet_is_shown_before_its_drafts_are_made_at_a_click(as_):
    content = b"borough,theme,action,cohort,owner\nHackney,Housing,Visits,Black,[x](//e.example)\n"
    content += b",Jobs,Fairs,Everybody,\n"
    app = give(as_(ANN), content, 1)

    (table,) = [each.proto.body for each in app.get("html") if "drafts" in each.proto.body]
    assert "Housing: Visits, Hackney" in table
    assert "The cohort names no ethnic group: choose one in the draft." in table
    assert "e.example" in table
    assert "<a href" not in table
    assert keeping.listing(ANN) == []

    press(app, "Make 2 drafts")
    assert {each.canvas.title for each in keeping.listing(ANN)} == {
        "Housing: Visits, Hackney",
        "Jobs: Fairs",
    }
    assert "Make 2 drafts" not in labels(app)
