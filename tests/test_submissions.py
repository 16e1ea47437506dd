"""From a submission to a release: two people, one build at a time, nothing lost or twice."""

import json
import multiprocessing
import os
import random
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
import submitting
from submitting import HACKNEY, HARINGEY, anyone, contents, current, draft

from loti_dash import access, config, releases, retention, submissions
from loti_dash.access import ALL, Viewer
from loti_dash.errors import AccessDenied, ReleaseError, StateError
from loti_dash.state import audit, mappings, reading, transaction
from loti_dash.state import decisions as verdicts
from loti_dash.state import submissions as rows
from loti_dash.submissions import Standing, lock, releasing

ANN, BOB, CAY = anyone("ann"), anyone("bob"), anyone("cay")
KILLS = int(os.environ.get("LOTI_KILLS", "10"))


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


def send(name, **changes):
    return submissions.submit(ANN, draft(name, **changes))


def published(name, **changes):
    id_ = send(name, **changes)
    submissions.publish(BOB, id_, f"added {name}", quiet)
    return id_


def standing(id_):
    return submissions.of(BOB, id_).standing


def the_disk_is_full(*_):
    raise ReleaseError("The release could not be written: No space left on device.")


def test_what_a_second_person_publishes_is_in_the_current_release():
    id_ = send("arrests")

    release = submissions.publish(BOB, id_, "arrests of 2024", quiet)

    assert current() == ["arrests"]
    assert releases.current_name(releasing.config.releases()) == release
    assert standing(id_) == Standing.PUBLISHED
    (decision,) = submissions.decisions(BOB, id_)
    assert (decision.decided_by, decision.because, decision.release) == (
        "bob@council.example",
        "arrests of 2024",
        release,
    )


def test_a_release_has_everything_that_was_published_before_as_well():
    published("arrests")
    published("evictions")

    assert contents() == [["arrests"], ["arrests", "evictions"]]


def test_sending_the_same_in_twice_makes_one_submission():
    assert send("arrests") == send("arrests")
    assert len(submissions.waiting(BOB)) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"statement": {"owner": "Somebody else"}},
        {"mapping": {"Blk": "black"}},
        {"sha256": "0" * 64},
        {"package": '"arrests, more withheld"'},
        {"rules": {"sensitive": ["arrests_rate"]}},
    ],
    ids=["statement", "mapping", "file", "figures", "rules"],
)
def test_another_file_or_other_papers_make_another_submission(other):
    assert send("arrests") != send("arrests", **other)


def test_the_same_file_of_another_person_is_another_submission():
    assert submissions.submit(ANN, draft("arrests")) != submissions.submit(CAY, draft("arrests"))


@pytest.mark.parametrize(
    ("missing", "nothing"),
    [("package", ""), ("indicators", ()), ("areas", ()), ("sha256", ""), ("statement", {})],
)
def test_a_submission_that_lacks_something_is_refused_with_what_it_is(missing, nothing):
    with pytest.raises(StateError, match=f"The submission has no {missing}"):
        send("arrests", **{missing: nothing})


def test_what_was_sent_in_on_a_server_is_not_published_as_at_a_workbench(monkeypatch):
    """Whoever has the account of the server could else be a second person to themselves."""
    id_ = send("arrests")
    monkeypatch.setenv("LOTI_MODE", "workbench")

    with pytest.raises(AccessDenied, match="sent in with LOTI_MODE public, and it is workbench"):
        submissions.publish(BOB, id_, "arrests", quiet)

    monkeypatch.delenv("LOTI_MODE")
    submissions.publish(BOB, id_, "arrests", quiet)
    assert current() == ["arrests"]


def test_one_cannot_publish_ones_own():
    id_ = send("arrests")

    for name in (
        "ann@council.example",
        "ANN@Council.example",
        " ann@council.example ",
        "ａnn@council.example",
    ):
        with pytest.raises(AccessDenied, match="somebody else has to publish"):
            submissions.publish(replace(ANN, name=name), id_, "mine", quiet)

    assert standing(id_) == Standing.WAITING
    assert not releases.names(releasing.config.releases())


