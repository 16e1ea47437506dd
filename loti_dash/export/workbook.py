"""An accessible workbook of a view: its groups, its areas, and the observations behind it."""

import pandas as pd
from gptables import GPTable

from loti_dash import chart_texts
from loti_dash.export import book, sheets
from loti_dash.export.notes import notes_of
from loti_dash.export.taken import Taken


def workbook(taken: Taken, observations: pd.DataFrame, product: str) -> bytes:
    """Return a view as a workbook (xlsx): its groups, its areas, the observations behind it.

    `observations` are as `observations_behind` gives them.
    """
    tables = _tables(taken, observations)
    notes = notes_of(taken, [table.table for table in tables.values()])
    papers = taken.papers()
    cautions = [f"{each.text} {each.effect}".strip() for each in taken.found if each.severity > 1]
    intro = (taken.finding, papers["Shown"], papers["Unknown"])
    front = book.cover(_title(taken), intro, cautions, papers, product)
    about = {"title": _title(taken), "author": product, "comments": taken.address}
    return book.book(about, front, notes, tables)


def _title(taken: Taken) -> str:
    return f"{taken.indicator.title}: {taken.here['area'].iloc[0]}, {_when(taken)}"


def _when(taken: Taken) -> str:
    return taken.catalogue.period(taken.indicator, taken.selection.period).label


def _tables(taken: Taken, observations: pd.DataFrame) -> dict[str, GPTable]:
    """Return the sheets of tables by name."""
    title, number = _title(taken), sheets.columns(taken.indicator)
    formats = [{"columns": [each.head], "format": {"num_format": each.format}} for each in number]
    share = {"columns": [sheets.SHARE_HEAD], "format": {"num_format": sheets.SHARE}}
    value = {"columns": ["Value"], "format": {"num_format": "#,##0.###"}}
    made = {
        "Groups": (
            sheets.by_group(taken),
            chart_texts.groups_title(taken.here),
            f"By ethnic group. {title}",
            formats,
        ),
        "Areas": (
            sheets.by_area(taken),
            chart_texts.areas_title(taken.catalogue, taken.of_group),
            f"By area. {taken.indicator.title}: {taken.of_group['group'].iloc[0]} compared with "
            f"{taken.of_group['reference'].iloc[0]}, {_when(taken)}",
            [*formats, share],
        ),
        "Observations": (
            sheets.observations(observations),
            "The counts behind the comparison",
            f"As they stand in the release. {taken.indicator.title}, {_when(taken)}",
            [value],
        ),
    }
    source = taken.papers()["Source"]
    return {
        label: book.sheet(table, label, message, what, source, formatting)
        for label, (table, message, what, formatting) in made.items()
        if len(table)
    }
