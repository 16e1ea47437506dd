"""What only a browser shows: names for those who listen, headings, narrow screens."""

import os
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

pytestmark = pytest.mark.browser

HACKNEY = "E09000012"
PAGES = {
    "home": "/",
    "justice": "/justice",
    "justice_borough": f"/justice?indicator=stop_and_search&area={HACKNEY}&classification=19",
    "justice_city": "/justice?indicator=stop_and_search&area=E09000001",
    "care": "/care",
    "care_borough": f"/care?indicator=looked_after_children&area={HACKNEY}",
    "housing": "/housing",
    "housing_borough": f"/housing?indicator=homelessness_duty_owed&area={HACKNEY}",
    "employment": "/employment",
    "employment_borough": f"/employment?indicator=suspensions&area={HACKNEY}",
    "employment_empty": "/employment?indicator=adult_employment",
    "borough": f"/borough?area={HACKNEY}",
    "borough_city": "/borough?area=E09000001&group=all_five&reference=rest",
    "stages": "/stages",
    "stages_borough": f"/stages?process=homelessness&area={HACKNEY}",
    "stages_city": "/stages?process=searches&area=E09000001&reference=rest",
    "group": "/group",
    "group_detailed": "/group?group=white_gypsy_irish_traveller&reference=white_british",
    "data": "/data",
    "methods": "/methods",
    "accessibility": "/accessibility",
    "nowhere": "/no-such-page",
}
every_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)


@every_page
def test_every_page_is_for_those_who_listen(visit, path):
    """Opens each page once: headings, names of figures, and all that axe knows."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = visit(path)

    assert_headings_have_no_gaps(page)
    _unfold(page)
    assert_every_figure_has_a_name(page)
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = axe.Axe().run(page, options={"runOnly": {"type": "tag", "values": rules}})

    assert found.response["violations"] == [], found.generate_report()


def assert_every_figure_has_a_name(page):
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll(
                '[data-testid=stPlotlyChart], .shown-table, main img, iframe')]
            .filter(figure => ![figure, ...figure.querySelectorAll('[role], table, img')].some(
                part => (part.getAttribute('aria-label') || part.getAttribute('alt') || '').trim()
                    || (part.querySelector('caption')?.textContent || '').trim()
                    || [...(part.getAttribute('aria-labelledby') || '').split(' ')].some(
                        id => id && document.getElementById(id)?.textContent.trim())))
            .map(figure => figure.outerHTML.slice(0, 200))"""
    )

    assert unnamed == []


def assert_headings_have_no_gaps(page):
    levels = page.evaluate(
        """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
            .map(heading => Number(heading.tagName[1]))"""
    )

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("width", [390, 1280])
@every_page
def test_nothing_is_wider_than_the_screen(visit, path, width, request, tmp_path):
    """Keeps a picture of each page for a person to look at, in $SCREENSHOTS if that is set."""
    folder = Path(os.environ.get("SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    page = visit(path, width)

    assert how_much_wider(page) <= 0
    height = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height + 20, 8000)})
    page.wait_for_timeout(300)
    picture = folder / f"{request.node.callspec.id.replace('/', '_')}.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size > 10_000
    if width == 390:
        # The narrowest screen that has to do, and what 400% makes of 1280.
        page.set_viewport_size({"width": 320, "height": 900})
        page.wait_for_timeout(700)
        assert how_much_wider(page) <= 0


def how_much_wider(page):
    wider = page.evaluate(
        """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
            .map(part => part.scrollWidth - part.clientWidth)"""
    )
    return max(wider)


def test_the_address_follows_the_choices(visit):
    page = visit("/housing?indicator=homelessness_duty_owed")

    # Only the options in sight are there, and Hackney is below: who looks for it types.
    page.get_by_role("combobox", name="Area").click()
    page.keyboard.type("Hackney")
    page.get_by_role("option", name="Hackney").click()
    page.get_by_role("button", name="Show").click()
    page.get_by_role("heading", name="Hackney").first.wait_for()

    assert f"area={HACKNEY}" in page.url


def test_an_area_can_be_chosen_by_keyboard_alone(visit):
    page = visit("/housing?indicator=homelessness_duty_owed")

    _tab_to(page, "Area")
    page.keyboard.type("Hackney")
    page.get_by_role("option", name="Hackney").wait_for()
    page.keyboard.press("Enter")
    _tab_to(page, "Show")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Hackney").first.wait_for()

    assert f"area={HACKNEY}" in page.url


@pytest.mark.parametrize("path", ["/housing", "/care"])
def test_the_finding_is_in_sight_without_scrolling(visit, path):
    box = visit(path).get_by_role("heading", level=2).first.bounding_box()

    assert box["y"] + box["height"] <= 900


@pytest.mark.parametrize(
    "path",
    [
        "/care?indicator=talking_therapies_finished&area=09A",
        "/justice?indicator=stop_and_search_all_forces&classification=19&reference=rest",
        "/employment?indicator=neet_16_17",
    ],
)
def test_no_choice_is_cut_off(visit, path):
    inputs = visit(path).get_by_test_id("stForm").get_by_role("combobox")

    cut = inputs.evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.value)"
    )

    assert inputs.count() == 6
    assert cut == []


def test_the_download_has_the_cautions_and_no_ratio_that_the_page_does_not_show(visit):
    page = visit("/justice?indicator=stop_and_search")

    with page.expect_download() as download:
        page.get_by_role("button", name="Download the figures").click()
    table = pd.read_csv(download.value.path()).set_index(["area_code", "group_code"])

    city, hackney = table.loc[("E09000001", "black")], table.loc[(HACKNEY, "black")]
    assert city["numerator"] == 93
    assert pd.isna(city["ratio"])
    assert "8,600 residents" in city["caveats"]
    assert hackney["ratio"] > 1
    assert "/justice?indicator=stop_and_search&" in hackney["link"]


def test_an_address_names_what_it_could_not_honour(visit):
    page = visit("/housing?indicator=homelessness_duty_owed&area=E09000099")

    assert page.get_by_text("There are no figures for “E09000099” here.").is_visible()
    assert "area=E12000007" in page.url


def _tab_to(page, name: str) -> None:
    """Go on with the tab key until something of a name is reached."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(
            """name => [document.activeElement.getAttribute('aria-label'),
                document.activeElement.innerText].includes(name)""",
            name,
        ):
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def _unfold(page) -> None:
    """Open whatever is one click away."""
    for part in page.query_selector_all("[data-testid=stExpander] details:not([open]) summary"):
        part.click()
    page.wait_for_timeout(500)
