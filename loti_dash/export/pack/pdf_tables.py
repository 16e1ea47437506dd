"""The heads of rows in the tables of a PDF: typst marks those of columns only."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

_TABLE = {"/O": "/Table", "/Scope": "/Row"}


def with_row_heads(made: bytes, named: Sequence[bool]) -> bytes:
    """Return a PDF with the first cell of each row marked as its head, in tables that are named.

    The cells then no longer list their heads themselves: programs find them by row and column.
    """
    file = PdfWriter(clone_from=BytesIO(made))
    tables = list(_inside(file.root_object["/StructTreeRoot"], "/Table"))
    assert len(tables) == len(named), "a table of the pack is a table of the PDF"
    for table, has_heads in zip(tables, named, strict=True):
        body = next(_inside(table, "/TBody"), None)
        if not has_heads or body is None:
            continue
        for row in _inside(body, "/TR"):
            first, *cells = _inside(row, "/TD")
            first[NameObject("/S")] = NameObject("/TH")
            scope = DictionaryObject({NameObject(k): NameObject(v) for k, v in _TABLE.items()})
            first[NameObject("/A")] = ArrayObject([*_looks(first), scope])
            for cell in cells:
                cell[NameObject("/A")] = ArrayObject(_looks(cell))
    file.pdf_header = made[: made.index(b"\n")].decode()
    whole = BytesIO()
    file.write(whole)
    return whole.getvalue()


def _inside(of: Any, kind: str) -> Iterator[DictionaryObject]:
    """Return the parts of one kind inside a part of the PDF, in the order of reading."""
    inside = of["/K"] if "/K" in of else ArrayObject()
    for each in inside if isinstance(inside, ArrayObject) else [inside]:
        part = each.get_object()
        if not isinstance(part, DictionaryObject):
            continue
        if part.get("/S") == kind:
            yield part
        else:
            yield from _inside(part, kind)


def _looks(cell: DictionaryObject) -> list[Any]:
    """Return what is said of a cell besides which cells are its heads."""
    found: Any = cell["/A"] if "/A" in cell else ArrayObject()
    looks = found if isinstance(found, ArrayObject) else [found]
    return [each for each in looks if each.get_object().get("/O") != "/Table"]
