"""A shared view as whoever gets the link sees it: on a screen, on a phone, on paper."""

import unicodedata
from io import BytesIO

import pytest
from page_faults import found_by_axe, wider_than_the_screen
from pypdf import PdfReader
from sharing import HACKNEY, OUTCOME, link

from loti_dash import releases
from loti_dash.shares.opening import UNKNOWN
from loti_dash.views import View

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def shared(home):
    """Return the path of a link to a chart of groups, a map and one over time."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("LOTI_HOME", str(home))
        params = {
            "indicator": "homelessness_duty_owed",
            "area": HACKNEY,
            "period": "2025-Q3",
            "group": "black",
            "reference": "white",
            "classification": "5",
            "release": releases.open_().release,
        }
        figures = ("", "areas/map/ratio", "over_time")
        return f"/board?share={link(*(View.at('housing', params, each) for each in figures))}"


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_it_is_one_column_without_choices_and_axe_finds_nothing(visit, shared, width):
    page = visit(shared, width)
    page.wait_for_selector("text=Figures and cautions are the same today")

    assert not page.locator("[data-testid=stSidebar]").is_visible()
    assert page.locator("main :is(input, select, textarea)").count() == 0
    seen = page.locator(".board img:visible")
    looks = "board-narrow" if width < 640 else "board-wide"
    assert [each.get_attribute("class") for each in seen.all()] == [looks] * 3
    assert all(seen.evaluate_all("all => all.map(e => e.complete && e.naturalWidth > 100)"))
    assert all(each.get_attribute("alt") for each in seen.all())
    assert page.locator(".board table caption").count() == page.locator(".board table").count()
    assert wider_than_the_screen(page) == []
    page.eval_on_selector_all(".board details", "all => all.forEach(e => (e.open = true))")
    assert found_by_axe(page) == []


def test_on_paper_are_all_its_words(visit, shared):
    page = visit(shared)
    page.wait_for_selector("text=Figures and cautions are the same today")
    words = page.eval_on_selector_all(
        ".board :is(h2, h3, dt, dd, li, td, th)", "all => all.map(e => e.textContent)"
    )

    printed = squeezed(
        "".join(each.extract_text() for each in PdfReader(BytesIO(page.pdf(format="A4"))).pages)
    )

    assert squeezed(OUTCOME.better_off) in printed
    assert len(words) > 200
    assert [each for each in words if squeezed(each) not in printed] == []


def test_an_address_that_opens_nothing_shows_a_sentence_and_a_way_on(visit, shared):
    page = visit(f"{shared[:-3]}xxx")

    assert UNKNOWN in page.inner_text("main")
    assert page.locator("main table").count() == 0
    page.click("text=To the dashboard")
    page.wait_for_selector("[data-testid=stSidebar]")


def squeezed(text):
    """Return a text without spaces, and with letters that print joins taken apart."""
    return "".join(unicodedata.normalize("NFKC", text).split())
