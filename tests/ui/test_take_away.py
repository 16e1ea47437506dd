"""What is offered to take away, and that every chart of every page can be a picture."""

from dataclasses import replace
from itertools import product

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from taken_views import seen

from loti_dash import config
from loti_dash.export.picture import Words, svg
from loti_dash.ui import take_away, view_pictures
from loti_dash.ui.domain_words import words
from loti_dash.ui.view import taken
from loti_dash.ui.where_words import drawing

ROUTER = config.ROOT / "loti_dash" / "ui" / "router.py"
WORDS = Words("A message", "What it measures", "The text in its stead", [])
HACKNEY, CITY = "E09000012", "E09000001"
VIEWS = [
    ("housing", {"indicator": "homelessness_duty_owed", "area": HACKNEY}),
    ("justice", {"indicator": "stop_and_search", "area": HACKNEY, "classification": "19"}),
    ("justice", {"indicator": "stop_and_search_all_forces", "area": CITY}),
    ("care", {"indicator": "mental_health_detentions"}),
    ("borough", {"area": HACKNEY}),
    ("stages", {}),
]
PARTS = [
    *({"further": "where", "where_shape": shape} for shape in ("dots", "map", "tiles", "funnel")),
    {"further": "since"},
    {"further": "compared"},
    {"further": "complete"},
]


@pytest.fixture
def charts(home, monkeypatch):
    """Return a function that opens a page, and returns the charts it draws."""
    monkeypatch.setenv("LOTI_HOME", str(home))
    drawn = []
    monkeypatch.setattr(st, "plotly_chart", lambda chart, **_: drawn.append(chart.to_dict()))

    def of(page, address, state):
        drawn.clear()
        app = AppTest.from_file(str(ROUTER), default_timeout=60).run()
        app.switch_page(f"../../pages/{page}.py")
        app.query_params.update(address)
        app.run()
        for key, value in state.items():
            app.session_state[key] = value
        app.run()
        assert not app.exception
        return list(drawn)

    return of


@pytest.mark.parametrize(("page", "address"), VIEWS[:2])
def test_every_chart_of_a_domain_page_can_be_a_picture(charts, page, address):
    kinds = set()
    for state in PARTS:
        for chart in charts(page, address, state):
            svg(chart, WORDS)
            kinds |= {trace.get("mode", trace["type"]) for trace in chart["data"]}
    assert {"markers", "lines", "text"} <= kinds


@pytest.mark.parametrize(("page", "address"), VIEWS[2:])
def test_every_chart_of_other_pages_can_be_a_picture(charts, page, address):
    found = charts(page, address, {})

    assert found
    for chart in found:
        svg(chart, WORDS)


def test_a_picture_is_offered_of_each_chart_that_a_view_has(release):
    for id_, area in product(("homelessness_duty_owed", "stop_and_search"), (HACKNEY, CITY)):
        selection, shown = seen(release, indicator=id_, area=area)
        charts = words(release, selection).charts

        makers = view_pictures.pictures(release, selection, "/there?it", charts)
        offered = {label: make() for label, make in makers.items()}

        assert ("chart of groups" in offered) == (shown.groups is not None)
        dots = drawing(release, selection, "dots", "ratio")
        assert offered["chart of areas"].chart == dots.chart
        assert all("/there?it" in each.below[-1] for each in offered.values())


def test_the_headline_is_taken_with_the_line_that_must_follow_it(release):
    selection, shown = seen(release, indicator="homelessness_duty_owed", area=HACKNEY)
    clear = taken(release, selection, "The headline.", "/there")
    selection, shown = seen(release, indicator="stop_and_search", area=CITY)
    forbidden = taken(release, selection, "The headline.", "/there")

    assert clear.finding == "The headline. This shows a difference. It does not show why."
    assert forbidden.finding == f"The headline. {shown.forbidden.effect}"


def test_an_address_without_a_browser_names_the_page_and_every_choice(release):
    selection, _ = seen(release, indicator="homelessness_duty_owed", area=HACKNEY)

    address = take_away.address(replace(selection, release="it"), "housing")

    assert address.startswith("/housing?indicator=homelessness_duty_owed&area=E09000012&period=")
    assert address.endswith("&release=it")
