"""Areas as dots: the value measured, its interval, and by shape whether a difference is clear."""

import plotly.graph_objects as go
import pytest
from copy_lint import offences
from tables import comparison

from loti_dash.charts.measures_of_areas import dots, how_to_read

HACKNEY = "E09000012"
HEAD = "area_code | group_code | numerator | rate | rate_low | rate_high | ratio | ratio_low"
MORE = "ratio_high | excess | excess_low | excess_high | q_value | robust_to_unknown | status"
BLACK = f"""
    {HEAD} | {MORE}
    E09000012 | black | 340 | 15.1|13.6|16.8 | 5.4|4.4|6.7 | 290|257|330 | 0    | true  | ok
    E09000003 | black |  90 |  4.2| 3.4| 5.1 | 1.4|1.1|1.8 |  25|  6| 44 | 0.08 | true  | ok
    E09000007 | black |  60 |  3.0| 2.3| 3.9 | 1.1|0.8|1.5 |   5|-12| 20 | 0.5  | true  | ok
    E09000022 | black |  44 |  2.0| 1.4| 2.6 | 0.6|0.4|0.8 | -30|-50| -9 | 0.01 | false | ok
    E09000029 | black |   - |    -|   -|   - |   -|  -|  - |   -|  -|  - |   -  | none |suppressed
"""
MEASURES = ["rate", "excess", "sure"]


def chart(measure, selected=HACKNEY):
    return dots(comparison(BLACK), measure, selected, 1_000)


def ends(found):
    return found["layout"]["yaxis2"]["ticktext"]


def drawn(found):
    return [trace for trace in found["data"] if "error_x" in trace]


def test_every_row_ends_in_its_value_or_in_the_reason_for_none():
    assert ends(chart("rate")) == [
        "15.1 (13.6 to 16.8)",
        "4.2 (3.4 to 5.1)",
        "3.0 (2.3 to 3.9)",
        "2.0 (1.4 to 2.6)",
        "[c] withheld",
    ]
    assert ends(chart("excess"))[0] == "290 (257 to 330)"
    assert ends(chart("excess"))[3] == "-30 (-50 to -9)"
    assert ends(chart("sure")) == [
        *("higher", "higher [1]", "cannot tell", "cannot tell [2]", "[c] withheld")
    ]


@pytest.mark.parametrize("measure", MEASURES)
def test_what_is_clear_is_told_by_shape(measure):
    others, own = drawn(chart(measure))
    assert own["marker"]["symbol"] == ["circle"]
    assert others["marker"]["symbol"] == ["circle", "circle-open", "diamond-open"]
    assert own["y"] == [0]
    assert others["y"] == [1, 2, 3]
    assert own["marker"]["size"] > others["marker"]["size"]


def test_lines_reach_to_the_limits():
    _, own = drawn(chart("excess"))
    assert own["x"] == [290]
    assert own["error_x"]["array"] == [40]
    assert own["error_x"]["arrayminus"] == [33]


def test_the_axes_begin_where_they_must():
    assert chart("rate")["layout"]["xaxis"]["range"][0] == 0
    low, high = chart("excess")["layout"]["xaxis"]["range"]
    assert low < -50
    assert high > 330
    (line,) = chart("excess")["layout"]["shapes"]
    assert line["x0"] == line["x1"] == 0
    assert "same rate as White" in chart("excess")["layout"]["annotations"][0]["text"]
    assert chart("sure")["layout"]["xaxis"]["type"] == "log"


@pytest.mark.parametrize("measure", MEASURES)
def test_how_to_read_explains_what_is_drawn(measure):
    rows = comparison(BLACK)
    said = how_to_read(rows, measure, HACKNEY)
    assert "95% interval" in said
    assert "Open symbol" in said
    assert "In bold" in said
    assert not offences(said)
    assert "Open symbol" not in how_to_read(rows.iloc[:2], measure, HACKNEY)
    assert "In bold" not in how_to_read(rows.iloc[1:2], measure, HACKNEY)
    assert how_to_read(rows.iloc[4:], measure, HACKNEY) == ""


@pytest.mark.parametrize("measure", MEASURES)
def test_without_any_value_there_is_no_chart(measure):
    assert dots(comparison(BLACK).iloc[4:], measure, HACKNEY, 1_000) is None


@pytest.mark.parametrize("measure", MEASURES)
def test_plotly_finds_nothing_to_object_to(measure):
    made = chart(measure)

    assert len(go.Figure(made).data) == len(made["data"])


def test_names_and_values_fit_on_a_phone_and_rows_are_as_high_as_their_words():
    rows = comparison(BLACK)
    rows["area"] = ["Kingston upon Thames", "Barnet", "Croydon", "Lewisham", "Richmond"]
    rows.loc[0, ["excess", "excess_low", "excess_high"]] = [-12_340, -13_200, -11_480]
    found = dots(rows.assign(numerator=12), "excess", HACKNEY, 1_000)

    names = found["layout"]["yaxis"]["ticktext"]
    assert names[0] == "<b>Kingston upon<br>Thames</b>"
    assert ends(found)[:2] == ["-12,340<br>(-13,200 to -11,480)<br>[u]", "25 (6 to 44) [u]"]
    # Three lines below one, of 20 pixels each.
    assert found["layout"]["height"] - 110 >= 5 * 42