def test_one_cannot_publish_ones_own_by_ones_account(home):
    (home / "roles.toml").write_text(
        '[people."ann@council.example"]\nroles = ["analyst", "approver"]\n'
        f'areas = ["{HACKNEY}"]\naccount = "ann-at-work"\n'
    )
    by_account = access.viewer_of_account("ann-at-work")
    by_address = access.viewer_of("Ann@council.example")

    for one, other in [(by_account, by_address), (by_address, by_account)]:
        id_ = submissions.submit(one, draft("arrests"))
        with pytest.raises(AccessDenied, match="somebody else has to publish"):
            submissions.publish(other, id_, "mine", quiet)


def test_an_account_that_is_given_to_a_person_later_is_that_person(home, monkeypatch):
    monkeypatch.setenv("LOTI_MODE", "workbench")
    id_ = submissions.submit(access.viewer_of_account("ann-at-work"), draft("arrests"))
    (home / "roles.toml").write_text(
        '[people."ann@council.example"]\nroles = ["approver"]\nareas = ["all"]\n'
        'account = "ann-at-work"\n'
    )

    with pytest.raises(AccessDenied, match="somebody else has to publish"):
        submissions.publish(Viewer("ann@council.example", ANN.roles, (ALL,)), id_, "mine", quiet)


OF_BOTH = (HACKNEY, HARINGEY)
SOMEBODY = "dee@council.example"


@pytest.mark.parametrize(
    ("viewer", "sees", "decides"),
    [
        (Viewer("ann@council.example", frozenset({"analyst"}), OF_BOTH), True, False),
        (Viewer("ann@council.example", frozenset(), OF_BOTH), False, False),
        (Viewer("ann@council.example", frozenset({"analyst"}), (HARINGEY,)), False, False),
        (Viewer(SOMEBODY, frozenset({"approver"}), OF_BOTH), True, True),
        (Viewer(SOMEBODY, frozenset({"approver"}), (ALL,)), True, True),
        (Viewer(SOMEBODY, frozenset({"approver"}), (HACKNEY,)), False, False),
        (Viewer(SOMEBODY, frozenset({"analyst"}), OF_BOTH), False, False),
        (Viewer(SOMEBODY, frozenset({"administrator"}), OF_BOTH), False, False),
        (Viewer(), False, False),
    ],
    ids=[
        "submitter",
        "submitter without a role now",
        "submitter of another area now",
        "approver of both areas",
        "approver of all areas",
        "approver of one area",
        "another analyst",
        "administrator",
        "visitor",
    ],
)
def test_only_the_submitter_and_approvers_of_all_its_areas_see_it(viewer, sees, decides):
    id_ = send("arrests", areas=OF_BOTH)

    assert [one.id for one in submissions.waiting(viewer)] == [id_] * sees
    if sees:
        assert submissions.of(viewer, id_).package == '"arrests"'
    else:
        for look in (submissions.of, submissions.decisions):
            with pytest.raises(AccessDenied, match=f"There is no submission '{id_}' that you may"):
                look(viewer, id_)
    if not decides:
        for decide in (submissions.publish, submissions.send_back, submissions.withdraw):
            with pytest.raises(AccessDenied):
                decide(viewer, id_, "words")
    assert standing(id_) == Standing.WAITING


def test_lists_are_without_figures():
    send("arrests")

    assert [one.package for one in submissions.waiting(BOB)] == [""]


def test_what_somebody_else_decided_in_between_is_said():
    first, second = send("arrests"), send("evictions")
    submissions.publish(BOB, first, "arrests", quiet)
    submissions.send_back(BOB, second, "two rows are swapped")

    with pytest.raises(StateError, match=r"accepted for publication by bob@council.example on \d"):
        submissions.publish(CAY, first, "arrests", quiet)
    with pytest.raises(StateError, match=r"was sent back by bob.*two rows are swapped"):
        submissions.publish(CAY, second, "evictions", quiet)
    with pytest.raises(StateError, match="accepted for publication by"):
        submissions.send_back(CAY, first, "no")


def test_what_is_sent_back_keeps_its_reason_and_loses_its_figures_and_papers():
    id_ = send("arrests", mapping={"Blk": "black"})

    submissions.send_back(BOB, id_, "two rows\nare swapped")

    found = submissions.of(ANN, id_)
    assert (found.standing, found.package, found.statement, found.mapping) == (
        Standing.SENT_BACK,
        "",
        {},
        {},
    )
    assert submissions.decisions(ANN, id_)[0].because == "two rows are swapped"
    assert send("arrests") != id_


