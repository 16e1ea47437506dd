"""The audit: what is written stays, and whoever changes it is found out."""

import pytest
from sqlalchemy.exc import IntegrityError

from loti_dash.errors import StateError
from loti_dash.state import audit, transaction

TRIGGERS = ("audit_in_order", "audit_unchanged", "audit_complete")


@pytest.fixture(autouse=True)
def three_entries(tmp_path, monkeypatch, each_database):
    monkeypatch.setenv("LOTI_HOME", str(tmp_path))
    audit.record("ann@council.example", "submit", "s1", {"sha256": "ab", "hidden": [2, 1]})
    audit.record("bob@council.example", "publish", "s1", {"because": "new figures – first"})
    audit.record("bob@council.example", "withdraw", "s1", {"because": "a wrong column"})


def tamper(*statements):
    """Change the database past the program, as whoever has it can."""
    with transaction() as db:
        for trigger in TRIGGERS:
            on = " ON audit" if db.dialect.name == "postgresql" else ""
            db.exec_driver_sql(f"DROP TRIGGER {trigger}{on}")
        for statement in statements:
            db.exec_driver_sql(statement)


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
        "INSERT INTO audit SELECT number, at, 'nobody', action, subject, detail, previous, hash "
        "FROM audit WHERE number = 2",
        "INSERT INTO audit SELECT 5, at, who, action, subject, detail, previous, hash "
        "FROM audit WHERE number = 3",
    ],
    ids=["change", "delete", "say it again", "leave a gap"],
)
def test_the_database_itself_refuses_to(statement):
    with pytest.raises(IntegrityError, match="can only be added to"), transaction() as db:
        db.exec_driver_sql(statement)
    assert "3 entries" in audit.verify()


@pytest.mark.parametrize("each_database", ["sqlite"], indirect=True)
def test_a_file_refuses_to_replace_a_row():
    # REPLACE, in SQLite, asks no trigger on DELETE.
    with pytest.raises(IntegrityError, match="can only be added to"), transaction() as db:
        db.exec_driver_sql(
            "INSERT OR REPLACE INTO audit SELECT number, at, 'nobody', action, subject, detail, "
            "previous, hash FROM audit WHERE number = 2"
        )
    assert "3 entries" in audit.verify()


@pytest.mark.parametrize("each_database", ["postgresql"], indirect=True)
def test_a_server_refuses_to_empty_the_table():
    with pytest.raises(IntegrityError, match="can only be added to"), transaction() as db:
        db.exec_driver_sql("TRUNCATE audit")
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


def at(monkeypatch, when):
    monkeypatch.setattr(audit, "now", lambda: f"{when}T12:00:00.000000+00:00")


def purged(before):
    with transaction() as db:
        return audit.purge(db, before, "older than a year")


@pytest.fixture
def years(three_entries, monkeypatch):
    """Add an entry in each of three years, after three of today in the years before."""
    with transaction() as db:
        at(monkeypatch, "2030-01-01")
        audit.append(db, "ann@council.example", "submit", "s30", {})
        at(monkeypatch, "2031-01-01")
        audit.append(db, "ann@council.example", "submit", "s31", {})


def test_what_is_old_can_go_and_the_rest_is_still_proven(years, monkeypatch):
    assert purged("2030-06-01") == 4

    assert [entry.subject for entry in audit.entries()] == ["audit", "s31"]
    assert "2 entries; 4 before it were deleted by the policy" in audit.verify()
    audit.record("ann@council.example", "submit", "s32", {})
    assert audit.entries()[0].number == 7
    assert "3 entries; 4 before" in audit.verify()


def test_the_audit_says_what_went(years):
    purged("2030-06-01")

    entry = audit.entries()[0]
    assert (entry.who, entry.action) == ("", "purge the audit")
    assert (entry.detail["until"], entry.detail["rows"]) == (4, 4)


def test_it_can_go_again_and_in_the_end_all_of_it(years, monkeypatch):
    assert purged("2030-06-01") == 4
    assert purged("2030-06-01") == 0
    at(monkeypatch, "2032-01-01")
    assert purged("2031-06-01") == 2
    assert [entry.number for entry in audit.entries()] == [7]
    assert "1 entry; 6 before" in audit.verify()


def test_nothing_goes_where_nothing_is_old(years):
    assert purged("2020-01-01") == 0
    assert "5 entries, the last" in audit.verify()


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        (["DELETE FROM audit WHERE number <= 5"], "Row 5: it is missing; the next row is 6"),
        (
            [
                "UPDATE audit_end SET number = 5, "
                "hash = (SELECT hash FROM audit WHERE number = 5) WHERE id = 0",
                "DELETE FROM audit WHERE number <= 5",
            ],
            "Row 6: rows before it are missing, and no row says that they may be",
        ),
        (["DELETE FROM audit_end WHERE id = 0"], "Row 1: it is missing; the next row is 5"),
        (["UPDATE audit SET detail = '{}' WHERE number = 6"], "Row 6: it was changed"),
    ],
)
def test_what_goes_without_saying_so_is_found(years, statements, found):
    purged("2030-06-01")
    tamper(*statements)

    with pytest.raises(StateError, match=found):
        audit.verify()


def test_the_database_lets_go_only_of_what_the_policy_named(years):
    purged("2030-06-01")
    with pytest.raises(IntegrityError, match="can only be added to"), transaction() as db:
        db.exec_driver_sql("DELETE FROM audit WHERE number = 5")
    assert "2 entries" in audit.verify()
