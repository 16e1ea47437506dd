"""Opening a link: one look-up for every way to a shared view, and what was taken back since."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from loti_dash import config, notices
from loti_dash.errors import LinkClosed, LinkUnknown
from loti_dash.export.papers import day
from loti_dash.shares.sent import Item, Sent, from_json
from loti_dash.state import reading
from loti_dash.state import shares as rows

# The same for every id that opens nothing, whatever it looks like: there is nothing to learn.
UNKNOWN = (
    "There is no shared view at this address. See that the whole address was copied, or ask "
    "whoever sent it."
)
# Whatever else stands in an address is no id of ours.
_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")


@dataclass(frozen=True)
class Opened:
    """A shared view that may be seen. `hash` stands for it where something is remembered of it.

    `withdrawn` has the notice that stands in the place of an item, by the place of the item.
    """

    hash: str
    expires_on: date
    sent: Sent
    withdrawn: Mapping[int, str]


def opened(id_: str) -> Opened:
    """Return the shared view of an id.

    Raises LinkUnknown if there is none, LinkClosed, which says so, if it was closed or expired.
    """
    if not _ID.fullmatch(id_):
        raise LinkUnknown(UNKNOWN)
    with reading() as db:
        found = rows.of(db, id_)
    if found is None:
        raise LinkUnknown(UNKNOWN)
    if found.revoked_at is not None:
        when = day(date.fromisoformat(found.revoked_at[:10]))
        raise LinkClosed(
            f"This link was closed on {when} by whoever shared it. Ask them for a new one."
        )
    expires = date.fromisoformat(found.expires_on)
    if datetime.now(UTC).date() > expires:
        raise LinkClosed(
            f"This link expired on {day(expires)}. Ask whoever sent it for a new one."
        )
    sent = from_json(found.content)
    return Opened(found.hash, expires, sent, withdrawn(sent))


def withdrawn(sent: Sent) -> dict[int, str]:
    """Return the notices that stand in the place of items of what was sent, by their places."""
    folder = config.releases()
    of_releases, found = notices.withdrawn_releases(folder), {}
    for place, item in enumerate(sent.items):
        of_release = of_releases.get(item.release)
        of_series = notices.withdrawn_series(folder, item.release)
        said = [notices.words(of_release)] if of_release else []
        said += [
            f"{title}: {notices.words(of_series[id_])}"
            for id_, title in item.series.items()
            if id_ in of_series
        ]
        if said:
            found[place] = " ".join(said)
    return found


def name_of(item: Item) -> str:
    """Return what an item is about without any of its figures, for where those were withdrawn."""
    return "; ".join(item.series.values()) or "Figures"
