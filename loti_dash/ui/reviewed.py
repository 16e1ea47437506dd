"""Figures under review as the public would see them: charts, cautions, every count, the papers."""

from datetime import date

import pandas as pd
import streamlit as st

from loti_dash import chart_texts, options, sentences, tables
from loti_dash.charts import forest
from loti_dash.definitions import Indicator
from loti_dash.export.cells import as_csv
from loti_dash.notices import as_it_is
from loti_dash.selection import Selection, honoured
from loti_dash.store import Store
from loti_dash.submissions import Submission
from loti_dash.ui import caution_box, show
from loti_dash.ui.view import view
from loti_dash.upload import statement
from loti_dash.upload.package import Package

# More counts than these are in the file to download.
_MOST_SHOWN = 200
_SIGNS = {"suppressed": "[c]", "not_applicable": "[z]"}


def draw(store: Store, package: Package) -> None:
    """Draw each indicator of a package, for an area and a period at a time, and every count."""
    for indicator in package.indicators:
        there = options.of_indicator(store.choices, indicator)
        st.subheader(indicator.title, anchor=False)
        if there.empty:
            st.write("None of these figures can be drawn.")
            continue
        area, period = _choices(store, indicator, there)
        asked = Selection(indicator.id, area, period, release=store.release)
        _one(store, honoured(asked, indicator.domain, store.catalogue, store.choices)[0])
        _counts(store, indicator, package.observations)


def statement_of(of: Submission) -> None:
    """Draw what was said of figures when they were sent in."""
    st.subheader("Data statement", anchor=False)
    show.lines(
        f"**{question.words}** {as_it_is(of.statement.get(question.key, ''))}"
        for question in statement.QUESTIONS
    )
    show.lines(
        f"**{words}** {as_it_is(of.statement[factor])} "
        f"({statement.SEVERITIES[of.statement[f'{factor}_severity']]})"
        for factor, words in statement.FACTOR_QUESTIONS.items()
    )
    st.write(f"The next update is due on {day(of.statement['next_update'])}.")


def day(time: str) -> str:
    """Return the day of a time as it is written here.

    >>> day("2026-03-01T09:30:00+00:00")
    '1 March 2026'
    """
    return f"{date.fromisoformat(time[:10]):%-d %B %Y}"


def _choices(store: Store, indicator: Indicator, there: pd.DataFrame) -> tuple[str, str]:
    """Draw which area and period to look at, the newest first."""
    of_area, of_period = st.columns(2)
    with of_area:
        area = st.selectbox(
            "Area",
            options.areas(there, store.catalogue),
            format_func=lambda code: store.catalogue.areas[code].name,
            key=f"reviewed_area_{indicator.id}",
        )
    here = there[there["area_code"] == area]
    labels = {one.id: one.label for one in options.periods(here, indicator, store.catalogue)}
    with of_period:
        period = st.selectbox(
            "Period",
            list(labels),
            format_func=labels.__getitem__,
            key=f"reviewed_period_{indicator.id}",
        )
    return area, period


def _one(store: Store, selection: Selection) -> None:
    catalogue = store.catalogue
    indicator = catalogue.indicators[selection.indicator]
    seen = view(store, selection)
    others = [each for each in seen.found if each != seen.forbidden]
    caution_box.draw(caution_box.made(others, sentences.unknown(indicator, seen.here)))
    headline = sentences.headline(catalogue, indicator, seen.here, selection.group, seen.forbidden)
    st.markdown(f"**{headline}**")
    show.figure(
        seen.groups,
        chart_texts.forest_alt(catalogue, indicator, seen.here, selection.group),
        tables.by_group(seen.here, indicator),
        f"{indicator.title} by ethnic group",
        forest.how_to_read(seen.here),
    )


def _counts(store: Store, indicator: Indicator, observations: pd.DataFrame) -> None:
    """Draw every count of an indicator as it would be published."""
    whole = _named(store, indicator, observations)
    with st.expander(f"Every count, as it would be published: {len(whole):,} rows"):
        show.table(whole.head(_MOST_SHOWN), f"{indicator.title}: every count")
        if len(whole) > _MOST_SHOWN:
            st.caption(f"And {len(whole) - _MOST_SHOWN:,} more rows, in the file below.")
        st.caption("[c] withheld to protect people; [x] not available; [z] does not apply")
        st.download_button(
            "Download every count (CSV)",
            lambda: as_csv(whole.reset_index()),
            f"{indicator.id}_under_review.csv",
            "text/csv",
            on_click="ignore",
            key=f"counts_{indicator.id}",
        )


def _named(store: Store, indicator: Indicator, observations: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of an indicator, and its own denominators, in words and in order."""
    catalogue, keys = store.catalogue, ["area_code", "period_id", "group_code"]
    texts = (
        observations[keys]
        .astype(str)
        .assign(series=observations["series_id"].astype(str), count=_texts(observations))
    )
    whole = texts[texts["series"] == indicator.numerator.series].set_index(keys)[["count"]]
    heads = {"count": "Count"}
    if indicator.denominator.series in set(texts["series"]):
        of = texts[texts["series"] == indicator.denominator.series].set_index(keys)["count"]
        whole, heads = whole.assign(of=of), heads | {"of": "Out of"}
    list_ = catalogue.series[indicator.numerator.series].classification
    order = {
        g.code: int(g.display_position) for g in catalogue.groups if g.classification == list_
    }
    # Who is unknown is in no list, and comes last.
    whole = whole.reset_index().sort_values(
        keys, key=lambda column: column.map(order) if column.name == "group_code" else column
    )
    return pd.DataFrame(
        {
            "Ethnicity": whole["group_code"].map(catalogue.short_labels),
            "Area": [catalogue.areas[code].name for code in whole["area_code"]],
            "Period": [catalogue.period(indicator, id_).label for id_ in whole["period_id"]],
            **{head: whole[name] for name, head in heads.items()},
        }
    ).set_index("Ethnicity")


def _texts(observations: pd.DataFrame) -> "pd.Series[str]":
    """Return counts as text, with a sign where there is none."""
    value = observations["value"]
    signs = observations["status"].astype(str).map(_SIGNS).fillna("[x]")
    return value.map("{:,.15g}".format).where(value.notna(), signs)
