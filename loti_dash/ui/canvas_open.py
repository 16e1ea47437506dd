"""Canvases that are open in a visit, and where each change of one is kept.

Whoever may keep outcomes has each change saved in the state, as a version. For everybody else a
canvas lives in the visit, and nowhere else.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from loti_dash import access
from loti_dash.access import Action, Viewer
from loti_dash.errors import LotiError
from loti_dash.outcomes import keeping
from loti_dash.outcomes.canvas import Canvas
from loti_dash.outcomes.keeping import Kept, Overtaken
from loti_dash.ui.viewer import viewer

_KEY = "canvases"
_LAST = "canvas_last"
_FAILED = "canvas_failed"
# How canvases that live in a visit are called in the address.
OF_VISIT = "visit-"
# Whoever goes on with one answer within so many seconds writes one version of it.
_ONE_ANSWER = 60
_MOST_OF_A_VISIT = 50


@dataclass(frozen=True)
class Open:
    """A canvas open in this visit: as it stands here, and the version that it was read from.

    `kept` is None where it lives in the visit. `last` and `at` are the answer saved last and
    when. `overtaken` and `failed` say why what stands here is not saved; `notes` are to be said.
    """

    key: str
    canvas: Canvas
    kept: Kept | None = None
    last: str = ""
    at: float = 0
    overtaken: Overtaken | None = None
    failed: str = ""
    notes: tuple[str, ...] = ()


def who() -> Viewer:
    """Return the person of this visit."""
    return viewer()


def may_keep() -> bool:
    """Return whether the person of this visit may keep outcomes."""
    return access.may(who(), Action.KEEP)


def begin(*canvases: Canvas, notes: tuple[str, ...] = ()) -> list[Open]:
    """Begin canvases, kept where that is allowed, and return them. Raises LotiError."""
    if may_keep():
        made = [Open(kept.id, kept.canvas, kept) for kept in keeping.begin(who(), *canvases)]
    else:
        if len(of_visit()) + len(canvases) > _MOST_OF_A_VISIT:
            raise LotiError(
                f"A visit may have {_MOST_OF_A_VISIT} outcomes. Export those you need, or sign in."
            )
        first = st.session_state.get("canvas_number", 0) + 1
        st.session_state["canvas_number"] = first + len(canvases)
        made = [Open(f"{OF_VISIT}{n}", each) for n, each in enumerate(canvases, first)]
    made = [replace(each, notes=notes) for each in made]
    for each in made:
        _put(each)
    return made


def opened(key: str) -> Open:
    """Return a canvas by its key in the address, as it stands now.

    Raises LotiError if there is none, AccessDenied for whoever may not see it.
    """
    mine = _all().get(key)
    st.session_state[_LAST] = key
    if key.startswith(OF_VISIT):
        if mine is None:
            raise LotiError(
                "The address is of an outcome that was in a visit, and the visit is over. If it "
                "was exported, take the file in on this page."
            )
        return mine
    kept = keeping.of(who(), key)
    if mine is None or mine.kept is None:
        mine = Open(key, kept.canvas, kept)
    elif not mine.overtaken and not mine.failed and kept != replace(mine.kept, with_others=""):
        # Somebody else went on with it, and nothing here waits to be saved.
        mine = replace(mine, canvas=kept.canvas, kept=kept, last="")
    _put(mine)
    return mine


def change(key: str, name: str, to: Callable[[Canvas], Canvas]) -> None:
    """Change a canvas, and save it where that is allowed. `name` is the answer changed.

    Never loses what was written: what cannot be saved stays in the visit, which says so.
    """
    mine = _all()[key]
    canvas = to(mine.canvas)
    if canvas == mine.canvas and not mine.failed:
        return
    mine = replace(mine, canvas=canvas)
    if mine.kept is not None and mine.overtaken is None:
        again = name == mine.last and time.monotonic() - mine.at < _ONE_ANSWER
        mine = _saved(mine, name, lambda kept: keeping.save(who(), kept, canvas, again))
    _put(mine)


def keep_mine(key: str) -> None:
    """Save what stands here on top of what somebody else has saved, which stays a version."""
    mine = _all()[key]
    assert mine.overtaken is not None, "offered only then"
    newest = mine.overtaken.newest
    cleared = replace(mine, overtaken=None, kept=newest)
    _put(_saved(cleared, "", lambda kept: keeping.save_over(who(), kept, mine.canvas)))


def keep_both(key: str) -> str:
    """Make what stands here a canvas of its own, and return its key. Theirs stays as it is."""
    mine = _all()[key]
    title = f"{mine.canvas.title} (by {who().name})"
    (own,) = begin(replace(mine.canvas, title=title))
    forget(key)
    return own.key


def forget(key: str) -> None:
    """Let go of what stands here of a canvas; what was saved of it stays."""
    _all().pop(key, None)


def trying(do: Callable[..., object], *args: object) -> None:
    """Do what was clicked on; what a person can put right is said when the page is drawn."""
    try:
        do(*args)
    except LotiError as error:
        st.session_state[_FAILED] = str(error)


def say_what_failed() -> None:
    """Draw what was clicked on and could not be done, once."""
    failed = st.session_state.pop(_FAILED, "")
    if failed:
        st.error("That was not done.", icon=":material/error:")
        st.text(failed)


def of_visit() -> list[Open]:
    """Return the canvases that live in this visit alone, the newest first."""
    return [each for each in reversed(_all().values()) if each.kept is None]


def last() -> str:
    """Return the key of the canvas that was looked at last, or ""."""
    return str(st.session_state.get(_LAST, ""))


def _saved(mine: Open, name: str, save: Callable[[Kept], Kept]) -> Open:
    assert mine.kept is not None, "only what is kept is saved"
    try:
        kept = save(mine.kept)
    except Overtaken as error:
        return replace(mine, overtaken=error)
    except LotiError as error:
        return replace(mine, failed=str(error))
    return Open(mine.key, kept.canvas, kept, name, time.monotonic())


def _put(mine: Open) -> None:
    _all()[mine.key] = mine


def _all() -> dict[str, Open]:
    found: dict[str, Open] = st.session_state.setdefault(_KEY, {})
    return found
