"""The page of what to look at: what changed in the evidence on a place between two releases."""

from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from loti_dash import config, options, releases
from loti_dash.export.cells import as_csv
from loti_dash.looking import beware, evidence, pairs, tables, texts
from loti_dash.looking.answer import Answer, answer
from loti_dash.selection import said
from loti_dash.store import Store
from loti_dash.ui import caution_box, choices, show, take_away
from loti_dash.ui.page import last_selection, open_page
from loti_dash.ui.withdrawn import while_served

_LABELS = {"area": "Area", "since": "Earlier release", "release": "Later release"}
# More changes of a kind than these are in the table alone.
_MOST_SENTENCES = 5
_WHAT = (
    "Where the evidence on a place is another than it was: what has become clear, what is no "
    "longer clear, and what has turned round, for every indicator and ethnic group there is."
)


@dataclass(frozen=True)
class _Asked:
    """The place and the two releases looked at; the fields are the URL parameters."""

    area: str
    since: str
    release: str


def show_changed(title: str, question: str) -> None:
    """Draw the page."""
    after = open_page(title, question).store
    st.write(_WHAT)
    folder = config.releases()
    earlier = pairs.up_to(folder, after.release)
    if not earlier:
        _nothing_before(after)
        return
    since, lines = _since(earlier)
    before = releases.open_(since)
    known = evidence.areas(before, after)
    area, more = _area(known, after)
    asked = _Asked(area, since, after.release)
    _keep(asked)
    served = {name: name for name in releases.served(folder)[::-1]}
    with choices.place():
        choices.form(_LABELS, {"area": known, "since": served, "release": served}, asked, _apply)
    for line in [*lines, *more]:
        st.info(line)
    _draw(after, answer(before, after, area))


def _draw(store: Store, found: Answer) -> None:
    """Draw what changed, from the sentence to the tables, and the ways to take it away."""
    of, (_, after) = found.looked, found.catalogues
    st.write(
        f"Shown for {after.areas[of.area].name}, from release {of.before} to release {of.after}."
    )
    cautions = beware.cautions(after, of, found.cautions)
    if cautions:
        caution_box.draw(caution_box.made(cautions, ""))
    st.header(texts.summary(after, of), anchor=False)
    if of.changes:
        st.write(f"{beware.NOT_WHY} {beware.NOT_A_CHANGE}")
    show.lines([*texts.looked_at(of), *texts.notices(of)])
    for kind in evidence.KINDS:
        _kind(found, kind)
    st.subheader("Follow this place", anchor=False)
    st.write(
        f"[A feed of what changed here](feeds/{of.area}.atom) brings each new release to a reader "
        "of feeds. The figures that differ, one by one, are on the page [Data]"
        f"(data?before={of.before}&after={of.after})."
    )
    if of.changes:
        ids = {str(each.row["indicator"]) for each in of.changes}
        indicators = [each for id_, each in after.indicators.items() if id_ in ids]
        data = while_served(store, indicators, partial(_csv, found))
        take_away.rows(f"changed_{of.area}_{of.before}_{of.after}", data, len(of.changes))


def _kind(found: Answer, kind: evidence.Kind) -> None:
    """Draw the changes of one kind: the first in sentences, all in a table."""
    changes = found.of(kind)
    if not changes:
        return
    before, after = found.catalogues
    heading = texts.HEADINGS[kind]
    st.subheader(f"{heading}: {len(changes):,}", anchor=False)
    show.lines(
        texts.sentence(before, after, change, moved) for change, moved in changes[:_MOST_SENTENCES]
    )
    if len(changes) > _MOST_SENTENCES:
        st.caption(f"The first {_MOST_SENTENCES} of {len(changes):,}; the table has them all.")
    where = after.areas[found.looked.area].name
    what = f"{heading} in {where}: period, how sure and ratio, in both releases"
    sure = "How sure then" if kind in ("withdrawn", "removed") else "How sure now"
    show.figure(None, "", tables.table(before, after, changes), what, "", explained=sure)


def _nothing_before(after: Store) -> None:
    """Say that there is nothing to set a release against."""
    st.header("There is nothing to set this release against", anchor=False)
    st.write(
        f"No release before {after.release} can be opened. As soon as a new one is published, "
        "this page says what it changed. What there is to see now is on the page of each borough."
    )
    st.page_link(config.ROOT / "pages" / "borough.py", label="Look at one borough")


def _since(earlier: list[str]) -> tuple[str, list[str]]:
    """Return the earlier release that the address names, or else the one before the later one."""
    asked = st.query_params.get("since", "")
    if asked in ("", *earlier):
        return asked or earlier[0], []
    return earlier[0], [
        f"The earlier release has to be one before the later. Shown: {earlier[0]}."
    ]


def _area(known: dict[str, str], store: Store) -> tuple[str, list[str]]:
    """Return the place that the address names, or that was looked at last, or else London."""
    asked = st.query_params.get("area", "")
    usual = options.LONDON if options.LONDON in known else next(iter(known))
    last = last_selection().area
    instead = last if last in known else usual
    if asked in ("", *known):
        return asked or instead, []
    name = said(asked, store.catalogue)
    return instead, [f"There are no figures for {name} here. Shown: {known[instead]}."]


def _apply() -> None:
    """Keep what was chosen in the form, before the page is drawn again."""
    _keep(_Asked(*(st.session_state[field] for field in _LABELS)))


def _keep(asked: _Asked) -> None:
    """Keep what is looked at for the next page, and in the address for whoever gets the link."""
    kept = replace(last_selection(), area=asked.area, release=asked.release)
    st.session_state["selection"] = kept
    params = {field: getattr(asked, field) for field in _LABELS}
    if st.query_params.to_dict() != params:
        st.query_params.from_dict(params)


def _csv(found: Answer) -> str:
    return as_csv(tables.rows(found))
