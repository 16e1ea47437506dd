"""The chart of areas: every area has a row with words, and none is ranked."""

import json

import plotly.graph_objects as go
import pytest
from copy_lint import offences
from tables import CATALOGUE, comparison

from loti_dash.charts import theme
from loti_dash.charts.areas import alike, how_to_read, in_order, marked, place
from loti_dash.charts.forest import forest

HACKNEY, CITY = "E09000012", "E09000001"
BLACK = """
    area_code | group_code | ratio | ratio_low | ratio_high | status
    E09000022 | black      |  9.31 |      7.50 |      11.60 | ok
    E09000012 | black      |  5.41 |      4.38 |       6.68 | ok
    E12000007 | black      |  4.75 |      4.60 |       4.90 | ok
    E09000002 | black      |     - |         - |          - | suppressed
    E09000001 | black      |     - |         - |          - | not_available
"""
LONDON_AND_BOROUGHS = [
    "E12000007",
    *(code for code in CATALOGUE.areas if code.startswith("E09")),
]


def labels(chart, axis="yaxis"):
    return [text.replace("<br>", " ") for text in chart["layout"][axis]["ticktext"]]


def plain(chart):
    return [label.removeprefix("<b>").removesuffix("</b>") for label in labels(chart)]


def chart(rows, selected=HACKNEY):
    rows = in_order(rows)
    found = alike(rows)
    return found and marked(found, place(rows["area_code"].tolist(), selected))


def test_london_comes_first_and_boroughs_by_name_whatever_their_ratio():
    assert plain(chart(comparison(BLACK))) == [
        "London",
        "Barking and Dagenham",
        "City of London",
        "Hackney",
        "Lambeth",
    ]


def test_every_row_ends_in_its_value_or_in_the_reason_for_none():
    assert labels(chart(comparison(BLACK)), "yaxis2") == [
        "4.8 (4.6 to 4.9)",
        "[c] withheld",
        "[x] not available",
        "5.4 (4.4 to 6.7)",
        "9.3 (7.5 to 11.6)",
    ]


def test_london_and_33_areas_lose_no_row():
    drawn = "\n".join(f"{code} | black | 1.4 | 1.1 | 1.8" for code in LONDON_AND_BOROUGHS)
    rows = comparison(f"area_code | group_code | ratio | ratio_low | ratio_high\n{drawn}")
    found = chart(rows)
    assert sorted(plain(found)) == sorted(rows["area"])
    assert len(plain(found)) == 34
    dots = [place for trace in found["data"] if "error_x" in trace for place in trace["y"]]
    assert sorted(dots) == list(range(34))


def test_the_area_looked_at_is_told_by_weight_and_size_not_by_colour_alone():
    found = json.dumps(chart(comparison(BLACK)))
    for colour in (theme.CLEAR, theme.OTHERS):
        found = found.replace(colour, "#777777")
    grey = json.loads(found)
    assert [label for label in labels(grey) if label.startswith("<b>")] == ["<b>Hackney</b>"]
    others, own = (trace for trace in grey["data"] if "error_x" in trace)
    assert own["y"] == [3]
    assert own["marker"]["size"] > others["marker"]["size"]


def test_what_is_clear_is_told_by_shape_as_in_the_chart_of_groups():
    rows = comparison(
        """
        area_code | group_code | ratio | ratio_low | ratio_high | robust_to_unknown
        E09000012 | black      |   5.4 |       4.4 |        6.7 | true
        E09000022 | black      |   1.2 |       0.7 |        1.9 | true
        E09000025 | black      |   1.7 |       1.1 |        2.8 | false
        """
    )
    of_areas = [trace["marker"]["symbol"] for trace in chart(rows)["data"] if "error_x" in trace]
    of_groups = [trace["marker"]["symbol"] for trace in forest(rows)["data"] if "error_x" in trace]
    assert of_areas == [["circle-open", "diamond-open"], ["circle"]]
    assert of_groups == [["circle"], ["circle-open", "diamond-open"]]


def test_how_to_read_explains_what_is_drawn_and_the_marks_on_values():
    rows = comparison(BLACK, numerator=19)
    said = how_to_read(rows)
    assert "[u] unreliable" in said  # the table, which explains it too, is folded away
    assert "[u]" not in how_to_read(comparison(BLACK, numerator=50))
    assert "pale band" not in said
    assert "Open" not in said
    assert not offences(said)


def test_intervals_are_drawn_from_limit_to_limit_and_said_beside_their_dots():
    found = chart(comparison(BLACK))
    drawn = {}
    for trace in found["data"][:2]:
        error = trace["error_x"]
        for n, row in enumerate(trace["y"]):
            x = trace["x"][n]
            low, high = x - error["arrayminus"][n], x + error["array"][n]
            drawn[plain(found)[row]] = (low, x, high)
            assert trace["customdata"][n].startswith(f"Black, {plain(found)[row]}: ")
    assert drawn.keys() == {"London", "Hackney", "Lambeth"}
    assert drawn["London"] == pytest.approx((4.60, 4.75, 4.90))
    assert drawn["Hackney"] == pytest.approx((4.38, 5.41, 6.68))
    assert drawn["Lambeth"] == pytest.approx((7.50, 9.31, 11.60))


def test_an_area_that_has_no_ratio_may_be_looked_at():
    found = chart(comparison(BLACK), CITY)
    assert "<b>City of London</b>" in labels(found)
    go.Figure(found)


def test_without_any_ratio_there_is_no_chart():
    assert chart(comparison("area_code | group_code\nE12000007 | black")) is None


def test_the_group_compared_with_has_no_chart_of_areas():
    rows = comparison("area_code | group_code\nE12000007 | white\nE09000012 | white")
    assert chart(rows) is None


def test_rows_in_order_keep_their_columns_and_their_number():
    rows = comparison(BLACK)
    found = in_order(rows)
    assert list(found.columns) == list(rows.columns)
    assert sorted(found.index) == list(rows.index)


def test_plotly_finds_nothing_to_object_to():
    made = chart(comparison(BLACK))

    assert len(go.Figure(made).data) == len(made["data"])
