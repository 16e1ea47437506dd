"""The pages Upload and Review: no answer is lost, and nobody publishes their own figures."""

import shutil
import time
from types import SimpleNamespace

import pytest
import submitting
from streamlit.testing.v1 import AppTest

from loti_dash import access, config, submissions
from loti_dash.access import Viewer
from loti_dash.definitions import FACTORS
from loti_dash.errors import AccessDenied, StateError
from loti_dash.submissions import Standing
from loti_dash.ui import review, upload
from loti_dash.ui import viewer as viewers
from loti_dash.upload import statement, template

ROUTER = config.ROOT / "loti_dash" / "ui" / "router.py"
HACKNEY, CAMDEN = "E09000012", "E09000007"
ANALYST = Viewer("analyst@hackney.example", frozenset({"analyst", "approver"}), (HACKNEY,))
APPROVER = Viewer("approver@hackney.example", frozenset({"approver"}), (HACKNEY,))
OF_CAMDEN = Viewer("analyst@camden.example", frozenset({"analyst"}), (CAMDEN,))


@pytest.fixture(autouse=True)
def own_home(home, tmp_path, monkeypatch):
    (tmp_path / "releases").symlink_to(home / "releases")
    monkeypatch.setenv("LOTI_HOME", str(tmp_path))
    for name in ("LOTI_MODE", "LOTI_DATABASE_URL", "LOTI_RELEASES"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def as_(monkeypatch):
    """Return a function that opens a page as somebody, or draws it anew."""

    def open_(who, page, app=None):
        for module in (upload, review):
            monkeypatch.setattr(module, "viewer", lambda: who)
        app = app or AppTest.from_file(str(ROUTER), default_timeout=60)
        app.switch_page(str(config.ROOT / "pages" / f"{page}.py")).run()
        assert not app.exception
        return app

    return open_


def press(app, name):
    next(each for each in app.button if each.label == name).click().run()
    assert not app.exception
    return app


def words(app):
    kinds = ("header", "markdown", "text", "info", "error", "warning", "success", "caption")
    return " ".join(str(each.value) for kind in kinds for each in getattr(app, kind))


def given(app, content):
    app.file_uploader[0].set_value(("cautions.csv", content, "text/csv")).run()
    assert not app.exception
    return app


def described(app):
    of = "described_young_people_cautioned"
    for key, text in {
        "described_owner": "Hackney Council",
        f"{of}_title": "Young people cautioned",
        f"{of}_counted": "young people cautioned",
        f"{of}_denominator_label": "young people known to the service",
    }.items():
        app.text_input(key=key).set_value(text)
    return press(app, "Draw the charts")


def answered(app):
    for question in statement.QUESTIONS:
        if question.key != "owner":
            app.text_area(key=f"statement_{question.key}").set_value(f"About {question.key}.")
    for factor in FACTORS:
        app.text_area(key=f"statement_{factor}").set_value(f"Little {factor} here.")
        app.radio(key=f"statement_{factor}_severity").set_value("2")
    app.date_input(key="statement_next_update").set_value("2027-04-30").run()
    assert not app.exception
    return app


@pytest.fixture
def sent(as_):
    """Return a visit of the analyst that sent figures in, and their id."""
    app = answered(described(given(as_(ANALYST, "upload"), template.filled())))
    press(app, "Send to be published")
    (waiting,) = submissions.waiting(ANALYST)
    return app, waiting.id


def test_where_nobody_can_sign_in_the_pages_say_so_and_are_in_order():
    for page in ("upload", "review"):
        app = AppTest.from_file(str(ROUTER), default_timeout=60)
        app.switch_page(str(config.ROOT / "pages" / f"{page}.py")).run()

        assert not app.exception
        assert not app.error
        assert "Nobody can sign in on this server" in words(app)
        assert not app.file_uploader
        assert not app.button


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({}, ""),
        ({"is_logged_in": False}, ""),
        ({"is_logged_in": True, "email": "ANN@council.example", "age": 60}, "ann@council.example"),
        (
            {"is_logged_in": True, "email": "ann@council.example", "age": 60 * 60 * 11},
            "ann@council.example",
        ),
        ({"is_logged_in": True, "email": "ann@council.example", "age": 60 * 60 * 13}, ""),
        ({"is_logged_in": True, "email": "ann@council.example"}, ""),
        ({"is_logged_in": True, "age": 60}, ""),
        (
            {
                "is_logged_in": True,
                "email": "ann@council.example",
                "email_verified": False,
                "age": 60,
            },
            "",
        ),
    ],
    ids=[
        "nobody",
        "signed out",
        "just now",
        "this morning",
        "yesterday, in a tab left open",
        "nobody knows when",
        "without an address",
        "with an address that is not confirmed",
    ],
)
def test_whoever_did_not_sign_in_within_a_days_work_is_a_visitor(monkeypatch, user, name):
    signed_in = {key: value for key, value in user.items() if key != "age"}
    if "age" in user:
        signed_in["iat"] = int(time.time()) - user["age"]
    shown = SimpleNamespace(user=SimpleNamespace(to_dict=lambda: signed_in))
    monkeypatch.setattr(viewers, "st", shown)
    monkeypatch.setattr(viewers, "can_sign_in", lambda: True)

    assert viewers.viewer() == Viewer(name)


