"""What is wrong with a page that a browser has drawn: each function returns all that it finds."""

import re
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import pytest

FOLDED = "[data-testid=stExpander] details:not([open]) summary"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def unfold(page):
    """Open whatever is one click away: the first with the mouse, the others all at once.

    A mouse waits until what opened before has come to rest, a third of a second each time.
    """
    if not page.query_selector(FOLDED):
        return
    page.click(FOLDED)
    page.eval_on_selector_all(FOLDED, "all => all.forEach(each => each.click())")
    page.wait_for_function("folded => !document.querySelector(folded)", arg=FOLDED)
    page.wait_for_timeout(500)


def found_by_axe(page, whole=True):
    """Return what breaks a rule of level A or AA, of all that axe knows, with its HTML.

    axe compares the colours only of what is in sight: so of the whole page on a screen as high as
    it, which takes three times as long, or else of the first screen.
    """
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    screen = page.viewport_size
    if whole:
        page.set_viewport_size(screen | {"height": height_of(page)})
        page.wait_for_timeout(300)
    found = axe.Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    page.set_viewport_size(screen)
    broken = found.response["violations"]
    return [(each["id"], node["html"]) for each in broken for node in each["nodes"]]


def height_of(page):
    """Return how high a screen has to be for the whole page, in pixels."""
    return 20 + page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")


def gaps_of_headings(page):
    """Return where headings do not begin with the only one of level 1, or leave a level out."""
    levels = page.evaluate(
        """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
            .map(heading => Number(heading.tagName[1]))"""
    )
    first = [] if levels[:1] == [1] and levels.count(1) == 1 else [levels]
    return first + [(before, after) for before, after in pairwise(levels) if after > before + 1]


def figures_without_name(page):
    """Return the charts, tables and pictures that nothing names for those who listen."""
    return page.evaluate(
        """() => [...document.querySelectorAll(
                '[data-testid=stPlotlyChart], .shown-table, main img, iframe')]
            .filter(figure => ![figure, ...figure.querySelectorAll('[role], table, img')].some(
                part => (part.getAttribute('aria-label') || part.getAttribute('alt') || '').trim()
                    || (part.querySelector('caption')?.textContent || '').trim()
                    || [...(part.getAttribute('aria-labelledby') || '').split(' ')].some(
                        id => id && document.getElementById(id)?.textContent.trim())))
            .map(figure => figure.outerHTML.slice(0, 200))"""
    )


def wider_than_the_screen(page):
    """Return how many pixels document and main part reach beyond the screen, where they do."""
    wider = page.evaluate(
        """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
            .map(part => part.scrollWidth - part.clientWidth)"""
    )
    return [pixels for pixels in wider if pixels > 0]


def choices_cut_off(page):
    """Return the choices in the form that are longer than their boxes."""
    return (
        page.get_by_test_id("stForm")
        .get_by_role("combobox")
        .evaluate_all(
            "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.value)"
        )
    )


def not_in_sight(page):
    """Return the finding if it cannot be read without scrolling, and where it ends."""
    finding = page.get_by_role("heading", level=2).first
    box, sight = finding.bounding_box(), page.viewport_size["height"]
    ends = box["y"] + box["height"]
    return [] if ends <= sight else [(finding.inner_text(), ends)]


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


def numbers_not_in_tables(page):
    """Return the texts that stand for a figure with the numbers that its table does not have.

    A page to which that applies has two figures or more, and each of them has a text.
    """
    figures = page.evaluate(FIGURE_TEXTS)
    # Place, time and "for every 1,000" stand above the figure, as do titles.
    around = page.eval_on_selector_all(
        "main p, main h2, main h3, main summary", "all => all.map(e => e.textContent).join(' ')"
    )
    wrong = [] if len(figures) >= 2 else ["fewer than two figures"]
    for figure in figures:
        there = numbers(" ".join(figure["cells"])) + numbers(around)
        rows = [Decimal(count) for count in range(figure["rows"] + 1)]
        missing = [
            number
            for number in numbers(figure["alt"] or "")
            if number not in rows and not any(rounds_to(each, number) for each in there)
        ]
        if missing or not figure["alt"]:
            wrong.append((figure["kind"], figure["alt"], missing))
    return wrong


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
