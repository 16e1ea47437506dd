"""What the figures of an upload are: asked of the analyst for each id, and then drawn."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, get_args

import streamlit as st

from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Domain, Indicator
from loti_dash.errors import LotiError
from loti_dash.own_figures import NOT_PUBLISHED
from loti_dash.store import Store
from loti_dash.ui import own, page, upload_choices
from loti_dash.ui.uploaded import Own
from loti_dash.upload import description
from loti_dash.upload.description import Counted, Described

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


def draw(mine: Own, store: Store) -> Indicator | None:
    """Draw a form for the ids of the file, and the way to the charts once it is filled in.

    Return the indicator whose charts were asked for, if any.
    """
    st.header("What the figures are", anchor=False)
    if mine.package is None:
        _form(mine, store)
        return None
    with st.expander("Said of the figures; open it to change something"):
        _form(mine, store)
    return _links(mine)


def _form(mine: Own, store: Store) -> None:
    ids = sorted(set(mine.checked.figures["indicator"].astype(str)))
    has_own = bool((mine.checked.figures["denominator_status"].astype(str) != "").any())
    known = {one.id: one for one in mine.described}
    owner = mine.described[0].owner if mine.described else ""
    with st.form("describe"):
        owner = st.text_input(
            "Whose figures are these? The organisation, as readers know it",
            owner,
            key="described_owner",
        )
        said = []
        for id_ in ids:
            kind = mine.checked.kinds.get(id_, "")
            start = known.get(id_) or description.usual(store.catalogue, id_, owner, has_own, kind)
            said.append(_one(start, store.catalogue, has_own))
        done = st.form_submit_button("Draw the charts", type="primary")
    if done:
        _keep(mine, tuple(replace(one, owner=owner.strip()) for one in said), store)


def _one(start: Described, catalogue: Catalogue, has_own: bool) -> Described:
    """Draw the questions about one id, and return the answers."""

    def choose(label: str, name: str, offered: Iterable[Any]) -> Any:
        given = getattr(start, name)
        codes = list(dict.fromkeys([*offered, given]))
        return st.selectbox(
            label,
            codes,
            index=codes.index(given),
            format_func=lambda code: _WORDS.get(
                str(code), f"{code:,}" if isinstance(code, int) else str(code).capitalize()
            ),
            key=f"described_{start.id}_{name}",
        )

    def write(label: str, name: str) -> str:
        given = str(getattr(start, name))
        return st.text_input(label, given, key=f"described_{start.id}_{name}")

    def tick(label: str, name: str) -> bool:
        return st.checkbox(label, getattr(start, name), key=f"described_{start.id}_{name}")

    st.subheader(start.id, anchor=False)
    if start.like:
        st.caption(f"As in the catalogue: {catalogue.indicators[start.like].title}.")
    answers: dict[str, Any] = {}
    left, right = st.columns(2)
    with left:
        answers["title"] = write("Title, as in “Children cautioned”", "title")
        answers["counted"] = write("What is counted, as in “children cautioned”", "counted")
        answers["counts"] = choose("A count is of", "counts", get_args(Counted))
        answers["stock_or_flow"] = choose("It is counted", "stock_or_flow", ("flow", "stock"))
        answers["calendar"] = choose(
            "A year begins in", "calendar", ("financial", "calendar", "academic")
        )
        answers["ages"] = upload_choices.ages(start, catalogue)
        answers["recorded_by"] = choose("Ethnicity was recorded by", "recorded_by", _RECORDED)
    with right:
        answers["denominator"] = upload_choices.denominator(start, catalogue, has_own)
        answers["denominator_label"] = write(
            "The same in words, as in “residents”", "denominator_label"
        )
        answers["per"] = choose("A rate is for every", "per", _PER)
        answers["among"] = tick("Whoever is counted is also among those divided by", "among")
        answers["higher_is"] = choose("A higher rate is", "higher_is", _HIGHER)
        answers["domain"] = choose("Page", "domain", get_args(Domain))
        answers["sensitive"] = tick(
            "A sensitive subject: custody of children, mental health, homelessness", "sensitive"
        )
    return replace(start, **answers)


_HIGHER = ("neutral", "worse", "better")


def _keep(mine: Own, said: tuple[Described, ...], store: Store) -> None:
    empty = {name for one in said for name in _NAMES if not getattr(one, name).strip()}
    if empty:
        words = "; ".join(words for name, words in _NAMES.items() if name in empty)
        st.error(f"Still to be said: {words}.", icon=":material/error:")
        return
    odd = {
        sign for one in said for name in _NAMES for sign in description.signs(getattr(one, name))
    }
    if odd:
        st.error("Write plain words, without any of these signs:", icon=":material/error:")
        st.text(" ".join(sorted(odd)))
        return
    try:
        with st.spinner("Drawing the charts"):
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


def _links(mine: Own) -> Indicator | None:
    """Draw the ways to the charts, and return the indicator that was asked for, if any."""
    assert mine.package is not None, "drawn only where there are charts"
    st.header("Your charts", anchor=False)
    st.write("On the same pages, with the same cautions, as published figures. Only you see them.")
    asked = None
    for n, indicator in enumerate(mine.package.indicators):
        if st.button(f"See {indicator.title}", key=f"see_{n}", type="primary"):
            asked = indicator
    return asked


def leave_for(indicator: Indicator, store: Store) -> None:
    """Leave for the charts of an indicator, once all that stands on this page was kept."""
    mine = own.mine()
    if mine and mine.told != mine.answers:
        # The cautions beside the charts are those of the statement.
        with st.spinner("Drawing the charts"):
            own.describe(mine, mine.described, store)
    page.look_at(indicator, NOT_PUBLISHED)
