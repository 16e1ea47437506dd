"""Several indicators at once: all of one area, or those of a domain for one group by borough."""

from typing import Any

import pandas as pd

from loti_dash import (
    options,
    profile_cautions,
    profile_choices,
    profile_reasons,
    profile_tables,
    profile_texts,
)
from loti_dash.catalogue import Catalogue
from loti_dash.charts import heatmap
from loti_dash.charts import profile as charts
from loti_dash.definitions import Indicator
from loti_dash.evidence_order import by_indicator, in_order
from loti_dash.export import papers
from loti_dash.export.figure import Figure
from loti_dash.profile import Profile
from loti_dash.selection import Selection
from loti_dash.store import Store

_UNKNOWN = "For how many ethnicity is not known differs by indicator and area: see the numbers."
_CAUTIONS = (
    "The cautions are those of London as a whole; each borough's own stand with all the figures "
    "that the page offers as CSV."
)


def indicators(store: Store, rows: pd.DataFrame) -> list[Indicator]:
    """Return the indicators of some rows, each once."""
    return [store.catalogue.indicators[id_] for id_ in rows["indicator"].astype(str).unique()]


def rows_of_area(store: Store, seen: Profile, selection: Selection) -> pd.DataFrame:
    """Return the rows that the page of an area shows: of the group or groups looked at."""
    catalogue = store.catalogue
    wanted = profile_choices.of_five(selection.group, selection.reference, catalogue)
    counted = profile_reasons.with_counts(seen.rows)
    rows = counted[counted["group_code"].isin(wanted)]
    return rows if rows.empty else in_order(rows, catalogue)


def of_area(
    store: Store, seen: Profile, rows: pd.DataFrame, selection: Selection, address: str
) -> Figure:
    """Return every indicator of an area, as the page shows it."""
    catalogue, area = store.catalogue, store.catalogue.areas[selection.area].name
    return _figure(
        store,
        seen,
        rows,
        address,
        f"{profile_texts.headline_of_area(catalogue, rows, area)} {profile_texts.CLOSING}",
        title=f"{area}, indicator by indicator",
        what="Ratios of rates with their 95% intervals, by domain. "
        f"{profile_texts.selection_of_area(catalogue, selection)}",
        table=profile_tables.of_area(catalogue, rows),
        table_alt=f"Every indicator for {area}: ratio, how sure, rates, and what is counted, "
        "when and where",
        chart=charts.profile(catalogue, rows),
        alt=profile_texts.alt_of_area(rows),
        how_to_read=charts.how_to_read(rows),
    )


def rows_of_domain(store: Store, seen: Profile, domain: str) -> pd.DataFrame:
    """Return the rows of a group that have a ratio, of the indicators of a domain."""
    rows = profile_reasons.with_ratio(seen.rows)
    of = rows["indicator"].map(lambda id_: store.catalogue.indicators[str(id_)].domain)
    return rows[of.astype(str) == domain]


def summaries(catalogue: Catalogue, rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Return of each indicator its title, and when and what in a sentence."""
    return [
        (
            catalogue.indicators[id_].title,
            f"{_when(catalogue, _opened(of))}: {profile_texts.summary(catalogue, of)}",
        )
        for id_, of in by_indicator(rows)
    ]


def of_domain(
    store: Store,
    seen: Profile,
    rows: pd.DataFrame,
    domain: str,
    selection: Selection,
    address: str,
) -> Figure:
    """Return a group in the boroughs, in the indicators of a domain, as the page shows it."""
    catalogue = store.catalogue
    said = [f"{title}, {words}" for title, words in summaries(catalogue, rows)]
    names = {code: catalogue.areas[code].name for code in profile_choices.areas(catalogue)}
    # A part that scrolls must hold something that the keyboard reaches: the heads are links.
    heads = {
        id_: f"[{catalogue.indicators[id_].title}]({profile_tables.link(catalogue, _opened(of))})"
        for id_, of in by_indicator(rows)
    }
    cells = heatmap.cells(rows, names).rename(index=names, columns=heads).rename_axis("Area")
    title = (
        f"{domain.capitalize()}: ratio and how sure for each borough and indicator, "
        f"{rows['group'].iloc[0]} compared with {rows['reference'].iloc[0]}"
    )
    return _figure(
        store,
        seen,
        rows,
        address,
        f"{' '.join(said)} {profile_texts.CLOSING}",
        title=title,
        what=f"{profile_texts.selection_of_group(catalogue, selection)} {_CAUTIONS}",
        table=cells,
        table_alt=title,
        signs=f"{heatmap.signs(cells)} {profile_texts.together(catalogue, rows)}".strip(),
    )


def _figure(
    store: Store, seen: Profile, rows: pd.DataFrame, address: str, said: str, **shown: Any
) -> Figure:
    catalogue = store.catalogue
    of = indicators(store, rows)
    return Figure(
        said=said,
        cautions=profile_cautions.cautions(catalogue, rows, seen.cautions, 2),
        papers=papers.papers(catalogue, of, store.release, address) | {"Unknown": _UNKNOWN},
        sources=papers.sources(catalogue, of),
        rows=rows,
        indicators=of,
        **shown,
    )


def _opened(rows: pd.DataFrame) -> pd.Series:
    """Return the row at which an indicator's own page opens: London's, if there is one."""
    london = rows[rows["area_code"] == options.LONDON]
    return (rows if london.empty else london).iloc[0]


def _when(catalogue: Catalogue, row: pd.Series) -> str:
    indicator = catalogue.indicators[str(row["indicator"])]
    return catalogue.period(indicator, str(row["period"])).label