def test_every_question_of_the_statement_is_asked_but_for_the_owner_who_was_said_before(as_):
    app = described(given(as_(ANALYST, "upload"), template.filled()))

    asked = {
        each.key.removeprefix("statement_")
        for each in [*app.text_area, *app.radio, *app.date_input]
        if each.key and each.key.startswith("statement_")
    }
    assert asked == set(statement.fields()) - {"owner"}


def test_what_is_lacking_is_said_at_send_and_nothing_is_lost(as_):
    app = described(given(as_(ANALYST, "upload"), template.filled()))
    app.text_area(key="statement_purpose").set_value("Fostering good relations").run()

    press(app, "Send to be published")

    assert "the statement lacks an answer" in app.error[0].value
    assert "What are they divided by?" in words(app)
    assert "What are they for?" not in words(app)
    assert app.text_area(key="statement_purpose").value == "Fostering good relations"
    assert submissions.waiting(ANALYST) == []


def test_answers_survive_the_charts_and_another_description(as_):
    app = described(given(as_(ANALYST, "upload"), template.filled()))
    app.text_area(key="statement_power").set_value("Officers decide alone")
    app.radio(key="statement_power_severity").set_value("3").run()

    press(app, "See Young people cautioned (Hackney Council)")
    assert "Officers decide alone" in words(app)
    as_(ANALYST, "upload", app)
    app.text_input(key="described_young_people_cautioned_title").set_value("Cautions")
    press(app, "Draw the charts")

    assert "See Cautions (Hackney Council)" in [each.label for each in app.button]
    assert app.text_area(key="statement_power").value == "Officers decide alone"
    assert app.radio(key="statement_power_severity").value == "3"


def test_when_sending_fails_everything_is_still_there(as_, monkeypatch):
    app = answered(described(given(as_(ANALYST, "upload"), template.filled())))

    def full(*_):
        raise StateError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(submissions, "submit", full)
        press(app, "Send to be published")
    assert "The disk is full." in words(app)
    assert app.text_area(key="statement_row").value == "About row."

    press(app, "Send to be published")
    assert "Your figures were sent." in words(app)
    assert len(submissions.waiting(ANALYST)) == 1


def test_a_label_left_unsaid_is_not_read_as_what_another_was_said_to_be(as_):
    file = template.filled().replace(b"Mixed", b"Mixt").replace(b"Asian", b"Azian")
    app = given(as_(ANALYST, "upload"), file)

    app.selectbox(key="label_Azian").set_value("asian")
    press(app, "Read these labels so")

    assert app.selectbox(key="label_Mixt").value == ""
    assert "“Azian” is read as Asian." in words(app)


def test_figures_that_were_sent_back_can_be_sent_anew_with_the_reason_in_sight(as_, sent):
    app, id_ = sent
    assert "Your figures were sent." in words(as_(ANALYST, "upload", app))
    submissions.send_back(APPROVER, id_, "two rows are swapped")

    as_(ANALYST, "upload", app)

    assert "Your figures were sent back." in words(app)
    assert "two rows are swapped" in words(app)
    press(app, "Send to be published")
    assert "Your figures were sent." in words(app)


def test_only_who_may_see_a_submission_finds_it_on_the_page(as_, sent):
    assert "Nothing is waiting" in words(as_(OF_CAMDEN, "review"))
    assert "Nothing is waiting" not in words(as_(APPROVER, "review"))
    # With other pages, whoever is not an analyst any more loses sight of the figures themselves.
    app, _ = sent
    as_(Viewer(ANALYST.name), "upload", app)
    assert "own" not in app.session_state