def test_a_decision_needs_words():
    id_ = send("arrests")

    for decide in (submissions.publish, submissions.send_back, submissions.withdraw):
        with pytest.raises(StateError, match="Nothing was done: say"):
            decide(BOB, id_, " \n")


def test_what_is_withdrawn_is_in_no_new_release_and_the_public_is_told(home):
    id_ = published("arrests")
    published("evictions")
    first, second = releases.names(releasing.config.releases())

    submissions.withdraw(CAY, id_, "a wrong column", quiet)

    assert current() == ["evictions"]
    assert standing(id_) == Standing.WITHDRAWN
    assert json.loads((home / "told" / "arrests").read_text()) == ["a wrong column", first, second]
    with pytest.raises(StateError, match=r"was withdrawn by cay@council.example on .*a wrong"):
        submissions.withdraw(BOB, id_, "again", quiet)


def test_what_waits_cannot_be_withdrawn():
    with pytest.raises(StateError, match="is waiting"):
        submissions.withdraw(BOB, send("arrests"), "a wrong column", quiet)


def test_a_successor_takes_the_place_of_what_it_replaces():
    first = published("old", indicators=("rate",))
    assert submissions.in_place_of(["rate"], [HACKNEY]) == first

    second = published("new", indicators=("rate",), replaces=first)

    assert contents() == [["old"], ["new"]]
    assert (standing(first), standing(second)) == (Standing.REPLACED, Standing.PUBLISHED)
    assert submissions.of(BOB, first).package == '"old"'
    assert submissions.in_place_of(["rate"], [HACKNEY]) == second
    with pytest.raises(StateError, match="and is replaced now"):
        submissions.publish(BOB, first, "a wrong column", quiet)


def test_what_was_replaced_can_be_withdrawn_from_the_releases_that_had_it(home):
    first = published("old", indicators=("rate",))
    published("beside")
    second = published("new", indicators=("rate",), replaces=first)
    names = releases.names(config.releases())

    submissions.withdraw(BOB, first, "a name was in a title", quiet)

    said = json.loads((home / "told" / "old").read_text())
    assert said == ["a name was in a title", names[0], names[1]]
    assert current() == ["beside", "new"]
    assert (standing(first), standing(second)) == (Standing.WITHDRAWN, Standing.PUBLISHED)


def test_the_public_is_told_what_a_successor_corrects(home):
    first = published("old", indicators=("rate",))
    assert not (home / "corrected").exists()

    published("new", indicators=("rate",), replaces=first)

    said = json.loads((home / "corrected" / "new").read_text())
    assert said == ["old", "new", "added new", releases.names(config.releases())[1]]


def test_what_never_came_out_is_not_corrected_and_its_withdrawal_needs_no_notice(
    home, monkeypatch
):
    first = published("old", indicators=("rate",))
    plain = releasing.build_release
    monkeypatch.setattr(releasing, "build_release", the_disk_is_full)
    never = send("never", indicators=("rate",), replaces=first)
    with pytest.raises(StateError):
        submissions.publish(BOB, never, "never", quiet)
    monkeypatch.setattr(releasing, "build_release", plain)

    last = send("last", indicators=("rate",), replaces=never)
    submissions.publish(BOB, last, "the last", quiet)

    assert [path.name for path in (home / "corrected").iterdir()] == ["last"]
    assert json.loads((home / "corrected" / "last").read_text())[:2] == ["old", "last"]
    assert standing(never) == Standing.REPLACED
    before = contents()
    submissions.withdraw(BOB, never, "a wrong column", quiet)
    assert contents() == before
    assert not (home / "told").exists()


def test_figures_that_are_there_already_are_not_published_beside_them():
    waits = send("other", indicators=("rate", "more"))
    first = published("old", indicators=("rate",))

    with pytest.raises(
        StateError, match=f"rate has figures already, from the submission '{first}'"
    ):
        send("new", indicators=("rate",))
    with pytest.raises(
        StateError, match=f"rate has figures already, from the submission '{first}'"
    ):
        submissions.publish(BOB, waits, "more", quiet)
    assert standing(waits) == Standing.WAITING


@pytest.mark.parametrize(
    "other", [{"areas": (HARINGEY,)}, {"indicators": ("rate", "more")}, {"replaces": "unknown"}]
)
def test_only_figures_of_the_same_indicators_and_areas_are_replaced(other):
    first = published("old", indicators=("rate",))

    with pytest.raises(StateError, match="These figures were to replace the submission"):
        send("new", **({"indicators": ("rate",), "replaces": first} | other))


