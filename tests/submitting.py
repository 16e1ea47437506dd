"""People who submit and publish, each in a process of its own if need be, and a plain builder.

The builder makes a release as the real one does (written apart, moved, pointed to), only that its
content is the list of packages.
"""

import hashlib
import json
import os
import resource
import time
from collections.abc import Mapping, Sequence
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from loti_dash import config, releases, submissions
from loti_dash.access import ALL, ROLES, Viewer
from loti_dash.errors import StateError
from loti_dash.submissions import Draft, Standing, releasing, telling

HACKNEY, HARINGEY = "E09000012", "E09000014"


def anyone(name: str) -> Viewer:
    """Return a person who may do everything everywhere."""
    return Viewer(f"{name}@council.example", frozenset(ROLES), (ALL,))


def draft(name: str, **changes: object) -> Draft:
    """Return figures whose package is the text of their name."""
    given = {
        "package": json.dumps(name),
        "indicators": (f"{name}_rate",),
        "areas": (HACKNEY,),
        "file_name": f"{name}.csv",
        "sha256": hashlib.sha256(name.encode()).hexdigest(),
        "statement": {"owner": "Research team"},
    }
    return Draft(**(given | changes))


def put_back_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have what the plain builder stands in for put back when a test ends."""
    monkeypatch.setattr(releasing, "build_release", releasing.build_release)
    for name in ("tell", "correct"):
        monkeypatch.setattr(telling, name, getattr(telling, name))


def use_plain_builder(slow: float = 0) -> None:
    """Have releases made by the plain builder, which waits so many seconds at every step."""

    def build(packages: Sequence[str], note: str, _say: object) -> str:
        folder = config.releases()
        content = json.dumps([[json.loads(one) for one in packages], note])
        number = hashlib.sha256(content.encode()).hexdigest()[:8]
        building = folder / f".building-{os.getpid()}"
        building.write_text(content)
        time.sleep(slow)
        name = releases.next_name(folder, number)
        releases.put(building, folder / f"{name}.duckdb")
        time.sleep(slow)
        releases.point_to(folder, name)
        time.sleep(slow)
        return name

    def tell(text: str, because: str, _on: object, since: str, until: str) -> None:
        told = config.home() / "told"
        told.mkdir(exist_ok=True)
        (told / json.loads(text)).write_text(json.dumps([because, since, until]))

    def correct(before: str, after: str, because: str, _on: object, since: str) -> None:
        told = config.home() / "corrected"
        told.mkdir(exist_ok=True)
        both = [json.loads(before), json.loads(after)]
        (told / both[1]).write_text(json.dumps([*both, because, since]))

    releasing.build_release = build
    telling.tell = tell
    telling.correct = correct


def contents() -> list[list[str]]:
    """Return the packages in each release, the oldest release first."""
    folder = config.releases()
    return [json.loads((folder / f"{n}.duckdb").read_text())[0] for n in releases.names(folder)]


def current() -> list[str]:
    """Return the packages in the current release."""
    folder = config.releases()
    return json.loads((folder / f"{releases.current_name(folder)}.duckdb").read_text())[0]


def here() -> dict[str, str]:
    """Return where state and releases are kept, for a process that was started elsewhere."""
    return {name: value for name, value in os.environ.items() if name.startswith("LOTI_")}


def _go(here: Mapping[str, str]) -> Path:
    for name in [name for name in os.environ if name.startswith("LOTI_")]:
        del os.environ[name]
    os.environ.update(here)
    return config.home()


def work_until_killed(here: Mapping[str, str], kill: int, slow: float) -> None:
    """Withdraw one, if it is time to, and submit and publish; write down what was done."""
    home = _go(here)
    use_plain_builder(slow)
    analyst, approver = anyone("analyst"), anyone("approver")
    with (home / "done").open("a", buffering=1) as done:
        submissions.resume(_say_nothing)
        for n in range(kill, 1_000 + kill):
            published = submissions.listing(approver, Standing.PUBLISHED)
            if n % 3 == 0 and published:
                id_ = published[0].id
                submissions.withdraw(approver, id_, "a wrong column", _say_nothing)
                done.write(f"withdraw {id_}\n")
            id_ = submissions.submit(analyst, draft(f"{kill}-{n}"))
            done.write(f"submit {id_}\n")
            submissions.publish(approver, id_, "more figures", _say_nothing)
            done.write(f"publish {id_}\n")


def submit_and_publish_what_waits(
    here: Mapping[str, str], name: str, start: Barrier, count: int
) -> None:
    """Submit so many, then publish what others submitted until nothing waits."""
    _go(here)
    use_plain_builder()
    me = anyone(name)
    start.wait()
    for n in range(count):
        submissions.submit(me, draft(f"{name}-{n}"))
    start.wait()
    others = [one for one in submissions.waiting(me) if one.submitted_by != me.name]
    # Everybody begins elsewhere, so that not all want the same one.
    turn = int(name[-1]) * count
    for one in others[turn:] + others[:turn]:
        try:
            submissions.publish(me, one.id, f"from {name}", _say_nothing)
        except StateError as error:
            if "accepted for publication by" not in str(error):
                raise


def submit_with_little_room(here: Mapping[str, str], most: int) -> None:
    """Submit figures of 200,000 bytes where no file may be longer than so many bytes."""
    home = _go(here)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    said = ""
    try:
        submissions.submit(anyone("analyst"), draft("long", package="x" * 200_000))
    except StateError as error:
        said = str(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    if said:
        (home / "said").write_text(said)


def _say_nothing(_: str) -> None:
    pass
