"""A pack in Word: headings, tables and pictures as Word knows them, and words that stay words."""

import itertools
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pandas as pd
import pytest
from docx import Document
from packs import ADDRESS, FLOOR, RELEASE, TABLE, crowded, figure, item, pack, unsure

from loti_dash.export.pack import docx
from loti_dash.export.pack.drawings import chart
from loti_dash.export.pack.outlines import outlined

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SVG = "{http://www.w3.org/2000/svg}"
MARKUP = "=1+1 <b>x</b> &amp; {PAGE} \\* $x$ #y ]]> \x07 \ud800 “ ½ 😀"
READ = MARKUP.replace("\x07", "\ufffd").replace("\ud800", "\ufffd")


@pytest.fixture(scope="module")
def file():
    return docx(pack())


def opened(file):
    return Document(BytesIO(file))


def parts(file):
    with ZipFile(BytesIO(file)) as whole:
        assert whole.testzip() is None
        return {name: whole.read(name) for name in whole.namelist()}


def body(file):
    return ElementTree.fromstring(parts(file)["word/document.xml"])


def cells(table):
    """Return a table of Word as it is read: the first row and column are heads."""
    heads, *rows = ([cell.text for cell in row.cells] for row in table.rows)
    frame = pd.DataFrame(rows, columns=heads)
    return frame.set_index(heads[0])


def test_headings_are_real_and_leave_no_level_out(file):
    names = [each.style.name for each in opened(file).paragraphs]

    assert names[0] == "Title"
    levels = [0, *(int(name[-1]) for name in names if name.startswith("Heading"))]
    assert len(levels) == 14
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_numbers_are_those_of_the_given_table(file):
    _, *tables = opened(file).tables
    assert len(tables) == 2
    for table in tables:
        pd.testing.assert_frame_equal(cells(table), TABLE, check_dtype=False)


def test_tables_repeat_their_heads_join_no_cells_and_say_what_they_are(file):
    root = body(file)
    tables = list(root.iter(f"{W}tbl"))
    assert len(tables) == 3
    for table in tables:
        first, *rows = table.findall(f"{W}tr")
        assert first.find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in rows)
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val")
        assert table.find(f"{W}tblPr/{W}tblLook").get(f"{W}firstColumn") == "1"
    assert not list(root.iter(f"{W}gridSpan")) + list(root.iter(f"{W}vMerge"))


def test_pictures_have_the_text_in_their_stead(file):
    shapes = opened(file).inline_shapes
    assert [shape._inline.docPr.get("descr") for shape in shapes] == [figure().alt] * 2


def test_charts_are_vectors_with_dots_for_programs_that_know_none(file):
    inside = parts(file)
    vectors = [of for name, of in inside.items() if name.endswith(".svg")]
    assert len(vectors) == 2
    document, relations = (
        inside[name].decode() for name in ("word/document.xml", "word/_rels/document.xml.rels")
    )
    assert document.count("asvg:svgBlip") == 2
    assert relations.count('Target="media/chart-') == 2
    dots = [of for name, of in inside.items() if name.endswith(".png")]
    assert dots
    assert all(of.startswith(b"\x89PNG") for of in dots)


def test_letters_in_charts_are_shapes_that_no_font_can_change():
    svg = chart(figure().chart, "one").svg()
    words = ElementTree.fromstring(svg).iter(f"{SVG}text")
    letters = sum(len("".join(each.itertext()).replace(" ", "")) for each in words)

    root = ElementTree.fromstring(outlined(svg))

    assert letters > 100
    assert not list(root.iter(f"{SVG}text"))
    shapes = [each for each in root.iter(f"{SVG}path") if "matrix" in each.get("transform", "")]
    assert len(shapes) == letters


def test_every_page_has_release_date_address_and_what_limits_use(file):
    sections = opened(file).sections
    assert len(sections) == 3
    for section in sections:
        foot = section.footer.paragraphs[0].text
        assert foot.startswith(f"Release {RELEASE} · 1 March 2026 · {ADDRESS} · Page ")
        assert FLOOR.text in section.header.paragraphs[0].text


