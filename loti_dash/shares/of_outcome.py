"""What a board reads of an outcome: beside what is shared for it, and as a pack of its own."""

from collections.abc import Sequence
from datetime import date

from loti_dash.errors import LotiError
from loti_dash.export.pack import Pack
from loti_dash.export.pack.model import MOST_ITEMS
from loti_dash.export.papers import day
from loti_dash.outcomes.summary import Summary
from loti_dash.shares.board_pack import pack_of
from loti_dash.shares.changes import OfItem, Since
from loti_dash.shares.items import item
from loti_dash.shares.sent import Action, Answer, Item, Sent
from loti_dash.store import Store
from loti_dash.views import View


def pack_of_outcome(
    store: Store,
    outcome: Summary,
    views: Sequence[View],
    base: str,
    address: str,
    today: date,
    changed: Sequence[str] = (),
) -> Pack:
    """Return the pack of an outcome, with the figures of its views in a release.

    It has the first five that there are figures of; of the others it says why not. `base` stands
    in front of the addresses of pages, `address` is where the outcome is to be seen, and `changed`
    says what became of it.
    """
    items: list[Item] = []
    not_shown: list[str] = []
    for view in views:
        try:
            items += [item(store, view, base)] if len(items) < MOST_ITEMS else []
        except LotiError as error:
            not_shown.append(f"A figure of this outcome cannot be shown. {error}")
    left = len(views) - len(items) - len(not_shown)
    more = [f"A pack has {MOST_ITEMS} items at most: {left} more are on the web."] if left else []
    sent = Sent(
        title=outcome.title,
        sent_on=today.isoformat(),
        release=store.release,
        commentary="",
        outcome=answers(outcome),
        actions=actions(outcome),
        decision=outcome.decision_asked,
        items=tuple(items),
        faces="",
    )
    told = (*changed, *not_shown, *more)
    since = Since(store.release, tuple(OfItem() for _ in items), told)
    return pack_of(sent, since, {}, address, today, f"Figures of release {store.release}.")


def answers(outcome: Summary | None) -> tuple[Answer, ...]:
    """Return what a board reads of an outcome, beside its actions."""
    if outcome is None:
        return ()
    said = {
        "The outcome": outcome.title,
        "Who is better off, and in what ways": outcome.better_off,
        "The target": outcome.target,
        "Who owns it": outcome.owner,
        "When it is looked at again": _in_words(outcome.review_date),
        "What affected people said": outcome.voice,
        "What was decided": "\n\n".join(outcome.decided),
    }
    return tuple(Answer(question, words) for question, words in said.items() if words.strip())


def actions(outcome: Summary | None) -> tuple[Action, ...]:
    """Return the log of actions of an outcome."""
    found = outcome.last_actions if outcome else ()
    return tuple(Action(each.what, each.owner, _in_words(each.due), each.status) for each in found)


def _in_words(text: str) -> str:
    """Return a date in words, or whatever else somebody wrote in its place."""
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text
