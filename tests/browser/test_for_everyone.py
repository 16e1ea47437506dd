"""For everyone: zoom, forced colours, print, the keyboard alone, and axe in every state."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from itertools import product

import pytest
from serving import finished, served

from loti_dash import config

pytestmark = pytest.mark.browser

HACKNEY, CITY = "E09000012", "E09000001"
PAGES = sorted(path.stem for path in (config.ROOT / "pages").glob("*.py"))
FILTERED = f"area={HACKNEY}&group=black&classification=19&reference=rest"
# Without figures: an indicator that has none, an area without ratios, nothing by that name.
EMPTY = {
    "employment": "indicator=adult_employment",
    "data": "series=adults_employed",
    "justice": f"indicator=stop_and_search&area={CITY}",
}
STATES = {
    "default": lambda page: "",
    "filtered": lambda page: f"?{FILTERED}",
    "empty": lambda page: f"?{EMPTY.get(page, 'indicator=nothing&area=nowhere&period=never')}",
}
every_page_and_state = pytest.mark.parametrize(
    ("page", "state"), list(product(PAGES, STATES)), ids=lambda value: value
)
FIGURES = ["/housing", f"/care?indicator=looked_after_children&area={HACKNEY}", "/data"]


def address(page, state):
    return f"/{'' if page == 'home' else page}{STATES[state](page)}"


def violations(page):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    for part in page.query_selector_all("[data-testid=stExpander] details:not([open]) summary"):
        part.click()
    page.wait_for_timeout(500)
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = axe.Axe().run(page, options={"runOnly": {"type": "tag", "values": rules}})
    broken = found.response["violations"]
    return [(each["id"], node["html"]) for each in broken for node in each["nodes"]]


@pytest.fixture
def seen(browser, server):
    """Return a function that opens an address in a browser of its own, with its settings."""
    contexts = []

    def open_(path, width=1280, height=900, **settings):
        context = browser.new_context(viewport={"width": width, "height": height}, **settings)
        contexts.append(context)
        page = context.new_page()
        page.goto(server + path)
        finished(page)
        return page

    yield open_
    for context in contexts:
        context.close()


@every_page_and_state
def test_axe_finds_nothing_in_any_state(seen, page, state):
    assert violations(seen(address(page, state))) == []


def test_axe_finds_nothing_where_there_is_no_release(browser, tmp_path):
    with served(tmp_path / "empty", tmp_path) as without:
        for name in PAGES:
            page = browser.new_page()
            page.goto(without + address(name, "default"))
            finished(page)
            assert "python -m loti_dash build" in page.inner_text("[data-testid=stMain]")
            assert violations(page) == []
            page.close()


# 200% and 400% of a screen of 1280 by 1024.
@pytest.mark.parametrize(("zoom", "width", "height"), [(2, 640, 512), (4, 320, 256)])
@pytest.mark.parametrize("path", FIGURES)
def test_zoomed_in_nothing_is_cut_off_or_scrolls_sideways(seen, path, zoom, width, height):
    page = seen(path, width, height, device_scale_factor=zoom)

    assert page.evaluate(
        """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
            .every(part => part.scrollWidth <= part.clientWidth)"""
    )
    cut = page.evaluate(
        """() => [...document.querySelectorAll('main :is(h1, h2, h3, p, li, label, summary)')]
            .filter(part => part.checkVisibility() && part.scrollWidth > part.clientWidth + 1
                && getComputedStyle(part).display !== 'inline')
            .map(part => part.textContent.slice(0, 60))"""
    )
    assert cut == []
    outside = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')].flatMap(chart => {
            const box = chart.getBoundingClientRect();
            return [...chart.querySelectorAll('svg text')]
                .map(text => [text.textContent, text.getBoundingClientRect()])
                .filter(([, at]) => at.width && (at.left < box.left - 1
                    || at.right > box.right + 1
                    || at.top < box.top - 1 || at.bottom > box.bottom + 1))
                .map(([text]) => text)})"""
    )
    assert outside == []


