"""What changed since a view was sent: figures, caveats and notices, from old words to new ones.

The words of the page are compared, so what is named is what a reader would see change.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from loti_dash import config, notices, releases
from loti_dash.errors import LotiError
from loti_dash.notices import Notice
from loti_dash.shares.items import item as item_of
from loti_dash.shares.sent import Caution, Item, Sent, Table
from loti_dash.store import Store

SENTENCE = "The sentence"
NO_REASON = "No reason was published."


@dataclass(frozen=True)
class Changed:
    """One thing that is another now: what it is, its words as sent, and its words now."""

    what: str
    old: str
    new: str


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
    said = tuple(notices.words(each) for each in told)
    if current.release == sent.release:
        return Since(current.release, tuple(OfItem() for _ in sent.items), said)
    notes = _notes(sent.release, current.release)
    found = tuple(_of_item(each, current, told, notes) for each in sent.items)
    return Since(current.release, found, said)


def _of_item(sent: Item, current: Store, told: Sequence[Notice], notes: list[str]) -> OfItem:
    try:
        now = item_of(current, sent.view, "/")
    except LotiError as error:
        return OfItem(gone=str(error))
    figures = _figures(sent, now)
    why = [notices.words(each) for each in told if each.subject in sent.series] + notes
    return OfItem(
        tuple(figures),
        tuple(_cautions(sent.cautions, now.cautions)),
        tuple(why or [NO_REASON]) if figures else (),
    )


def _figures(old: Item, new: Item) -> list[Changed]:
    """Return the cells of the table that are other ones, and the sentence if that is."""
    said = [(SENTENCE, old.sentence, new.sentence)] if old.sentence != new.sentence else []
    before, after = _cells(old.table), _cells(new.table)
    for key in dict.fromkeys([*before, *after]):
        words = before.get(key, "not in the table"), after.get(key, "not in the table")
        if words[0] != words[1]:
            said.append((", ".join(key[:2]), *words))
    return [Changed(*each) for each in said]


def _cells(table: Table) -> dict[tuple[str, str, int], str]:
    """Return the cells of a table by row, by column, and by how often there was such a row."""
    found: dict[tuple[str, str, int], str] = {}
    heads = 1 if table.named else 0
    for number, row in enumerate(table.rows, 1):
        name = row[0] if table.named else f"Row {number}"
        for head, cell in zip(table.heads[heads:], row[heads:], strict=True):
            place = sum((name, head, n) in found for n in range(len(table.rows)))
            found[name, head, place] = cell
    return found


def _cautions(old: Sequence[Caution], new: Sequence[Caution]) -> list[Changed]:
    """Return the caveats that were added, taken away or reworded, or weigh more or less."""
    before, after = _by_id(old), _by_id(new)
    found = []
    for key in dict.fromkeys([*before, *after]):
        was, is_ = before.get(key), after.get(key)
        if was is None and is_ is not None:
            found.append(Changed("added", "", _words(is_)))
        elif is_ is None and was is not None:
            found.append(Changed("removed", _words(was), ""))
        elif was is not None and is_ is not None:
            if _words(was) != _words(is_):
                found.append(Changed("reworded", _words(was), _words(is_)))
            if was.severity != is_.severity:
                weights = (f"{_WEIGHTS[each.severity]}: {_words(is_)}" for each in (was, is_))
                found.append(Changed("weighed anew", *weights))
    return found


_WEIGHTS = {1: "Context", 2: "Beside the figures", 3: "Limits their use"}


def _by_id(cautions: Sequence[Caution]) -> dict[tuple[str, int], Caution]:
    found: dict[tuple[str, int], Caution] = {}
    for each in cautions:
        found[each.id, sum(id_ == each.id for id_, _ in found)] = each
    return found


def _words(of: Caution) -> str:
    return f"{of.text} {of.effect}".strip()


def _notices(sent: Sent) -> list[Notice]:
    """Return the notices on what was sent, written on that day or later, the newest first."""
    about = {sent.release} | {id_ for each in sent.items for id_ in each.series}
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
