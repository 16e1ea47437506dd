"""Compared with whom and where, as it is drawn: for a borough, for London, and where it is not."""

import pytest
from shown import tables
from streamlit.testing.v1 import AppTest

SCRIPT = """
from pathlib import Path
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import compared

store = Store(Path({path!r}))
compared.draw(store, Selection(*{view!r}, store.release))
"""


@pytest.fixture
def drawn(home, release):
    def draw(indicator, area, period, group="black", reference="white", level="5"):
        path = home / "releases" / f"{release.release}.duckdb"
        view = (indicator, area, period, group, reference, level)
        app = AppTest.from_string(SCRIPT.format(path=str(path), view=view), default_timeout=60)
        app.run()
        assert not app.exception
        return app

    return draw


def test_a_borough_is_drawn_with_whom_and_where(drawn):
    app = drawn("homelessness_duty_owed", "E09000012", "2025-Q3")
    titles = [each.value for each in app.subheader]
    assert titles[0] == "Black: a higher rate, whoever it is compared with"
    assert titles[1].startswith("Black: higher rate in Hackney than in the rest of London")
    assert titles[2].startswith("Black compared with White: higher ratio in Hackney than in")
    # Three charts, each with its rows as a table, and the table of neighbours.
    assert len(app.get("plotly_chart")) == 3
    assert len(tables(app)) == 4


def test_london_is_compared_with_whom_only(drawn):
    app = drawn("home_ownership", "E12000007", "2021", "asian")
    assert [each.value for each in app.subheader] == [
        "Asian: compared with White and White British the rate is lower; compared with all other "
        "ethnic groups combined and everybody of known ethnicity the rate is higher"
    ]
    assert len(tables(app)) == 1
    assert "A change of reference turns the conclusion round" in app.markdown[-1].value


@pytest.mark.parametrize(
    "view",
    [
        ("stop_and_search", "E09000001", "2018-04--2019-02"),
        ("social_workers", "E09000021", "2025"),
    ],
)
def test_where_no_ratio_is_shown_nothing_is_compared(drawn, view):
    app = drawn(*view)
    assert not app.subheader
    assert not tables(app)


def test_a_part_of_the_reference_is_compared_without_itself(drawn):
    app = drawn("stop_and_search", "E09000022", "2018-04--2019-02", "white_irish", level="19")
    assert any("the group itself is left out" in each.value for each in app.caption)
