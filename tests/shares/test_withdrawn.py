"""A withdrawn series or release is a notice in the place of figures: on the page and in packs."""

import re
from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader
from sharing import BASE, DUTIES, link

from loti_dash import releases
from loti_dash.export.pack import docx, html, pdf
from loti_dash.shares import board_pack, changes, opening
from loti_dash.ui import board_html

# Figures of the view, as sent and as they are in the second release: counts, ratios, rates.
FIGURES = re.compile(r"\b(450|510|3\.0|3\.4|15\.0|17\.0|30,000)\b")


@pytest.fixture(params=["series", "release"])
def withdrawn(request, folder):
    """Return a link whose figures were withdrawn after it was made."""
    id_ = link()
    assert FIGURES.search(shown(opening.opened(id_)))
    if request.param == "series":
        releases.withdraw_series(DUTIES, "two boroughs were swapped")
    else:
        first, second = releases.names(folder)
        releases.withdraw(first, "two boroughs were swapped")
        assert releases.current_name(folder) == second
    return opening.opened(id_), id_


def shown(of):
    """Return all that the page shows of the items, as it writes them."""
    return "".join(
        board_html.gone(each, place + 1, of.withdrawn[place])
        if place in of.withdrawn
        else board_html.item(each, place + 1, of.sent.faces, False)
        for place, each in enumerate(of.sent.items)
    )


def made(of, id_):
    since = changes.since(of.sent, releases.open_())
    address = f"{BASE}board?share={id_}"
    return board_pack.pack_of(of.sent, since, of.withdrawn, address, of.sent.day)


def read(pack):
    """Return the words of each kind of file of a pack."""
    file = Document(BytesIO(docx(pack)))
    cells = [cell.text for of in file.tables for row in of.rows for cell in row.cells]
    yield "\n".join([*(each.text for each in file.paragraphs), *cells])
    yield "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf(pack))).pages)
    yield re.sub(r"<(style|svg)\b.*?</\1>", "", html(pack), flags=re.DOTALL)


def test_the_page_has_the_notice_and_no_figure(withdrawn):
    of, _ = withdrawn

    assert "because two boroughs were swapped." in shown(of)
    assert not FIGURES.search(shown(of))
    assert "<img" not in shown(of)


def test_what_changed_since_has_the_notice_and_no_figure(withdrawn):
    of, _ = withdrawn

    lines = board_pack.changed(of.sent, changes.since(of.sent, releases.open_()), of.withdrawn)

    assert any("because two boroughs were swapped." in line for line in lines)
    assert not FIGURES.search("\n".join(lines))


def test_every_pack_has_the_notice_and_no_figure(withdrawn):
    for words in read(made(*withdrawn)):
        assert "two boroughs were swapped" in " ".join(words.split())
        assert not FIGURES.search(words.replace(BASE, "")), FIGURES.search(words)
