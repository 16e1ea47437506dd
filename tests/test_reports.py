"""Reports of problems: who may send and answer them, and what is kept, told and deleted."""

import sqlite3

import pytest

from loti_dash import access, config, releases, report_texts, reports
from loti_dash.__main__ import main
from loti_dash.access import Viewer
from loti_dash.errors import AccessDenied, LotiError, StateError, UnknownCode
from loti_dash.state import audit
from loti_dash.views import View

HACKNEY, CAMDEN, LONDON = "E09000012", "E09000007", "E12000007"
ANN = Viewer("ann@council.example", frozenset({"viewer"}), ())
BOB = Viewer("bob@council.example", frozenset({"approver"}), (HACKNEY,))
CAY = Viewer("cay@council.example", frozenset({"approver"}), (CAMDEN,))
WORDS = "The count of Black households doubled.\nSee <b>table</b> A8, row 12."


@pytest.fixture(autouse=True)
def own_home(home, tmp_path, monkeypatch):
    (tmp_path / "releases").symlink_to(home / "releases")
    monkeypatch.setenv("LOTI_HOME", str(tmp_path))
    for name in ("LOTI_MODE", "LOTI_DATABASE_URL", "LOTI_RELEASES"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def view():
    """Return a function that makes a view of an area."""
    release = releases.current_name(config.releases())

    def of(area=HACKNEY, figure=""):
        params = {"indicator": "homelessness_duty_owed", "area": area, "period": "2025-Q3"}
        params |= {"group": "black", "reference": "white", "classification": "5"}
        return View.at("housing", {**params, "release": release}, figure)

    return of


def kept():
    """Return everything that the database has, as text."""
    with sqlite3.connect(config.home() / "state.sqlite") as db:
        return "\n".join(db.iterdump())


def test_a_report_waits_with_its_exact_view_and_an_answer_is_for_everybody(view):
    number = reports.report(ANN, view(figure="over_time"), WORDS)

    [waits] = reports.waiting(BOB)
    assert (waits.number, waits.words, waits.made_by) == (number, WORDS, ANN.name)
    assert View.from_dict(waits.view) == view(figure="over_time")
    assert waits.release == view().release
    assert reports.answers() == []

    reports.answer(BOB, number, " The file\nhas 40. ")

    [told] = reports.answers()
    assert (told.number, told.view, told.answer) == (
        number,
        view(figure="over_time"),
        "The file has 40.",
    )
    assert reports.waiting(BOB) == []


def test_nothing_of_a_report_but_its_view_is_public_and_its_words_are_deleted(view):
    number = reports.report(ANN, view(), WORDS)
    assert "doubled" in kept()

    reports.answer(BOB, number, "As published.")

    [told] = reports.answers()
    assert set(vars(told)) == {"number", "view", "answer", "on"}
    assert "doubled" not in kept()


def test_a_closed_report_is_not_public_and_who_sent_it_reads_why(view):
    number = reports.report(ANN, view(), WORDS)

    reports.close(BOB, number, "It is about another dashboard.")

    assert reports.answers() == []
    [own] = reports.of_view(ANN, view())
    assert report_texts.became(own).endswith(": It is about another dashboard.")
    assert "doubled" not in kept()
    assert reports.of_view(ANN, view(CAMDEN)) == []
    assert reports.of_view(BOB, view()) == []


def test_the_audit_has_who_and_which_view_and_no_words(view):
    number = reports.report(ANN, view(), WORDS)
    reports.answer(BOB, number, "As published in table A8.")

    answered, sent = audit.entries()
    assert (sent.who, sent.action, sent.subject) == (ANN.name, "report a problem", "report 1")
    assert sent.detail == {"view": view().to_dict()}
    assert (answered.who, answered.action) == (BOB.name, "answered a report")
    assert answered.detail["reported_by"] == ANN.name
    assert "doubled" not in str((sent, answered))
    assert "published" not in str(answered.detail)
    assert audit.verify().startswith("The audit is as it was written: 2 entries")


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (Viewer(), "sign in first"),
        (Viewer("eve@else.example"), "you need a role"),
        (Viewer("dee@council.example", frozenset({"administrator"}), ("all",)), "you need a role"),
    ],
)
def test_who_has_no_role_for_it_sends_nothing_and_sees_no_report(view, who, said):
    reports.report(ANN, view(), WORDS)

    with pytest.raises(AccessDenied, match=said):
        reports.report(who, view(), WORDS)
    with pytest.raises(AccessDenied):
        reports.waiting(who)
    with pytest.raises(AccessDenied):
        reports.answer(who, 1, "As published.")
    assert reports.of_view(who, view()) == []


def test_a_report_on_a_borough_is_for_its_approvers_and_a_wider_one_for_any(view):
    of_hackney = reports.report(ANN, view(HACKNEY), WORDS)
    of_london = reports.report(ANN, view(LONDON), WORDS)

    assert [one.number for one in reports.waiting(CAY)] == [of_hackney, of_london]
    assert [reports.may_decide(CAY, one) for one in reports.waiting(CAY)] == [False, True]
    with pytest.raises(AccessDenied, match="not for Hackney"):
        reports.answer(CAY, of_hackney, "As published.")
    reports.answer(CAY, of_london, "As published.")
    reports.answer(BOB, of_hackney, "As published.")


def test_an_approver_may_answer_their_own_report_and_the_audit_says_who(view):
    number = reports.report(BOB, view(), WORDS)
    reports.answer(BOB, number, "As published.")

    assert audit.entries(1)[0].detail["reported_by"] == audit.entries(1)[0].who == BOB.name


