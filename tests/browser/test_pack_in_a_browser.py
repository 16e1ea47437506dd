"""A pack as a web page, as a browser shows it: on a phone, for everybody, and on paper."""

from io import BytesIO

import pytest
from packs import pack, worst
from pypdf import PdfReader

from loti_dash.export.pack import html

pytestmark = pytest.mark.browser


@pytest.fixture
def shown(browser, tmp_path):
    """Return a function that opens a pack at a width."""
    contexts = []

    def open_(of, width=1280):
        (tmp_path / "pack.html").write_text(html(of), encoding="utf-8")
        # What examines a page is a script, which the page itself forbids.
        context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"file://{tmp_path}/pack.html")
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(shown, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = shown(pack(), width)

    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = axe.Axe().run(page, options={"runOnly": {"type": "tag", "values": rules}})

    assert found.response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    seen = page.locator("svg:visible")
    assert seen.count() == 2
    assert {each.get_attribute("class") for each in seen.all()} == {
        "phone" if width < 600 else "paper"
    }


def test_words_in_charts_are_as_large_as_text_on_a_phone(shown):
    page = shown(pack(), 320)
    sizes = page.locator("svg.phone text").evaluate_all(
        "all => all.map(one => one.getScreenCTM().a * parseFloat(one.getAttribute('font-size')))"
    )
    assert len(sizes) > 20
    assert min(sizes) >= 14


def test_every_printed_page_has_release_date_address_and_what_limits_use(shown):
    read = PdfReader(BytesIO(shown(worst()).pdf(prefer_css_page_size=True)))

    assert len(read.pages) > 10
    for number, page in enumerate(read.pages, 1):
        said = " ".join(page.extract_text().split())
        assert f"share=4f9c2d71 · Page {number} of {len(read.pages)}" in said
        assert "Limits on use. Items 1, 2 and 3: The council that" in said
