"""How every workbook is laid out: cover, contents, notes, and a sheet for each table.

By gptables, after the guidance of the Analysis Function on spreadsheets: one table a sheet, from
the first column, no empty cells, signs explained.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from math import ceil
from typing import Any

import pandas as pd
from gptables import Cover, GPTable, GPWorkbook

from loti_dash.export.cells import plain

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


def book(
    about: Mapping[str, str], front: Cover, notes: pd.DataFrame, tables: Mapping[str, GPTable]
) -> bytes:
    """Return a workbook (xlsx) of tables, by the names of their sheets.

    `about` are the properties of the file: its title, author and comments.
    """
    file = BytesIO()
    whole = GPWorkbook(file, _AS_THEY_ARE)
    whole.set_properties(dict(about))
    own = {"Notes": _notes_sheet(notes), **tables}
    contents = whole.make_table_of_contents(
        own, column_names=["Sheet", "What is in it"], title="Contents"
    )
    first = whole.add_worksheet("Cover")
    first.write_cover(front)
    heads = [["Introductory information"], ["About these data"], ["Contact"]]
    texts = zip(heads, (front.intro, front.about, front.contact), strict=True)
    _heights(first, 1, [[text] for head, of in texts for text in (*head, *of)], [_COVER])
    for label, table in {"Contents": contents, **own}.items():
        sheet = whole.add_worksheet(label)
        sheet.add_write_handler(float, _write_exactly)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.write_gptable(table, auto_width=label != "Notes")
        if label == "Notes":
            for place, width in enumerate(_OF_NOTES):
                sheet.set_column(place, place, width)
            _heights(sheet, table.data_range[0] + 1, notes.to_numpy().tolist(), _OF_NOTES)
    whole.close()
    return file.getvalue()


def cover(
    title: str,
    intro: Sequence[str],
    cautions: Sequence[str],
    papers: Mapping[str, str],
    product: str,
) -> Cover:
    """Return a cover: what is found and shown, the cautions, and where the figures are from."""
    # Only a whole address can be a link.
    opens = f"[{papers['Address']}]({papers['Address']})"
    address = opens if papers["Address"].startswith("http") else f"Address: {papers['Address']}"
    return Cover(
        title=plain(title),
        width=_COVER,
        intro=[plain(text) for text in intro],
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


def sheet(
    table: pd.DataFrame,
    label: str,
    message: str,
    what: str,
    source: str,
    formats: Sequence[Mapping[str, Any]],
) -> GPTable:
    """Return a table as a sheet under its message; `formats` are those of columns of numbers."""
    return GPTable(
        table,
        label.lower(),
        plain(message),
        subtitles=[plain(what)],
        instructions=_INSTRUCTIONS,
        source=f"Source: {source}",
        index_columns={2: 0},
        additional_formatting=[{"column": dict(each)} for each in formats],
    )


def _write_exactly(sheet: Any, row: int, column: int, number: float, *format_: Any) -> Any:
    return sheet.write_number(row, column, _Exact(number), *format_)


def _heights(sheet: Any, row: int, texts: list[list[str]], widths: Sequence[int]) -> None:
    """Make rows as high as their words need: not every program does so by itself."""
    for place, cells in enumerate(texts, row):
        lines = [
            ceil(len(text) / (width * _HOLDS)) for text, width in zip(cells, widths, strict=True)
        ]
        sheet.set_row(place, max(lines) * _LINE + 2)


def _notes_sheet(notes: pd.DataFrame) -> GPTable:
    return GPTable(
        notes,
        "notes",
        "Notes: signs, columns and cautions",
        instructions="This worksheet contains one table.",
        index_columns={2: 0},
        additional_formatting=[{"column": {"columns": [*notes], "format": {"valign": "top"}}}],
    )
