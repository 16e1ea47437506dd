"""What changed since a view was sent: figures, caveats and notices, from old words to new ones.

The words of the page are compared, so what is named is what a reader would see change.
"""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from loti_dash import config, notices, releases
from loti_dash.errors import LotiError
from loti_dash.notices import Notice
from loti_dash.shares import caution_changes
from loti_dash.shares.caution_changes import Changed
from loti_dash.shares.items import item as item_of
from loti_dash.shares.sent import Item, Sent, Table
from loti_dash.store import Store

SENTENCE = "The sentence"
NO_REASON = "No reason was published."
# Columns that say whom a row is about.
_WHOM = ("Ethnicity",)


@dataclass(frozen=True)
class OfItem:
    """What changed in an item: its figures and why, its caveats. `gone` says why it has no now."""

    figures: tuple[Changed, ...] = ()
    cautions: tuple[Changed, ...] = ()
    why: tuple[str, ...] = ()
    gone: str = ""


@dataclass(frozen=True)
class Since:
    """What changed between the release something was sent from and the current one.

    `items` are those of what was sent, and `notices` all that was taken back or corrected since.
    """

    release: str
    items: tuple[OfItem, ...]
    notices: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Whether everything is as it was sent."""
        return not self.notices and all(each == OfItem() for each in self.items)


def since(sent: Sent, current: Store) -> Since:
    """Return what changed since something was sent."""
    told = _notices(sent)
    found = tuple(_of_item(each, current, told) for each in sent.items)
    return Since(current.release, found, tuple(map(_told, told)))


def _of_item(sent: Item, current: Store, told: Sequence[Notice]) -> OfItem:
    if sent.release == current.release:
        return OfItem()
    try:
        now = item_of(current, sent.view, "/")
    except LotiError as error:
        return OfItem(gone=str(error))
    others = figures(sent, now)
    why = [_told(each) for each in told if each.subject in sent.series]
    why += _notes(sent.release, current.release) if others else []
    return OfItem(
        tuple(others),
        tuple(caution_changes.changes(sent.cautions, now.cautions)),
        tuple(why or [NO_REASON]) if others else (),
    )


def figures(old: Item, new: Item) -> list[Changed]:
    """Return the cells of the table that are other ones, and the sentence if that is."""
    said = [(SENTENCE, old.sentence, new.sentence)] if old.sentence != new.sentence else []
    before, after = _cells(old.table), _cells(new.table)
    for key in dict.fromkeys([*before, *after]):
        words = before.get(key, "not in the table"), after.get(key, "not in the table")
        if words[0] != words[1]:
            said.append((", ".join([*key[0], key[1]]), *words))
    return [Changed(*each) for each in said]


def _cells(table: Table) -> dict[tuple[tuple[str, ...], str, int], str]:
    """Return the cells of a table by row, by column, and by how often there was such a row.

    What a row is of is its head, and whom it is about where another column says so: the figures
    of one group are never set against those of another.
    """
    found: dict[tuple[tuple[str, ...], str, int], str] = {}
    times: Counter[tuple[str, ...]] = Counter()
    heads = 1 if table.named else 0
    whom = [place for place, head in enumerate(table.heads) if place >= heads and head in _WHOM]
    for number, row in enumerate(table.rows, 1):
        of = (row[0] if table.named else f"Row {number}", *(row[place] for place in whom))
        for place, head in enumerate(table.heads):
            if place >= heads and place not in whom:
                found[of, head, times[of]] = row[place]
        times[of] += 1
    return found


def _told(notice: Notice) -> str:
    """Return a notice with the title of what it is about."""
    said = notices.words(notice)
    return f"{notice.title}: {said}" if notice.kind == "withdrawn_series" else said


def _notices(sent: Sent) -> list[Notice]:
    """Return the notices on what was sent, written on that day or later, the newest first."""
    about = set(sent.releases) | {id_ for each in sent.items for id_ in each.series}
    rolled = {"rolled_back"}
    return [
        each
        for each in notices.all_(config.releases())
        if each.on >= sent.day and (each.subject in about or each.kind in rolled)
    ]


def _notes(before: str, now: str) -> list[str]:
    """Return what was noted with each release after one, up to another."""
    places = notices.place(before), notices.place(now)
    found = []
    for name in releases.served(config.releases()):
        if places[0] < notices.place(name) <= places[1]:
            # One that cannot be read has nothing to say.
            with suppress(LotiError):
                note = str(releases.open_(name).query("build")["note"].iloc[0] or "").strip()
                found += [f"Release {name}: {note}"] if note else []
    return found
