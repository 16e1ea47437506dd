"""From an analyst's file to a release and out of it again, by people who sign in."""

import shutil
from datetime import date, timedelta
from itertools import product
from urllib.request import urlopen

import pytest
from browser.signing_in import (
    ANALYST,
    APPROVER,
    NOBODY,
    OF_CAMDEN,
    ROLES,
    go_to,
    provider,
    secrets,
    sign_in,
)
from page_faults import found_by_axe, unfold, wider_than_the_screen
from serving import finished, opened, served

from loti_dash.definitions import FACTORS
from loti_dash.upload import statement

pytestmark = pytest.mark.browser

MESSY = """\
Young people warned in Hackney;;;;;
;;;;;
Indicator;Borough;Period;Ethnic group;Count;Population
young_people_warned;Hackney;Apr 23 - Mar 24;Asian;12;1,020
young_people_warned;Hackney;Apr 23 - Mar 24;Black;41;1,810
young_people_warned;Hackney;Apr 23 - Mar 24;Mixt;17;830
young_people_warned;Hackney;Apr 23 - Mar 24;White;38;3,120
young_people_warned;Hackney;Apr 23 - Mar 24;Other;3;540
young_people_warned;Hackney;Apr 23 - Mar 24;Unknown;6;210
"""
DESCRIBED = {
    "Whose figures are these?": "Hackney Council",
    "Title": "Young people warned",
    "What is counted": "young people warned",
    "The same in words": "young people known to the service",
}


@pytest.fixture(scope="module")
def dashboard(home, tmp_path_factory):
    """Return the address of a dashboard with a home of its own, where people can sign in."""
    folder = tmp_path_factory.mktemp("uploading")
    shutil.copytree(home / "releases", folder / "home" / "releases")
    (folder / "home" / "roles.toml").write_text(ROLES)
    with provider(folder) as identities, pytest.MonkeyPatch.context() as patch:
        patch.setenv("STREAMLIT_SECRETS_FILES", str(secrets(folder, identities)))
        with served(folder / "home", folder) as address:
            yield address


