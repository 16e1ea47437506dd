"""A style sheet for what the theme cannot be told: a focus that is seen, and print.

Static, without scripts, and the only one: whatever the theme can be told is in config.toml.
"""

from functools import cache
from pathlib import Path

import streamlit as st

SHEET = Path(__file__).with_name("everyone.css")


def apply() -> None:
    """Add the style sheet to the page that is drawn. It takes no room."""
    st.html(_sheet())


@cache
def _sheet() -> str:
    return f"<style>{SHEET.read_text(encoding='utf-8')}</style>"
