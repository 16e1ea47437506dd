"""The part on areas, drawn by itself: what a choice changes, and what is there without one."""

import json

import pytest
from shown import tables
from streamlit.testing.v1 import AppTest

HACKNEY, LAMBETH, WESTMINSTER = "E09000012", "E09000022", "E09000033"


def part(indicator, domain, area, group, classification):
    """Draw the part as the page of a domain does."""
    import streamlit as st

    from loti_dash import releases
    from loti_dash.selection import Selection, honoured
    from loti_dash.ui import filters, where

    store = releases.open_()
    asked = st.session_state.get("selection") or Selection(
        indicator=indicator,
        area=area,
        group=group,
        classification=classification,
        release=store.release,
    )
    selection, _ = honoured(asked, domain, store.catalogue, store.choices)
    filters.keep(selection)
    where.draw(store, selection)


@pytest.fixture
def drawn(home, monkeypatch):
    """Return a function that draws the part for an indicator, area and group."""
    monkeypatch.setenv("LOTI_HOME", str(home))

    def draw(indicator="homelessness_duty_owed", domain="housing", area=HACKNEY, **more):
        app = AppTest.from_function(
            part,
            kwargs={"group": "black", "classification": "5"}
            | {"indicator": indicator, "domain": domain, "area": area}
            | more,
        )
        app.default_timeout = 60
        return app.run()

    return draw


def captions(app):
    return "\n".join(each.value for each in app.caption)


def shown_as(app, shape, measure="ratio"):
    app.radio(key="where_shape").set_value(shape).run()
    if shape != "funnel":
        app.radio(key="where_measure").set_value(measure).run()
    assert not app.exception
    return app


def test_it_opens_with_dots_of_ratios_and_a_title_that_is_the_message(drawn):
    app = drawn()
    assert not app.exception
    assert app.subheader[0].value.startswith("Black: higher rate than White in ")
    assert app.radio(key="where_shape").value == "dots"
    assert app.radio(key="where_measure").value == "ratio"


@pytest.mark.parametrize("shape", ["dots", "map", "tiles"])
@pytest.mark.parametrize("measure", ["ratio", "rate", "excess", "sure"])
def test_every_shape_has_every_measure_and_a_table(drawn, shape, measure):
    app = shown_as(drawn(), shape, measure)
    table = tables(app)[0]
    boroughs = set(table.index) - {"London"}
    assert len(boroughs) == 33
    assert "London" in table.index or shape != "dots" or measure == "excess"


def test_the_credits_travel_with_the_map_and_with_the_tiles(drawn):
    app = drawn()
    assert "Contains OS data © Crown copyright" in captions(shown_as(app, "map"))
    assert "After the Flood Ltd." in captions(shown_as(app, "tiles"))


def test_the_funnel_has_a_table_of_its_own_and_no_choice_of_measure(drawn):
    app = shown_as(drawn(), "funnel")
    assert [radio.key for radio in app.radio] == ["where_shape"]
    assert "95% limits" in tables(app)[0].columns
    assert "lies further from London's" in app.subheader[0].value


def test_a_borough_that_is_typed_becomes_the_area_of_the_page_and_of_its_address(drawn):
    app = drawn()
    (choice,) = app.selectbox
    assert choice.label == "Go to a borough"
    assert choice.value == HACKNEY
    choice.set_value(LAMBETH).run()
    assert not app.exception
    assert app.query_params["area"] == LAMBETH
    assert app.session_state["selection"].area == LAMBETH
    assert app.selectbox[0].value == LAMBETH


def test_what_was_chosen_to_look_at_stays_when_the_borough_changes(drawn):
    app = shown_as(drawn(), "map", "rate")
    app.selectbox[0].set_value(LAMBETH).run()
    assert app.radio(key="where_shape").value == "map"
    assert app.radio(key="where_measure").value == "rate"


def test_a_city_that_is_joined_to_its_neighbour_is_not_offered_by_itself(drawn):
    app = drawn("looked_after_children", "care", WESTMINSTER)
    names = app.selectbox[0].options
    assert "Westminster with City of London" in names
    assert "City of London" not in names


def test_police_forces_have_dots_only_and_the_reason(drawn):
    app = drawn("prosecution_to_conviction", "justice", "E23000001")
    assert not app.exception
    assert [radio.key for radio in app.radio] == ["where_measure"]
    assert not app.selectbox
    assert "published for police force areas" in captions(app)
    assert "not for boroughs, so there is no map" in captions(app)


def test_of_figures_of_the_nation_alone_there_is_nothing_to_draw_and_that_is_said(drawn):
    app = drawn("child_custody", "justice", "K04000001")
    assert not app.exception
    assert not app.subheader
    assert not app.radio
    assert "published for whole countries, not for boroughs" in app.markdown[-1].value


def test_where_there_are_only_counts_there_is_nothing_to_choose_but_the_borough(drawn):
    app = drawn(group="black_african", classification="19")
    assert not app.exception
    assert not app.radio
    assert "No area has a ratio here, so there is no chart." in captions(app)
    assert len(tables(app)) == 1
    assert app.selectbox[0].label == "Go to a borough"


def test_whichever_borough_is_opened_that_one_is_bold_and_no_other(drawn):
    for area, name in ((HACKNEY, "Hackney"), (LAMBETH, "Lambeth"), ("E12000007", "London")):
        app = drawn(area=area)
        chart = json.loads(app.get("plotly_chart")[0].proto.spec)
        labels = chart["layout"]["yaxis"]["ticktext"]
        assert [label for label in labels if "<b>" in label] == [f"<b>{name}</b>"]
        assert "In bold: the area looked at." in captions(app)
