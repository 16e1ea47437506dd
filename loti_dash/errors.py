"""Errors a person can act on: each message says what, where, and what to do next."""

from collections.abc import Iterable
from typing import TypeVar

# How many known codes a message lists: all boroughs, all indicators, all quarters.
_LISTED = 40


class LotiError(Exception):
    """Shown to the reader as it is, without a traceback. Anything else is our bug.

    Its notes are for whoever runs the server: commands and the log have them, no page has.
    """


E = TypeVar("E", bound=LotiError)


def with_cause(error: E, cause: str) -> E:
    """Return an error with what only whoever runs the server may know: paths, addresses.

    >>> error = with_cause(LotiError("It cannot be read."), "It is in /srv/loti.")
    >>> str(error), in_full(error)
    ('It cannot be read.', 'It cannot be read. It is in /srv/loti.')
    """
    error.add_note(cause)
    return error


def in_full(error: LotiError) -> str:
    """Return what an error says to whoever runs the server."""
    return " ".join([str(error), *getattr(error, "__notes__", [])])


class CatalogueError(LotiError):
    """A definition in data/catalogue/ is wrong."""


class ObservationError(LotiError):
    """A table of observations is not in the one shape, or contradicts itself."""


class SourceFileError(LotiError):
    """A publisher's file cannot be read: it is cut short, empty or not what it is called."""


class IngestRefused(LotiError):
    """A publisher's file was read, and must not be used until somebody accepts the reason."""


class ReleaseError(LotiError):
    """A release cannot be built, found or read."""


class OutputError(LotiError):
    """What a command has to say cannot be written where it was told to."""


class UnknownCode(LotiError):
    """A code that no catalogue table lists.

    >>> str(UnknownCode("area", "E09000099", ["E09000002", "E09000001"]))
    "no area has the code 'E09000099'; known codes: E09000001, E09000002"
    >>> str(UnknownCode("year", "1066", map(str, range(1900, 2000)))).rpartition("1938, ")[2]
    '1939 and 60 more'
    """

    def __init__(self, kind: str, code: str, known: Iterable[str]) -> None:
        self.known = sorted(known)
        shown = ", ".join(self.known[:_LISTED])
        if len(self.known) > _LISTED:
            shown += f" and {len(self.known) - _LISTED:,} more"
        super().__init__(f"no {kind} has the code {code!r}; known codes: {shown or 'none'}")


class UploadRefused(LotiError):
    """An uploaded file that cannot be read, or must not be: it is about single people."""


class AccessDenied(LotiError):
    """Somebody may not do this; the message says who may."""


class StateError(LotiError):
    """What people wrote cannot be read or changed: somebody was first, or the disk is full."""


class BackupError(LotiError):
    """A back-up cannot be made, is not whole, or would be restored over something."""


class ReleaseWithdrawn(ReleaseError):
    """A release that was taken back; the message is the public notice."""


class SeriesWithdrawn(LotiError):
    """Figures that were taken back; the message is the public notice in their place."""


class PackRefused(LotiError):
    """A board pack is more than a board can read; the message says what to leave out."""


class LinkClosed(LotiError):
    """A link to a shared view that opens nothing: there is none, it expired, or was closed."""


class LinkUnknown(LinkClosed):
    """A link that never was: a guess, or an address copied in part."""
