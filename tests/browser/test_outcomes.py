"""A canvas in a browser, from the outcome to a pinned figure; and what a closed tab loses."""

import shutil

import pytest
from page_faults import found_by_axe, wider_than_the_screen
from serving import finished, opened, served
from whole import some

pytestmark = pytest.mark.browser

DESIRED = "What's our desired outcome?"


@pytest.fixture(scope="module")
def dashboard(home, tmp_path_factory):
    """Return the address of a dashboard with a home of its own, where everything may be kept."""
    folder = tmp_path_factory.mktemp("outcomes")
    shutil.copytree(home / "releases", folder / "home" / "releases")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOTI_MODE", "workbench")
        with served(folder / "home", folder) as address:
            yield address


@pytest.fixture
def visit(browser):
    """Return a function that opens a new tab with cookies of its own."""
    contexts = []

    def open_():
        contexts.append(browser.new_context())
        return contexts[-1].new_page()

    yield open_
    for each in contexts:
        each.close()


def press(page, name, exact=True):
    page.get_by_role("button", name=name, exact=exact).click(delay=120)
    settled(page)


def settled(page):
    page.wait_for_timeout(400)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning] h1")


def saved_as(page, version):
    page.get_by_text(f"version {version}. What you write is saved").wait_for()


def in_order(page):
    """Fail if axe finds something, or the page is wider than a phone."""
    assert found_by_axe(page) == []
    page.set_viewport_size({"width": 390, "height": 900})
    page.wait_for_timeout(300)
    assert wider_than_the_screen(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_canvas_from_its_preset_to_a_pinned_figure_survives_a_closed_browser(visit, dashboard):
    page = visit()
    opened(page, f"{dashboard}/outcomes")
    in_order(page)
    press(page, "Begin with outcome 6")
    page.get_by_label(DESIRED).wait_for()
    page.wait_for_function("() => window.sentWhileTyping")
    in_order(page)
    address = page.url

    # In the middle of an answer, without ever leaving its field, the tab is closed.
    page.get_by_label(DESIRED).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" by 2028, and nobody in a hotel", delay=15)
    saved_as(page, 2)
    # A slow machine saves the first half on its own.
    page.wait_for_function("() => !Object.keys(localStorage).some(k => k.startsWith('typed '))")
    page.close()
    page = visit()
    opened(page, address)
    assert page.get_by_label(DESIRED).input_value().endswith("by 2028, and nobody in a hotel")

    page.get_by_label("Where?").click()
    page.keyboard.type("Hackney")
    page.keyboard.press("Enter")
    saved_as(page, 3)
    press(page, "Next: Action")
    press(page, "Add an action")
    # A line, too, is kept while somebody types.
    page.get_by_label("Action 1: what is done").fill("Visit before a notice runs out")
    saved_as(page, 5)
    in_order(page)
    page.close()
    page = visit()
    opened(page, address.replace("step=outcome", "step=action"))
    assert page.get_by_label("Action 1: what is done").input_value() == (
        "Visit before a notice runs out"
    )
    press(page, "Next: Insight")
    page.get_by_role("link", name="Households owed a homelessness duty").click()
    page.get_by_role("heading", name="Housing", level=1).wait_for()
    finished(page)
    page.get_by_text("Take, share or report this figure: ethnic groups").click()
    page.get_by_role("button", name="Add this figure to it").wait_for()
    settled(page)
    press(page, "Add this figure to it")
    page.get_by_text("Added: it stands on the step Insight").wait_for()
    press(page, "Take it as the baseline")
    page.get_by_text("Taken as the baseline").wait_for()
    page.get_by_role("link", name="Go to that outcome").click()
    page.get_by_role("button", name="Remove figure 1").wait_for()
    settled(page)
    assert "the rate of White households" in page.inner_text("[data-testid=stMain]")
    in_order(page)
    for step in ("Data", "Enablers", "Caveat", "Added by this project"):
        press(page, f"Next: {step}")
        page.get_by_role("heading", name=step, level=2, exact=True).wait_for()
    page.get_by_label("Who owns this outcome?").fill("Head of housing needs")
    page.wait_for_timeout(900)
    in_order(page)
    press(page, "Next: The whole canvas")
    page.get_by_role("heading", name="Since the baseline").wait_for()
    settled(page)
    in_order(page)
    said = page.inner_text("[data-testid=stMain]")
    for part in ("Head of housing needs", "Visit before a notice runs out", "nobody in a hotel"):
        assert part in said
    with page.expect_download() as download:
        page.get_by_role("button", name="Export this outcome (JSON)").click()
    assert '"housing_rough_sleeping"' in download.value.path().read_text(encoding="utf-8")


@pytest.mark.parametrize("label", some([DESIRED, "Title of this outcome"]))
def test_words_typed_just_before_leaving_are_there_at_the_next_opening(visit, dashboard, label):
    context = visit().context
    page = context.pages[0]
    opened(page, f"{dashboard}/outcomes")
    press(page, "Begin with outcome 6")
    page.get_by_label(label).wait_for()
    page.wait_for_function("() => window.sentWhileTyping")
    finished(page)
    # The page itself has looked by then what there is to keep: a slow one does so later.
    page.evaluate("() => new Promise(done => setTimeout(done, 1100))")
    address = page.url
    page.get_by_label(label).click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(" and at once")
    page.close(run_before_unload=False)

    # Another browser has no word of it; this one brings it back, and it is saved then.
    page = context.new_page()
    page.goto(address)
    page.get_by_label(label).wait_for()
    page.wait_for_function(
        """() => [...document.querySelectorAll('input, textarea')]
            .some(field => field.value.endsWith(' and at once'))"""
    )
    assert page.get_by_label(label).input_value().endswith(" and at once")
    page.wait_for_function("() => !Object.keys(localStorage).some(k => k.startsWith('typed '))")
    page.close()
    page = visit()
    opened(page, address)
    assert page.get_by_label(label).input_value().endswith(" and at once")


def test_what_somebody_else_wrote_meanwhile_is_not_replaced_unasked(visit, dashboard):
    context = visit().context
    page = context.pages[0]
    opened(page, f"{dashboard}/outcomes")
    press(page, "Begin with outcome 6")
    page.get_by_label(DESIRED).wait_for()
    page.wait_for_timeout(1_500)
    address = page.url
    page.evaluate(
        """() => {
            const of = document.querySelector('[class*="st-key-canvas-"] textarea');
            const classes = [...of.closest('[class*="st-key-canvas-"]').classList];
            const name = classes.find(each => each.startsWith('st-key-canvas-'));
            const entry = { words: 'Mine', before: 'Another', on: Date.now() };
            localStorage.setItem(`typed ${name}`, JSON.stringify(entry));
        }"""
    )
    theirs = page.get_by_label(DESIRED).input_value()
    asked = []
    page = context.new_page()
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.goto(address)
    page.wait_for_function("() => !Object.keys(localStorage).some(k => k.startsWith('typed '))")

    assert [each.endswith("Mine") for each in asked] == [True]
    assert page.get_by_label(DESIRED).input_value() == theirs
