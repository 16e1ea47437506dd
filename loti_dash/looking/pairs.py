"""Which two releases are looked at: the current one and the one before, unless somebody asks."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from loti_dash import notices, releases
from loti_dash.errors import LotiError, UnknownCode


def up_to(folder: Path, release: str) -> list[str]:
    """Return the releases before one that can still be opened, the newest first."""
    place = notices.place(release)
    return [name for name in releases.served(folder)[::-1] if notices.place(name) < place]


def pairs(folder: Path) -> list[tuple[str, str]]:
    """Return each release up to the current one with the one before it, the newest first."""
    current = releases.current_name(folder)
    line = [current, *up_to(folder, current)]
    return [(before, after) for after, before in pairwise(line)]


def pair(folder: Path, release: str = "", since: str = "") -> tuple[str, str]:
    """Return an earlier and a later release, by their ids or else the usual ones.

    Raises UnknownCode for a release there is not, LotiError where there is none before.
    """
    after = release or releases.current_name(folder)
    served = releases.served(folder)
    _raise_unless(after, served)
    earlier = up_to(folder, after)
    if since:
        _raise_unless(since, served)
    elif not earlier:
        raise LotiError(
            f"There is no release before {after}, so there is nothing to set it against. "
            "Publish another one first."
        )
    if since and since not in earlier:
        raise LotiError(
            f"The release {since} is not earlier than {after}. Give the earlier one as the one "
            "to look from."
        )
    return since or earlier[0], after


def _raise_unless(release: str, served: Sequence[str]) -> None:
    if release not in served:
        raise UnknownCode("release", release, served)
