"""The form of choices that pages share: it opens at what is shown, and acts on Show alone."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any

import streamlit as st

# The room that a letter takes in a list, and what stands there beside the words, in pixels.
_LETTER, _BESIDE_THE_WORDS = 7, 54


def place() -> AbstractContextManager[Any]:
    """Return where the form goes: folded on a phone, where the sentence comes before choices."""
    on_a_phone = "Mobi" in st.context.headers.get("User-Agent", "")
    return st.expander("Choose what is shown") if on_a_phone else st.container()


def form(
    labels: Mapping[str, str],
    names: Mapping[str, Mapping[str, str]],
    chosen: object,
    apply: Callable[..., None],
    *args: object,
) -> None:
    """Draw choices in one form, opened at those of `chosen`, an object with a field for each.

    `names` has, for each field, the names of its codes, and `labels` what the field is called.
    `apply` is called with `args` when the reader asks for what was chosen, and not before.
    """
    # One after the other, in as many rows as their longest names need.
    with (
        st.form("choices", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        for field, of in names.items():
            # A widget with a key keeps its own value, whatever index it is given: the key is set.
            st.session_state[field] = getattr(chosen, field)
            longest = max(map(len, of.values()))
            st.selectbox(
                labels[field],
                list(of),
                format_func=of.__getitem__,
                key=field,
                width=max(_LETTER * len(labels[field]), _LETTER * longest + _BESIDE_THE_WORDS),
            )
        st.form_submit_button("Show", type="primary", on_click=apply, args=args)
