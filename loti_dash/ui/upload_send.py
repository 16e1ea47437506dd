"""Sending figures to whoever publishes: what is withheld, what is new, and the data statement."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from loti_dash import access, drafts, submissions
from loti_dash.access import Action, Viewer
from loti_dash.definitions import FACTORS
from loti_dash.errors import LotiError
from loti_dash.store import Store
from loti_dash.ui import own, show
from loti_dash.upload import statement
from loti_dash.upload.guarding import Guarded
from loti_dash.upload.in_five import has_detail

_SENT = "upload_sent"


def draw(mine: own.Own, store: Store, who: Viewer) -> None:
    """Draw the way to send the figures in, from what is withheld to the button."""
    assert mine.package is not None, "drawn only where there are charts"
    st.header("Send them to be published", anchor=False)
    sent = st.session_state.get(_SENT)
    if sent == mine.sheet.sha256:
        st.success("Your figures were sent. Somebody else decides; you can follow it on Review.")
        return
    areas = tuple(sorted(set(mine.package.observations["area_code"].astype(str))))
    if not access.may(who, Action.UPLOAD, areas):
        st.info("You may look at these figures, and not send them: they are of other areas too.")
        return
    with st.spinner("Working out what must be withheld"):
        ways = drafts.ways(mine.package, store, mine.described)
    chosen = _way(ways, has_detail(mine.package, store.catalogue))
    show.lines(drafts.withheld(chosen, mine.described))
    show.lines(drafts.news(chosen.package, store))
    answers = _statement(mine)
    lacking = statement.unanswered(answers)
    if lacking:
        st.caption(f"Still to be answered: {len(lacking)} of the statement.")
    if st.button("Send to be published", type="primary", disabled=bool(lacking)):
        _send(mine, chosen, answers, who)


def _way(ways: dict[str, Guarded], detailed: bool) -> Guarded:
    """Return the way to publish that is chosen: detailed groups with more holes, or the five."""
    if not detailed:
        return ways[drafts.AS_IT_IS]
    words = {
        drafts.AS_IT_IS: "Detailed groups: {hidden} of {cells:,} counts are withheld",
        drafts.IN_FIVE: "Five groups: {hidden} of {cells:,} counts are withheld",
    }
    name = st.radio(
        "Publish",
        list(ways),
        format_func=lambda key: words[key].format(
            hidden=ways[key].small + ways[key].others, cells=ways[key].cells
        ),
        key="upload_way",
    )
    return ways[name]


def _statement(mine: own.Own) -> dict[str, str]:
    """Draw the questions of the data statement, and return the answers so far."""
    st.subheader("Data statement", anchor=False)
    st.write("It is published with the figures. Readers decide by it what they can be used for.")
    kept = {"owner": mine.described[0].owner} | mine.answers
    answers: dict[str, str] = {}
    for question in statement.QUESTIONS:
        answers[question.key] = _text(question.words, question.key, kept, question.help)
    for factor in FACTORS:
        answers[factor] = _text(statement.FACTOR_QUESTIONS[factor], factor, kept, "")
        severities = ["", *statement.SEVERITIES]
        key = f"{factor}_severity"
        severity = st.radio(
            f"How much this limits use ({factor})",
            severities[1:],
            index=None if not kept.get(key) else severities.index(kept[key]) - 1,
            format_func=lambda code: f"{code}: {statement.SEVERITIES[code]}",
            key=f"statement_{key}",
        )
        answers[key] = severity or ""
    due = st.date_input(
        "When is the next update due?",
        date.fromisoformat(kept["next_update"]) if kept.get("next_update") else None,
        key="statement_next_update",
        format="DD/MM/YYYY",
    )
    answers["next_update"] = due.isoformat() if isinstance(due, date) else ""
    own.answer(mine, answers)
    return answers


def _text(words: str, key: str, kept: dict[str, str], help_: str) -> str:
    area: Callable[..., str] = st.text_area
    return area(words, kept.get(key, ""), key=f"statement_{key}", placeholder=help_, height=80)


def _send(mine: own.Own, chosen: Guarded, answers: dict[str, str], who: Viewer) -> None:
    try:
        made = drafts.draft(chosen, mine.described, mine.sheet, mine.checked.mapped, answers)
        submissions.submit(who, made)
    except LotiError as error:
        st.error("The figures were not sent.", icon=":material/error:")
        st.text(str(error))
        return
    st.session_state[_SENT] = mine.sheet.sha256
    st.rerun()
