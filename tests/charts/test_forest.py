"""The chart of groups: every group has a row with words, whatever is known of it."""

import json
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go
import pytest
from copy_lint import offences
from tables import CATALOGUE, comparison

from loti_dash.charts import theme
from loti_dash.charts.forest import forest, how_to_read
from loti_dash.charts.intervals import value
from loti_dash.tables import by_group

DUTIES = CATALOGUE.indicators["homelessness_duty_owed"]

HACKNEY = """
    group_code | ratio | ratio_low | ratio_high | ratio_if_unknown_low | ratio_if_unknown_high | status
    asian      |  1.15 |      0.70 |       1.89 |                 1.05 |                  1.40 | ok
    black      |  5.41 |      4.38 |       6.68 |                 5.00 |                  5.70 | ok
    mixed      |     - |         - |          - |                    - |                     - | suppressed
    white      |     - |         - |          - |                    - |                     - | ok
    other      |     - |         - |          - |                    - |                     - | not_available
"""  # noqa: E501 (a drawn table)
DETAILED = [group.code for group in CATALOGUE.groups if group.classification == "census_2021_19"]
POLICE = "police_self_16p1"


def labels(chart, axis="yaxis"):
    return [text.replace("<br>", " ") for text in chart["layout"][axis]["ticktext"]]


def dots(chart):
    """Return place and ratio of every dot that is drawn."""
    of = [trace for trace in chart["data"] if "error_x" in trace]
    return {place: x for trace in of for place, x in zip(trace["y"], trace["x"], strict=True)}


def symbols(chart):
    """Return place and shape of every dot that is drawn."""
    of = [trace for trace in chart["data"] if "error_x" in trace]
    return {
        place: symbol
        for trace in of
        for place, symbol in zip(trace["y"], trace["marker"]["symbol"], strict=True)
    }


def test_every_group_has_a_row_in_the_order_given_the_first_on_top():
    chart = forest(comparison(HACKNEY))
    assert labels(chart) == ["Asian", "Black", "Mixed", "White", "Other"]
    bottom, top = chart["layout"]["yaxis"]["range"]
    assert bottom > 4
    assert top < 0


def test_every_row_ends_in_its_value_or_in_the_reason_for_none():
    assert labels(forest(comparison(HACKNEY)), "yaxis2") == [
        "1.2 (0.7 to 1.9)",
        "5.4 (4.4 to 6.7)",
        "[c] withheld",
        "compared with",
        "[x] not available",
    ]


def test_dots_stand_in_the_rows_of_their_groups():
    assert dots(forest(comparison(HACKNEY))) == {0: 1.15, 1: 5.41}


def test_intervals_are_drawn_from_limit_to_limit():
    for trace in forest(comparison(HACKNEY))["data"][1:3]:
        (x,), error = trace["x"], trace["error_x"]
        low, high = x - error["arrayminus"][0], x + error["array"][0]
        limits = {1.15: (0.70, 1.89), 5.41: (4.38, 6.68)}
        assert (low, high) == pytest.approx(limits[x])


def test_the_band_is_where_unknowns_could_take_the_ratio():
    band = forest(comparison(HACKNEY))["data"][0]
    assert band["x"] == [1.05, 1.40, None, 5.00, 5.70, None]
    assert band["y"] == [0, 0, None, 1, 1, None]


def test_without_colours_groups_are_named_and_findings_told_apart():
    grey = json.loads(_grey(json.dumps(forest(comparison(HACKNEY)))))
    assert labels(grey) == ["Asian", "Black", "Mixed", "White", "Other"]
    assert symbols(grey) == {0: "circle-open", 1: "circle"}


@pytest.mark.parametrize(
    ("drawn", "robust"), [("black | 0.9 | 0.8 | 0.95", "false"), ("black | 3.6 | - | -", "none")]
)
def test_what_is_not_clear_has_neither_the_colour_nor_the_shape_of_a_finding(drawn, robust):
    rows = comparison(
        f"group_code | ratio | ratio_low | ratio_high\nasian | 1.2 | 0.7 | 1.9\n{drawn}",
        robust_to_unknown=robust,
    )
    chart = forest(rows)
    clear, unclear = chart["data"][1:3]
    assert clear["x"] == []
    assert unclear["y"] == [0, 1]
    assert unclear["marker"]["color"] == theme.UNCLEAR
    # Nor that of a group of which the interval alone says that we cannot tell.
    assert len({"circle", *symbols(chart).values()}) == 3


def test_19_groups_lose_no_row():
    drawn = "\n".join(f"{code} | 1.4 | 1.1 | 1.8" for code in DETAILED)
    rows = comparison(f"group_code | ratio | ratio_low | ratio_high\n{drawn}")
    chart = forest(rows)
    assert labels(chart) == rows["group"].to_list()
    assert len(labels(chart)) == 19


