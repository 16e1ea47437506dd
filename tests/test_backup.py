"""Back-up: what is restored answers as before, and what is not whole is not restored at all."""

import json
import os
import random
import shutil
import threading
import zipfile
from collections import Counter
from datetime import date

import pytest
import submitting
from submitting import HACKNEY, HARINGEY, anyone, draft

from loti_dash import (
    access,
    analysis,
    backup,
    config,
    notices,
    releases,
    restoring,
    submissions,
)
from loti_dash.__main__ import main
from loti_dash.errors import BackupError, LotiError, StateError
from loti_dash.notices import Notice
from loti_dash.state import (
    audit,
    canvases,
    engine,
    mappings,
    reading,
    reports,
    shares,
    transaction,
)
from loti_dash.state import submissions as rows
from loti_dash.submissions import Standing

ANN, BOB = anyone("ann"), anyone("bob")
ROLES = '[people."ann@council.example"]\nroles = ["analyst"]\nareas = ["E09000012"]\n'


def quiet(_):
    """Say nothing."""


@pytest.fixture
def at(tmp_path, monkeypatch):
    """Return a function that makes a folder the home of this process."""
    for name in ("LOTI_MODE", "LOTI_RELEASES", "LOTI_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    submitting.put_back_afterwards(monkeypatch)

    def be(name):
        monkeypatch.setenv("LOTI_HOME", str(tmp_path / name))
        return tmp_path / name

    be("home")
    return be


def people_write():
    """Have figures waiting, published, replaced, sent back; mappings and a notice."""
    (config.home() / "roles.toml").write_text(ROLES)
    first = submissions.submit(ANN, draft("arrests", mapping={"Blk – ‘other’": "black"}))
    submissions.publish(BOB, first, "the first", quiet)
    second = submissions.submit(
        ANN,
        draft("arrests", sha256="2" * 64, replaces=first, statement={"owner": 'Team "Ü"\n'}),
    )
    submissions.publish(BOB, second, "again", quiet)
    third = submissions.submit(ANN, draft("evictions", areas=(HACKNEY, HARINGEY)))
    submissions.send_back(BOB, third, "a wrong column")
    submissions.submit(ANN, draft("searches", package=json.dumps("🙂 waiting")))
    notice = Notice("withdrawn_series", date(2026, 11, 3), "pupils", "Pupils", "rows were swapped")
    notices.add(config.releases(), notice)
    share_and_report()


def share_and_report():
    """Have an outcome in two versions, a link and a report."""
    with transaction() as db:
        made = canvases.add(db, ANN.name, '{"title": "Fewer “Ü” cautions"}')
        canvases.append(db, made.canvas_id, BOB.name, '{"title": "Fewer cautions"}')
        shares.add(db, ANN.name, "2027-11-03", "2026-11-03.1-00000000", "A shared view\n🙂")
        reports.add(db, BOB.name, {"page": "housing", "params": {}}, "2026-11-03.1-0", "wrong")


def shared_and_reported():
    """Return outcomes with all their versions, links and reports."""
    with reading() as db:
        newest = canvases.all_newest(db)
        return (
            [canvases.versions(db, one.canvas_id) for one in newest],
            shares.made_by(db, ANN.name),
            reports.made_by(db, BOB.name),
        )


def written():
    """Return all that people wrote, as the program gives it back."""
    folder = config.releases()
    sent = submissions.listing(BOB)
    with reading() as db:
        packages = {one.id: rows.packages(db, [one.id]) for one in sent}
    return {
        "submissions": sent,
        "packages": packages,
        "decisions": [submissions.decisions(BOB, one.id) for one in sent],
        "mappings": mappings.of(["arrests", "evictions"], bool),
        "shared": shared_and_reported(),
        "audit": audit.entries(1_000),
        "proof": audit.verify(),
        "notices": notices.all_(folder),
        "releases": releases.names(folder),
        "current": releases.current_name(folder),
        "may": access.viewer_of("ann@council.example"),
    }


def asked(seed, count):
    """Return what so many random questions about the current release are answered, as text."""
    store, moment = releases.open_(), random.Random(seed)
    offered = store.choices[["indicator_id", "period_id", "area_code"]].drop_duplicates()
    answers = []
    for row in offered.sample(count, random_state=seed).itertuples(index=False):
        reference = moment.choice(["white", "rest", "all"])
        classification = moment.choice(["5", "19"])
        try:
            table = analysis.compare(
                *(store, row.indicator_id, row.period_id),
                reference=reference,
                classification=classification,
                areas=[row.area_code],
            )
            answers.append(table.to_csv(index=False))
        except LotiError as error:
            answers.append(str(error))
    return answers


def everything_is_gone(folder):
    releases._store.cache_clear()
    if config.database_url().startswith("sqlite"):
        engine.engine_of(config.database_url()).dispose()
    shutil.rmtree(folder)


def test_after_a_restore_100_random_requests_are_answered_as_before(home, at):
    here = at("everything")
    shutil.copytree(home / "releases", here / "releases")
    submitting.use_plain_builder()
    # Only state and notices are written here: the release is that of the project's own figures.
    (here / "roles.toml").write_text(ROLES)
    submissions.submit(ANN, draft("arrests"))
    submissions.send_back(BOB, submissions.submit(ANN, draft("evictions")), "a wrong column")
    share_and_report()
    before = written(), asked(7, 100)
    file = here.parent / "everything.zip"

    backup.make(file, quiet)
    after_backup = audit.verify()
    everything_is_gone(here)
    restoring.restore(file, quiet)

    assert asked(7, 100) == before[1]
    now = written()
    assert now.pop("proof") == after_backup
    assert now["audit"][0].action == "back up"
    assert now["audit"][1:] == before[0]["audit"]
    assert {name: now[name] for name in now if name != "audit"} == {
        name: before[0][name] for name in now if name != "audit"
    }
    assert len({*before[1]}) > 80, "the answers are not all alike"


@pytest.mark.parametrize(
    ("made_in", "restored_into"),
    [("sqlite", "postgresql"), ("postgresql", "sqlite"), ("sqlite", "sqlite")],
)
def test_what_one_kind_of_database_kept_can_go_into_another(
    at, request, monkeypatch, made_in, restored_into
):
    here = at("made")
    here.mkdir()
    if made_in == "postgresql":
        request.getfixturevalue("postgresql")
    submitting.use_plain_builder()
    people_write()
    backup.make(here.parent / "backup.zip", quiet)
    before = written()

    at("restored")
    monkeypatch.delenv("LOTI_DATABASE_URL", raising=False)
    if restored_into == "postgresql":
        monkeypatch.setenv("LOTI_DATABASE_URL", request.getfixturevalue("empty_postgresql"))
    restoring.restore(here.parent / "backup.zip", quiet)

    assert written() == before
    submissions.publish(BOB, submissions.waiting(BOB)[0].id, "goes on", quiet)
    assert submitting.current() == ["arrests", "🙂 waiting"]


def test_a_back_up_is_of_one_moment_while_others_write_and_publish(at):
    here = at("busy")
    here.mkdir()
    submitting.use_plain_builder(0.01)
    stop = threading.Event()

    def work():
        n = 0
        while not stop.is_set():
            id_ = submissions.submit(ANN, draft(f"figures{n}"))
            submissions.publish(BOB, id_, f"number {n}", quiet)
            n += 1

    worker = threading.Thread(target=work)
    worker.start()
    files = [here.parent / f"{n}.zip" for n in range(3)]
    try:
        for file in files:
            backup.make(file, quiet)
    finally:
        stop.set()
        worker.join()

    for file in files:
        at(file.stem)
        restoring.restore(file, quiet)
        there = set(releases.names(config.releases()))
        for one in submissions.listing(BOB, Standing.PUBLISHED):
            for decision in submissions.decisions(BOB, one.id):
                assert decision.release in there
        assert "is as it was written" in audit.verify()
        submissions.resume(quiet)
        published = submissions.listing(BOB, Standing.PUBLISHED)
        assert len(submitting.current() if there else []) == len(published)


@pytest.fixture
def file(at):
    here = at("home")
    here.mkdir()
    submitting.use_plain_builder()
    people_write()
    backup.make(here.parent / "backup.zip", quiet)
    at("new")
    return here.parent / "backup.zip"


def changed(file, *, without="", instead=None, besides=None, seal=False):
    """Write another file that is like a back-up, but for some of its parts."""
    other = file.with_name("changed.zip")
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != without}
    for name, change in (instead or {}).items():
        parts[name] = change(parts[name])
    parts |= besides or {}
    if seal:
        manifest = json.loads(parts["manifest.json"])
        names = [name for name in parts if name != "manifest.json"]
        manifest["files"] = {
            name: {"sha256": backup.hashlib.sha256(parts[name]).hexdigest()} for name in names
        }
        parts["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(other, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return other


def nothing_was_restored():
    home = config.home()
    left = [path.name for path in home.iterdir()] if home.exists() else []
    return set(left) <= {"state.sqlite", "state.sqlite.lock"} and audit.entries() == []


def flipped(content):
    # A table without rows is an empty part.
    return bytes([content[0] ^ 1]) + content[1:] if content else b"x"


def test_a_part_that_was_changed_is_found_whichever_it_is(file):
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
    kinds = Counter(name.partition("/")[0] for name in names)
    assert kinds["state"] >= 6
    assert kinds["releases"] == 4
    for name in names:
        with pytest.raises(BackupError, match=r"was changed|no back-up of this"):
            restoring.restore(changed(file, instead={name: flipped}), quiet)
        assert nothing_was_restored()


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"without": "state/audit.jsonl"}, "state/audit.jsonl is missing"),
        ({"without": "manifest.json"}, "no back-up of this dashboard"),
        ({"besides": {"more": b""}}, "more is missing or was added"),
        ({"besides": {"releases/../../more": b""}, "seal": True}, "no part of a back-up"),
        ({"besides": {"/more": b""}, "seal": True}, "no part of a back-up"),
        (
            {
                "instead": {
                    "manifest.json": lambda text: text.replace(b'"format": 1', b'"format": 2')
                }
            },
            "newer version",
        ),
    ],
    ids=["a part less", "no manifest", "a part more", "outside", "at the root", "newer"],
)
def test_what_is_no_whole_back_up_is_refused(file, how, said):
    with pytest.raises(BackupError, match=said):
        restoring.restore(changed(file, **how), quiet)
    assert nothing_was_restored()


