"""The steps of a process: of the group looked at, with their chart, and of every group."""

from typing import Any

import pandas as pd

from loti_dash import stage_tables, stage_texts
from loti_dash.charts import stages as chart
from loti_dash.export import papers
from loti_dash.export.figure import Figure
from loti_dash.stages import Stages
from loti_dash.store import Store

EVERY_GROUP = "every_group"


def of_group(store: Store, seen: Stages, group: str, address: str) -> Figure:
    """Return the steps of one group, as the page shows them."""
    rows = seen.table[seen.table["group_code"] == group]
    first = rows.iloc[0]
    return _figure(
        store,
        seen,
        rows,
        address,
        title=stage_texts.chart_title(rows),
        what=_what(seen, rows),
        table=stage_tables.by_step(rows),
        table_alt=f"{seen.process.title}, {first['group']} compared with {first['reference']}, "
        f"by step. {_where(rows)}",
        rows=rows,
        chart=chart.steps(rows),
        alt=stage_texts.alt(seen, rows),
        how_to_read=chart.how_to_read(rows),
    )


def of_every_group(store: Store, seen: Stages, group: str, address: str) -> Figure:
    """Return the table of all groups, under the headline of the one looked at."""
    rows = seen.table[seen.table["group_code"] == group]
    title = f"{seen.process.title}, every ethnic group by step. {_where(rows)}"
    return _figure(
        store,
        seen,
        rows,
        address,
        title=title,
        what=_what(seen, rows),
        table=stage_tables.by_step_and_group(seen.table),
        table_alt=title,
        rows=seen.table,
    )


def _where(rows: pd.DataFrame) -> str:
    return f"{rows['area'].iloc[0]}, {rows['period_label'].iloc[0]}"


def _what(seen: Stages, rows: pd.DataFrame) -> str:
    first = rows.iloc[0]
    return (
        f"{seen.process.title}. Ratio of {first['group']} to {first['reference']} at each step. "
        f"{_where(rows)}. Each line names what it is set against."
    )


def _figure(
    store: Store, seen: Stages, of_group_: pd.DataFrame, address: str, **shown: Any
) -> Figure:
    """Return a figure of the page; `of_group_` are the rows of the group looked at."""
    release = str(seen.table["release"].iloc[0])
    unknown = stage_texts.unknown(of_group_)
    return Figure(
        said=f"{stage_texts.headline(store.catalogue, seen, of_group_)} {stage_texts.CLOSING}",
        cautions=seen.cautions,
        papers=papers.papers(store.catalogue, seen.indicators, release, address)
        | {"Unknown": unknown or papers.SILENT},
        sources=papers.sources(store.catalogue, seen.indicators),
        indicators=seen.indicators,
        **shown,
    )
