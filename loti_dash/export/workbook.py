"""An accessible workbook of a view: cover, contents, notes, and a sheet for each table.

Laid out by gptables, after the guidance of the Analysis Function on spreadsheets: one table a
sheet, from the first column, no empty cells, signs explained.
"""

from collections.abc import Sequence
from io import BytesIO
from math import ceil
from typing import Any

import pandas as pd
from gptables import Cover, GPTable, GPWorkbook

from loti_dash import chart_texts
from loti_dash.export import sheets
from loti_dash.export.cells import plain
from loti_dash.export.notes import notes_of
from loti_dash.export.taken import Taken

# xlsxwriter would make formulas and links of texts.
_AS_THEY_ARE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_INSTRUCTIONS = (
    "This worksheet contains one table. Signs in square brackets are explained on the sheet "
    "Notes. Numbers are not rounded: cells hold more digits than they show."
)
# Widths of columns, in characters; how many of them a line of words holds, and its height.
_COVER, _OF_NOTES = 100, (34, 100, 44)
_HOLDS, _LINE = 1.05, 16.0


class _Exact(float):
    """A number that is written with all its digits: xlsxwriter would write the first 16."""

    def __format__(self, spec: str) -> str:
        return repr(float(self))


def workbook(taken: Taken, observations: pd.DataFrame, product: str) -> bytes:
    """Return a view as a workbook (xlsx): its groups, its areas, the observations behind it.

    `observations` are as `observations_behind` gives them.
    """
    tables = _tables(taken, observations)
    notes = notes_of(taken, [table.table for table in tables.values()])
    file = BytesIO()
    book = GPWorkbook(file, _AS_THEY_ARE)
    book.set_properties({"title": _title(taken), "author": product, "comments": taken.address})
    own = {"Notes": _notes_sheet(notes), **tables}
    contents = book.make_table_of_contents(
        own, column_names=["Sheet", "What is in it"], title="Contents"
    )
    cover, front = _cover(taken, product), book.add_worksheet("Cover")
    front.write_cover(cover)
    heads = [["Introductory information"], ["About these data"], ["Contact"]]
    texts = zip(heads, (cover.intro, cover.about, cover.contact), strict=True)
    _heights(front, 1, [[text] for head, of in texts for text in (*head, *of)], [_COVER])
    for label, table in {"Contents": contents, **own}.items():
        sheet = book.add_worksheet(label)
        sheet.add_write_handler(float, _write_exactly)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.write_gptable(table, auto_width=label != "Notes")
        if label == "Notes":
            for place, width in enumerate(_OF_NOTES):
                sheet.set_column(place, place, width)
            _heights(sheet, table.data_range[0] + 1, notes.to_numpy().tolist(), _OF_NOTES)
    book.close()
    return file.getvalue()


def _write_exactly(sheet: Any, row: int, column: int, number: float, *format_: Any) -> Any:
    return sheet.write_number(row, column, _Exact(number), *format_)


def _heights(sheet: Any, row: int, texts: list[list[str]], widths: Sequence[int]) -> None:
    """Make rows as high as their words need: not every program does so by itself."""
    for place, cells in enumerate(texts, row):
        lines = [
            ceil(len(text) / (width * _HOLDS)) for text, width in zip(cells, widths, strict=True)
        ]
        sheet.set_row(place, max(lines) * _LINE + 2)


def _title(taken: Taken) -> str:
    return f"{taken.indicator.title}: {taken.here['area'].iloc[0]}, {_when(taken)}"


def _when(taken: Taken) -> str:
    return taken.catalogue.period(taken.indicator, taken.selection.period).label


def _cover(taken: Taken, product: str) -> Cover:
    papers = taken.papers()
    cautions = [f"{each.text} {each.effect}".strip() for each in taken.found if each.severity > 1]
    # Only a whole address can be a link.
    opens = f"[{papers['Address']}]({papers['Address']})"
    address = opens if papers["Address"].startswith("http") else f"Address: {papers['Address']}"
    return Cover(
        title=plain(_title(taken)),
        width=_COVER,
        intro=[plain(text) for text in (taken.finding, papers["Shown"], papers["Unknown"])],
        about=[
            *(plain(text) for text in cautions),
            *(f"{head}: {papers[head]}" for head in ("Source", "Licence", "Credit", "Release")),
            address,
        ],
        contact=[
            f"If a figure differs from its source, tell whoever runs the {product}. If the source "
            "is wrong, tell its publisher."
        ],
    )


def _tables(taken: Taken, observations: pd.DataFrame) -> dict[str, GPTable]:
    """Return the sheets of tables by name."""
    title, number = _title(taken), sheets.columns(taken.indicator)
    formats = [
        {"column": {"columns": [each.head], "format": {"num_format": each.format}}}
        for each in number
    ]
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
            [*formats, {"column": share}],
        ),
        "Observations": (
            sheets.observations(observations),
            "The counts behind the comparison",
            f"As they stand in the release. {taken.indicator.title}, {_when(taken)}",
            [{"column": value}],
        ),
    }
    return {
        label: GPTable(
            table,
            label.lower(),
            plain(message),
            subtitles=[plain(what)],
            instructions=_INSTRUCTIONS,
            source=f"Source: {taken.papers()['Source']}",
            index_columns={2: 0},
            additional_formatting=formatting,
        )
        for label, (table, message, what, formatting) in made.items()
        if len(table)
    }


def _notes_sheet(notes: pd.DataFrame) -> GPTable:
    return GPTable(
        notes,
        "notes",
        "Notes: signs, columns and cautions",
        instructions="This worksheet contains one table.",
        index_columns={2: 0},
        additional_formatting=[{"column": {"columns": [*notes], "format": {"valign": "top"}}}],
    )
