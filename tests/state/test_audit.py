"""The audit: what is written stays, and whoever changes it is found out."""

import sqlite3

import pytest
from sqlalchemy.exc import IntegrityError

from loti_dash import config
from loti_dash.errors import StateError
from loti_dash.state import audit, transaction

TRIGGERS = ("audit_in_order", "audit_unchanged", "audit_complete")


@pytest.fixture(autouse=True)
def three_entries(tmp_path, monkeypatch):
    monkeypatch.setenv("LOTI_HOME", str(tmp_path))
    audit.record("ann@council.example", "submit", "s1", {"sha256": "ab", "hidden": [2, 1]})
    audit.record("bob@council.example", "publish", "s1", {"because": "new figures – first"})
    audit.record("bob@council.example", "withdraw", "s1", {"because": "a wrong column"})


def tamper(*statements):
    """Change the database past the program, as whoever has the file can."""
    db = sqlite3.connect(config.home() / "state.sqlite")
    for trigger in TRIGGERS:
        db.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()


def test_entries_are_numbered_without_gaps_and_read_back_as_they_were_written():
    found = audit.entries()

    assert [entry.number for entry in found] == [3, 2, 1]
    assert (found[2].who, found[2].action, found[2].subject) == (
        "ann@council.example",
        "submit",
        "s1",
    )
    assert found[2].detail == {"sha256": "ab", "hidden": [2, 1]}
    assert found[0].at.endswith("+00:00")
    assert audit.verify().startswith("The audit is as it was written: 3 entries")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET who = 'nobody' WHERE number = 1",
        "DELETE FROM audit WHERE number = 3",
        "INSERT OR REPLACE INTO audit SELECT number, at, 'nobody', action, subject, detail, "
        "previous, hash FROM audit WHERE number = 2",
        "INSERT INTO audit SELECT 5, at, who, action, subject, detail, previous, hash "
        "FROM audit WHERE number = 3",
    ],
    ids=["change", "delete", "replace", "leave a gap"],
)
def test_the_database_itself_refuses_to(statement):
    with pytest.raises(IntegrityError, match="can only be added to"), transaction() as db:
        db.exec_driver_sql(statement)
    assert "3 entries" in audit.verify()


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        (["UPDATE audit SET who = 'nobody' WHERE number = 2"], "Row 2: it was changed"),
        (["UPDATE audit SET detail = '{}' WHERE number = 1"], "Row 1: it was changed"),
        (["UPDATE audit SET at = '2020' WHERE number = 3"], "Row 3: it was changed"),
        (["DELETE FROM audit WHERE number = 1"], "Row 1: it is missing; the next row is 2"),
        (["DELETE FROM audit WHERE number = 2"], "Row 2: it is missing; the next row is 3"),
        (["DELETE FROM audit WHERE number = 3"], "Row 3: the rows from here on are missing"),
        (["DELETE FROM audit"], "Row 1: the rows from here on are missing"),
        (["DELETE FROM audit_end"], "Row 4: the rows from here on are missing"),
        (
            [
                "UPDATE audit SET number = 9 WHERE number = 1",
                "UPDATE audit SET number = 1 WHERE number = 2",
                "UPDATE audit SET number = 2 WHERE number = 9",
            ],
            "Row 1: it does not follow",
        ),
        (
            [
                "DELETE FROM audit WHERE number = 2",
                "UPDATE audit SET number = 2 WHERE number = 3",
            ],
            "Row 2: it does not follow",
        ),
        (
            [
                "INSERT INTO audit SELECT 4, at, who, action, subject, detail, hash, hash "
                "FROM audit WHERE number = 3"
            ],
            "Row 4: it was changed",
        ),
    ],
)
def test_what_was_tampered_with_is_found_at_its_first_row(statements, found):
    tamper(*statements)

    with pytest.raises(StateError, match=found):
        audit.verify()


def test_an_entry_of_a_transaction_that_fails_is_not_there():
    def fail():
        with transaction() as db:
            audit.append(db, "ann@council.example", "submit", "s2", {})
            raise StateError("stop")

    with pytest.raises(StateError, match="stop"):
        fail()

    assert "3 entries" in audit.verify()
    audit.record("ann@council.example", "submit", "s3", {})
    assert audit.entries()[0].number == 4
