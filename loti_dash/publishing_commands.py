"""The commands for a nightly job: validate, submit, publish, withdraw, rollback, audit verify.

They do what the pages do, through the same functions. Whoever runs them is the account of the
operating system, by the roles that it has.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from loti_dash import (
    access,
    catalogue,
    config,
    drafts,
    own_figures,
    releases,
    retention,
    submissions,
)
from loti_dash.access import Action, Viewer
from loti_dash.errors import LotiError, UploadRefused
from loti_dash.state import audit, mappings
from loti_dash.upload import addresses, assembling, checking, papers, reading
from loti_dash.upload.description import slug
from loti_dash.upload.records import RecordLevel
from loti_dash.upload.sheet import Checked, Sheet


def validate(options: argparse.Namespace) -> None:
    """Say what is wrong with an upload, without uploading it; 1 if it cannot be used."""
    sheet, checked = _read(options.file, releases.open_())
    for line in sheet.read_as:
        print(line)
    _say_problems(checked)
    if not checked.usable:
        raise UploadRefused("The file cannot be used until these are put right.")
    print(f"{len(checked.figures):,} rows can be used")


def submit(options: argparse.Namespace) -> None:
    """Send figures in for a second person to decide on."""
    who = _who()
    access.require(who, Action.UPLOAD)
    store = releases.open_()
    said, described = papers.read(options.papers)
    owner = slug(said["owner"])
    sheet, checked = _read(options.file, store, who, owner)
    _say_problems(checked)
    made = assembling.package(sheet, checked, described, said, store.catalogue, date.today())
    # What cannot be drawn could not be built either, once somebody had accepted it.
    own_figures.store_of(store, made).close()
    found = drafts.ways(made, store, described)
    way = drafts.IN_FIVE if options.five_groups else drafts.AS_IT_IS
    if way not in found:
        raise LotiError("These figures have no detailed groups; leave out --five-groups.")
    for line in (*drafts.withheld(found[way], described), *drafts.news(found[way].package, store)):
        print(line)
    draft = drafts.draft(found[way], described, sheet, checked.mapped, said)
    print(f"sent in as {submissions.submit(who, draft)}")


def publish(options: argparse.Namespace) -> None:
    """Publish figures that somebody else sent in, or take up a build that was interrupted."""
    who = _who()
    retention.purge(date.today())
    if options.resume:
        access.require(who, Action.APPROVE)
        release = submissions.resume(print)
        print(f"release {release}" if release else "nothing was interrupted")
    elif not options.id:
        waiting = submissions.waiting(who)
        for one in waiting:
            print(one.id, one.submitted_at, one.submitted_by, ", ".join(one.indicators), sep="  ")
        if not waiting:
            print("nothing that you may see is waiting")
    else:
        print(f"release {submissions.publish(who, options.id, options.note, print)}")


def withdraw(options: argparse.Namespace) -> None:
    """Take what was published out of public again, or a whole release, with a public notice."""
    who = _who()
    if options.id in releases.names(config.releases()):
        access.require(who, Action.ROLL_BACK)
        with submissions.building(print), _audited(who, "withdraw release", options.id, options):
            releases.withdraw(options.id, options.because)
        print(f"withdrawn; the current release is {releases.current_name(config.releases())}")
    else:
        release = submissions.withdraw(who, options.id, options.because, print)
        print(f"release {release}" if release else "it was in no release, and none was built")


def rollback(options: argparse.Namespace) -> None:
    """Make an earlier release the current one again, with a public notice."""
    who = _who()
    access.require(who, Action.ROLL_BACK)
    with submissions.building(print), _audited(who, "roll back", options.release, options):
        releases.roll_back(options.release, options.because)
    print(f"the current release is {options.release}")


def audit_verify(_: argparse.Namespace) -> None:
    """Prove that nothing in the audit was changed or taken out."""
    print(audit.verify())


def add(commands: Any) -> None:
    """Add these commands to those of the command line."""

    def command(name: str, run: Any) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = commands.add_parser(
            name, help=run.__doc__, description=run.__doc__
        )
        added.set_defaults(run=run)
        return added

    command("validate", validate).add_argument("file", type=Path, metavar="FILE")
    sending = command("submit", submit)
    sending.add_argument("file", type=Path, metavar="FILE")
    sending.add_argument(
        "--papers",
        type=Path,
        required=True,
        metavar="TOML",
        help="[statement] and, for each id of the file, [figures.ID]",
    )
    sending.add_argument("--five-groups", action="store_true", help="publish the five groups only")
    publishing = command("publish", publish)
    publishing.add_argument("id", nargs="?", help="without it, what is waiting")
    publishing.add_argument("--note", default="", help="what is new, for the list of releases")
    publishing.add_argument("--resume", action="store_true", help="take up an interrupted build")
    withdrawing = command("withdraw", withdraw)
    withdrawing.add_argument("id", help="of what was sent in, or of a release")
    back = command("rollback", rollback)
    back.add_argument("release")
    for taking in (withdrawing, back):
        taking.add_argument("--because", required=True, help="the reason, for the public notice")
    auditing = command("audit", audit_verify)
    auditing.add_argument("what", choices=["verify"])


def _who() -> Viewer:
    return access.viewer_of_account(access.account())


@contextmanager
def _audited(
    who: Viewer, action: str, subject: str, options: argparse.Namespace
) -> Iterator[None]:
    """Enter in the audit what is about to be done, and also if it then is not."""
    detail = {"because": options.because}
    audit.record(who.name, action, subject, detail)
    try:
        yield
    except LotiError:
        audit.record(who.name, f"{action}: not done", subject, detail)
        raise


def _read(
    path: Path, store: Any, who: Viewer | None = None, owner: str = ""
) -> tuple[Sheet, Checked]:
    try:
        sheet = reading.read(path.name, path)
    except OSError as error:
        raise UploadRefused(f"{path} cannot be read: {error}. Name a CSV file.") from error
    except RecordLevel as error:
        if who is not None:
            facts = {"rule": error.rule, "rows": error.rows, "columns": list(error.columns)}
            audit.record(who.name, "refuse records of people", error.sha256, facts)
        raise
    ids = set(sheet.cells["indicator"].cat.categories.astype(str))
    known = mappings.of(ids, partial(access.may, who or _who(), Action.UPLOAD), owner)
    residents = store.query("observations_of", series=[_RESIDENTS], viewer_areas=[])
    labels = catalogue.labels(config.CATALOGUE)
    return sheet, checking.check(sheet, store.catalogue, labels, known, residents=residents)


_RESIDENTS = "census_2021_residents"


def _say_problems(checked: Checked) -> None:
    for each in checked.problems:
        mark = "to put right" if each.stops else "to look at"
        print(f"{mark}: {addresses.place(each.column, each.rows)}: {each.message}")
    for label, code in checked.mapped.items():
        print(f"read as was said before: {label!r} is {code}")
    for label, closest in checked.unmatched.items():
        print(f"not known: {label!r}; closest: {', '.join(name for name, _ in closest) or 'none'}")
