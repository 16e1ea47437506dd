"""A pack of a shared view, and of an outcome: its numbers are those of the comparison table."""

import shutil
import subprocess
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader
from sharing import BASE, DUTY, HACKNEY, NEW_WORDS, OLD_WORDS, OUTCOME, TITLE, link, view

from loti_dash import analysis, releases, tables
from loti_dash.export.pack import docx, html, pdf
from loti_dash.shares import board_pack, changes, opening
from loti_dash.shares.of_outcome import pack_of_outcome
from loti_dash.views import View

TODAY = date(2026, 12, 1)


@pytest.fixture
def pack(folder):
    id_ = link(view(), view("over_time"), being_done=("", "The council was asked."))
    of = opening.opened(id_)
    since = changes.since(of.sent, releases.open_())
    return board_pack.pack_of(of.sent, since, {}, f"{BASE}board?share={id_}", TODAY)


def test_numbers_in_a_pack_are_those_of_the_comparison_table_of_the_release_sent(pack):
    store = releases.open_(pack.release)
    rows = analysis.compare(store, DUTY, "2025-Q3")
    indicator = store.catalogue.indicators[DUTY]
    table = tables.by_group(rows[rows["area_code"] == HACKNEY], indicator)
    expected = [
        [str(head).replace("\N{NO-BREAK SPACE}", " ") for head in (name, *row)]
        for name, row in zip(table.index, table.to_numpy(), strict=True)
    ]

    word = Document(BytesIO(docx(pack)))
    cells = [
        [[cell.text for cell in row.cells] for row in of.rows[1:]]
        for of in word.tables
        if of.rows[0].cells[0].text == "Ethnicity"
    ]
    assert expected in cells


def test_a_pack_says_all_of_the_view_in_the_order_of_a_pack(pack):
    assert pack.title == " ".join(TITLE.split())
    assert pack.commentary.startswith("As sent on ")
    assert "Households wait longer." in pack.commentary
    assert any(OLD_WORDS in line and NEW_WORDS in line for line in pack.changed)
    assert any("450 as sent, 510 now." in line for line in pack.changed)
    assert [each.owner for each in pack.actions] == ["Head of housing"]
    assert pack.decision == OUTCOME.decision_asked
    # A single period has no change over time: the evidence of that item is not enough.
    assert len(pack.sure) + len(pack.unsure) == 2
    assert "3.0 times" in pack.sure[0].sentence
    assert pack.statements
    assert all(len(each.figures) <= 3 for each in pack.items)


def test_libreoffice_opens_the_word_file(pack, tmp_path):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-writer")
    (tmp_path / "pack.docx").write_bytes(docx(pack))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "pack.docx"]

    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)

    said = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "pack.pdf").pages)
    assert "Assess every household within a week." in " ".join(said.split())


def test_the_pdf_is_tagged_in_english_and_has_a_title(pack):
    read = PdfReader(BytesIO(pdf(pack)))

    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert read.metadata.title == pack.title
    every_page = " ".join(" ".join(page.extract_text().split()) for page in read.pages[:1])
    assert pack.release in every_page


def test_the_words_of_people_are_words_in_every_file(pack):
    page = html(pack)

    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_an_outcome_has_a_pack_with_the_figures_of_the_current_release(folder):
    store = releases.open_()
    other = View.at("housing", {**dict(view().params), "area": "E09000014"})

    pack = pack_of_outcome(
        store, OUTCOME, [view(), other], BASE, f"{BASE}outcomes", TODAY, ["It has begun."]
    )

    assert pack.title == OUTCOME.title
    assert pack.release == store.release
    [item] = pack.items
    assert "3.4 times" in item.sentence
    assert pack.changed[0] == "It has begun."
    assert "A figure of this outcome cannot be shown." in pack.changed[1]
    assert pack.actions[0].due == "31 January 2026"


def test_an_outcome_with_more_views_than_a_board_reads_says_how_many_are_left(folder):
    pack = pack_of_outcome(releases.open_(), OUTCOME, [view()] * 7, BASE, BASE, TODAY)

    assert len(pack.items) == 5
    assert pack.changed == ("A pack has 5 items at most: 2 more are on the web.",)