@pytest.mark.parametrize("most", [0, 100, 0.5, 0.99])
def test_a_file_that_is_cut_short_is_refused(file, most):
    content = file.read_bytes()
    file.write_bytes(content[: int(most if most > 1 else most * len(content))])
    with pytest.raises(BackupError, match="cannot be restored"):
        restoring.restore(file, quiet)
    assert nothing_was_restored()


def test_an_audit_that_was_changed_before_is_not_restored(file):
    forged = changed(
        file, instead={"state/audit.jsonl": lambda text: text.replace(b"bob@", b"eve@")}, seal=True
    )
    with pytest.raises(StateError, match="not as it was written"):
        restoring.restore(forged, quiet)
    assert nothing_was_restored()


def test_nothing_is_ever_written_over(file, at, monkeypatch):
    restoring.restore(file, quiet)
    with pytest.raises(BackupError, match="is not empty"):
        restoring.restore(file, quiet)
    with pytest.raises(BackupError, match="is there already"):
        backup.make(file, quiet)

    monkeypatch.setenv("LOTI_DATABASE_URL", config.database_url())
    at("another")
    with pytest.raises(StateError, match="is not empty"):
        restoring.restore(file, quiet)
    assert not list(config.home().iterdir())


def test_a_back_up_is_for_nobody_else_on_the_machine(file):
    assert os.stat(file).st_mode & 0o077 == 0


def test_the_commands_say_what_they_did_and_what_is_wrong(file, at, capsys):
    assert main(["restore", str(file)]) == 0
    assert "The audit is as it was written" in capsys.readouterr().out
    assert main(["backup", str(file)]) == 1
    assert "is there already" in capsys.readouterr().err
    assert main(["backup", str(file.with_name("again.zip"))]) == 0
    assert "it holds what is not public" in capsys.readouterr().out
    assert main(["restore", str(file)]) == 1
    assert "is not empty" in capsys.readouterr().err


def test_where_nothing_is_there_is_little_to_keep_and_it_can_be_restored(at):
    here = at("empty")
    here.mkdir()
    backup.make(here.parent / "empty.zip", quiet)
    at("again")
    restoring.restore(here.parent / "empty.zip", quiet)
    assert [entry.action for entry in audit.entries()] == ["back up"]
