"""Map, tiles and funnel in a browser: by keyboard, for those who listen, on narrow screens."""

import pytest
from page_faults import found_by_axe

pytestmark = pytest.mark.browser

HACKNEY, BROMLEY, LAMBETH = "E09000012", "E09000006", "E09000022"
HOUSING = f"/housing?indicator=homelessness_duty_owed&area={HACKNEY}"
SHAPES = ["Map", "Tiles", "Funnel"]


def shapes(page, upto="Funnel"):
    """Choose one shape after the other by the keyboard alone, and yield each when it is drawn."""
    choices = page.get_by_role("radiogroup", name="Show as")
    choices.get_by_role("radio", name="Dots").focus()
    for shape in SHAPES[: SHAPES.index(upto) + 1]:
        page.keyboard.press("ArrowRight")
        page.locator(f"[class*=st-key-where_{shape.lower()}_] .js-plotly-plot").wait_for()
        page.wait_for_function("() => !document.querySelector('[data-stale=true]')")
        page.wait_for_timeout(1_500)
        assert choices.get_by_role("radio", name=shape).is_checked()
        yield shape


def test_axe_finds_nothing_of_level_a_or_aa_in_any_shape(visit):
    page = visit(HOUSING)
    assert [(shape, found_by_axe(page)) for shape in shapes(page)] == [
        (each, []) for each in SHAPES
    ]


@pytest.mark.parametrize("width", [320, 390])
def test_no_shape_is_wider_than_the_screen(visit, width):
    page = visit(HOUSING, width)
    reach = "document.documentElement.scrollWidth"
    wider = [(shape, page.evaluate(reach) > width) for shape in shapes(page)]
    assert wider == [(each, False) for each in SHAPES]


def test_the_map_asks_nobody_else_and_a_click_on_it_leads_to_the_borough(visit):
    page = visit(HOUSING)
    elsewhere = []

    def asking(request):
        elsewhere.append(request.url)

    page.on("request", asking)
    assert list(shapes(page, "Map")) == ["Map"]
    page.remove_listener("request", asking)
    assert not [url for url in elsewhere if not url.startswith((page.url[:16], "data:", "blob:"))]

    drawing = page.locator(".js-plotly-plot").last
    drawing.scroll_into_view_if_needed()
    # In the south of Bromley, far from the sign in its middle.
    at = drawing.evaluate(
        """each => {
            const {xaxis, yaxis} = each._fullLayout, box = each.getBoundingClientRect();
            return [box.left + xaxis._offset + xaxis.l2p(0.055),
                    box.top + yaxis._offset + yaxis.l2p(51.33)];
        }"""
    )
    page.mouse.move(*at)
    page.get_by_text("In Bromley", exact=False).first.wait_for()
    page.mouse.click(*at)
    page.wait_for_url(f"**area={BROMLEY}**")


def test_a_borough_can_be_typed(visit):
    page = visit(HOUSING)
    page.get_by_role("combobox", name="Go to a borough").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("Lamb", delay=50)
    page.get_by_role("option", name="Lambeth").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**area={LAMBETH}**")

    assert f"area={LAMBETH}" in page.url
