"""What only a browser shows: every view for those who look and for those who listen."""

import os
from pathlib import Path

import page_faults
import pandas as pd
import pytest
from whole import WHOLE

from loti_dash import config

pytestmark = pytest.mark.browser

HACKNEY, CITY = "E09000012", "E09000001"
# Opened on a narrow screen as well, and looked at by axe from top to bottom.
NAMED = {
    "home": "/",
    "justice": "/justice",
    "justice_borough": f"/justice?indicator=stop_and_search&area={HACKNEY}&classification=19",
    "justice_city": f"/justice?indicator=stop_and_search&area={CITY}",
    "care": "/care",
    "care_borough": f"/care?indicator=looked_after_children&area={HACKNEY}",
    "housing": "/housing",
    "housing_borough": f"/housing?indicator=homelessness_duty_owed&area={HACKNEY}",
    "employment": "/employment",
    "employment_borough": f"/employment?indicator=suspensions&area={HACKNEY}",
    "employment_empty": "/employment?indicator=adult_employment",
    "borough": f"/borough?area={HACKNEY}",
    "borough_city": f"/borough?area={CITY}&group=all_five&reference=rest",
    "stages": "/stages",
    "stages_borough": f"/stages?process=homelessness&area={HACKNEY}",
    "stages_city": f"/stages?process=searches&area={CITY}&reference=rest",
    "group": "/group",
    "group_detailed": "/group?group=white_gypsy_irish_traveller&reference=white_british",
    "data": "/data",
    "methods": "/methods",
    "accessibility": "/accessibility",
    "nowhere": "/no-such-page",
}
PAGES = sorted(path.stem for path in (config.ROOT / "pages").glob("*.py"))
FILTERED = f"?area={HACKNEY}&group=black&classification=19&reference=rest"
# Without figures: an indicator that has none, an area without ratios, nothing by that name.
NOTHING = "?indicator=nothing&area=nowhere&period=never"
EMPTY = {
    "employment": "?indicator=adult_employment",
    "data": "?series=adults_employed",
    "justice": f"?indicator=stop_and_search&area={CITY}",
}
# Of these pages the address changes nothing but the release (what changed needs two); of the
# last, the data set alone.
FEWER_STATES = dict.fromkeys(
    ("home", "changed", "methods", "accessibility", "upload", "review"), ("default",)
)
FEWER_STATES["data"] = ("default", "empty")
# Whose texts that stand for a figure are held to its table, number by number.
NUMBERS = {
    "housing": NAMED["housing"],
    "housing_detailed": f"{NAMED['housing_borough']}&classification=19",
    "care_borough": NAMED["care_borough"],
    "justice_all_forces": f"/justice?indicator=stop_and_search_all_forces&area={HACKNEY}",
    "employment_suspensions": "/employment?indicator=suspensions",
    "data_duties": "/data?series=homelessness_duties_owed",
}
# With the longest choices.
LONG_CHOICES = {
    "care_trust": "/care?indicator=talking_therapies_finished&area=09A",
    "justice_detailed": (
        "/justice?indicator=stop_and_search_all_forces&classification=19&reference=rest"
    ),
    "employment_neet": "/employment?indicator=neet_16_17",
}


def views():
    """Return every view to be opened, by name, none twice."""
    found = NAMED | NUMBERS | LONG_CHOICES
    for page in PAGES:
        asked = {"default": "", "filtered": FILTERED, "empty": EMPTY.get(page, NOTHING)}
        for state in FEWER_STATES.get(page, asked):
            if state == "filtered" and page not in ("justice", "borough") and not WHOLE:
                continue
            path = f"/{'' if page == 'home' else page}{asked[state]}"
            if path not in found.values():
                found[f"{page}_{state}"] = path
    return found


@pytest.fixture
def pictured(tmp_path):
    """Return a function that pictures a page, for a person to look at in $SCREENSHOTS."""
    folder = Path(os.environ.get("SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)

    def picture(page, name, width, height):
        whole = min(page_faults.height_of(page), 8000)
        page.set_viewport_size({"width": width, "height": whole})
        page.wait_for_timeout(300)
        path = folder / f"{name}-{width}.png"
        page.screenshot(path=path)
        page.set_viewport_size({"width": width, "height": height})
        assert path.stat().st_size > 10_000

    return picture


@pytest.mark.parametrize(("name", "path"), views().items(), ids=views())
def test_a_page_is_for_those_who_look_and_for_those_who_listen(visit, name, path, pictured):
    """Opens each view once, and lists all that is wrong with it."""
    page = visit(path)
    wrong = {
        "headings leave a level out": page_faults.gaps_of_headings(page),
        "wider than the screen": page_faults.wider_than_the_screen(page),
        "choices cut off": page_faults.choices_cut_off(page),
    }
    if name in ("housing", "care"):
        wrong["out of sight"] = page_faults.not_in_sight(page)
    if name in LONG_CHOICES:
        assert page.get_by_test_id("stForm").get_by_role("combobox").count() == 6
    if FEWER_STATES.get(name) == ("default",):
        assert page.get_by_role("combobox").count() == 0, "where one can choose are more states"
    pictured(page, name, 1280, 900)

    page_faults.unfold(page)
    wrong["figures without a name"] = page_faults.figures_without_name(page)
    wrong["found by axe"] = page_faults.found_by_axe(page, whole=name in NAMED)
    if name in NUMBERS:
        wrong["numbers that are not in the table"] = page_faults.numbers_not_in_tables(page)

    assert {what: found for what, found in wrong.items() if found} == {}


@pytest.mark.parametrize(("name", "path"), NAMED.items(), ids=NAMED)
def test_nothing_is_wider_than_a_narrow_screen(visit, name, path, pictured):
    page = visit(path, 390)

    assert page_faults.wider_than_the_screen(page) == []
    pictured(page, name, 390, 900)
    # The narrowest screen that has to do, and what 400% makes of 1280.
    page.set_viewport_size({"width": 320, "height": 900})
    page.wait_for_timeout(700)
    assert page_faults.wider_than_the_screen(page) == []


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
