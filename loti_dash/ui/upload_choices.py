"""What can be chosen for figures of an upload from what the catalogue has: ages, denominators."""

import streamlit as st

from loti_dash.catalogue import Catalogue
from loti_dash.upload.description import OF_THE_FILE, Described


def ages(start: Described, catalogue: Catalogue) -> str:
    """Draw how old those are who can be counted: the ages of a known series, or others."""
    known = sorted({series.ages for series in catalogue.series.values()} - {"all"})
    codes = list(dict.fromkeys([start.ages, "all", *known]))
    said = st.selectbox(
        "Ages of those who are counted; choose, or write others as in 18-24",
        codes,
        format_func=lambda code: "all ages" if code == "all" else code,
        accept_new_options=True,
        key=f"described_{start.id}_ages",
    )
    return said or start.ages


def denominator(start: Described, catalogue: Catalogue, has_own: bool) -> str:
    """Draw what the figures can be divided by: a column of the file, or counts of residents."""
    offered = {OF_THE_FILE: "The column “denominator” of the file"} if has_own else {}
    for id_, series in catalogue.series.items():
        if series.calendar == "census_day" and series.place_basis == "residence":
            offered[id_] = series.title
    codes = list(offered)
    return st.selectbox(
        "Divided by",
        codes,
        index=codes.index(start.denominator) if start.denominator in codes else 0,
        format_func=offered.__getitem__,
        key=f"described_{start.id}_denominator",
    )