@pytest.fixture
def second(browser):
    """Return a tab beside that of all visits, with cookies of its own."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def person(tab, dashboard):
    """Return a function that opens an address in a tab as somebody else, or as a visitor."""

    def arrive(path, who="", page=tab):
        opened(page, dashboard + path)
        if who:
            sign_in(page, who)
            go_to(page, path.strip("/").capitalize())
        return page

    return arrive


def press(page, name):
    # As long as a finger stays down: what was typed before is sent at its beginning.
    page.get_by_role("button", name=name, exact=True).click(delay=120)
    settled(page)


def settled(page):
    page.wait_for_timeout(300)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning] h1")


def words(page):
    return page.inner_text("[data-testid=stMain]")


def says(page, text):
    """Wait until a page says something, or fail."""
    page.get_by_test_id("stMain").get_by_text(text).first.wait_for()


def in_order(page):
    """Fail if axe finds something, or the page is wider than a phone."""
    unfold(page)
    assert found_by_axe(page) == []
    page.set_viewport_size({"width": 390, "height": 900})
    page.wait_for_timeout(300)
    assert wider_than_the_screen(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})


def fill_in_statement(page):
    for question in statement.QUESTIONS:
        if question.key != "owner":
            page.get_by_label(question.words).fill(f"About {question.key}.")
    for factor in FACTORS:
        page.get_by_label(statement.FACTOR_QUESTIONS[factor]).fill(f"Little {factor} here.")
        group = page.get_by_role("radiogroup", name=f"{factor.capitalize()}: how much")
        group.get_by_text("2: to be said").click()


def test_figures_are_uploaded_by_one_published_by_another_and_withdrawn(person, second):
    analyst = person("/upload", ANALYST, second)

    analyst.set_input_files(
        "input[type=file]",
        {"name": "warned.csv", "mimeType": "text/csv", "buffer": MESSY.encode("cp1252")},
    )
    analyst.get_by_role("heading", name="6 rows read").wait_for()
    settled(analyst)
    says(analyst, "separator ';', header in row 3")
    in_order(analyst)
    analyst.get_by_label("“Mixt” means").click()
    analyst.keyboard.type("Mixed")
    analyst.keyboard.press("Enter")
    press(analyst, "Read these labels so")
    for question, answer in DESCRIBED.items():
        analyst.get_by_label(question).fill(answer)
    press(analyst, "Draw the charts")
    says(analyst, "1 count from 1 to 4 withheld")

    # Half of an answer, then off to the charts and back.
    analyst.get_by_label("What are they for?").fill("Fostering good relations")
    press(analyst, "See Young people warned (Hackney Council)")
    says(analyst, "Your figures, not published")
    headline = "Black people were 1.9 times as likely as White people"
    analyst.locator("main h2", has_text=headline).wait_for()
    private = analyst.url
    assert "release=not-published" in private
    analyst.get_by_role("link", name="Back to your upload").click()
    analyst.get_by_role("heading", name="6 rows read").wait_for()
    settled(analyst)
    assert analyst.get_by_label("What are they for?").input_value() == "Fostering good relations"

    # Somebody else opens the private address.
    visitor = person("/justice" + private.partition("/justice")[2])
    says(visitor, "never published")
    assert "warned" not in words(visitor)

    press(analyst, "Send to be published")
    says(analyst, "the statement lacks an answer")
    in_order(analyst)
    fill_in_statement(analyst)
    due = date.today() + timedelta(days=200)
    field = analyst.get_by_test_id("stDateInput").locator("[contenteditable=true], input").first
    field.click()
    analyst.keyboard.type(due.strftime("%d%m%Y"))
    analyst.keyboard.press("Escape")
    press(analyst, "Send to be published")
    analyst.get_by_text("Your figures were sent.").wait_for()
    go_to(analyst, "Review")
    says(analyst, "somebody else decides on them")
    assert analyst.get_by_role("button", name="Publish these figures").count() == 0

    camden = person("/review", OF_CAMDEN)
    says(camden, "Nothing is waiting")
    assert "warned" not in words(camden)

    approver = person("/review", APPROVER)
    says(approver, "Counts withheld for their size: 1.")
    says(approver, "Little trust here. (to be said beside the figure)")
    says(approver, headline)
    in_order(approver)
    assert "[c]" in approver.inner_text(".shown-table >> nth=0")
    press(approver, "Publish these figures")
    says(approver, "say what is new")
    approver.get_by_label("What is new").fill("Warnings in Hackney")
    approver.get_by_role("button", name="Publish these figures").click(delay=120)
    approver.get_by_text("Building the release: ").wait_for()
    approver.get_by_text("Published: they are in release").wait_for()
    settled(approver)

    public = "/justice?indicator=young_people_warned_hackney_council&area=E09000012"
    published = person(public, page=second)
    assert headline in published.inner_text("main h2")
    row = published.locator(".shown-table tbody tr").filter(has_text="Other").first
    assert row.inner_text().split("\t")[:5] == ["Other", "[c]", "[c]", "[c]", "540"]

    approver.get_by_text("Published: Young people warned").click()
    settled(approver)
    approver.get_by_label("Why they are withdrawn").fill("the wrong year")
    settled(approver)
    press(approver, "Withdraw these figures")
    approver.get_by_text("Withdrawn, in the release").wait_for()
    settled(approver)
    in_order(approver)
    corrections = person("/data", page=second)
    said = words(corrections)
    assert "the wrong year" in said[said.index("Corrections") : said.index("What is missing")]


def test_who_has_no_role_or_no_confirmed_address_is_a_visitor_and_can_leave(person):
    page = person("/upload", NOBODY)
    assert f"Signed in as {NOBODY}." in words(page)
    says(page, "You have no role to upload")
    assert page.locator("input[type=file]").count() == 0

    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()
    page.wait_for_selector("[data-testid=stSidebarNav]")
    finished(page)
    go_to(page, "Upload")
    assert page.get_by_role("button", name="Sign in", exact=True).count() == 1
    assert "Signed in as" not in words(page)

    unconfirmed = person("/review", "unconfirmed")
    says(unconfirmed, "no confirmed e-mail address")
    assert "Decided" not in words(unconfirmed)


MONTHS = [f"20{year:02}-{month:02}" for year in range(13, 24) for month in range(1, 13)]
GROUPS = ("Asian", "Black", "Mixed", "White", "Other")
# More than a megabyte, from which on a server would put an upload aside on its disk.
LARGE = "indicator,area,period,ethnic_group,numerator,denominator,note\n" + "".join(
    f"fines,{area},{month},{group},{20 + place % 7},{9000 + place},as Quillon counted them\n"
    for place, (area, month, group) in enumerate(
        product((f"E090000{number:02}" for number in range(2, 34)), MONTHS, GROUPS)
    )
)


@pytest.fixture
def without_a_disk(home, tmp_path):
    """Return a dashboard that can put nothing aside, its address and its folder."""
    (tmp_path / "python").mkdir()
    (tmp_path / "python" / "sitecustomize.py").write_text(
        "import tempfile\ntempfile.tempdir = '/there/is/no/such/folder'\n"
    )
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "releases").symlink_to(home / "releases")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(tmp_path / "python"))
        patch.setenv("LOTI_MODE", "workbench")
        with served(tmp_path / "home", tmp_path) as address:
            yield address, tmp_path


def holding(folder, planted):
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".duckdb"]
    assert folder / "log.txt" in files
    return [path.name for path in files if planted in path.read_bytes()]


def test_large_files_are_kept_off_the_disk_and_out_of_the_hands_of_streamlit(tab, without_a_disk):
    address, folder = without_a_disk
    page = tab
    opened(page, address + "/upload")

    def upload(text):
        assert len(text) > 1_100_000
        file = {"name": "large.csv", "mimeType": "text/csv", "buffer": text.encode()}
        page.set_input_files("input[type=file]", file)

    upload(LARGE.replace("as Quillon counted them", "Quillon 943 476 5919"))
    page.get_by_text("The file was not taken").wait_for()
    says(page, "NHS number in column G")
    settled(page)
    upload(LARGE)
    page.get_by_role("heading", name="21,120 rows read").wait_for()
    settled(page)
    with urlopen(f"{address}/_stcore/metrics") as metrics:
        held = metrics.read().decode()
    assert "cache_lookups" in held
    assert "UploadedFileManager" not in held
    press(page, "Forget this file")
    page.wait_for_selector("input[type=file]", state="attached")

    assert holding(folder, b"Quillon") == []