def test_who_sent_figures_in_sees_them_and_is_not_offered_to_publish(as_, sent):
    app = as_(ANALYST, "review")

    assert "somebody else decides on them" in words(app)
    assert "Publish these figures" not in [each.label for each in app.button]


def test_the_second_person_sees_statement_cautions_what_is_withheld_and_what_is_new(as_, sent):
    app = as_(APPROVER, "review")

    said = words(app)
    assert "Counts withheld for their size: 0." in said
    assert "New in this release: 12 counts in 1 period." in said
    assert "**Who is missing?** About missing." in said
    assert "Little consent here. (to be said beside the figure)" in said
    assert "Before you use this" in said
    assert "Black people were 1.9 times as likely as White people" in said
    assert "Every count, as it would be published: 6 rows" in [e.label for e in app.expander]
    assert "The next update is due on 30 April 2027." in said


def test_figures_that_are_published_can_be_corrected_by_newer_ones(as_, own_home, home):
    # Releases of its own: those of the other tests stay as they are.
    (own_home / "releases").unlink()
    shutil.copytree(home / "releases", own_home / "releases")
    file = template.filled().replace(b"Asian", b"Azian")
    app = given(as_(ANALYST, "upload"), file)
    app.selectbox(key="label_Azian").set_value("asian")
    press(app, "Read these labels so")
    press(answered(described(app)), "Send to be published")
    [waiting] = submissions.waiting(ANALYST)
    submissions.publish(APPROVER, waiting.id, "cautions", lambda _: None)

    # What a label means was said once, for the series and who may send it in.
    assert "is read as Asian" not in words(given(as_(OF_CAMDEN, "upload"), file))
    app = given(as_(ANALYST, "upload"), file.replace(b"Black,41,", b"Black,52,"))
    assert "“Azian” is read as Asian." in words(app)
    answered(described(app))
    assert "Beside the release" in words(app)
    press(app, "Send to be published")

    said = words(as_(APPROVER, "review"))
    assert "Black people were 2.4 times as likely as White people" in said
    assert "cannot be drawn" not in said
    [waiting] = submissions.waiting(ANALYST)
    submissions.publish(APPROVER, waiting.id, "one count was put right", lambda _: None)
    told = "Young people cautioned (Hackney Council): corrected on"
    assert told in words(as_(APPROVER, "data")).replace("\\", "")


def test_a_decision_without_words_says_what_is_lacking(as_, sent):
    app = as_(APPROVER, "review")

    press(app, "Publish these figures")

    assert "say what is new" in words(app)
    assert submissions.of(APPROVER, sent[1]).standing == Standing.WAITING


def test_sending_back_deletes_the_figures_and_says_so(as_, sent):
    app = as_(APPROVER, "review")
    app.text_area(key=f"reason_{sent[1]}").set_value("two rows are swapped").run()

    press(app, "Send back")

    assert "Sent back" in app.success[0].value
    assert submissions.of(APPROVER, sent[1]).package == ""


@pytest.fixture
def roles(own_home, monkeypatch):
    (own_home / "releases").unlink()
    (own_home / "roles.toml").write_text(
        f'[people."{ANALYST.name}"]\nroles = ["analyst", "approver"]\nareas = ["{HACKNEY}"]\n'
    )
    submitting.put_back_afterwards(monkeypatch)
    submitting.use_plain_builder()


@pytest.mark.parametrize(
    "spelling",
    ["Analyst@Hackney.example", " analyst@hackney.example", "ANALYST@HACKNEY.EXAMPLE\n"],
)
def test_signing_in_with_another_spelling_is_no_second_person(roles, spelling):
    id_ = submissions.submit(access.viewer_of(ANALYST.name), submitting.draft("arrests"))

    with pytest.raises(AccessDenied, match="somebody else has to publish"):
        submissions.publish(access.viewer_of(spelling), id_, "mine", lambda _: None)


def test_calling_publish_past_the_page_is_refused_too(roles):
    id_ = submissions.submit(ANALYST, submitting.draft("arrests"))
    forged = Viewer("ＡNALYST@hackney.example", frozenset({"approver"}), (access.ALL,))

    for viewer in (ANALYST, forged, OF_CAMDEN, Viewer()):
        with pytest.raises(AccessDenied):
            submissions.publish(viewer, id_, "mine", lambda _: None)
    assert submissions.of(APPROVER, id_).standing == Standing.WAITING
