"""Keeping canvases: who may, what two people at once may do, and what is never lost."""

from dataclasses import replace

import pytest
from outcomes.canvases import WHOLE

from loti_dash.access import Viewer
from loti_dash.errors import AccessDenied, LotiError, StateError
from loti_dash.outcomes import deleting, keeping
from loti_dash.outcomes.canvas import Canvas, Decision
from loti_dash.state import audit, canvases, transaction

ANN, BOB = (Viewer(f"{name}@council.example", frozenset({"viewer"})) for name in ("ann", "bob"))
HOMES = Canvas("Homes")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("LOTI_HOME", str(tmp_path))
    monkeypatch.delenv("LOTI_MODE", raising=False)


@pytest.fixture
def kept():
    (made,) = keeping.begin(ANN, HOMES)
    return made


@pytest.mark.parametrize("who", [Viewer(), Viewer("x@y.example", frozenset({"administrator"}))])
def test_who_has_no_role_to_keep_can_neither_read_nor_write(kept, who):
    for do in (
        lambda: keeping.begin(who, HOMES),
        lambda: keeping.listing(who),
        lambda: keeping.of(who, kept.id),
        lambda: keeping.versions(who, kept.id),
        lambda: keeping.version(who, kept.id, 1),
        lambda: keeping.save(who, kept, HOMES),
        lambda: keeping.restore(who, kept.id, 1),
        lambda: deleting.delete(who, kept.id),
    ):
        with pytest.raises(AccessDenied):
            do()
    assert len(keeping.listing(ANN)) == 1


def test_each_save_that_differs_is_a_version(kept):
    second = keeping.save(ANN, kept, HOMES.answered("policy", "A rule"))
    same = keeping.save(ANN, second, second.canvas)

    assert (second.number, same.number) == (2, 2)
    assert [number for number, _, _ in keeping.versions(ANN, kept.id)] == [2, 1]
    assert keeping.of(BOB, kept.id).canvas.answer("policy") == "A rule"
    assert keeping.version(BOB, kept.id, 1).canvas == HOMES


def test_an_answer_that_is_written_on_is_one_version_of_the_same_person(kept):
    half = keeping.save(ANN, kept, HOMES.answered("policy", "A ru"))
    whole = keeping.save(ANN, half, HOMES.answered("policy", "A rule"), again=True)
    by_bob = keeping.save(BOB, whole, HOMES.answered("policy", "A rule?"), again=True)

    assert (half.number, whole.number, by_bob.number) == (2, 2, 3)
    assert keeping.version(ANN, kept.id, 2).canvas.answer("policy") == "A rule"


def test_two_people_at_once_who_change_different_answers_are_both_in_it(kept):
    keeping.save(BOB, kept, HOMES.answered("trust", "Bob's"))

    both = keeping.save(ANN, kept, HOMES.answered("policy", "Ann's"), again=True)

    assert both.number == 3
    assert both.with_others == BOB.name
    assert (both.canvas.answer("trust"), both.canvas.answer("policy")) == ("Bob's", "Ann's")


def test_a_stale_answer_to_the_same_question_is_not_written_over_the_newer_one(kept):
    theirs = keeping.save(BOB, kept, HOMES.answered("policy", "Bob's"))

    with pytest.raises(keeping.Overtaken) as stopped:
        keeping.save(ANN, kept, HOMES.answered("policy", "Ann's"))

    assert stopped.value.both == ("Policy",)
    assert stopped.value.newest == theirs
    assert BOB.name in str(stopped.value)
    assert keeping.of(ANN, kept.id).canvas.answer("policy") == "Bob's"


def test_a_version_written_on_meanwhile_is_a_newer_one_too(kept):
    half = keeping.save(BOB, kept, HOMES.answered("policy", "Bob"))
    keeping.save(BOB, half, HOMES.answered("policy", "Bob's"), again=True)

    with pytest.raises(keeping.Overtaken):
        keeping.save(ANN, half, HOMES.answered("policy", "Ann's"))


def test_mine_on_top_keeps_theirs_as_a_version_and_in_the_log(kept):
    entry = Decision("2026-11-25", BOB.name, "Bob decided")
    theirs = HOMES.answered("policy", "Bob's")
    newest = keeping.save(BOB, kept, replace(theirs, decisions=(entry,)))

    mine = keeping.save_over(ANN, newest, HOMES.answered("policy", "Ann's"))

    assert mine.canvas.answer("policy") == "Ann's"
    assert mine.canvas.decisions == (entry,)
    assert keeping.version(ANN, kept.id, newest.number).canvas.answer("policy") == "Bob's"


