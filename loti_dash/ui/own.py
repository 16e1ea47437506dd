"""One visit's own figures: in its memory alone, until they are sent, forgotten or left alone.

Nothing of them goes through what visits share: no cache, no file, no log.
"""

import threading
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import streamlit as st

from loti_dash import catalogue, config, own_figures
from loti_dash.state import mappings
from loti_dash.store import Store
from loti_dash.upload import assembling, checking, reading, statement
from loti_dash.upload.description import Described
from loti_dash.upload.package import Package
from loti_dash.upload.sheet import Checked, Sheet

_KEY = "own"
_IDLE_SECONDS = 30 * 60


@dataclass(frozen=True)
class Own:
    """An uploaded file on its way: what was read, checked and said of it so far.

    `store` is what the pages draw, once every id in the file is described.
    """

    sheet: Sheet
    checked: Checked
    mapping: dict[str, str]
    described: tuple[Described, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)
    package: Package | None = None
    store: Store | None = None


class _Kept:
    """Holds on to something until nobody has asked for it for half an hour."""

    def __init__(self, own: Own) -> None:
        self.own: Own | None = own
        self._timer: threading.Timer | None = None
        self.touch()

    def touch(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = threading.Timer(_IDLE_SECONDS, self.drop)
        self._timer.daemon = True
        self._timer.start()

    def drop(self) -> None:
        if self._timer:
            self._timer.cancel()
        if self.own and self.own.store:
            self.own.store.close()
        self.own = None

    def __del__(self) -> None:
        self.drop()


def mine() -> Own | None:
    """Return what this visit uploaded, or None."""
    kept: _Kept | None = st.session_state.get(_KEY)
    if kept is None or kept.own is None:
        return None
    kept.touch()
    return kept.own


def take(name: str, content: bytes, base: Store) -> None:
    """Read and check a file, in place of what was there. Raises UploadRefused."""
    forget()
    sheet = reading.read(name, content)
    ids = set(sheet.cells["indicator"].cat.categories.astype(str))
    _keep(_checked(sheet, mappings.of(ids), base))


def remap(own: Own, mapping: dict[str, str] | None, base: Store) -> None:
    """Check once more with what the analyst says that labels mean; None forgets what was said."""
    again = _checked(own.sheet, {} if mapping is None else own.mapping | mapping, base)
    _keep(replace(again, described=own.described, answers=own.answers))


def describe(own: Own, described: tuple[Described, ...], base: Store) -> None:
    """Keep what is said of the figures, and make the store that the pages draw.

    Raises LotiError for a description with which no store can be made.
    """
    answers = own.answers or statement.nothing_yet(described[0].owner)
    today = date.today()
    made = assembling.package(own.sheet, own.checked, described, answers, base.catalogue, today)
    store = own_figures.store_of(base, made)
    if own.store:
        own.store.close()
    _keep(replace(own, described=described, package=made, store=store))


def answer(own: Own, answers: dict[str, str]) -> Own:
    """Keep the answers of the data statement so far."""
    kept = replace(own, answers=answers)
    _keep(kept)
    return kept


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
        st.session_state[_KEY] = _Kept(own)


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
