"""How a Word file of a pack looks, and what it says of itself: styles, language, properties."""

from datetime import date, datetime

from docx.document import Document as File
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

# A font that Word has wherever it runs.
_FONT = "Arial"
_BLACK, _BLUE, _GREY = (RGBColor.from_string(each) for each in ("0B0C0C", "12436D", "3D3D3D"))
# Size, bold, colour, space before and after, in points.
_LOOKS = {
    "Normal": (10.5, False, _BLACK, 0, 6),
    "Title": (24, True, _BLACK, 0, 6),
    "Heading 1": (16, True, _BLUE, 20, 6),
    "Heading 2": (13, True, _BLACK, 14, 4),
    "Lead": (12, False, _BLACK, 0, 6),
    "Label": (10.5, True, _BLACK, 8, 2),
    "Note": (9, False, _GREY, 0, 4),
    "Caption": (10, True, _BLACK, 8, 4),
    "Cell": (9, False, _BLACK, 2, 2),
    "Head": (9, True, _BLACK, 2, 2),
    "Gap": (4, False, _BLACK, 0, 0),
    "Box": (10.5, False, _BLACK, 0, 0),
    "List Bullet": (10.5, False, _BLACK, 0, 3),
    "Header": (8, True, _BLACK, 0, 10),
    "Footer": (8, False, _GREY, 0, 0),
}
_UNBROKEN = ("Box", "Label", "Note", "Heading 1", "Heading 2")
_KEPT_WITH_NEXT = ("Lead", "Label", "Caption")


def set_up(file: File, title: str, made_on: date) -> None:
    """Give a new file its styles and language, and properties that name no machine."""
    names = {style.name for style in file.styles}
    for name, (size, bold, colour, before, after) in _LOOKS.items():
        if name not in names:
            file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = file.styles["Normal"]
        style = file.styles[name]
        assert isinstance(style, ParagraphStyle), f"{name} is a style of paragraphs"
        _dress(style, size, bold, colour)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.line_spacing = 1.15
        style.paragraph_format.keep_together = name in _UNBROKEN
        style.paragraph_format.keep_with_next = name in _KEPT_WITH_NEXT or (
            name.startswith("Heading")
        )
    _border(file.styles["Title"], ())
    _border(file.styles["Box"], ("top", "left", "bottom", "right"))
    _border(file.styles["Header"], ("bottom",))
    for language in file.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    _properties(file, title, made_on)


def _dress(style: ParagraphStyle, size: float, bold: bool, colour: RGBColor) -> None:
    font = style.font
    font.size, font.bold, font.italic = Pt(size), bold, False
    font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    # A font of the theme would win over one that is named.
    fonts.attrib.clear()
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), _FONT)


def _border(style: ParagraphStyle, sides: tuple[str, ...]) -> None:
    """Draw a border at some sides of paragraphs, and none at the others."""
    of = style.element.get_or_add_pPr()
    for old in of.findall(qn("w:pBdr")):
        of.remove(old)
    if not sides:
        return
    border = OxmlElement("w:pBdr")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for key, value in {"val": "single", "sz": "12", "space": "6", "color": "0B0C0C"}.items():
            line.set(qn(f"w:{key}"), value)
        border.append(line)
    of.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _properties(file: File, title: str, made_on: date) -> None:
    own, day = file.core_properties, datetime(made_on.year, made_on.month, made_on.day)
    own.title, own.language = title[:255], "en-GB"
    own.author = own.last_modified_by = own.comments = own.keywords = ""
    own.created = own.modified = day
    package = file.part.package
    # The library's own file has a picture of an empty page, and names a program and its maker.
    for id_, each in list(package.rels.items()):
        if each.reltype in (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES):
            del package.rels[id_]