def test_where_the_cautions_of_all_have_no_room_sections_of_an_item_have_all_of_its_own():
    of = crowded()
    heads = [each.header.paragraphs[0] for each in opened(docx(of)).sections]

    # The front, two items, the decision, two tables, about the data.
    assert len(heads) == 7
    assert {each.style.name for each in heads} == {"Header"}
    for places, item_ in zip(((1, 4), (2, 5)), of.items, strict=True):
        for place in places:
            assert all(each.text in heads[place].text for each in item_.of_severity(3))
    for place in (0, 3, 6):
        assert "items 1 and 2 have cautions that stand in full" in heads[place].text


def test_it_is_british_english_has_a_title_and_names_no_author(file):
    own = opened(file).core_properties
    assert own.title == "Homelessness and searches in Hackney: pack for the board, spring 2026"
    assert (own.language, own.author, own.last_modified_by, own.comments) == ("en-GB", "", "", "")
    assert (own.created.year, own.created.month, own.created.day) == (2026, 3, 1)
    inside = parts(file)
    assert b'w:lang w:val="en-GB"' in inside["word/styles.xml"]
    assert not [name for name in inside if "thumbnail" in name or name.endswith("app.xml")]


def test_links_lead_to_what_is_there(file):
    root = body(file)
    marks = {each.get(f"{W}name") for each in root.iter(f"{W}bookmarkStart")}
    ids = [each.get(f"{W}id") for each in root.iter(f"{W}bookmarkStart")]
    to = {each.get(f"{W}anchor") for each in root.iter(f"{W}hyperlink")} - {None}
    assert to == marks == {"item-1", "item-2", "table-1", "table-2"}
    assert len(set(ids)) == 4


def test_words_that_look_like_code_stay_words():
    of = pack(
        title=MARKUP,
        address="javascript:alert(1)",
        decision=MARKUP,
        sure=(item(sentence=MARKUP, sources=(MARKUP,), table_alt=MARKUP),),
        unsure=(unsure(),),
    )

    file = docx(of)

    said = [each.text for each in opened(file).paragraphs]
    assert said[0] == READ
    assert f"1. {READ}" in said
    assert f"Table 1. {READ}" in said
    assert said.count(READ) == 3
    fields = {each.get(f"{W}instr") for each in body(file).iter(f"{W}fldSimple")}
    assert not fields
    assert b"javascript" not in parts(file)["word/_rels/document.xml.rels"]


def test_it_is_a_sound_archive_of_well_formed_parts(file):
    inside = parts(file)
    for name, of in inside.items():
        if name.endswith((".xml", ".rels", ".svg")):
            ElementTree.fromstring(of)
    types = inside["[Content_Types].xml"].decode()
    for name in inside:
        if name.startswith("word/media/"):
            assert f'PartName="/{name}"' in types or f'Extension="{name[-3:]}"' in types


def test_libreoffice_opens_it_and_finds_every_page(file, tmp_path):
    office = shutil.which("soffice")
    if office is None or not list(Path(office).resolve().parent.glob("libswlo.so")):
        pytest.skip("LibreOffice Writer is not installed")
    pypdf = pytest.importorskip("pypdf")
    (tmp_path / "pack.docx").write_bytes(file)
    own = f"-env:UserInstallation=file://{tmp_path}/profile"
    order = [office, own, "--headless", "--convert-to", "pdf", "--outdir", tmp_path]
    subprocess.run([*order, tmp_path / "pack.docx"], check=True, capture_output=True, timeout=120)

    with pypdf.PdfReader(tmp_path / "pack.pdf") as read:
        pages = [page.extract_text() for page in read.pages]

    assert len(pages) >= 5
    assert all("Limits on use" in page and RELEASE in page for page in pages)