def test_what_waited_while_others_of_its_indicators_came_out_is_sent_in_anew():
    """Its small counts were withheld beside what was public before, not beside the others."""
    first = send("one", indicators=("rate",))
    second = send("two", indicators=("rate",))
    submissions.publish(BOB, first, "new figures", quiet)
    submissions.withdraw(BOB, first, "a wrong column", quiet)

    with pytest.raises(StateError, match="have them sent in anew"):
        submissions.publish(BOB, second, "new figures", quiet)
    assert standing(second) == Standing.WAITING


def test_of_two_successors_the_second_has_to_be_submitted_anew():
    first = published("old", indicators=("rate",))
    one = send("one", indicators=("rate",), replaces=first)
    two = send("two", indicators=("rate",), replaces=first)
    submissions.publish(BOB, one, "new figures", quiet)

    with pytest.raises(StateError, match=f"were to replace the submission '{first}'"):
        submissions.publish(BOB, two, "new figures", quiet)


def test_a_mapping_is_kept_once_a_second_person_agreed():
    statement = {"owner": "Rate"}
    id_ = send("arrests", mapping={"Blk": "black"}, statement=statement)
    assert mappings.of(["arrests"], bool) == {}

    submissions.publish(BOB, id_, "arrests", quiet)

    assert mappings.of(["arrests"], bool) == {"Blk": "black"}


def test_the_audit_says_who_did_what_and_has_no_figures():
    id_ = send("arrests", hidden=(3, 2), rules={"groups": "5", "threshold": 5})
    submissions.publish(BOB, id_, "new", quiet)
    submissions.withdraw(CAY, id_, "a wrong column", quiet)

    found = audit.entries()[::-1]
    assert [(one.who.partition("@")[0], one.action) for one in found] == [
        ("ann", "submit"),
        ("bob", "publish"),
        ("bob", "enter release"),
        ("cay", "withdraw"),
        ("cay", "enter release"),
    ]
    assert {one.subject for one in found} == {id_}
    assert found[0].detail == {
        "sha256": draft("arrests").sha256,
        "indicators": ["arrests_rate"],
        "areas": [HACKNEY],
        "hidden": [3, 2],
        "mapped": 0,
        "replaces": "",
        "rules": {"groups": "5", "threshold": 5},
        "mode": "public",
    }
    assert [one.detail.get("release") for one in found if one.action == "enter release"] == (
        releases.names(releasing.config.releases())
    )


def test_a_build_that_fails_leaves_the_current_release_and_what_was_accepted(monkeypatch):
    published("arrests")
    id_ = send("evictions")
    works = releasing.build_release
    monkeypatch.setattr(releasing, "build_release", the_disk_is_full)

    with pytest.raises(StateError, match=r"No space left.*What was decided is kept"):
        submissions.publish(BOB, id_, "evictions", quiet)
    assert (current(), standing(id_)) == (["arrests"], Standing.ACCEPTED)

    monkeypatch.setattr(releasing, "build_release", works)
    submissions.resume(quiet)
    assert (current(), standing(id_)) == (["arrests", "evictions"], Standing.PUBLISHED)
    assert "is as it was written" in audit.verify()


def test_figures_that_cannot_be_built_can_be_withdrawn_and_others_go_on(home, monkeypatch):
    works = releasing.build_release

    def refuses_bad(packages, *rest):
        if '"bad"' in packages:
            raise ReleaseError("These figures contradict themselves.")
        return works(packages, *rest)

    monkeypatch.setattr(releasing, "build_release", refuses_bad)
    bad = send("bad")
    with pytest.raises(StateError, match="contradict themselves"):
        submissions.publish(BOB, bad, "bad", quiet)

    assert submissions.withdraw(BOB, bad, "cannot be built", quiet) == ""

    published("good")
    assert current() == ["good"]
    # Nobody has seen them, so there is nothing to tell.
    assert not (home / "told").exists()


def test_a_withdrawal_tells_the_public_even_if_no_release_can_be_built(home, monkeypatch):
    id_ = published("arrests")
    works = releasing.build_release
    monkeypatch.setattr(releasing, "build_release", the_disk_is_full)

    with pytest.raises(StateError, match="What was decided is kept"):
        submissions.withdraw(CAY, id_, "a wrong column", quiet)

    assert (home / "told" / "arrests").exists()
    monkeypatch.setattr(releasing, "build_release", works)
    submissions.resume(quiet)
    assert current() == []


