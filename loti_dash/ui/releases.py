"""The releases of the page about data: their list, and what differs between two of them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import NamedTuple
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from loti_dash import config, difference_texts, differences
from loti_dash import releases as all_releases
from loti_dash.definitions import Source
from loti_dash.export.cells import as_csv
from loti_dash.export.csv import credit
from loti_dash.store import Store
from loti_dash.ui import choices, papers, show, take_away
from loti_dash.ui.published import remembered

_LABELS = {"before": "Before", "after": "After"}


@dataclass(frozen=True)
class _Two:
    """The two releases looked at; the names of the fields are those of the URL parameters."""

    before: str
    after: str


class _Differing(NamedTuple):
    """What differs between two releases."""

    figures: pd.DataFrame
    caveats: pd.DataFrame


def draw(store: Store) -> None:
    """Draw the list of releases, and what differs between two that the reader chooses."""
    show.table(papers.releases(), "Releases, the newest first, and what changed in each")
    offered = all_releases.served(config.releases())[::-1]
    st.subheader("What differs between two releases", anchor=False)
    if len(offered) < 2:
        st.write("There is one release so far, so there is nothing to set it against.")
        return
    two = _asked(offered, store.release)
    names = {field: {name: name for name in offered} for field in _LABELS}
    choices.form(_LABELS, names, two, _apply)
    before, after = (all_releases.open_(name) for name in (two.before, two.after))
    found = _differing(before, two.before, two.after, sorted(after.withdrawn), _after=after)
    st.write(f"From release {two.before} to release {two.after}:")
    show.lines(difference_texts.sentences(*found))
    _figures(found.figures, two, {**_sources(before), **_sources(after)})
    if len(found.caveats):
        show.table(
            difference_texts.by_words(found.caveats),
            f"Words that differ between release {two.before} and release {two.after}",
        )


@remembered(50, "Comparing the two releases")
def _differing(
    _store: Store, before: str, after: str, withdrawn_after: list[str], *, _after: Store
) -> _Differing:
    """Return what differs. The names of both releases are arguments, so that it can be kept."""
    return _Differing(differences.figures(_store, _after), differences.caveats(_store, _after))


def _figures(figures: pd.DataFrame, two: _Two, sources: Mapping[str, Source]) -> None:
    """Draw the first figures that differ, and the file of all of them."""
    if figures.empty:
        return
    table = difference_texts.by_figure(figures)
    if len(table) < len(figures):
        st.caption(f"The first {len(table)} of {len(figures):,} figures; the file has them all.")
    show.figure(
        None,
        "",
        table,
        f"Figures that differ between release {two.before} and release {two.after}",
        "",
    )
    take_away.rows(
        f"differences_{two.before}_{two.after}",
        partial(_csv, figures, two, sources, f"/data?{urlencode(asdict(two))}"),
        len(figures),
    )


def _csv(figures: pd.DataFrame, two: _Two, series: Mapping[str, Source], link: str) -> str:
    """Return the figures that differ as CSV, with their releases, sources and licences."""
    of = figures["series_id"].map(series)
    whole = figures.assign(
        release_before=two.before,
        release_after=two.after,
        source=of.map(credit),
        licence=of.map(lambda source: source.licence),
        link=link,
    )
    return as_csv(whole)


def _sources(store: Store) -> dict[str, Source]:
    """Return the source of each series."""
    catalogue = store.catalogue
    return {id_: catalogue.sources[each.source_id] for id_, each in catalogue.series.items()}


def _asked(offered: list[str], current: str) -> _Two:
    """Return the two releases of the address, or else the one shown and the one before it.

    `offered` are the newest first.
    """
    params = st.query_params
    if {params.get(field, offered[0]) for field in _LABELS} - set(offered):
        st.info("There is no such release to set beside another.")
    after = params.get("after", current)
    after = after if after in offered else offered[0]
    earlier = offered[offered.index(after) + 1 :]
    before = params.get("before", "")
    if before not in offered:
        before = earlier[0] if earlier else offered[0]
    return _Two(before, after)


def _apply() -> None:
    """Keep what was chosen in the address, before the page is drawn again."""
    st.query_params.update({field: st.session_state[field] for field in _LABELS})
