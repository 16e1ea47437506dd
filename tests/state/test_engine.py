"""The database of state: made when first written to, and errors that say what to do."""

import os
import sqlite3
import subprocess
import sys
import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import IntegrityError
from submitting import draft

from loti_dash import config
from loti_dash.errors import StateError, in_full
from loti_dash.state import audit, engine, locks, mappings, reading, transaction, upgrading
from loti_dash.state import submissions as rows
from loti_dash.state.tables import METADATA

IN_A_FILE = pytest.mark.parametrize("each_database", ["sqlite"], indirect=True)
IN_A_SERVER = pytest.mark.parametrize("each_database", ["postgresql"], indirect=True)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch, each_database):
    monkeypatch.setenv("LOTI_HOME", str(tmp_path / "home"))
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


@IN_A_FILE
def test_the_file_has_a_log_for_readers():
    audit.record("ann@council.example", "submit", "s1", {})
    with reading() as db:
        assert db.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


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


@IN_A_FILE
def test_a_database_that_was_removed_is_made_anew(home):
    audit.record("ann@council.example", "submit", "s1", {})
    for file in home.glob("state.sqlite*"):
        file.unlink()

    audit.record("ann@council.example", "submit", "s1", {})

    assert "1 entry" in audit.verify()


@IN_A_FILE
def test_a_damaged_file_is_said_with_the_way_out(home):
    home.mkdir()
    (home / "state.sqlite").write_bytes(b"no database at all" * 500)

    for use in (reading, transaction):
        with pytest.raises(StateError, match=r"not a database.*Restore it from a back-up"), use():
            pass


@IN_A_FILE
def test_a_database_of_an_earlier_version_is_brought_up_to_date():
    with engine.filling() as db:
        upgrading.upgrade(db, "0001")
    audit.record("ann@council.example", "submit", "s1", {})
    with reading() as db:
        assert compare_metadata(MigrationContext.configure(db), METADATA) == []
    with transaction() as db:
        assert audit.purge(db, "2999", "older than a year") == 1
    assert "1 entry; 1 before it" in audit.verify()


def test_a_database_of_a_newer_version_is_left_alone():
    audit.record("ann@council.example", "submit", "s1", {})
    with transaction() as db:
        db.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine._up_to_date.clear()

    with pytest.raises(StateError, match="update this one"), reading():
        pass


@IN_A_FILE
def test_a_writer_who_holds_on_for_too_long_is_said(home, monkeypatch):
    audit.record("ann@council.example", "submit", "s1", {})
    monkeypatch.setattr(engine, "PATIENCE", 0.1)
    engine.engine_of.cache_clear()
    other = sqlite3.connect(home / "state.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StateError, match="Somebody else is writing"):
        audit.record("bob@council.example", "submit", "s2", {})

    other.execute("ROLLBACK")
    other.close()
    engine.engine_of.cache_clear()
    assert "1 entry" in audit.verify()


@IN_A_FILE
def test_a_folder_that_cannot_be_made_is_said(home):
    home.write_text("a file where the folder should be")

    with pytest.raises(StateError, match="cannot be read or written now"):
        audit.record("ann@council.example", "submit", "s1", {})


@IN_A_FILE
def test_deleted_figures_are_not_left_in_the_file(home):
    with transaction() as db:
        id_ = rows.add(db, draft("s", package="planted-value" * 2_000), "ann@council.example")
    with transaction() as db:
        rows.forget(db, id_)

    left = b"".join(file.read_bytes() for file in home.iterdir())
    assert b"planted-value" not in left
    assert b"Research team" not in left


@IN_A_FILE
def test_the_address_of_the_database_can_be_set(tmp_path, monkeypatch, home):
    monkeypatch.setenv("LOTI_DATABASE_URL", f"sqlite:///{tmp_path / 'elsewhere.sqlite'}")

    audit.record("ann@council.example", "submit", "s1", {})

    assert (tmp_path / "elsewhere.sqlite").exists()
    assert not home.exists()
    assert os.fspath(tmp_path) in config.database_url()


def test_references_are_heeded():
    audit.record("ann@council.example", "submit", "s1", {})
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), transaction() as db:
        mappings.keep(db, "no such submission", ["rate"], "owner", {"Blk": "black"})


def test_a_reader_sees_one_moment():
    audit.record("ann@council.example", "submit", "s1", {})
    with reading() as db:
        assert "1 entry" in audit.verify_in(db)
        audit.record("ann@council.example", "submit", "s2", {})
        assert "1 entry" in audit.verify_in(db)
    assert "2 entries" in audit.verify()


@IN_A_SERVER
def test_a_reader_of_a_server_cannot_write():
    with pytest.raises(StateError, match="read-only transaction"), reading() as db:
        audit.append(db, "ann@council.example", "submit", "s1", {})


@IN_A_SERVER
def test_a_server_says_that_somebody_else_writes(monkeypatch):
    monkeypatch.setattr(engine, "PATIENCE", 0.1)
    with (
        transaction(),
        pytest.raises(StateError, match="Somebody else is writing"),
    ):
        audit.record("bob@council.example", "submit", "s2", {})


@IN_A_FILE
def test_a_server_that_does_not_answer_is_said_without_its_password(monkeypatch):
    monkeypatch.setenv("LOTI_DATABASE_URL", "postgresql+psycopg://loti:planted@127.0.0.1:1/state")
    for use in (reading, transaction):
        with pytest.raises(StateError, match="cannot be read or written now") as error, use():
            pass
        assert "planted" not in in_full(error.value)
        assert str(error.value).startswith("What people write cannot be reached just now.")
        assert "127.0.0.1" not in str(error.value)
        assert "127.0.0.1" in in_full(error.value)


@IN_A_SERVER
def test_of_a_lock_in_the_database_there_is_one():
    held = locks.take(0)
    assert held is not None
    assert locks.take(0.1) is None
    held.close()
    with locks.take(0) as again:
        assert again is not None
        assert locks.take(0) is None


@IN_A_SERVER
def test_the_lock_of_somebody_who_was_killed_is_free():
    code = (
        "import time; from loti_dash.state import locks; held = locks.take(0); "
        "print(held is not None, flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=config.ROOT, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline().strip() == "True"
        assert locks.take(0) is None
        other.kill()
        other.wait()
    held = locks.take(10)
    assert held is not None
    held.close()
