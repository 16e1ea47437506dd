"""What the figures of an upload are: asked of the analyst for each id, and then drawn."""

from dataclasses import fields, replace
from typing import Any, get_args

import streamlit as st

from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Domain
from loti_dash.errors import LotiError
from loti_dash.own_figures import NOT_PUBLISHED
from loti_dash.store import Store
from loti_dash.ui import own, page
from loti_dash.upload import description
from loti_dash.upload.description import OF_THE_FILE, Counted, Described

_WORDS = {
    "people": "people, each at most once",
    "events": "events, of which one person can have several",
    "households": "households",
    "flow": "over a period",
    "stock": "at a moment",
    "calendar": "January",
    "financial": "April",
    "academic": "September",
    "self": "the person themselves",
    "practitioner": "a practitioner",
    "officer": "a police officer, by appearance",
    "parent": "a parent or carer",
    "main_applicant": "the main applicant, for the household",
    "worse": "worse for those counted",
    "better": "better for those counted",
    "neutral": "neither",
}
_RECORDED = ("self", "practitioner", "officer", "parent", "main_applicant")
_PER = (100, 1_000, 10_000, 100_000)


def draw(mine: own.Own, store: Store) -> None:
    """Draw a form for the ids of the file, and the way to the charts once it is filled in."""
    ids = sorted(set(mine.checked.figures["indicator"].astype(str)))
    has_own = bool((mine.checked.figures["denominator_status"].astype(str) != "").any())
    known = {one.id: one for one in mine.described}
    owner = mine.described[0].owner if mine.described else ""
    st.header("What the figures are", anchor=False)
    with st.form("describe"):
        owner = st.text_input("Whose figures are these?", owner, key="described_owner")
        said = []
        for id_ in ids:
            start = known.get(id_) or description.usual(store.catalogue, id_, owner, has_own)
            said.append(_one(start, store.catalogue, has_own))
        done = st.form_submit_button("Draw the charts", type="primary")
    if done:
        _keep(mine, tuple(replace(one, owner=owner.strip()) for one in said), store)
    if mine.package is not None:
        _links(mine)


def _one(start: Described, catalogue: Catalogue, has_own: bool) -> Described:
    """Draw the questions about one id, and return the answers."""

    def choose(label: str, name: str, offered: Any) -> Any:
        given = getattr(start, name)
        codes = list(offered) if given in offered else [given, *offered]
        return st.selectbox(
            label,
            codes,
            index=codes.index(given),
            format_func=lambda code: _WORDS.get(
                str(code), f"{code:,}" if code == 0 else str(code)
            ),
            key=f"described_{start.id}_{name}",
        )

    def write(label: str, name: str) -> str:
        given = str(getattr(start, name))
        return st.text_input(label, given, key=f"described_{start.id}_{name}")

    st.subheader(start.id, anchor=False)
    if start.like:
        st.caption(f"As in the catalogue: {catalogue.indicators[start.like].title}.")
    denominators = _denominators(catalogue, has_own)
    answers = {
        "title": write("Title", "title"),
        "counted": write("What is counted, as in “children cautioned”", "counted"),
        "domain": choose("Page", "domain", get_args(Domain)),
        "counts": choose("A count is of", "counts", get_args(Counted)),
        "stock_or_flow": choose("Counted", "stock_or_flow", ("flow", "stock")),
        "calendar": choose("A year begins in", "calendar", ("financial", "calendar", "academic")),
        "recorded_by": choose("Ethnicity was recorded by", "recorded_by", _RECORDED),
        "denominator": st.selectbox(
            "Divided by",
            list(denominators),
            index=max(0, [*denominators].index(start.denominator))
            if start.denominator in denominators
            else 0,
            format_func=denominators.__getitem__,
            key=f"described_{start.id}_denominator",
        ),
        "denominator_label": write("The same in words, as in “residents”", "denominator_label"),
        "among": st.checkbox(
            "Whoever is counted is also among those divided by",
            start.among,
            key=f"described_{start.id}_among",
        ),
        "per": choose("A rate is for every", "per", _PER),
        "higher_is": choose("A higher rate is", "higher_is", ("neutral", "worse", "better")),
        "sensitive": st.checkbox(
            "A sensitive subject: custody of children, mental health, homelessness",
            start.sensitive,
            key=f"described_{start.id}_sensitive",
        ),
    }
    return replace(start, **answers)


def _denominators(catalogue: Catalogue, has_own: bool) -> dict[str, str]:
    """Return what the figures can be divided by: of the file, or counts of residents."""
    own_column = {OF_THE_FILE: "The column “denominator” of the file"} if has_own else {}
    there = {
        id_: series.title
        for id_, series in catalogue.series.items()
        if series.calendar == "census_day" and series.place_basis == "residence"
    }
    return own_column | there


def _keep(mine: own.Own, said: tuple[Described, ...], store: Store) -> None:
    empty = sorted({name for one in said for name in _needed() if not getattr(one, name)})
    if empty:
        st.error(f"Still to be said: {', '.join(_NAMES[name] for name in empty)}.")
        return
    odd = {
        sign for one in said for name in _NAMES for sign in description.signs(getattr(one, name))
    }
    if odd:
        st.error("Write plain words, without these signs: " + " ".join(sorted(odd)))
        return
    try:
        own.describe(mine, said, store)
    except LotiError as error:
        st.error("The charts could not be drawn.", icon=":material/error:")
        st.text(str(error))
        return
    st.rerun()


_NAMES = {
    "owner": "whose figures they are",
    "title": "a title",
    "counted": "what is counted",
    "denominator_label": "what they are divided by, in words",
}


def _needed() -> list[str]:
    return [one.name for one in fields(Described) if one.name in _NAMES]


def _links(mine: own.Own) -> None:
    """Draw the ways to the charts, on the pages that all other figures have."""
    assert mine.package is not None, "drawn only where there are charts"
    st.header("Your charts", anchor=False)
    st.write("On the same pages, with the same cautions, as published figures. Only you see them.")
    for n, indicator in enumerate(mine.package.indicators):
        if st.button(f"See {indicator.title}", key=f"see_{n}"):
            page.look_at(indicator, NOT_PUBLISHED)
