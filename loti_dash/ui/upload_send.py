"""Sending figures to whoever publishes: what is withheld, what is new, and the data statement."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from loti_dash import access, config, drafts, submissions
from loti_dash.access import Action, Viewer
from loti_dash.definitions import FACTORS
from loti_dash.errors import LotiError
from loti_dash.notices import as_it_is
from loti_dash.store import Store
from loti_dash.submissions import Standing
from loti_dash.ui import own, show
from loti_dash.ui.uploaded import Own
from loti_dash.upload import statement
from loti_dash.upload.guarding import Guarded
from loti_dash.upload.in_five import has_detail

# The questions of the statement by what they are about; the owner was asked already.
_PARTS = {
    "The figures": ("purpose", "row", "denominator", "breaks"),
    "How ethnicity was recorded": ("recorded", "unknown", "missing"),
    "Use and correction": ("not_for", "licence", "basis", "contact", "correct"),
}
_KEY = "statement_"
# The least that Streamlit allows: two lines, and more when somebody writes more.
_LOW = 68


def draw(mine: Own, store: Store, who: Viewer) -> None:
    """Draw the way to send the figures in, from what is withheld to the button."""
    assert mine.package is not None, "drawn only where there are charts"
    st.header("Send them to be published", anchor=False)
    if mine.sent and _waits(mine, who):
        return
    areas = tuple(sorted(set(mine.package.observations["area_code"].astype(str))))
    if not access.may(who, Action.UPLOAD, areas):
        st.info("You may look at these figures, but not send them: they are of other areas too.")
        return
    chosen = _way(own.ways(mine, store), has_detail(mine.package, store.catalogue))
    show.lines(
        [*drafts.withheld(chosen, mine.described), *drafts.news(chosen.package, store)],
    )
    _statement(mine)
    if st.button("Send to be published", type="primary"):
        _send(chosen, who)


def _waits(mine: Own, who: Viewer) -> bool:
    """Draw what became of the figures, and return whether that is all there is to do."""
    try:
        found = submissions.of(who, mine.sent)
        said = submissions.decisions(who, mine.sent)
    except LotiError as error:
        st.text(str(error))
        return True
    if found.standing in (Standing.WAITING, Standing.ACCEPTED, Standing.PUBLISHED):
        st.success(
            "Your figures were sent. Somebody else decides on them."
            if found.standing == Standing.WAITING
            else "Your figures are published, or will be in the next release.",
            icon=":material/check:",
        )
        review = config.ROOT / "pages" / "review.py"
        st.page_link(review, label="Follow them on the page Review")
        return True
    st.warning(f"Your figures were {found.standing}. You can send them anew.")
    show.lines(as_it_is(each.because) for each in said)
    return False


def _way(ways: Mapping[str, Guarded], detailed: bool) -> Guarded:
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


def _statement(mine: Own) -> None:
    """Draw the questions of the data statement, and keep the answers.

    An answer is kept twice over: before anything is drawn, for the next click may lead to another
    page; and after, for Streamlit skips the former while somebody types on. Not as a fragment:
    then the first click elsewhere after an answer would do nothing.
    """
    st.subheader("Data statement", anchor=False)
    st.write(
        "It is published with the figures. Readers decide by it what they can be used for. "
        "What you write is kept while you look at the charts."
    )
    questions = {one.key: one for one in statement.QUESTIONS}
    for part, keys in _PARTS.items():
        st.markdown(f"**{part}**")
        # Row by row, so that the keyboard goes as the eye does.
        for start in range(0, len(keys), 2):
            for key, column in zip(keys[start : start + 2], st.columns(2), strict=False):
                with column:
                    _text(f"{questions[key].words} {questions[key].help}", key, mine.answers)
    st.markdown("**Five factors, and how much each limits use**")
    for factor in FACTORS:
        _factor(factor, mine.answers)
    _due(mine.answers)
    for key in statement.fields():
        if key != "owner":
            _note(key)


def _factor(factor: str, kept: Mapping[str, str]) -> None:
    """Draw the question about one of the five factors, and beside it how much it limits use."""
    key = f"{factor}_severity"
    said, limits = st.columns(2)
    with said:
        _text(statement.FACTOR_QUESTIONS[factor], factor, kept)
    with limits:
        st.radio(
            f"{factor.capitalize()}: how much this limits use",
            list(statement.SEVERITIES),
            index=int(kept[key]) - 1 if kept.get(key) else None,
            format_func=lambda code: f"{code}: {statement.SEVERITIES[code]}",
            key=_KEY + key,
            on_change=_note,
            args=(key,),
        )


def _text(words: str, key: str, kept: Mapping[str, str]) -> None:
    st.text_area(
        words, kept.get(key, ""), key=_KEY + key, height=_LOW, on_change=_note, args=(key,)
    )


def _due(kept: Mapping[str, str]) -> None:
    st.date_input(
        "When is the next update due?",
        date.fromisoformat(kept["next_update"]) if kept.get("next_update") else None,
        key=_KEY + "next_update",
        format="DD/MM/YYYY",
        on_change=_note,
        args=("next_update",),
    )


def _note(key: str) -> None:
    """Keep an answer: Streamlit forgets it as soon as a page does not draw the question."""
    said = st.session_state[_KEY + key]
    own.say(key, said.isoformat() if isinstance(said, date) else said or "")


def _send(chosen: Guarded, who: Viewer) -> None:
    mine = own.mine()
    assert mine is not None, "its statement was just drawn"
    answers = dict.fromkeys(statement.fields(), "") | mine.answers
    answers["owner"] = mine.described[0].owner
    lacking = statement.unanswered(answers)
    if lacking:
        st.error("Not sent yet: the statement lacks an answer.", icon=":material/error:")
        show.lines(map(as_it_is, lacking))
        return
    try:
        with st.spinner("Sending the figures"):
            made = drafts.draft(chosen, mine.described, mine.sheet, mine.checked.mapped, answers)
            own.sent(mine, submissions.submit(who, made))
    except LotiError as error:
        st.error("The figures were not sent.", icon=":material/error:")
        st.text(str(error))
        return
    st.rerun()