FOCUS = """() => {
    const here = document.activeElement;
    const drawn = here.tagName !== 'INPUT' ? here
        : here.type === 'text' ? here.parentElement : here.closest('label');
    const style = getComputedStyle(drawn), box = here.getBoundingClientRect();
    const bar = document.querySelector('[data-testid=stHeader]').getBoundingClientRect();
    const inside = here.closest('[data-testid=stMain]') && here.tagName !== 'MAIN';
    window.walked = window.walked || [];
    const after = window.walked.every(one =>
        one.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING);
    window.walked.push(here);
    return {
        tag: here.tagName,
        name: here.getAttribute('aria-label') || here.innerText || '',
        outline: style.outlineStyle, width: parseFloat(style.outlineWidth),
        colour: style.outlineColor, after,
        hidden: inside && (box.bottom <= bar.bottom || box.top >= innerHeight),
    }}"""


@pytest.mark.parametrize("size", [(1280, 900), (320, 256)], ids=["wide", "400%"])
def test_housing_from_the_address_to_the_download_by_keyboard_alone(seen, size):
    page = seen("/housing", *size)
    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        page.wait_for_timeout(60)
        stops.append(page.evaluate(FOCUS))
        if stops[-1]["name"].startswith("Download"):
            break

    assert stops[-1]["name"].startswith("Download"), [stop["name"][:30] for stop in stops]
    names = [stop["name"] for stop in stops]
    choices = ["Area", "Period", "Compared with", "Group in focus", "Show"]
    assert "Skip to main content" in names[0]
    if size[0] > 1000:  # on a phone the choices are folded
        assert [name for name in names if name in choices] == choices
    assert [stop["name"][:40] for stop in stops if not stop["after"]] == []
    unseen = [s for s in stops if s["outline"] != "solid" or s["width"] < 2]
    assert unseen == []
    assert {stop["colour"] for stop in stops} == {"rgb(11, 12, 12)"}
    assert [stop["name"][:40] for stop in stops if stop["hidden"]] == []
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.path().stat().st_size > 1000


def test_on_the_way_back_nothing_hides_under_the_bar(seen):
    page = seen("/housing", 320, 256)
    page.evaluate("() => [...document.querySelectorAll('main a')].at(-1).focus()")
    for _ in range(15):
        page.keyboard.press("Shift+Tab")
        page.wait_for_timeout(60)
        assert not page.evaluate(FOCUS)["hidden"]


def test_in_forced_colours_words_charts_and_the_focus_are_seen(seen):
    page = seen("/housing", forced_colors="active")

    charts = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')].map(chart => ({
            back: getComputedStyle(chart).backgroundColor,
            fills: [...new Set([...chart.querySelectorAll('svg text')].map(
                text => getComputedStyle(text).fill))]}))"""
    )
    assert charts
    for chart in charts:
        assert chart["back"] == "rgb(255, 255, 255)"
        assert chart["fills"] == ["rgb(11, 12, 12)"]
    pale = page.evaluate(
        """() => {
            const canvas = getComputedStyle(document.body).backgroundColor;
            return [...document.querySelectorAll('h1, h2, h3, p, td, th, summary, button')]
                .filter(part => part.checkVisibility() && part.textContent.trim()
                    && getComputedStyle(part).color === canvas)
                .map(part => part.textContent)}"""
    )
    assert pale == []
    for _ in range(12):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        assert (stop["outline"], stop["width"]) == ("solid", 3), stop


@pytest.mark.parametrize("landscape", [False, True], ids=["upright", "across"])
@pytest.mark.parametrize("width", [1280, 390])
def test_printed_the_page_has_all_its_words_and_figures(seen, width, landscape):
    pypdf = pytest.importorskip("pypdf")
    page = seen("/housing", width)
    headline = page.inner_text("main h2")
    cautions = page.eval_on_selector_all("main details li", "all => all.map(e => e.textContent)")
    cells = page.eval_on_selector_all(
        ".shown-table :is(td, th)", "all => all.map(e => e.textContent)"
    )
    values = page.eval_on_selector_all(
        "[data-testid=stPlotlyChart] .y2tick text, [data-testid=stPlotlyChart] .ytick text",
        "all => all.flatMap(e => e.querySelector('tspan') "
        "? [...e.querySelectorAll('tspan')].map(t => t.textContent) : [e.textContent])",
    )

    pdf = page.pdf(format="A4", landscape=landscape, print_background=True)
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    printed = squeezed("".join(sheet.extract_text() for sheet in pages))

    assert squeezed(headline) in printed
    assert len(cells) > 100
    assert len(values) > 40
    assert cautions
    gone = [text for text in [*cautions, *cells, *values] if squeezed(text) not in printed]
    assert gone == []
    assert squeezed("Skip to main content") not in printed


def squeezed(text):
    """Return a text without spaces, and with letters that print joins taken apart."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


