"""For everyone: zoom, forced colours, print, the keyboard alone; and where there is no release."""

import re
import unicodedata
from io import BytesIO

import pytest
from page_faults import found_by_axe, unfold, wider_than_the_screen
from serving import opened, served
from whole import some

from loti_dash import config

pytestmark = pytest.mark.browser

HACKNEY = "E09000012"
PAGES = sorted(path.stem for path in (config.ROOT / "pages").glob("*.py"))
FIGURES = ["/housing", f"/care?indicator=looked_after_children&area={HACKNEY}", "/data"]


def test_axe_finds_nothing_where_there_is_no_release(tab, tmp_path):
    with served(tmp_path / "empty", tmp_path) as without:
        for name in some(PAGES):
            opened(tab, f"{without}/{'' if name == 'home' else name}")
            assert "python -m loti_dash build" in tab.inner_text("[data-testid=stMain]")
            unfold(tab)
            assert found_by_axe(tab) == [], name


@pytest.mark.parametrize("path", FIGURES)
def test_zoomed_in_nothing_is_cut_off_or_scrolls_sideways(visit, path):
    # 200% of a screen of 1280 by 1024, and from there 400%.
    page = visit(path, 640, 512, device_scale_factor=2)
    at_200 = cut_off(page)
    screen = page.context.new_cdp_session(page)
    zoomed = {"width": 320, "height": 256, "deviceScaleFactor": 4, "mobile": False}
    screen.send("Emulation.setDeviceMetricsOverride", zoomed)
    page.wait_for_function("() => innerWidth === 320 && devicePixelRatio === 4")
    page.wait_for_timeout(700)

    assert {"200%": at_200, "400%": cut_off(page)} == {"200%": NOTHING_CUT, "400%": NOTHING_CUT}


NOTHING_CUT = {"scrolls sideways": [], "cut off": [], "outside of its chart": []}


def cut_off(page):
    """Return what scrolls sideways, what is wider than its place, and words outside of charts."""
    cut = page.evaluate(
        """() => [...document.querySelectorAll('main :is(h1, h2, h3, p, li, label, summary)')]
            .filter(part => part.checkVisibility() && part.scrollWidth > part.clientWidth + 1
                && getComputedStyle(part).display !== 'inline')
            .map(part => part.textContent.slice(0, 60))"""
    )
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
    found = [wider_than_the_screen(page), cut, outside]
    return dict(zip(NOTHING_CUT, found, strict=True))


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
def test_housing_from_the_address_to_the_download_by_keyboard_alone(visit, size):
    page = visit("/housing", *size)
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


def test_on_the_way_back_nothing_hides_under_the_bar(visit):
    page = visit("/housing", 320, 256)
    page.evaluate("() => [...document.querySelectorAll('main a')].at(-1).focus()")
    for _ in range(15):
        page.keyboard.press("Shift+Tab")
        page.wait_for_timeout(60)
        assert not page.evaluate(FOCUS)["hidden"]


def test_in_forced_colours_words_charts_and_the_focus_are_seen(visit):
    page = visit("/housing", forced_colors="active")

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


@pytest.mark.parametrize("width", [1280, 390])
def test_printed_the_page_has_all_its_words_and_figures(visit, width):
    pypdf = pytest.importorskip("pypdf")
    page = visit("/housing", width)
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
    assert len(cells) > 100
    assert len(values) > 40
    assert cautions

    for landscape in (False, True):
        pdf = page.pdf(format="A4", landscape=landscape, print_background=True)
        pages = pypdf.PdfReader(BytesIO(pdf)).pages
        printed = squeezed("".join(sheet.extract_text() for sheet in pages))

        assert squeezed(headline) in printed
        gone = [text for text in [*cautions, *cells, *values] if squeezed(text) not in printed]
        assert gone == [], f"landscape: {landscape}"
        assert squeezed("Skip to main content") not in printed


def squeezed(text):
    """Return a text without spaces, and with letters that print joins taken apart."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
