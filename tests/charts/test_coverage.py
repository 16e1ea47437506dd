"""Charts of what is not known: every area a row with words, and the limit a line with words."""

import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from loti_dash.charts import theme
from loti_dash.charts.coverage import by_area, by_state, over_time
from loti_dash.periods import period

AREAS = pd.DataFrame(
    {
        "area_code": ["E12000007", "E09000002", "E09000012", "E09000022"],
        "area": ["London", "Barking and Dagenham", "Hackney", "Lambeth"],
        "share": [0.29, None, 0.41, 0.304],
        "set_share": [None, None, None, None],
        "status": ["ok", "suppressed", "ok", "ok"],
    }
).astype({"set_share": float})
MONTHS = ["2018-04", "2018-05", "2018-06", "2018-04--2018-06"]
TIME = pd.DataFrame({"share": [0.2, None, 0.4, 0.31], "set_share": [None] * 4}).astype(float)


def labels(chart, axis):
    return [text.replace("<br>", " ") for text in chart["layout"][axis]["ticktext"]]


def test_every_area_has_a_row_that_ends_in_its_share_or_in_why_there_is_none():
    chart = by_area(AREAS, "E09000012")

    assert labels(chart, "yaxis") == [
        "London",
        "Barking and Dagenham",
        "<b>Hackney</b>",
        "Lambeth",
    ]
    assert labels(chart, "yaxis2") == ["29%", "[c] withheld", "41%", "30.4%"]
    assert sorted(y for trace in chart["data"][:4] for y in trace["y"]) == [0, 2, 3]


def test_of_a_stage_the_set_is_told_by_shape_and_in_words():
    chart = by_area(AREAS.assign(set_share=0.5), "E09000012")

    symbols = {trace["marker"]["symbol"] for trace in chart["data"][:4] if trace["x"]}
    assert symbols == {"circle", "diamond-open"}
    assert labels(chart, "yaxis2")[0] == "29%, set 50%"


def test_the_area_looked_at_is_told_by_weight_and_size_not_by_colour_alone():
    found = json.dumps(by_area(AREAS, "E09000012"))
    for colour in (theme.CLEAR, theme.OTHERS):
        found = found.replace(colour, "#777777")
    grey = json.loads(found)

    others, own = (trace for trace in grey["data"][2:4])
    assert own["y"] == [2]
    assert own["marker"]["size"] > others["marker"]["size"]


@pytest.mark.parametrize("most", [0.05, 0.9])
def test_shares_begin_at_0_and_the_limit_is_drawn_with_its_words(most):
    for chart, axis in (
        (by_area(AREAS.assign(share=most), ""), "x"),
        (over_time(TIME.assign(share=most), [period(id_) for id_ in MONTHS], ""), "y"),
    ):
        low, high = chart["layout"][f"{axis}axis"]["range"]
        [line], [words] = chart["layout"]["shapes"], chart["layout"]["annotations"]
        assert low == 0
        assert high > max(most, 0.3)
        assert line[f"{axis}0"] == line[f"{axis}1"] == 0.3
        assert words["text"].endswith("more than 30%: no ratio")
        go.Figure(chart)


def test_a_period_without_a_share_is_a_gap_and_a_span_lies_over_its_months():
    chart = over_time(TIME, [period(id_) for id_ in MONTHS], "2018-06")
    line, span = chart["data"]

    assert line["y"] == [0.2, None, 0.4]
    assert line["x"] == ["2018-04-15", "2018-05-16", "2018-06-15"]
    assert line["marker"]["size"][2] > line["marker"]["size"][0]
    assert span["x"] == ["2018-04-01", "2018-06-30"]
    assert span["y"] == [0.31, 0.31]


def test_time_runs_forward_whatever_the_order_of_the_rows():
    backward = over_time(TIME.iloc[[2, 1, 0]], [period(id_) for id_ in MONTHS[2::-1]], "")

    assert backward["data"][0]["y"] == [0.2, None, 0.4]


def test_what_has_fewer_than_two_points_is_no_chart():
    assert over_time(TIME.iloc[:2], [period(id_) for id_ in MONTHS[:2]], "") is None
    assert by_area(AREAS.assign(share=float("nan")), "") is None
    one = pd.DataFrame({"state": ["Not known"], "share": [0.4]})
    assert by_state(one) is None


def test_reasons_have_a_bar_each_with_its_share_in_words():
    states = pd.DataFrame({"state": ["Not stated", "Not recorded"], "share": [0.36, 0.05]})
    chart = by_state(states)

    assert labels(chart, "yaxis") == ["Not stated", "Not recorded"]
    assert labels(chart, "yaxis2") == ["36%", "5.0%"]
    assert chart["data"][0]["x"] == [0.36, 0.05]
    go.Figure(chart)
