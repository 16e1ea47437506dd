"""Figures under review as the public would see them: charts, cautions, every count, the papers."""

import pandas as pd
import streamlit as st

from loti_dash import chart_texts, options, sentences, tables
from loti_dash.charts import forest
from loti_dash.definitions import Indicator
from loti_dash.export.cells import as_csv
from loti_dash.notices import as_it_is
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.submissions import Submission
from loti_dash.ui import show
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
        group = options.groups(indicator, "5", "white", store.catalogue)[0]
        area, period = _choices(store, indicator, there)
        _one(store, Selection(indicator.id, area, period, group, "white", "5", store.release))
    _counts(store, package)


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
    st.write(f"The next update is due on {of.statement['next_update']}.")


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
    show.cautions(
        [each for each in seen.found if each != seen.forbidden],
        sentences.unknown(indicator, seen.here),
    )
    headline = sentences.headline(catalogue, indicator, seen.here, selection.group, seen.forbidden)
    st.markdown(f"**{headline}**")
    show.figure(
        seen.groups,
        chart_texts.forest_alt(catalogue, indicator, seen.here, selection.group),
        tables.by_group(seen.here, indicator),
        f"{indicator.title} by ethnic group",
        forest.how_to_read(seen.here),
    )


def _counts(store: Store, package: Package) -> None:
    """Draw every count as it would be published."""
    catalogue, of = store.catalogue, package.observations
    titles = {one.series_id: one.title for one in package.series}
    shown = of["value"].map("{:,.15g}".format).where(of["value"].notna())
    whole = pd.DataFrame(
        {
            "Ethnicity": of["group_code"].astype(str).map(catalogue.short_labels),
            "Count": shown.fillna(of["status"].astype(str).map(_SIGNS)).fillna("[x]"),
            "Of": of["series_id"].astype(str).map(titles),
            "Area": [catalogue.areas[code].name for code in of["area_code"].astype(str)],
            "Period": of["period_id"].astype(str),
        }
    ).set_index("Ethnicity")
    with st.expander(f"Every count, as it would be published: {len(whole):,}"):
        show.table(whole.head(_MOST_SHOWN), "Every count, as it would be published")
        if len(whole) > _MOST_SHOWN:
            st.caption(f"And {len(whole) - _MOST_SHOWN:,} more, in the file below.")
        st.caption("[c] withheld to protect people; [x] not available; [z] does not apply")
        st.download_button(
            "Download every count (CSV)",
            lambda: as_csv(whole.reset_index()),
            "counts_under_review.csv",
            "text/csv",
            on_click="ignore",
        )