FIGURE_TEXTS = """() => {
    const named = part => [part, ...part.querySelectorAll('[aria-label], [aria-labelledby]')]
        .map(one => one.getAttribute('aria-label')
            || (document.getElementById(one.getAttribute('aria-labelledby')) || {}).textContent)
        .find(name => name && name.trim());
    const parts = [...document.querySelectorAll(
        '[data-testid=stPlotlyChart], .shown-table')];
    const table = place => parts.slice(place)
        .find(part => part.matches('.shown-table'));
    return parts.map((part, place) => ({
        kind: part.matches('.shown-table') ? 'table' : 'chart',
        alt: part.matches('.shown-table')
            ? (part.querySelector('caption') || {}).textContent || named(part) : named(part),
        table: table(place) ? table(place).textContent : '',
        cells: table(place)
            ? [...table(place).querySelectorAll('td, th')].map(cell => cell.textContent) : [],
        rows: table(place) ? table(place).querySelectorAll('tbody tr').length : 0,
    }))}"""
NUMBER = r"\d[\d,]*(?:\.\d+)?"


@pytest.mark.parametrize(
    "path",
    [
        "/housing",
        f"/housing?indicator=homelessness_duty_owed&area={HACKNEY}&classification=19",
        f"/care?indicator=looked_after_children&area={HACKNEY}",
        f"/justice?indicator=stop_and_search_all_forces&area={HACKNEY}",
        "/employment?indicator=suspensions",
        "/data?series=homelessness_duties_owed",
    ],
)
def test_the_numbers_of_every_text_that_stands_for_a_figure_are_in_its_table(seen, path):
    page = seen(path)
    for part in page.query_selector_all("[data-testid=stExpander] details:not([open]) summary"):
        part.click()
    page.wait_for_timeout(500)
    figures = page.evaluate(FIGURE_TEXTS)
    # Place, time and "for every 1,000" stand above the figure, as do titles.
    around = page.eval_on_selector_all(
        "main p, main h2, main h3, main summary", "all => all.map(e => e.textContent).join(' ')"
    )

    assert len(figures) >= 2
    for figure in figures:
        assert figure["alt"], figure["kind"]
        there = numbers(" ".join(figure["cells"])) + numbers(around)
        rows = [Decimal(count) for count in range(figure["rows"] + 1)]
        missing = [
            number
            for number in numbers(figure["alt"])
            if number not in rows and not any(rounds_to(each, number) for each in there)
        ]
        assert missing == [], figure["alt"]


def numbers(text):
    return [Decimal(found.replace(",", "")) for found in re.findall(NUMBER, text)]


def rounds_to(value, shown):
    """Return whether a number of the table is, to the digits of the text, the one in the text.

    An "about" is of three figures.
    """
    if value.quantize(Decimal(1).scaleb(shown.as_tuple().exponent), ROUND_HALF_UP) == shown:
        return True
    digits = len(str(int(shown)).rstrip("0")) - 1
    return shown >= 1000 and value != 0 and f"{value:.{digits}e}" == f"{shown:.{digits}e}"
