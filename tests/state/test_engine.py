"""The database of state: made when first written to, and errors that say what to do."""

import os
import sqlite3
import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import IntegrityError
from submitting import draft

from loti_dash import config
from loti_dash.errors import StateError
from loti_dash.state import audit, engine, mappings, reading, transaction
from loti_dash.state import submissions as rows
from loti_dash.state.tables import METADATA


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("LOTI_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("LOTI_DATABASE_URL", raising=False)
    return tmp_path / "home"


def test_reading_where_nothing_was_written_finds_nothing_and_makes_nothing(home):
    assert audit.verify() == "The audit has no entries yet."
    assert audit.entries() == []
    assert mappings.of(["stop_and_search"], bool) == {}
    assert not home.exists()


def test_the_migrations_make_the_tables_that_the_program_knows():
    audit.record("ann@council.example", "submit", "s1", {})
    with reading() as db:
        assert compare_metadata(MigrationContext.configure(db), METADATA) == []


def test_the_file_has_a_log_for_readers_and_heeds_references():
    audit.record("ann@council.example", "submit", "s1", {})
    with reading() as db:
        assert db.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), transaction() as db:
        mappings.keep(db, "no such submission", ["rate"], "owner", {"Blk": "black"})


def test_readers_see_what_was_there_while_somebody_writes():
    audit.record("ann@council.example", "submit", "s1", {})
    with transaction() as db:
        audit.append(db, "ann@council.example", "submit", "s2", {})
        assert "1 entry" in audit.verify()
    assert "2 entries" in audit.verify()


def test_the_first_writers_of_all_at_once_make_one_database():
    start = threading.Barrier(6)

    def write(n):
        start.wait()
        audit.record(f"person {n}", "submit", "s1", {})

    threads = [threading.Thread(target=write, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert "6 entries" in audit.verify()


def test_a_database_that_was_removed_is_made_anew(home):
    audit.record("ann@council.example", "submit", "s1", {})
    for file in home.glob("state.sqlite*"):
        file.unlink()

    audit.record("ann@council.example", "submit", "s1", {})

    assert "1 entry" in audit.verify()


def test_a_damaged_file_is_said_with_the_way_out(home):
    home.mkdir()
    (home / "state.sqlite").write_bytes(b"no database at all" * 500)

    for use in (reading, transaction):
        with pytest.raises(StateError, match=r"not a database.*Restore it from a back-up"), use():
            pass


def test_a_database_of_a_newer_version_is_left_alone():
    audit.record("ann@council.example", "submit", "s1", {})
    with transaction() as db:
        db.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine._up_to_date.clear()

    with pytest.raises(StateError, match="update this one"), reading():
        pass


def test_a_writer_who_holds_on_for_too_long_is_said(home, monkeypatch):
    audit.record("ann@council.example", "submit", "s1", {})
    monkeypatch.setattr(engine, "PATIENCE", 0.1)
    engine._engine.cache_clear()
    other = sqlite3.connect(home / "state.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StateError, match="Somebody else is writing"):
        audit.record("bob@council.example", "submit", "s2", {})

    other.execute("ROLLBACK")
    other.close()
    engine._engine.cache_clear()
    assert "1 entry" in audit.verify()


def test_a_folder_that_cannot_be_made_is_said(home):
    home.write_text("a file where the folder should be")

    with pytest.raises(StateError, match="cannot be read or written now"):
        audit.record("ann@council.example", "submit", "s1", {})


def test_deleted_figures_are_not_left_in_the_file(home):
    with transaction() as db:
        id_ = rows.add(db, draft("s", package="planted-value" * 2_000), "ann@council.example")
    with transaction() as db:
        rows.forget(db, id_)

    left = b"".join(file.read_bytes() for file in home.iterdir())
    assert b"planted-value" not in left
    assert b"Research team" not in left


def test_the_address_of_the_database_can_be_set(tmp_path, monkeypatch, home):
    monkeypatch.setenv("LOTI_DATABASE_URL", f"sqlite:///{tmp_path / 'elsewhere.sqlite'}")

    audit.record("ann@council.example", "submit", "s1", {})

    assert (tmp_path / "elsewhere.sqlite").exists()
    assert not home.exists()
    assert os.fspath(tmp_path) in config.database_url()
