"""A shared view, as it was sent: no choices, nothing of today but what changed since.

Nobody has to sign in: whoever has the address may read, and only read.
"""

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from loti_dash import config, notices, releases
from loti_dash.errors import LinkClosed, LinkUnknown, LotiError
from loti_dash.export.pack import Pack
from loti_dash.export.papers import day
from loti_dash.server.buckets import limited
from loti_dash.shares import board_pack, changes, opening, texts
from loti_dash.shares.changes import Since
from loti_dash.shares.opening import Opened
from loti_dash.shares.sent import Sent
from loti_dash.store import Store
from loti_dash.ui import board_changed, board_html, packs, page
from loti_dash.ui.published import remembered

_TITLE = "Shared view"
# For whoever tries out addresses. One that was once sent is no guess: not counted, nor refused.
_TOO_MANY = (
    "Too many addresses that open nothing were tried from where you are. Try again in a minute."
)


def show_shared(id_: str) -> None:
    """Draw the shared view of an id, or why there is none to see."""
    st.set_page_config(page_title=f"{_TITLE} - {page.PRODUCT}", page_icon="⚖️", layout="wide")
    try:
        of = opening.opened(id_)
    except LinkClosed as error:
        guessed = isinstance(error, LinkUnknown) and limited(st.context.ip_address)
        st.title("This link opens nothing", anchor=False)
        st.text(_TOO_MANY if guessed else str(error))
        st.page_link(config.ROOT / "pages" / "home.py", label="To the dashboard")
        return
    sent = of.sent
    st.title(notices.as_it_is(sent.title), anchor=False)
    st.html(board_html.paragraphs(texts.as_sent(sent)))
    if of.withdrawn:
        st.html(board_html.paragraphs(texts.BEFORE))
    # Filled last: what was sent is there at once, what changed since has to be looked for.
    told = st.container()
    st.html(board_html.about(sent))
    on_a_phone = "Mobi" in st.context.headers.get("User-Agent", "")
    for place, each in enumerate(sent.items):
        notice, number = of.withdrawn.get(place), place + 1
        st.html(
            board_html.gone(each, number, notice)
            if notice
            else board_html.item(each, number, sent.faces, on_a_phone)
        )
    if sent.decision:
        st.html(board_html.part("The decision asked for", sent.decision))
    st.subheader("Take it with you", anchor=False)
    packs.buttons(sent.title, partial(_pack, id_, st.context.url or ""))
    st.caption(
        f"{page.PRODUCT}. Release {' and '.join(sent.releases)}. This link can be opened until "
        f"{day(of.expires_on)}, by whoever has it."
    )
    with told, st.spinner("Looking for what changed since"):
        _changed(of)


def _changed(of: Opened) -> None:
    """Draw what changed since it was sent."""
    try:
        since = _since_sent(of)
    except LotiError as error:
        st.text(f"What changed since cannot be told now: {error}")
        return
    st.html(board_changed.changed(of.sent, since, of.withdrawn))


def _pack(id_: str, address: str) -> Pack:
    """Return the board pack, of what can be seen at the moment it is asked for."""
    of = opening.opened(id_)
    today = datetime.now(UTC).date()
    where = address.partition("?")[0] or "/board"
    return board_pack.pack_of(
        of.sent, _since_sent(of), of.withdrawn, f"{where}?share={id_}", today
    )


def _since_sent(of: Opened) -> Since:
    current = releases.open_()
    told = [notices.words(each) for each in notices.all_(config.releases())]
    return _since(current, current.release, of.hash, told, of.sent)


@remembered(200)
def _since(_store: Store, release: str, hash_: str, told: list[str], _sent: Sent) -> Since:
    """Return what changed, kept by the hash of the link, the release, and all notices so far."""
    return changes.since(_sent, _store)
