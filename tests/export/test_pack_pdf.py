"""A pack as PDF: tagged for those who listen, and its words never code."""

import itertools
import re
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packs import ADDRESS, RELEASE, TABLE, crowded, figure, item, pack, unsure
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject

from loti_dash.export.pack import pdf

MARKUP = (
    "#panic() $x^2$ *b* _i_ @ref <lab> [c] `raw` = h // c /* d */ ~ -- ' {1+1} #] \\u{41} "
    '#sys.inputs "}'
)
# What shows words or lines on a page.
PAINTING = {b"Tj", b"TJ", b"'", b'"', b"Do", b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"sh"}


@pytest.fixture(scope="module")
def file():
    return pdf(pack())


@pytest.fixture(scope="module")
def read(file):
    return PdfReader(BytesIO(file))


def parts(of, kinds=()):
    """Return the tagged parts of a document in the order of reading, of some kinds or all."""
    inside = of.get("/K", ArrayObject()).get_object()
    for each in inside if isinstance(inside, list) else [inside]:
        part = each.get_object()
        if isinstance(part, DictionaryObject) and "/S" in part:
            if not kinds or part["/S"] in kinds:
                yield part
            yield from parts(part, kinds)


def tagged(read, *kinds):
    return list(parts(read.trailer["/Root"]["/StructTreeRoot"], kinds))


def of_table(part):
    """Return what is said of a cell as a cell."""
    looks = part.get("/A", ArrayObject()).get_object()
    looks = looks if isinstance(looks, list) else [looks]
    return next((each.get_object() for each in looks if each.get_object()["/O"] == "/Table"), {})


def words(page):
    return " ".join(page.extract_text().split())


def test_it_says_that_it_is_accessible_in_which_language_and_what_it_is_called(read):
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is not False
    assert root["/MarkInfo"]["/Suspects"] == False  # noqa: E712 (an object of its own)
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert read.pdf_header == "%PDF-1.7"
    about = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in about
    assert "pack for the board, spring 2026" in about
    assert read.metadata.title.endswith("pack for the board, spring 2026")
    assert read.metadata.author is None


def test_headings_are_in_order_and_leave_no_level_out(read):
    names = [part["/S"] for part in tagged(read, *(f"/H{n}" for n in range(1, 7)))]
    levels = [0, *(int(name[-1]) for name in names)]
    assert len(levels) == 14
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert len(read.outline) > 0


def test_charts_have_the_text_in_their_stead(read):
    assert [part["/Alt"] for part in tagged(read, "/Figure")] == [figure().alt] * 2


def test_tables_say_which_cells_are_heads_of_columns_and_of_rows(read):
    tables = tagged(read, "/Table")
    assert len(tables) == 3
    for table in tables:
        first, *rows = parts(table, ("/TR",))
        heads = list(parts(first))
        assert {of_table(head)["/Scope"] for head in heads if head["/S"] == "/TH"} == {"/Column"}
        assert rows
        for row in rows:
            head, *cells = parts(row, ("/TH", "/TD"))
            assert (head["/S"], of_table(head)["/Scope"]) == ("/TH", "/Row")
            assert {cell["/S"] for cell in cells} == {"/TD"}


def test_nothing_on_a_page_is_neither_tagged_nor_told_to_be_decoration(read):
    for page in read.pages:
        depth, painted = [], 0
        for operands, operator in ContentStream(page.get_contents(), read).operations:
            if operator in (b"BDC", b"BMC"):
                own = len(operands) > 1 and "/MCID" in operands[1]
                depth.append(own or operands[0] == "/Artifact")
            elif operator == b"EMC":
                depth.pop()
            elif operator in PAINTING:
                painted += 1
                assert any(depth), operator
        assert painted > 3
        assert not depth


