"""Parts of a Word file that its library does not write: fields, links, vectors, table heads."""

from collections.abc import Sequence

from docx.document import Document as File
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shape import InlineShape
from docx.shared import Length
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from loti_dash.export.pack.blocks import Link

# Where Word looks for the vectors of a picture that other programs show as dots.
_VECTORS = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main">'
    '<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip r:embed="{id}"/></a:ext>'
    "</a:extLst>"
)

# What stands after the lines of a table in its properties: Word minds the order.
_AFTER_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption")


def write(cell: _Cell, words: str, style: str) -> None:
    """Write words into an empty cell. The style is named as the file does: a look-up is slow."""
    line = cell.paragraphs[0]
    line._p.style = style
    line.add_run(words)


def add_field(line: Paragraph, name: str) -> None:
    """Add a number that Word works out, such as that of the page."""
    field = _element("w:fldSimple", {"w:instr": name})
    field.append(line.add_run("1")._r)
    line._p.append(field)


def add_mark(line: Paragraph, name: str) -> None:
    """Make a paragraph one that links lead to."""
    number = str(len(line._p.getroottree().findall(f".//{qn('w:bookmarkStart')}")))
    line._p.append(_element("w:bookmarkStart", {"w:id": number, "w:name": name}))
    line._p.append(_element("w:bookmarkEnd", {"w:id": number}))


def add_link(line: Paragraph, of: Link) -> None:
    """Add a link, or its words alone if it leads nowhere."""
    run = line.add_run(of.words)
    if not of.target:
        return
    run.underline = True
    if of.inside:
        link = _element("w:hyperlink", {"w:anchor": of.to})
    else:
        id_ = line.part.relate_to(of.target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = _element("w:hyperlink", {"r:id": id_})
    link.append(run._r)
    line._p.append(link)


def add_vectors(file: File, shape: InlineShape, svg: str, name: str, alt: str) -> None:
    """Give a picture its vectors, its name, and the text in its stead."""
    at = PackURI(f"/word/media/{name}.svg")
    part = Part(at, "image/svg+xml", svg.encode(), file.part.package)
    id_ = file.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    (blip,) = shape._inline.iter(qn("a:blip"))
    blip.append(parse_xml(_VECTORS.format(id=id_)))
    shape._inline.docPr.set("descr", alt)
    shape._inline.docPr.set("name", name)


def describe(table: Table, alt: str, named: bool) -> None:
    """Say what a table is and which cells are heads; the first row is repeated on each page."""
    properties = table._tbl.tblPr
    lines = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "6F777B"}
        lines.append(_element(f"w:{side}", line))
    properties.insert_element_before(lines, *_AFTER_BORDERS)
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.remove(look)
    flags = {"w:firstRow": "1", "w:firstColumn": str(int(named)), "w:noHBand": "1"}
    flags |= {"w:lastRow": "0", "w:lastColumn": "0", "w:noVBand": "1"}
    properties.append(_element("w:tblLook", flags | {"w:val": "06A0" if named else "0620"}))
    properties.append(_element("w:tblCaption", {"w:val": alt}))
    for place, row in enumerate(table.rows):
        of_row = row._tr.get_or_add_trPr()
        of_row.append(_element("w:cantSplit", {}))
        if place == 0:
            of_row.append(_element("w:tblHeader", {}))


def shared(room: int, weights: Sequence[float]) -> list[Length]:
    """Return the widths of columns that share some room by their weights.

    >>> shared(100, [3, 1])
    [75, 25]
    """
    return [Length(int(room * weight / sum(weights))) for weight in weights]


def _element(name: str, attributes: dict[str, str]) -> BaseOxmlElement:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key), value)
    return made
