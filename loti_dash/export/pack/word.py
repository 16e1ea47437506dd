"""A board pack as a Word file: headings, lists and tables as Word knows them, charts as vectors.

What is said is text of the file and never its code: no field, link or style can come from it.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as File
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Mm

from loti_dash.export.pack import word_parts, word_styles
from loti_dash.export.pack.blocks import (
    Bullets,
    Grid,
    Heading,
    Labelled,
    Link,
    Paragraph,
    Picture,
    Turn,
)
from loti_dash.export.pack.contents import contents
from loti_dash.export.pack.model import Pack
from loti_dash.export.pack.outlines import outlined
from loti_dash.export.pack.running import footing, limits
from loti_dash.export.pack.texts import plain
from loti_dash.export.picture import png

_LONG, _SHORT, _EDGE = Mm(297), Mm(210), Mm(20)
_CHART = Mm(168)
# Half of what a chart has across for programs that know no vectors: 180 dots an inch.
_DOTS = 600.0
_LOOKS = {"text": "Normal", "lead": "Lead", "note": "Note", "label": "Label"}


def docx(pack: Pack) -> bytes:
    """Return a pack as a Word file. It is in British English, and names no author."""
    file = Document()
    word_styles.set_up(file, plain(pack.title), pack.made_on)
    _page(file, wide=False)
    _running(file, pack)
    file.add_paragraph(plain(pack.title), "Title")
    for block in contents(pack):
        _WRITERS[type(block)](file, block)
    whole = BytesIO()
    file.save(whole)
    return whole.getvalue()


def _page(file: File, wide: bool) -> None:
    section = file.sections[-1]
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_LONG, _SHORT) if wide else (_SHORT, _LONG)
    section.left_margin = section.right_margin = section.top_margin = _EDGE
    section.bottom_margin = _EDGE
    section.header_distance = section.footer_distance = Mm(10)


def _running(file: File, pack: Pack) -> None:
    """Write what stands on every page; pages that follow take over what is no other there."""
    section, said = file.sections[0], limits(pack)
    section.header.paragraphs[0].text = said
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{footing(pack)} · Page ")
    word_parts.add_field(foot, "PAGE")
    foot.add_run(" of ")
    word_parts.add_field(foot, "NUMPAGES")


def _heading(file: File, block: Heading) -> None:
    line = file.add_heading(block.words, block.level)
    if block.mark:
        word_parts.add_mark(line, block.mark)


def _paragraph(file: File, block: Paragraph) -> None:
    file.add_paragraph(block.words, _LOOKS[block.look])


def _labelled(file: File, block: Labelled) -> None:
    line = file.add_paragraph()
    line.add_run(block.label).bold = True
    line.add_run(f" {block.words}")


def _bullets(file: File, block: Bullets) -> None:
    style = "Box" if block.boxed else "List Bullet"
    lines = [file.add_paragraph(each, style) for each in block.lines]
    if block.boxed:
        title = lines[0].insert_paragraph_before(style="Box")
        title.add_run(block.boxed).bold = True
        for each in (title, *lines[:-1]):
            each.paragraph_format.keep_with_next = True


def _link(file: File, block: Link) -> None:
    line = file.add_paragraph(style="Note")
    # A line that leads to an item stands over its table.
    line.paragraph_format.keep_with_next = block.inside
    word_parts.add_link(line, block)


def _grid(file: File, block: Grid) -> None:
    file.add_paragraph(block.caption, "Caption")
    table = file.add_table(1 + len(block.rows), len(block.heads))
    lines = [block.heads, *block.rows]
    lengths = [max(map(len, column)) for column in zip(*(lines[1:] or lines), strict=True)]
    section = file.sections[-1]
    room = (section.page_width or _SHORT) - 2 * _EDGE
    widths = word_parts.shared(room, [min(max(length, 13), 40) for length in lengths])
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for place, (row, line) in enumerate(zip(table.rows, lines, strict=True)):
        for side, (cell, words) in enumerate(zip(row.cells, line, strict=True)):
            head = place == 0 or (side == 0 and block.named)
            cell.width = widths[side]
            word_parts.write(cell, words, "Head" if head else "Cell")
    word_parts.describe(table, block.caption, block.named)
    file.add_paragraph(style="Gap")


def _picture(file: File, block: Picture) -> None:
    file.add_paragraph(block.title, "Label")
    under = file.add_paragraph(block.subtitle, "Note")
    under.paragraph_format.keep_with_next = True
    line = file.add_paragraph()
    line.paragraph_format.keep_with_next = bool(block.how_to_read)
    dots = png(block.chart.svg(_DOTS * block.chart.share), block.alt)
    shape = line.add_run().add_picture(BytesIO(dots), width=int(_CHART * block.chart.share))
    word_parts.add_vectors(file, shape, outlined(block.chart.svg()), block.chart.name, block.alt)
    if block.how_to_read:
        file.add_paragraph(block.how_to_read, "Note")


def _turn(file: File, block: Turn) -> None:
    before = file.sections[-1].header.paragraphs[0].text
    section = file.add_section(WD_SECTION.NEW_PAGE)
    _page(file, block.wide)
    if block.limits != before:
        section.header.is_linked_to_previous = False
        section.header.paragraphs[0].text = block.limits


_WRITERS: dict[type, Callable[[File, Any], None]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Labelled: _labelled,
    Bullets: _bullets,
    Link: _link,
    Grid: _grid,
    Picture: _picture,
    Turn: _turn,
}