def test_every_link_is_tagged_and_leads_somewhere(read):
    links = [
        each.get_object()
        for page in read.pages
        for each in page.get("/Annots", [])
        if each.get_object()["/Subtype"] == "/Link"
    ]
    assert len(tagged(read, "/Link")) >= 7
    assert all("/StructParent" in link and ("/A" in link or "/Dest" in link) for link in links)
    assert all(link.get("/Contents") for link in links)


def test_every_page_has_release_date_address_its_number_and_what_limits_use(read):
    count = len(read.pages)
    for number, page in enumerate(read.pages, 1):
        said = words(page)
        assert f"Release {RELEASE} · 1 March 2026 · {ADDRESS} · Page {number} of {count}" in said
        assert "Limits on use. Item 1: The council that records" in said
        assert "Item 2: Ethnicity is unknown for 41% of searches in Hackney" in said


def test_where_the_cautions_of_all_have_no_room_pages_of_an_item_have_all_of_its_own():
    of = crowded()
    pages = [words(page) for page in PdfReader(BytesIO(pdf(of))).pages]

    own = [next((n for n in (1, 2) if f"Item {n}: " in page[:80]), 0) for page in pages]
    assert set(own) == {0, 1, 2}
    for page, number in zip(pages, own, strict=True):
        if number:
            assert all(each.text in page for each in of.items[number - 1].of_severity(3))
        else:
            assert "items 1 and 2 have cautions that stand in full" in page
            assert "for every 1,000" not in page
    for number, sentence in enumerate(["1. In Hackney, Black", "2. In Hackney, searches"], 1):
        assert own[next(n for n, page in enumerate(pages) if sentence in page)] == number


def test_numbers_are_those_of_the_given_table(read):
    (page,) = (page for page in read.pages if "Table 1: the figures of item 1" in words(page))
    said = words(page)
    for group, *cells in TABLE.itertuples(name=None):
        # A row is read from its head on, cell after cell.
        row = " ".join(" ".join([group, *cells]).split())
        assert said.replace(" )", ")").count(row) >= 1, row


def test_pages_are_a4_and_those_with_wide_tables_lie(read):
    sizes = [(round(page.mediabox.width), round(page.mediabox.height)) for page in read.pages]
    assert set(sizes) == {(595, 842), (842, 595)}
    for page, size in zip(read.pages, sizes, strict=True):
        assert ("the figures of item" in words(page)) <= (size == (842, 595))


def test_words_that_look_like_code_stay_words():
    of = pack(
        title=MARKUP,
        release=MARKUP,
        commentary=MARKUP,
        decision=MARKUP,
        changed=(MARKUP,),
        sure=(item(sentence=MARKUP, closing=MARKUP, signs=MARKUP, sources=(MARKUP,)),),
        address="#panic()",
    )

    read = PdfReader(BytesIO(pdf(of)))

    assert read.metadata.title == MARKUP
    said = re.sub(r"\s", "", "".join(page.extract_text() for page in read.pages))
    assert said.count(re.sub(r"\s", "", MARKUP)) >= 9 + len(read.pages)
    assert "javascript" not in said


def test_letters_that_no_font_has_are_marked_and_it_is_said_where_they_are():
    read = PdfReader(BytesIO(pdf(pack(commentary="Said: 😀 and → and é."))))
    said = words(read.pages[0])
    assert "Said: \ufffd and → and é." in said
    assert "Signs that this file has no letters for are shown as \ufffd." in said


def test_a_pack_whose_letters_all_print_says_nothing_of_it(read):
    assert not any("no letters" in page.extract_text() for page in read.pages)


def test_the_same_pack_is_the_same_file(file):
    assert pdf(pack()) == file


@settings(max_examples=12, deadline=None)
@given(st.text(max_size=12))
def test_any_words_at_all_can_be_in_a_pack(said):
    of = pack(title=said, sure=(item(0, sentence=said, signs=said),), unsure=(unsure(0),))
    assert len(PdfReader(BytesIO(pdf(of))).pages) >= 3
