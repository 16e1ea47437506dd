"""A report of a problem: from the fold below a figure to the page Review and to Corrections."""

import pytest
from streamlit.testing.v1 import AppTest

from loti_dash import config, releases, reports
from loti_dash.access import Viewer
from loti_dash.errors import StateError
from loti_dash.ui import report, report_queue, review
from loti_dash.views import View

ROUTER = config.ROOT / "loti_dash" / "ui" / "router.py"
HACKNEY = "E09000012"
ANN = Viewer("ann@council.example", frozenset({"viewer"}), ())
BOB = Viewer("bob@council.example", frozenset({"approver"}), (HACKNEY,))
WORDS = "The count *doubled*.\nSee <b>table</b> A8."
FOLD = "take-E09000012_black_white_figure"


@pytest.fixture(autouse=True)
def own_home(home, tmp_path, monkeypatch):
    (tmp_path / "releases").symlink_to(home / "releases")
    monkeypatch.setenv("LOTI_HOME", str(tmp_path))
    for name in ("LOTI_MODE", "LOTI_DATABASE_URL", "LOTI_RELEASES"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def as_(monkeypatch):
    """Return a function that opens a page as somebody, in a visit of their own."""

    def open_(who, page, **params):
        for module in (report, report_queue, review):
            monkeypatch.setattr(module, "viewer", lambda: who)
        app = AppTest.from_file(str(ROUTER), default_timeout=60)
        app.switch_page(str(config.ROOT / "pages" / f"{page}.py"))
        app.query_params.update(params)
        app.session_state[FOLD] = True
        return run(app)

    return open_


def run(app):
    app.run()
    assert not app.exception
    return app


def press(app, name):
    next(each for each in app.button if each.label == name).click()
    return run(app)


def box(app):
    [found] = [each for each in app.text_area if each.label.startswith("What is wrong")]
    return found


def words(app):
    kinds = ("header", "subheader", "markdown", "text", "info", "error", "success", "caption")
    return "\n".join(str(each.value) for kind in kinds for each in getattr(app, kind))


def test_a_report_goes_from_the_figure_to_the_queue_and_its_answer_to_corrections(as_):
    app = as_(ANN, "borough", area=HACKNEY)
    assert "Do not write about single people" in words(app)
    box(app).set_value(WORDS)
    press(app, "Report this problem")
    assert "Your receipt is number 1." in words(app)
    assert "waits for an answer" in words(app)
    assert box(app).value == ""

    queue = as_(BOB, "review")
    said = words(queue)
    assert "1 report of a problem with a figure" in said
    # As it is, and not as Markdown or HTML.
    assert WORDS in [each.value for each in queue.text]
    release = releases.current_name(config.releases())
    link = f"(borough?area={HACKNEY}&group=black&reference=white&release={release})"
    assert f"[Open the figure as it was]{link}, in release {release}." in said
    assert "Sent on" in said
    assert ANN.name in said
    assert "You sent this report yourself." not in said
    queue.text_area(key="answer_1").set_value("It is as [published](http://x) in *A8*.")
    press(queue, "Publish this answer")
    assert "Report 1 is answered" in words(queue)
    assert "No report is waiting" in words(queue)

    data = as_(Viewer(), "data")
    [line] = [each.value for each in data.markdown if "in *A8*" in each.value.replace("\\", "")]
    assert line.startswith(f"- [Borough, Hackney, Black]{link}, in release {release}, answered on")
    assert "It is as \\[published\\](http\\:\u2060//x) in \\*A8\\*." in line
    assert "doubled" not in words(data)
    assert ANN.name not in words(data)
    assert "was answered on" in words(as_(ANN, "borough", area=HACKNEY))


def test_what_is_typed_is_not_lost_by_a_failure_or_by_closing_the_fold(as_, monkeypatch):
    def locked(*_):
        raise StateError("Somebody else is writing; try again in a minute.")

    app = as_(ANN, "borough", area=HACKNEY)
    box(app).set_value(WORDS)
    with monkeypatch.context() as broken:
        broken.setattr(reports, "report", locked)
        press(app, "Report this problem")
    assert "try again in a minute" in words(app)
    assert box(app).value == WORDS

    app.session_state[FOLD] = False
    run(app)
    assert not [each for each in app.text_area if each.label.startswith("What is wrong")]
    app.session_state[FOLD] = True
    run(app)
    assert box(app).value == WORDS

    press(app, "Report this problem")
    assert "Your receipt is number 1." in words(app)
    assert "try again in a minute" not in words(app)


def test_personal_data_is_refused_and_the_words_stay_to_be_changed(as_):
    app = as_(ANN, "borough", area=HACKNEY)
    box(app).set_value("Ask ann@council.example.")
    press(app, "Report this problem")

    assert "e-mail address" in words(app)
    assert box(app).value == "Ask ann@council.example."
    assert reports.waiting(BOB) == []


@pytest.mark.parametrize("who", [Viewer(), Viewer("eve@else.example")])
def test_who_may_not_report_has_lines_to_copy_that_name_the_exact_view(as_, who):
    app = as_(who, "borough", area=HACKNEY)

    assert not [each for each in app.text_area if each.label.startswith("What is wrong")]
    [code] = [each.value for each in app.code]
    release = releases.current_name(config.releases())
    assert "Figure: Borough, Hackney, Black\n" in code
    assert f"Release: {release}\n" in code
    assert f"borough?area={HACKNEY}&group=black&reference=white&release={release}" in code
    assert ("To report a problem here, sign in first" in words(app)) == (not who.name)


def test_a_decision_that_fails_keeps_its_words_and_says_why(as_):
    reports.report(BOB, _view(), WORDS)
    queue = as_(BOB, "review")
    assert "You sent this report yourself." in words(queue)
    queue.text_area(key="closing_1").set_value("It is of another release.")
    reports.answer(BOB, 1, "Somebody was quicker.")
    press(queue, "Close without publishing")
    assert "No report is waiting" in words(queue)
    assert "Report 1 was answered by bob@council.example on" in words(queue)

    reports.report(BOB, _view(), f"{WORDS} Once more.")
    queue = as_(BOB, "review")
    queue.text_area(key="answer_2").set_value("Ask ann@council.example.")
    press(queue, "Publish this answer")
    assert "The decision was not carried out." in words(queue)
    assert queue.text_area(key="answer_2").value == "Ask ann@council.example."
    queue.text_area(key="closing_2").set_value("It is of another release.")
    press(queue, "Close without publishing")
    assert "Report 2 is closed. Nothing of it is public." in words(queue)


def test_an_approver_of_another_borough_sees_a_report_and_cannot_decide_on_it(as_):
    reports.report(ANN, _view(), WORDS)
    other = Viewer("cay@council.example", frozenset({"approver"}), ("E09000007",))

    queue = as_(other, "review")

    assert "An approver of this borough decides on it." in words(queue)
    assert not [each for each in queue.button if each.label == "Publish this answer"]


def test_who_does_not_approve_sees_no_report(as_):
    reports.report(ANN, _view(), WORDS)
    analyst = Viewer("dan@council.example", frozenset({"analyst"}), (HACKNEY,))

    for who in (analyst, ANN, Viewer()):
        said = words(as_(who, "review"))
        assert "doubled" not in said
        assert "a problem with a figure" not in said


def test_figures_that_are_not_published_cannot_be_reported(monkeypatch):
    drawn = []
    monkeypatch.setattr(report.st, "write", drawn.append)
    store = releases.open_()
    monkeypatch.setattr(store, "private", True)

    report.draw(store, _view())

    assert drawn == []


def _view():
    release = releases.current_name(config.releases())
    return View.at("borough", {"area": HACKNEY, "release": release})