def test_a_release_whose_builder_was_killed_afterwards_is_not_built_again(
    monkeypatch,
):
    works = releasing.build_release

    def build_and_die(*what):
        works(*what)
        raise KeyboardInterrupt

    id_ = send("arrests")
    monkeypatch.setattr(releasing, "build_release", build_and_die)
    with pytest.raises(KeyboardInterrupt):
        submissions.publish(BOB, id_, "arrests", quiet)
    monkeypatch.setattr(releasing, "build_release", works)

    release = submissions.resume(quiet)

    assert releases.names(releasing.config.releases()) == [release]
    assert submissions.decisions(BOB, id_)[0].release == release
    assert submissions.resume(quiet) == ""


def test_a_rebuild_keeps_what_was_published():
    published("arrests")

    submissions.rebuild("a newer census", quiet)

    assert contents() == [["arrests"], ["arrests"]]


def test_a_rebuild_where_nothing_was_submitted_writes_no_state(home):
    submissions.rebuild("the first", quiet)

    assert current() == []
    assert not list(home.glob("state*"))


def test_a_rebuild_that_fails_says_no_more_than_why(monkeypatch):
    published("arrests")
    monkeypatch.setattr(releasing, "build_release", the_disk_is_full)

    with pytest.raises(ReleaseError, match=r"No space left on device\.$"):
        submissions.rebuild("a newer census", quiet)


def test_looking_and_tidying_where_nothing_was_submitted_makes_nothing(home):
    assert submissions.waiting(BOB) == []
    assert submissions.resume(quiet) == ""
    assert retention.purge(date(2026, 1, 1)) == []
    assert list(home.iterdir()) == []


def test_what_waits_for_more_than_30_days_is_deleted_and_the_fact_stays():
    late, decided = send("arrests"), published("evictions")
    today = datetime.now(UTC).date()

    assert retention.purge(today + timedelta(days=30)) == []
    (said,) = retention.purge(today + timedelta(days=31))
    assert said.startswith("deleted 1: figures that nobody decided on, 30 days")

    found = submissions.of(ANN, late)
    assert (found.standing, found.package, found.statement) == (Standing.EXPIRED, "", {})
    assert submissions.decisions(ANN, late)[0].because.startswith("nobody decided within 30 days")
    assert submissions.of(ANN, decided).package == '"evictions"'
    with pytest.raises(StateError, match="deleted, because nobody decided in time on"):
        submissions.publish(BOB, late, "late", quiet)