def test_no_label_touches_the_next():
    of_police = [group.code for group in CATALOGUE.groups if group.classification == POLICE]
    drawn = "\n".join(f"{code} | 1.4 | 1.1 | 1.8" for code in of_police)
    layout = forest(comparison(f"group_code | ratio | ratio_low | ratio_high\n{drawn}"))["layout"]
    room = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    bottom, top = layout["yaxis"]["range"]
    lines = [text.count("<br>") + 1 for text in layout["yaxis"]["ticktext"]]
    assert max(lines) == 3  # White Other including Traveller and Roma
    for one, other in pairwise(lines):
        assert 20 * (one + other) / 2 <= room / (bottom - top)


@pytest.mark.parametrize("status", ["ok", "suppressed", "not_available", "low_counts"])
def test_without_any_ratio_there_is_no_chart(status):
    rows = comparison("group_code\nblack\nwhite", status=status)
    assert forest(rows) is None


def test_a_ratio_of_0_has_a_value_and_no_dot_on_a_scale_without_0():
    rows = comparison(
        """
        group_code | ratio | ratio_low | ratio_high
        asian      |     0 |         0 |       0.40
        black      |   2.0 |       1.5 |        2.7
        """
    )
    chart = forest(rows)
    assert dots(chart) == {1: 2.0}
    assert labels(chart, "yaxis2")[0] == "0.0 (0.0 to 0.4) [u]"  # as wide as can be


def test_the_line_of_the_same_rate_carries_words():
    layout = forest(comparison(HACKNEY, reference_code="rest"))["layout"]
    (line,), (words,) = layout["shapes"], layout["annotations"]
    assert line["x0"] == line["x1"] == 1
    assert words["text"].replace("<br>", " ") == "same rate as all other ethnic groups combined"


@pytest.mark.parametrize(
    ("low", "high"), [(0.9, 1.1), (0.3, 3.0), (0.01, 0.02), (20, 100), (0.02, 90), (1, 500)]
)
def test_the_scale_shows_1_and_every_value_in_at_most_ten_plain_numbers(low, high):
    axis = theme.ratio_axis([low, high], "times")
    first, last = (10**end for end in axis["range"])
    assert first < low < high < last
    assert 1 in axis["tickvals"]
    assert 1 < len(axis["tickvals"]) <= 10
    assert "1" in axis["ticktext"]
    assert axis["tickangle"] == 0


def test_plotly_finds_nothing_to_object_to_and_no_text_is_small():
    chart = go.Figure(forest(comparison(HACKNEY)))
    sizes = [chart.layout.font.size, chart.layout.xaxis.tickfont.size]
    sizes += [chart.layout.yaxis.tickfont.size, chart.layout.annotations[0].font.size]
    assert min(sizes) >= 14
    assert chart.layout.paper_bgcolor == "#FFFFFF"


def test_a_limit_that_does_not_exist_leaves_the_value_without_an_interval():
    rows = comparison("group_code | ratio | ratio_low\nblack | 3.0 | 1.2")
    assert value(rows.iloc[0]) == "3.0"
    assert dots(forest(rows)) == {0: 3.0}


@pytest.mark.parametrize(
    ("numerator", "status", "mark"), [("19", "ok", "[u]"), ("50", "provisional", "[p]")]
)
def test_a_value_carries_the_same_mark_as_in_the_table(numerator, status, mark):
    rows = comparison(
        f"""
        group_code | numerator   | ratio | ratio_low | ratio_high | status
        black      | {numerator} |   1.7 |       1.1 |        2.8 | {status}
        """
    )
    assert labels(forest(rows), "yaxis2") == [f"1.7 (1.1 to 2.8) {mark}"]
    assert mark in by_group(rows, DUTIES).loc["Black", "Ratio"]


def test_how_to_read_explains_what_is_drawn_and_nothing_else():
    words = {
        "line": "95% interval",
        "band": "pale band",
        "filled": "Filled dot",
        "open": "Open dot",
        "diamond": "Open diamond",
        "square": "Open square",
    }

    def explained(rows):
        return {name for name, word in words.items() if word in how_to_read(rows)}

    rows = comparison(HACKNEY)
    assert explained(rows) == {"line", "band", "filled", "open"}
    assert explained(rows.assign(robust_to_unknown="false")) == {"line", "band", "diamond", "open"}
    assert explained(rows[rows["group_code"] == "black"]) == {"line", "band", "filled"}
    assert explained(comparison("group_code | ratio\nblack | 3.6")) == {"square"}
    assert how_to_read(comparison("group_code\nblack")) == ""


def test_its_words_are_fit_for_readers():
    rows = pd.concat([comparison(HACKNEY), comparison(HACKNEY, robust_to_unknown="false")])
    rows = pd.concat([rows, comparison("group_code | ratio\nblack | 3.6")])
    assert not offences(how_to_read(rows))
    # The numbers on a scale go in steps of 2, of 4 or more.
    assert "doubles" not in how_to_read(rows)


def _grey(chart):
    for colour in (theme.CLEAR, theme.UNCLEAR, theme.OTHERS, theme.BAND, theme.TEXT):
        chart = chart.replace(colour, "#777777")
    return chart
