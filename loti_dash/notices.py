"""What was taken back or corrected, in public: a file for each, beside the releases.

Every server that mounts the folder of releases sees them at its next question. A notice is
written once and never changed: what ends it is another notice.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from filelock import FileLock

from loti_dash import notice_files, remote_releases
from loti_dash.errors import ReleaseError, ReleaseWithdrawn
from loti_dash.notice_files import RELEASE, Kind, Notice, alone

__all__ = [
    "RELEASE",
    "Kind",
    "Notice",
    "add",
    "all_",
    "alone",
    "as_it_is",
    "damaged",
    "place",
    "raise_if_withdrawn",
    "reason",
    "says_withdrawn",
    "withdrawn_releases",
    "withdrawn_series",
    "words",
]
_WITHDRAWN = "These figures were withdrawn on"
# Without width, and nothing to read out: it only keeps two signs from being read as one.
_JOINED = "\N{WORD JOINER}"
# ":material/home:" and ":smile:" are icons, "https://" and "www." links, "->" is an arrow.
_STANDS_FOR_MORE = re.compile(
    r":(?=\S)|www(?=\.)|(?<!\S)[<>~-](?=(?:->?|[=>-])(?!\S))", re.IGNORECASE
)
_BEGINS_A_LIST = re.compile(r"^[ \t]*(\d*)(?=(?:[-+=]+|(?<=\d)[.)])(?:\s|$))", re.MULTILINE)


def add(folder: Path, notice: Notice) -> None:
    """Write a notice beside the releases of a folder, if there is no such one yet.

    Notices of one kind, subject, reason, day and first release are the same one. Safe against
    other processes, and against being stopped at any moment: the notice is there whole, or not
    at all.

    Raises ReleaseError for a blank reason, and where it cannot be written.
    """
    notice = replace(notice, because=reason(notice.because))
    there = folder / notice_files.FOLDER
    try:
        there.mkdir(parents=True, exist_ok=True)
        with FileLock(there / ".lock"):
            remote_releases.refresh(folder, anew=True)
            if _same(notice) not in map(_same, notice_files.read(there)[0]):
                notice_files.write(there, notice)
    except OSError as error:
        raise ReleaseError(
            f"The notice on {notice.title} cannot be written to {there}: {error}. Nothing was "
            "changed. Make room, or make it a folder that can be written to, and try again."
        ) from error


def reason(because: str) -> str:
    """Return a reason as it stands after "because", on one line and without a full stop.

    Raises ReleaseError if it is blank.

    >>> reason(" two boroughs were swapped. ")
    'two boroughs were swapped'
    """
    said = " ".join(because.split()).rstrip(".")
    if not said:
        raise ReleaseError("Say why: the reason is shown to everybody, and may not be blank.")
    return said


def all_(folder: Path) -> list[Notice]:
    """Return the notices beside the releases of a folder, the newest first.

    Files that are damaged are none of them: see `damaged`.
    """
    return list(notice_files.known(folder)[0])


def damaged(folder: Path) -> list[str]:
    """Return a sentence for each file that should be a notice and cannot be read."""
    return list(notice_files.known(folder)[1])


def withdrawn_series(folder: Path, release: str = "") -> Mapping[str, Notice]:
    """Return the series that are withdrawn from a release, or from any, each with its notice.

    Of several notices on a series it is the newest one.
    """
    found: dict[str, Notice] = {}
    notices = all_(folder)
    for place, notice in enumerate(notices):
        if notice.kind != "withdrawn_series" or notice.subject in found:
            continue
        if not release or (
            _covers(notice, release) and not _ended(notices[:place], notice, release)
        ):
            found[notice.subject] = notice
    return found


def withdrawn_releases(folder: Path) -> Mapping[str, Notice]:
    """Return the releases that are withdrawn, each with its notice."""
    return {n.subject: n for n in all_(folder) if n.kind == "withdrawn_release"}


def raise_if_withdrawn(folder: Path, release: str) -> None:
    """Raise ReleaseWithdrawn, with the notice, if a release is withdrawn."""
    notice = withdrawn_releases(folder).get(release)
    if notice:
        raise ReleaseWithdrawn(words(notice))


def words(notice: Notice) -> str:
    """Return a notice as it stands in the place of what it is about.

    >>> words(Notice("withdrawn_series", date(2026, 11, 3), "x", "Duties", "rows were swapped"))
    'These figures were withdrawn on 3 November 2026 because rows were swapped.'
    """
    when = f"{notice.on.day} {notice.on:%B %Y} because {notice.because}."
    return {
        "correction": f"{notice.title}: corrected on {when}",
        "withdrawn_series": f"{_WITHDRAWN} {when}",
        "withdrawn_release": f"The release {notice.subject} was withdrawn on {when}",
        "rolled_back": f"The release {notice.subject} was made the current one again, in place of "
        f"{notice.until_release}, on {when}",
    }[notice.kind]


def as_it_is(text: str) -> str:
    r"""Return a text for where Markdown is read, which somebody wrote who meant none.

    An e-mail address stays a link, for it is copied more often than it is meant to mislead.

    >>> as_it_is("2*3 and [c]")
    '2\\*3 and \\[c\\]'
    """
    # What stands for a sign, an icon or a link is looked for after all backslashes are gone.
    split = _STANDS_FOR_MORE.sub(rf"\g<0>{_JOINED}", text)
    plain = re.sub(r"([\\`*_\[\]<>$:~#|&])", r"\\\1", split)
    return _BEGINS_A_LIST.sub(r"\1\\", plain)


def says_withdrawn(text: str) -> bool:
    """Return whether a text is the notice that stands in the place of figures."""
    return text.startswith(_WITHDRAWN)


def place(release: str) -> tuple[str, int]:
    """Return what releases are put in order by: the day, and the place in the day.

    >>> place("2026-11-24.10-0000abcd")
    ('2026-11-24', 10)
    """
    found = RELEASE.fullmatch(release)
    assert found, f"{release!r} is not the name of a release"
    return found[1], int(found[2])


def _covers(notice: Notice, release: str) -> bool:
    """Return whether a notice is about a release. About a file of another name it always is."""
    if not RELEASE.fullmatch(release):
        return True
    since, until = notice.since_release, notice.until_release
    after = not since or place(since) <= place(release)
    return after and (not until or place(release) <= place(until))


def _ended(later: list[Notice], notice: Notice, release: str) -> bool:
    """Return whether a series is in a release again, by a notice written after its withdrawal."""
    return any(
        each.kind == "correction"
        and each.subject == notice.subject
        and each.since_release
        and RELEASE.fullmatch(release)
        and _covers(each, release)
        for each in later
    )


def _same(notice: Notice) -> tuple[str, str, str, date, str]:
    return notice.kind, notice.subject, notice.because, notice.on, notice.since_release
