"""One visit's own figures: in its memory alone, until they are sent, forgotten or left alone.

Nothing of them goes through what visits share: no cache, no file, no log.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from loti_dash import access, catalogue, config, drafts, own_figures
from loti_dash.access import Action, Viewer
from loti_dash.state import mappings
from loti_dash.store import Store
from loti_dash.ui.kept import Kept
from loti_dash.ui.uploaded import Own
from loti_dash.upload import assembling, checking, reading, statement
from loti_dash.upload.description import Described
from loti_dash.upload.guarding import Guarded
from loti_dash.upload.sheet import Sheet

_KEY = "own"


def mine() -> Own | None:
    """Return what this visit uploaded, or None."""
    kept: Kept | None = st.session_state.get(_KEY)
    if kept is None or kept.own is None:
        return None
    kept.touch()
    return kept.own


def left_alone() -> bool:
    """Return whether figures were dropped because nobody asked for them. Says so once."""
    kept: Kept | None = st.session_state.get(_KEY)
    if kept is None or kept.own is not None:
        return False
    forget()
    return True


def take(name: str, content: bytes, base: Store, who: Viewer) -> None:
    """Read and check a file, in place of what was there. Raises UploadRefused."""
    forget()
    sheet = reading.read(name, content)
    ids = set(sheet.cells["indicator"].cat.categories.astype(str))
    known = mappings.of(ids, partial(access.may, who, Action.UPLOAD))
    _keep(_checked(sheet, known, base))


def remap(own: Own, mapping: dict[str, str] | None, base: Store) -> None:
    """Check once more with what the analyst says that labels mean; None forgets what was said."""
    again = _checked(own.sheet, {} if mapping is None else own.mapping | mapping, base)
    _close(own)
    _keep(replace(again, described=own.described, answers=own.answers))


def describe(own: Own, described: tuple[Described, ...], base: Store) -> None:
    """Keep what is said of the figures, and make the store that the pages draw.

    Raises LotiError for a description with which no store can be made.
    """
    answers = statement.nothing_yet(described[0].owner) | {
        key: said for key, said in own.answers.items() if said.strip()
    }
    today = date.today()
    made = assembling.package(own.sheet, own.checked, described, answers, base.catalogue, today)
    store = own_figures.store_of(base, made)
    _close(own)
    told, sent = dict(own.answers), own.sent if described == own.described else ""
    drawn = replace(own, described=described, package=made, store=store)
    _keep(replace(drawn, told=told, ways={}, sent=sent))


def say(key: str, said: str) -> None:
    """Keep an answer of the data statement."""
    own = mine()
    if own and own.answers.get(key, "") != said:
        _keep(replace(own, answers=own.answers | {key: said}))


def ways(own: Own, base: Store) -> Mapping[str, Guarded]:
    """Return the ways to publish the figures, worked out once for each release there is."""
    assert own.package is not None, "only of figures that are described"
    if not own.ways or own.ways_beside != base.release:
        # Only here: a spinner that comes and goes moves what the reader is about to click.
        with st.spinner("Working out what must be withheld"):
            found = drafts.ways(own.package, base, own.described)
        own = replace(own, ways=found, ways_beside=base.release)
        _keep(own)
    return own.ways


def sent(own: Own, id_: str) -> None:
    """Note as which submission the figures were sent; "" when they can be sent anew."""
    _keep(replace(own, sent=id_))


def forget() -> None:
    """Let go of everything that was uploaded."""
    kept: Any = st.session_state.pop(_KEY, None)
    if kept is not None:
        kept.drop()


def _keep(own: Own) -> None:
    kept: Any = st.session_state.get(_KEY)
    if kept is not None and kept.own is not None:
        kept.own = own
        kept.touch()
    else:
        st.session_state[_KEY] = Kept(own)


def _close(own: Own) -> None:
    if own.store:
        own.store.close()


def _checked(sheet: Sheet, mapping: dict[str, str], base: Store) -> Own:
    residents = base.query("observations_of", series=["census_2021_residents"], viewer_areas=[])[
        ["area_code", "group_code", "value"]
    ]
    checked = checking.check(
        sheet,
        base.catalogue,
        catalogue.labels(config.CATALOGUE),
        mapping,
        residents=residents,
    )
    return Own(sheet, checked, mapping)
