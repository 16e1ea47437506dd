"""What is kept for how long: what goes, what stays, and that the audit still proves itself."""

from datetime import UTC, datetime, timedelta

import pytest
import submitting
from submitting import anyone, draft

from loti_dash import retention, submissions
from loti_dash.__main__ import main
from loti_dash.access import Viewer
from loti_dash.errors import StateError
from loti_dash.outcomes import keeping
from loti_dash.outcomes.canvas import Canvas
from loti_dash.state import audit, mappings, old, reading, transaction
from loti_dash.state import submissions as rows
from loti_dash.submissions import Standing, releasing

ANN, BOB = anyone("ann"), anyone("bob")


def quiet(_):
    """Say nothing."""


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch, each_database):
    monkeypatch.setenv("LOTI_HOME", str(tmp_path))
    for name in ("LOTI_MODE", "LOTI_RELEASES"):
        monkeypatch.delenv(name, raising=False)
    submitting.put_back_afterwards(monkeypatch)
    submitting.use_plain_builder()
    return tmp_path


def today():
    # At once: a run of all tests may go on beyond midnight.
    return datetime.now(UTC).date()


def after(days):
    return retention.purge(today() + timedelta(days=days))


def send(name, **changes):
    return submissions.submit(ANN, draft(name, **changes))


def published(name, **changes):
    id_ = send(name, **changes)
    submissions.publish(BOB, id_, f"added {name}", quiet)
    return id_


def test_where_nothing_was_written_nothing_goes_and_nothing_is_made(home):
    assert retention.purge(today()) == []
    assert list(home.iterdir()) == []


def test_what_was_sent_back_goes_after_a_year_with_what_was_said_of_it():
    sent_back, out = send("arrests"), published("evictions")
    submissions.send_back(BOB, sent_back, "a wrong column")

    assert after(365) == []
    assert any("records of figures that were sent back" in line for line in after(367))

    assert [one.id for one in submissions.listing(BOB)] == [out]
    with reading() as db:
        assert rows.of(db, sent_back) is None


def test_names_go_after_a_year_and_what_was_decided_stays():
    id_ = published("arrests", mapping={"Blk": "black"})

    after(367)

    one = submissions.of(BOB, id_)
    assert (one.submitted_by, one.file_name, one.standing) == ("", "", Standing.PUBLISHED)
    (decision,) = submissions.decisions(BOB, id_)
    assert (decision.decided_by, decision.because) == ("", "added arrests")
    assert decision.release
    assert mappings.of(["arrests_rate"], bool) == {"Blk": "black"}
    left = [
        entry for entry in audit.entries() if "council.example" in f"{entry.who}{entry.detail}"
    ]
    assert left == []


def test_figures_without_names_can_still_be_replaced_and_withdrawn():
    first = published("arrests")
    after(367)

    second = published("arrests", sha256="2" * 64, replaces=first)
    assert submitting.current() == ["arrests"]
    submissions.withdraw(BOB, second, "a wrong column", quiet)
    assert submitting.current() == []


def test_what_waits_for_a_decision_or_a_release_keeps_its_names(monkeypatch):
    id_ = send("arrests")

    def fails(*_):
        raise StateError("No space left.")

    works = releasing.build_release
    monkeypatch.setattr(releasing, "build_release", fails)
    with pytest.raises(StateError, match="What was decided is kept"):
        submissions.publish(BOB, id_, "arrests", quiet)

    after(367)
    with reading() as db:
        found = rows.of(db, id_)
    assert (found.submitted_by, found.standing) == ("ann@council.example", Standing.ACCEPTED)

    monkeypatch.setattr(releasing, "build_release", works)
    submissions.resume(quiet)
    assert submitting.current() == ["arrests"]


def test_the_audit_of_a_year_stays_and_proves_itself():
    published("arrests")
    entries = len(audit.entries())

    assert after(364) == []
    lines = after(367)

    assert f"deleted {entries + 1:,}: entries of the audit, 365 days after they were made" in lines
    assert f"; {entries + 1} before it were deleted by the policy" in audit.verify()
    published("evictions")
    assert "is as it was written" in audit.verify()


def test_what_went_is_in_the_audit_by_number_and_without_names():
    send("arrests")
    after(31)

    found = {entry.action: entry for entry in audit.entries()}
    assert found["purge"].subject == "figures that nobody decided on"
    assert found["purge"].detail == {"rows": 1, "days": 30}


def test_who_began_and_saved_outcomes_is_forgotten_after_a_year_and_the_outcome_stays():
    ann = Viewer("ann@council.example", frozenset({"viewer"}))
    (kept,) = keeping.begin(ann, Canvas("Homes"))

    assert after(364) == []
    assert any("names of who began an outcome" in line for line in after(367))

    found = keeping.of(ann, kept.id)
    assert (found.saved_by, found.canvas.title) == ("", "Homes")


def test_purging_twice_is_once(monkeypatch):
    published("arrests")
    submissions.send_back(BOB, send("evictions"), "a wrong column")
    then = f"{today() + timedelta(days=400)}T12:00:00.000000+00:00"
    monkeypatch.setattr(audit, "now", lambda: then)
    assert len(after(400)) == 3
    assert after(400) == []


def test_publishing_lets_go_of_what_is_old_by_itself(monkeypatch):
    late, fresh = send("arrests"), send("evictions")
    with transaction() as db:
        db.exec_driver_sql(
            f"UPDATE submission SET submitted_at = '2020-01-01T00:00:00' WHERE id = '{late}'"
        )
    submissions.publish(BOB, fresh, "evictions", quiet)
    assert submissions.of(BOB, late).standing == Standing.EXPIRED


def test_rows_of_any_table_go_by_one_of_its_times():
    """Tables of shares and reports are purged by the names of their columns."""
    id_ = send("arrests")
    with transaction() as db:
        assert old.rows(db, "submission", "submitted_at", "2020", unless="replaces") == 0
        assert old.rows(db, "no such table", "made_at", "2999") == 0
        db.exec_driver_sql("DELETE FROM package")
        assert old.rows(db, "submission", "submitted_at", "2999", unless="statement") == 0
        assert old.rows(db, "submission", "submitted_at", "2999", unless="replaces") == 1
        assert rows.of(db, id_) is None


def test_the_commands_delete_and_say_the_policy(capsys):
    assert main(["purge"]) == 0
    assert capsys.readouterr().out == "nothing has been kept for long enough to go\n"
    assert main(["purge", "--policy"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(retention.RULES)
    assert "entries of the audit  365 days after they were made  twelve months" in lines[-1]
