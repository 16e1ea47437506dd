"""The page of processes, opened through the router as readers open it."""

import pytest
from shown import tables
from streamlit.testing.v1 import AppTest

from loti_dash import config

ROUTER = config.ROOT / "loti_dash" / "ui" / "router.py"
PROCESSES = "children adults searches social_workers homelessness".split()
LONDON, HACKNEY, NATION = "E12000007", "E09000012", "K04000001"


@pytest.fixture
def app(home, monkeypatch):
    monkeypatch.setenv("LOTI_HOME", str(home))
    return AppTest.from_file(str(ROUTER), default_timeout=60).run()


def opened(app, **address):
    app.switch_page("../../pages/stages.py")
    app.query_params.clear()
    app.query_params.update(address)
    return app.run()


def words(app):
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "text", "error")
    return "\n".join(each.value for kind in kinds for each in getattr(app, kind))


@pytest.mark.parametrize("process", PROCESSES)
def test_every_process_opens_and_shows_each_step_as_a_row(app, process):
    for area in ("", LONDON, HACKNEY, "E09000001"):
        opened(app, process=process, **({"area": area} if area else {}))

        assert not app.exception
        assert not app.error
        assert app.query_params["process"] == process
        by_step, by_group = tables(app)[:2]
        assert len(by_group) == 5 * len(by_step)
        assert "no evidence of fairness: those selected differ" in words(app)
        assert "The ratios of steps are not multiplied." in words(app)


def test_the_address_holds_every_choice(app):
    opened(app, process="homelessness", area=HACKNEY)

    kept = dict(app.query_params)
    assert kept.keys() == {"process", "area", "period", "group", "reference", "release"}
    for field in kept.keys() - {"release"}:
        assert app.selectbox(key=field).value == kept[field]


def test_choices_act_on_show_and_another_process_opens_at_its_own_place_and_time(app):
    opened(app, process="children")

    app.selectbox(key="process").select("searches")
    app.run()
    assert app.query_params["process"] == "children"

    app.selectbox(key="process").select("searches")
    app.button[0].click().run()
    assert app.query_params["process"] == "searches"
    assert app.query_params["area"] == LONDON
    assert not app.info


def test_codes_there_are_not_are_named_and_the_nearest_is_shown(app):
    opened(app, **dict.fromkeys(["process", "area", "period", "group", "reference"], "nonsense"))

    assert not app.exception
    assert len(app.info) == 5
    assert app.query_params["area"] == NATION


def test_an_indicator_in_the_address_opens_the_process_it_is_a_step_of(app):
    opened(app, indicator="temporary_accommodation")

    assert app.query_params["process"] == "homelessness"


def test_where_a_ratio_would_mislead_the_page_says_so_and_draws_no_chart(app):
    opened(app, process="children", area=LONDON)

    assert "Ethnicity is unknown for 54% of arrests of children in London" in words(app)
    assert "No step has a ratio here, so there is no chart." in words(app)
    assert not app.get("plotly_chart")


def test_what_stands_in_the_place_of_a_finding_is_not_a_caution_too(app):
    opened(app, process="searches", area="E09000001")

    box = next(each.value for each in app.markdown if "Before you use this" in each.value)
    assert "about 8,600 residents" in app.header[0].value
    assert "about 8,600 residents" not in box
    assert "So no rate and no ratio is shown here: only the counts." in words(app)


def test_a_group_is_kept_on_the_next_page(app):
    opened(app, process="homelessness", area=HACKNEY, group="mixed")

    app.switch_page("../../pages/housing.py")
    app.query_params.clear()
    app.run()

    assert (app.query_params["area"], app.query_params["group"]) == (HACKNEY, "mixed")
    assert not app.info
