"""Canvases as rows: every version stays, and a version that is written on is one."""

import pytest

from loti_dash.state import canvases, reading, transaction


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("LOTI_HOME", str(tmp_path))


def test_versions_are_numbered_and_the_newest_is_found():
    with transaction() as db:
        first = canvases.add(db, "ann", "one")
        second = canvases.append(db, first.canvas_id, "bob", "two")
        other = canvases.add(db, "ann", "another")

    with reading() as db:
        assert canvases.newest_of(db, first.canvas_id) == second
        assert canvases.version_of(db, first.canvas_id, 1) == first
        assert canvases.versions(db, first.canvas_id) == [
            (2, second.saved_at, "bob"),
            (1, first.saved_at, "ann"),
        ]
        assert canvases.all_newest(db) == [other, second]
        assert canvases.newest_of(db, "nothing") is None
        assert canvases.version_of(db, first.canvas_id, 3) is None


def test_a_version_that_is_written_on_is_the_same_one_and_later():
    with transaction() as db:
        first = canvases.add(db, "ann", "on")
        again = canvases.amend(db, first, "one")

    with reading() as db:
        assert canvases.newest_of(db, first.canvas_id) == again
    assert (again.number, again.content) == (1, "one")
    assert again.saved_at > first.saved_at


def test_ids_are_long_and_none_is_like_another():
    with transaction() as db:
        ids = {canvases.add(db, "ann", "").canvas_id for _ in range(50)}
    assert len(ids) == 50
    assert {len(id_) for id_ in ids} == {32}
