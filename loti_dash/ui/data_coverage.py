"""The parts of the page about data: what to know of each data set, and what there is of it."""

from typing import Any

import pandas as pd
import streamlit as st

from loti_dash import data_coverage_texts as texts
from loti_dash.catalogue import Catalogue
from loti_dash.charts import data_coverage as chart
from loti_dash.data_coverage import data_coverage
from loti_dash.notices import as_it_is, words
from loti_dash.store import Store
from loti_dash.ui import show
from loti_dash.ui.page import last_selection
from loti_dash.ui.published import remembered

# In the address, so that a link opens the same data set.
_PARAMETER = "series"


def factors(catalogue: Catalogue) -> None:
    """Draw the five factors of every statement, each folded."""
    used = {each.statement for each in catalogue.series.values()}
    statements = [each for id_, each in catalogue.statements.items() if id_ in used]
    for each in sorted(statements, key=lambda statement: statement.title):
        with st.expander(each.title):
            show.lines(texts.factors(each))


def coverage(store: Store) -> None:
    """Draw the choice of a data set, and what there is of it: a picture and two tables."""
    catalogue = store.catalogue
    titles = {id_: each.title for id_, each in catalogue.series.items()}
    ids = sorted(titles, key=titles.__getitem__)
    st.session_state[_PARAMETER] = _asked(catalogue)
    st.selectbox(
        "Data set",
        ids,
        format_func=titles.__getitem__,
        key=_PARAMETER,
        on_change=lambda: st.query_params.update({_PARAMETER: st.session_state[_PARAMETER]}),
    )
    found = _found(store, st.session_state[_PARAMETER], store.release)
    if found is None:
        notice = store.withdrawn.get(st.session_state[_PARAMETER])
        st.write(as_it_is(words(notice)) if notice else "This release has no figures of it.")
        return
    st.subheader(found["title"], anchor=False)
    st.caption(found["sentence"])
    show.figure(
        found["chart"],
        found["alt"],
        found["by_area"],
        f"Which counts there are, by area: {found['of']}",
        found["how_to_read"],
        folded="The same by area, as a table",
        explained="Every group has a count",
    )
    show.table(found["by_group"], f"Which counts there are, by ethnic group: {found['of']}")


def _asked(catalogue: Catalogue) -> str:
    """Return the series of the address, or else that of what was looked at last."""
    asked = st.query_params.get(_PARAMETER, "")
    if asked in catalogue.series:
        return asked
    if asked:
        st.info(f"There is no data set “{asked}”.")
    last = catalogue.indicators.get(last_selection().indicator)
    usual = (each for each in catalogue.indicators.values() if not each.empty)
    return (last or next(usual)).numerator.series


@remembered(60)
def _found(_store: Store, series: str, release: str) -> dict[str, Any] | None:
    """Return all that is drawn of a series, or None if the release has nothing of it."""
    of = data_coverage(_store, series)
    if of is None:
        return None
    by_group: pd.DataFrame = texts.by_group(of, _store.catalogue)
    return {
        "of": of.series.title,
        "title": texts.title(of),
        "sentence": texts.sentence(of),
        "chart": chart.places(of),
        "alt": texts.alt(of),
        "how_to_read": chart.how_to_read(of),
        "by_area": texts.by_area(of),
        "by_group": by_group,
    }
