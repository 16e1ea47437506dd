"""Making a link: what somebody wants to send, made from a release, kept under the hash of an id.

Only views are asked for, and each is made anew from a published release: nothing that a visit
holds, such as figures of its own, can get into what is kept.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from loti_dash import notices, releases
from loti_dash.access import Action, Viewer, person, require
from loti_dash.errors import LotiError
from loti_dash.export.pack.drawings import chart
from loti_dash.export.pack.fonts import faces_of
from loti_dash.export.pack.model import MOST_ITEMS
from loti_dash.export.pack.texts import holdable
from loti_dash.outcomes.summary import Summary
from loti_dash.shares.items import item
from loti_dash.shares.of_outcome import actions, answers
from loti_dash.shares.sent import Sent, to_json
from loti_dash.state import audit, reading, transaction
from loti_dash.state import shares as rows
from loti_dash.state.shares import Share
from loti_dash.views import View

MOST_LETTERS = {"title": 200, "commentary": 5_000, "decision": 2_000, "being_done": 1_000}
USUAL_DAYS, MOST_DAYS = 365, 5 * 365


@dataclass(frozen=True)
class Draft:
    """What somebody wants to send. `being_done` has a text for each view, "" for none."""

    title: str
    views: tuple[View, ...]
    commentary: str = ""
    decision: str = ""
    being_done: tuple[str, ...] = ()
    outcome: Summary | None = None


def sent(draft: Draft, base: str, today: date) -> Sent:
    """Return what a draft sends: of each view the figures of the release it was looked at in.

    Where those are several, each item says which. `base` stands in front of the addresses of
    pages. Raises LotiError for what cannot be sent, as a release that is no longer there.
    """
    _check(draft)
    names = {each.release for each in draft.views}
    unknown = [name for name in names if not notices.RELEASE.fullmatch(name)]
    if unknown:
        raise LotiError(
            "Figures that are not published cannot be shared: nobody but you may see them. Take "
            "them out, and add them again once they are published."
        )
    newest = max(names, key=notices.place)
    done = [*map(holdable, draft.being_done), *[""] * len(draft.views)]
    pairs = zip(draft.views, done, strict=False)
    made = tuple(item(releases.open_(of.release), of, base, words) for of, words in pairs)
    if len(names) > 1:
        made = tuple(
            replace(each, what=f"{each.what} Figures of release {each.release}.") for each in made
        )
    drawn = [chart(each.drawn, "chart") for each in made]
    return Sent(
        title=" ".join(holdable(draft.title).split()),
        sent_on=today.isoformat(),
        release=newest,
        commentary=holdable(draft.commentary).strip(),
        outcome=answers(draft.outcome),
        actions=actions(draft.outcome),
        decision=holdable(draft.decision).strip()
        or (draft.outcome.decision_asked if draft.outcome else ""),
        items=made,
        faces=faces_of("".join(each.on_paper.inside for each in drawn if each)),
    )


def share(viewer: Viewer, draft: Draft, expires_on: date, base: str) -> str:
    """Keep what a draft sends, and return the id that its address has.

    Raises AccessDenied unless the viewer may, and LotiError for what cannot be sent.
    """
    require(viewer, Action.KEEP)
    today = datetime.now(UTC).date()
    if not today < expires_on <= today + timedelta(MOST_DAYS):
        raise LotiError(
            f"The link would expire on {expires_on.isoformat()}. Choose a day after today, at "
            f"most {MOST_DAYS // 365} years from now."
        )
    what, by = sent(draft, base, today), person(viewer.name)
    with transaction() as db:
        id_ = rows.add(db, by, expires_on.isoformat(), what.release, to_json(what))
        detail = {
            "release": what.release,
            "expires_on": expires_on.isoformat(),
            "views": [each.view.address() for each in what.items],
        }
        audit.append(db, by, "share", rows.hash_of(id_), detail)
    return id_


def own(viewer: Viewer) -> list[Share]:
    """Return what somebody shared, the newest first. Raises AccessDenied unless they may."""
    require(viewer, Action.KEEP)
    with reading() as db:
        return rows.made_by(db, person(viewer.name))


def revoke(viewer: Viewer, hash_: str) -> None:
    """Close one of the viewer's own links for good. Raises LotiError if it is nobody's or not."""
    require(viewer, Action.KEEP)
    by = person(viewer.name)
    with transaction() as db:
        found = rows.by_hash(db, hash_)
        if found is None or found.made_by != by:
            raise LotiError("You have no such link. The list has those that you made.")
        if found.revoked_at is None:
            rows.revoke(db, hash_)
            audit.append(db, by, "close share", hash_, {})


def _check(draft: Draft) -> None:
    if not draft.title.strip():
        raise LotiError("Give it a title: it stands at the top of the page that you share.")
    if not 0 < len(draft.views) <= MOST_ITEMS:
        raise LotiError(
            f"There are {len(draft.views)} views to share. Choose 1 to {MOST_ITEMS}: a board "
            "reads no more at a meeting."
        )
    texts = [(name, getattr(draft, name)) for name in MOST_LETTERS if name != "being_done"]
    for name, words in [*texts, *(("being_done", each) for each in draft.being_done)]:
        if len(words) > MOST_LETTERS[name]:
            raise LotiError(
                f"The {name.replace('_', ' ')} has {len(words):,} letters; the most is "
                f"{MOST_LETTERS[name]:,}. Shorten it."
            )
