"""What benchmarks measure with: servers of their own, visitors without a browser, more figures."""

import pandas as pd
import pytest

from loti_dash import grown, record_yardstick, serving
from loti_dash.agents import OPTIONS, load, visitor
from loti_dash.bench.records import replicated
from loti_dash.errors import LotiError
from loti_dash.store import Store

PAGE = """import streamlit as st

st.session_state.setdefault("drawn", 0)
st.session_state["drawn"] += 1
st.header(f"Drawn {st.session_state['drawn']} times for {st.query_params.get('who', 'nobody')}")
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    page = serving.script(tmp_path_factory.mktemp("page"), PAGE)
    with serving.served(page, *OPTIONS) as served:
        yield served


def said(answer):
    return str(answer.document["tree"])


def test_a_visitor_has_one_visit_and_another_visitor_another(server):
    first, second = visitor(server.address), visitor(server.address)

    assert "Drawn 1 times for nobody" in said(first())
    assert "Drawn 2 times for Ada" in said(first("", {"who": "Ada"}))
    assert "Drawn 1 times" in said(second())
    again = first()
    assert again.seconds > 0
    assert again.size > 100


def test_many_visitors_at_once_are_counted_and_timed(server):
    busy = server.processor_seconds()
    visitors = [visitor(server.address) for _ in range(3)]

    stood = load(visitors, 0.5)

    assert len(stood.answers) >= 3
    assert 0 < min(stood.answers) <= stood.late <= max(stood.answers)
    assert stood.throughput == len(stood.answers) / stood.seconds
    assert server.processor_seconds() >= busy
    assert server.memory() > 1e7


def test_a_page_that_fails_is_no_answer(server):
    ask = visitor(server.address)

    with pytest.raises(LotiError, match="no_such_page"):
        ask("no_such_page")
    with pytest.raises(LotiError, match="1 of 1 visitors"):
        load([lambda: ask("no_such_page")], 0.2)


def test_a_grown_release_has_the_real_figures_and_as_many_more(release, tmp_path):
    twice = Store(grown.release(tmp_path, 2))
    id_ = "homelessness_duty_owed"

    both = twice.query("counts", indicators=[], periods=[], level="5", viewer_areas=[])
    once = release.query("counts", indicators=[], periods=[], level="5", viewer_areas=[])

    assert len(both) == 2 * len(once)
    of = {
        name: twice.query("counts_of", indicator=name, period="", level="5", viewer_areas=[])
        for name in (id_, f"{id_}_copy_2")
    }
    real = release.query("counts_of", indicator=id_, period="", level="5", viewer_areas=[])
    for found in of.values():
        assert found["numerator"].to_list() == pytest.approx(
            real["numerator"].to_list(), nan_ok=True
        )
    assert twice.catalogue.indicators[f"{id_}_copy_2"].domain == grown.DOMAIN
    assert len(twice.choices_of("housing")) == len(release.choices_of("housing"))


def test_months_are_written_again_and_again(tmp_path):
    months = [tmp_path / "a.csv", tmp_path / "b.csv"]
    months[0].write_text("Type,Date\nx,1\ny,2\n")
    months[1].write_text("Type,Date\nz,3")
    to = [tmp_path / "to_a.csv", tmp_path / "to_b.csv"]

    assert replicated(months, to, 9) == 9

    assert to[0].read_text() == "Type,Date\n" + "x,1\ny,2\n" * 3
    assert to[1].read_text() == "Type,Date\n" + "z,3\n" * 3
    record_yardstick.scan(to, ["Type", "Date"])
    assert record_yardstick.counted_by_pandas(to, ["Type", "Date"], ["Type"]) == 3
    table = pd.read_csv(to[0])
    table.to_parquet(tmp_path / "a.parquet")
    assert record_yardstick.counted_by_pandas([tmp_path / "a.parquet"], ["Type"], ["Type"]) == 2


def test_no_copy_of_a_month_that_is_moved_is_like_another(tmp_path):
    month, to = tmp_path / "a.csv", tmp_path / "to.csv"
    month.write_text("Date,N,E,Type\n2018-04-30T22:59:59+00:00,51.5,-0.1,x\n")

    assert replicated([month], [to], 2, moved=True) == 2

    assert to.read_text().splitlines() == [
        "Date,N,E,Type",
        "2018-04-30T22:59:59.000+00:00,51.500,-0.1,x",
        "2018-04-30T22:59:59.001+00:00,51.501,-0.1,x",
    ]