def test_a_version_is_restored_as_the_newest_and_the_log_stays_whole(kept):
    entry = Decision("2026-11-25", ANN.name, "We go on")
    later = replace(HOMES.answered("policy", "No rule"), decisions=(entry,))
    keeping.save(ANN, kept, later)

    restored = keeping.restore(BOB, kept.id, 1)

    assert restored.number == 3
    assert restored.canvas == replace(HOMES, decisions=(entry,))


def test_a_decision_can_be_neither_removed_nor_changed(kept):
    entry = Decision("2026-11-25", ANN.name, "We go on")
    logged = keeping.save(ANN, kept, replace(HOMES, decisions=(entry,)))

    for decisions in ((), (replace(entry, said="We stop"),)):
        with pytest.raises(StateError, match="only ever added to"):
            keeping.save(ANN, logged, replace(HOMES, decisions=decisions))
    assert keeping.of(ANN, kept.id).canvas.decisions == (entry,)


def test_what_is_not_there_is_said(kept):
    for do in (
        lambda: keeping.of(ANN, "0" * 32),
        lambda: keeping.version(ANN, kept.id, 9),
        lambda: keeping.restore(ANN, kept.id, 9),
        lambda: deleting.delete(ANN, "0" * 32),
    ):
        with pytest.raises(LotiError, match="Choose one of the list"):
            do()


def test_the_audit_has_what_was_done_and_none_of_the_words():
    (kept,) = keeping.begin(ANN, WHOLE)
    keeping.save(ANN, kept, replace(WHOLE, complete=True))
    keeping.restore(BOB, kept.id, 1)

    rows = audit.entries()

    assert [(each.who, each.action, each.subject) for each in reversed(rows)] == [
        (ANN.name, "begin an outcome", kept.id),
        (ANN.name, "call an outcome complete", kept.id),
        (BOB.name, "restore a version of an outcome", kept.id),
    ]
    assert not any(WHOLE.title in str(each) for each in rows)


def test_many_are_begun_or_none(monkeypatch):
    first, second = keeping.begin(ANN, HOMES, Canvas("Jobs"))
    assert first.id != second.id
    assert [each.canvas.title for each in keeping.listing(ANN)] == ["Jobs", "Homes"]

    def full(*_):
        raise StateError("the disk is full")

    monkeypatch.setattr(keeping.audit, "append", full)
    with pytest.raises(StateError):
        keeping.begin(ANN, Canvas("Care"), Canvas("More"))
    assert len(keeping.listing(ANN)) == 2


def test_whoever_began_a_canvas_deletes_it_with_every_version_and_nobody_elses(kept):
    (other,) = keeping.begin(BOB, Canvas("Jobs"))
    keeping.save(BOB, kept, HOMES.answered("policy", "A rule"))

    assert not deleting.may_delete(BOB, kept.id)
    with pytest.raises(AccessDenied, match="Only whoever began"):
        deleting.delete(BOB, kept.id)
    assert deleting.may_delete(ANN, kept.id)
    deleting.delete(ANN, kept.id)

    assert [each.id for each in keeping.listing(ANN)] == [other.id]
    with pytest.raises(LotiError, match="no outcome"):
        keeping.of(ANN, kept.id)
    with transaction() as db:
        assert canvases.versions(db, kept.id) == []
    newest = audit.entries()[0]
    assert (newest.who, newest.action, newest.subject) == (ANN.name, "delete an outcome", kept.id)
    assert newest.detail == {"versions": 2}


def test_after_a_year_nobodys_name_is_kept_and_an_approver_deletes(kept):
    approver = Viewer("cat@council.example", frozenset({"approver"}))
    with transaction() as db:
        assert canvases.forget_names(db, "2000-01-01") == 0
        assert canvases.forget_names(db, "2999-01-01") == 2
        assert canvases.forget_names(db, "2999-01-01") == 0

    found = keeping.of(ANN, kept.id)
    assert (found.saved_by, found.canvas) == ("", HOMES)
    assert not deleting.may_delete(ANN, kept.id)
    assert not deleting.may_delete(Viewer("", frozenset({"viewer"})), kept.id)
    deleting.delete(approver, kept.id)
    assert keeping.listing(ANN) == []
