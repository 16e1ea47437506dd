"""The part of a page on change: a reader chooses two periods, and only the sentence follows."""

import pytest
from shown import tables
from streamlit.testing.v1 import AppTest

HACKNEY = "E09000012"


def page(folder, indicator, area, reference="white"):
    """Draw the part for a selection, as a page does."""
    from pathlib import Path

    from loti_dash import releases
    from loti_dash.selection import Selection, honoured
    from loti_dash.store import Store
    from loti_dash.ui import since

    store = Store(Path(folder) / f"{releases.current_name(Path(folder))}.duckdb")
    asked = Selection(indicator=indicator, area=area, reference=reference, release=store.release)
    domain = store.catalogue.indicators[indicator].domain
    selection, _ = honoured(asked, domain, store.catalogue, store.choices)
    since.draw(store, selection)


@pytest.fixture
def opened(home):
    def open_(*what):
        args = (str(home / "releases"), *what)
        app = AppTest.from_function(page, default_timeout=60, args=args).run()
        assert not app.exception
        return app

    return open_


def test_it_opens_with_the_newest_and_the_earliest_since_the_last_break(opened):
    app = opened("homelessness_duty_owed", HACKNEY)

    first, last = app.selectbox
    assert (first.value, last.value) == ("2021-Q3", "2025-Q3")
    assert len(first.options) == 25
    [said] = app.subheader
    assert said.value.startswith("Between July to September 2021 and July to September 2025 ")
    assert "Black households in Hackney, compared with White households" in said.value


def test_two_periods_that_a_reader_chooses_are_compared_and_a_break_is_said(opened):
    app = opened("homelessness_duty_owed", HACKNEY)

    app.selectbox[0].set_value("2023-Q1").run()
    assert app.subheader[0].value.startswith("Between January to March 2023 and July to September")
    app.selectbox[0].set_value("2018-Q3").run()

    assert not app.exception
    assert app.subheader[0].value.startswith(
        "July to September 2018 and July to September 2025 cannot be compared: there is a break "
        "between them."
    )
    assert "No figures by ethnicity were published for April 2019 to June 2020." in (
        app.markdown[0].value
    )


def test_years_of_results_are_not_compared_until_a_reader_chooses_two(opened):
    app = opened("key_stage_4_english_and_maths", HACKNEY)

    assert [box.value for box in app.selectbox] == [None, None]
    assert "There is no other period with a ratio since the break" in app.subheader[0].value
    app.selectbox[0].set_value("2018-19")
    app.selectbox[1].set_value("2021-22").run()
    assert "cannot be compared" in app.subheader[0].value


def test_one_period_has_no_choice_no_chart_and_no_table(opened):
    app = opened("home_ownership", HACKNEY)

    assert app.subheader[0].value == (
        "There are figures for one period only, Census Day, 21 March 2021, so there is no change "
        "to tell."
    )
    assert not app.selectbox
    assert not tables(app)


def test_breaks_and_their_reasons_stand_below_the_table(opened):
    app = opened("homelessness_duty_owed", HACKNEY)

    [table] = tables(app)
    signed = [label for label in table.index if label.endswith("[b]")]
    assert signed == ["July to September 2020 [b]", "July to September 2021 [b]"]
    for label in signed:
        assert f"[b] Break in the series from {label.removesuffix(' [b]')}:" in (
            app.markdown[-1].value
        )


def test_where_no_ratio_is_shown_nothing_is_compared(opened):
    app = opened("stop_and_search", "E09000001")

    assert app.subheader[0].value == (
        "For Black people in the City of London there is no ratio in any period."
    )
    assert "ratio" not in " ".join(tables(app)[0]["Black"])
    assert set(tables(app)[0]["Black"]) == {"[x]"}