def test_a_report_is_decided_on_once(view):
    number = reports.report(ANN, view(), WORDS)
    reports.answer(BOB, number, "As published.")

    with pytest.raises(StateError, match=r"Report 1 was answered by bob@council\.example on"):
        reports.close(BOB, number, "Nothing in it.")
    with pytest.raises(StateError, match="no report 7"):
        reports.close(BOB, 7, "Nothing in it.")
    assert [each.answer for each in reports.answers()] == ["As published."]


def test_the_same_words_sent_twice_are_one_report(view):
    assert reports.report(ANN, view(), WORDS) == reports.report(ANN, view(), f" {WORDS}\n") == 1
    assert reports.report(ANN, view(CAMDEN), WORDS) == 2
    assert reports.report(BOB, view(), WORDS) == 3


@pytest.mark.parametrize(
    "to",
    [
        {"page": "nowhere"},
        {"figure": "nothing"},
        {"indicator": "nope"},
        {"area": "E09000099"},
        {"group": "white"},
    ],
    ids=str,
)
def test_a_report_of_a_figure_that_there_is_not_is_not_kept(view, to):
    params = dict(view().params) | {k: v for k, v in to.items() if k not in ("page", "figure")}
    other = View.at(to.get("page", "housing"), params, to.get("figure", ""))

    with pytest.raises(LotiError):
        reports.report(ANN, other, WORDS)
    assert reports.waiting(BOB) == []


def test_nobody_can_bury_the_reports_of_others(view, monkeypatch):
    monkeypatch.setattr(reports, "MOST_OPEN", 2)
    for n in range(2):
        reports.report(ANN, view(), f"{WORDS} {n}")

    with pytest.raises(StateError, match="waiting for an answer"):
        reports.report(ANN, view(), "One more.")
    reports.report(BOB, view(), "Of somebody else.")
    reports.close(BOB, 1, "Answered on the page.")
    reports.report(ANN, view(), "One more.")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "say what is wrong"),
        (" \n\t ", "say what is wrong"),
        ("x" * 2_001, "2,001 characters are too many"),
        ("Ask ann@council.example about it", "an? e-mail address"),
        ("Call 020 7946 0958", "telephone number"),
        ("The family at E8 1EA is counted twice", "full postcode"),
        ("QQ 12 34 56 A, or AB 12 34 56 C", "National Insurance number"),
        ("943 476 5919 is missing", "NHS number"),
        ("born 3/4/2011", "31 March 2024"),
    ],
)
def test_words_that_cannot_be_kept_are_refused_without_repeating_them(view, words, said):
    with pytest.raises(StateError, match=said) as refused:
        reports.report(ANN, view(), words)

    assert len(words) < 5 or words not in str(refused.value)
    assert reports.waiting(BOB) == []
    number = reports.report(ANN, view(), WORDS)
    with pytest.raises(StateError, match=said.replace("what is wrong", "what the answer")):
        reports.answer(BOB, number, words)
    assert len(reports.waiting(BOB)) == 1


def test_ordinary_words_about_figures_are_kept_as_they_are(view):
    said = "E09000012 has 1,234 in 2023-24; 12.5% of 9,880, up from 31 March 2024 (row 4, col. C)."

    reports.report(ANN, view(), f"{said}\x00\x1b")

    assert reports.waiting(BOB)[0].words == said


def test_figures_that_no_release_has_cannot_be_reported(view):
    for release in ("not-published", "2020-01-01.1-00000000"):
        with pytest.raises(UnknownCode, match="release"):
            reports.report(ANN, View.at("housing", {"release": release}), WORDS)
    with pytest.raises(LotiError, match="no view"):
        reports.report(ANN, View.at("hou sing", {"release": view().release}), WORDS)
    assert reports.waiting(BOB) == []


def test_a_view_is_named_by_the_catalogue_and_never_by_its_address(release):
    of = {"release": release.release}
    duties = {"indicator": "homelessness_duty_owed", "area": HACKNEY, "period": "2025-Q3"}
    named = {
        "Households owed a homelessness duty, Hackney, July to September 2025, Black": View.at(
            "housing", {**of, **duties, "group": "black"}
        ),
        "Children's social workers, Westminster with City of London, over time": View.at(
            "care", {**of, "indicator": "social_workers", "area": "E09000033"}, "over_time"
        ),
        "Borough, Hackney": View.at("borough", {**of, "area": HACKNEY}),
        "Borough, that code": View.at("borough", {**of, "area": "call.me_on-this"}),
    }

    for name, view in named.items():
        assert report_texts.name(release.catalogue, view) == name
    text = report_texts.to_copy(release.catalogue, view, "https://council.example/borough")
    assert f"Release: {release.release}\nAddress: https://council.example/borough\n" in text


def test_the_command_lists_what_waits_without_words_for_whoever_may(view, monkeypatch, capsys):
    reports.report(ANN, view(figure="over_time"), WORDS)
    monkeypatch.setattr(access, "viewer_of_account", lambda _: BOB)
    assert main(["reports"]) == 0
    line = capsys.readouterr().out
    assert line.split() == ["1", view().address(), "over_time", view().release]

    reports.close(BOB, 1, "Nothing in it.")
    assert main(["reports"]) == 0
    assert capsys.readouterr().out == "no report is waiting\n"

    monkeypatch.setattr(access, "viewer_of_account", lambda _: ANN)
    assert main(["reports"]) == 1
    assert "role approver" in capsys.readouterr().err