@pytest.fixture(scope="module")
def workers():
    """Return a context whose processes begin at once, with the modules already imported."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "submitting", "alembic.command"])
    with pytest.MonkeyPatch.context() as patch:
        # The server that forks does not get our path in any other way.
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        first = context.Process(target=print)
        first.start()
        first.join()
    return context


def wait_until_more_is_done(by, written, count):
    """Wait until a process wrote so many more lines than there are now."""

    def lines():
        return written.read_text().count("\n") if written.exists() else 0

    until, before = time.monotonic() + 120, lines()
    while lines() < before + count:
        assert by.is_alive(), "it ended before it was killed"
        assert time.monotonic() < until, "nothing more is done"
        time.sleep(0.005)


@pytest.mark.parametrize(("slow", "kills"), [(0, KILLS * 3 // 4), (0.01, KILLS // 4)])
def test_whatever_is_killed_nothing_is_lost_or_twice(home, workers, slow, kills):
    submissions.rebuild("the first", quiet)
    moment = random.Random(20)
    for kill in range(kills):
        process = workers.Process(
            target=submitting.work_until_killed, args=(submitting.here(), kill, slow)
        )
        process.start()
        # Every second one is killed while it may still be taking up what the last one left. The
        # others have submitted and published some by then, on however slow a machine.
        if not kill % 2:
            wait_until_more_is_done(process, home / "done", moment.randint(2, 9))
        time.sleep(moment.uniform(0, 0.3))
        process.kill()
        process.join()
        assert process.exitcode == -9, "the process went on until it was killed"
        assert isinstance(current(), list), "the current release opens"

    # The database may not know yet that the last one is dead, and who is alive waits for nobody.
    held = lock.take(60)
    assert held is not None
    held.close()
    submissions.resume(quiet)

    assert "is as it was written" in audit.verify()
    done = [line.split() for line in (home / "done").read_text().splitlines()]
    with reading() as db:
        found = {one.id: one for one in rows.standing_at(db, *Standing)}
        made = {id_: verdicts.of(db, id_) for id_ in found}
        packages = {id_: json.loads(rows.packages(db, [id_])[0]) for id_ in found}
    # Some came as far as to be published, and may have been withdrawn since.
    assert {Standing.PUBLISHED, Standing.WITHDRAWN} & {one.standing for one in found.values()}
    reached = {
        "submit": set(Standing),
        "publish": {Standing.PUBLISHED, Standing.WITHDRAWN},
        "withdraw": {Standing.WITHDRAWN},
    }
    for what, id_ in done:
        assert found[id_].standing in reached[what]
    for decisions in made.values():
        kinds = [one.what for one in decisions]
        assert len(kinds) == len(set(kinds)), "a decision was made twice"
        assert all(one.release is not None for one in decisions)
    assert current() == [
        packages[id_] for id_, one in found.items() if one.standing == Standing.PUBLISHED
    ]
    every = contents()
    assert all(one != next_ for one, next_ in pairwise(every)), "built twice"
    assert not [id_ for id_, one in found.items() if one.standing == Standing.ACCEPTED]


def test_eight_people_at_once_lose_nothing(home, workers):
    start = workers.Barrier(8)
    people = [f"person-{n}" for n in range(8)]
    processes = [
        workers.Process(
            target=submitting.submit_and_publish_what_waits,
            args=(submitting.here(), name, start, 3),
        )
        for name in people
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(300)
        assert process.exitcode == 0

    assert "is as it was written" in audit.verify()
    assert sorted(current()) == sorted(f"{name}-{n}" for name in people for n in range(3))
    entries = audit.entries(1_000)
    for action in ("submit", "publish", "enter release"):
        assert len({one.subject for one in entries if one.action == action}) == 24
        assert len([one for one in entries if one.action == action]) == 24
    sizes = [len(packages) for packages in contents()]
    assert sizes == sorted(set(sizes)), "each release has more than the one before"
    for one in submissions.listing(BOB, Standing.PUBLISHED):
        (decision,) = submissions.decisions(BOB, one.id)
        assert decision.decided_by != one.submitted_by


@pytest.mark.parametrize("each_database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("most", [0, 40_000, 120_000, 250_000])
def test_where_no_file_can_grow_nothing_is_half_written(home, workers, most):
    """Each limit stops another step: the log, the tables, the figures, and what goes with them."""
    send("before")
    process = workers.Process(
        target=submitting.submit_with_little_room, args=(submitting.here(), most)
    )
    process.start()
    process.join(300)

    said = (home / "said").exists()
    assert process.exitcode == 0
    assert said == (most < 250_000)
    assert len(submissions.waiting(BOB)) == (1 if said else 2)
    assert "is as it was written" in audit.verify()
    published("after")
    assert current() == ["after"]


@pytest.fixture
def small_disk(home):
    """Yield a disk of 600 kB, where the system lets the test make one."""
    disk = home / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only an administrator can mount a small disk")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.parametrize("each_database", ["sqlite"], indirect=True)
def test_on_a_full_disk_nothing_is_half_written(small_disk, monkeypatch):
    monkeypatch.setenv("LOTI_HOME", str(small_disk))
    published("arrests")
    filled = small_disk / "filled"
    with pytest.raises(OSError, match="No space"):
        filled.write_bytes(b"x" * 600_000)

    with pytest.raises(StateError, match=r"Make room"):
        submissions.submit(ANN, draft("evictions", package='"' + "x" * 400_000 + '"'))
    assert current() == ["arrests"]

    filled.unlink()
    assert submissions.waiting(BOB) == []
    published("evictions")
    assert current() == ["arrests", "evictions"]
    assert "is as it was written" in audit.verify()


def test_figures_of_a_transaction_that_fails_are_not_there():
    def fail():
        with transaction() as db:
            rows.add(db, draft("arrests"), "ann@council.example")
            raise StateError("stop")

    with pytest.raises(StateError, match="stop"):
        fail()
    assert submissions.waiting(BOB) == []
