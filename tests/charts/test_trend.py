"""The chart of change: a panel for each group, lines that stop, and shapes that tell evidence."""

import json
import math

import plotly.graph_objects as go
import pytest
from tables import CATALOGUE, comparison

from loti_dash.charts import theme
from loti_dash.charts.trend import how_to_read, trend
from loti_dash.over_time import in_order

INDICATOR = CATALOGUE.indicators["homelessness_duty_owed"]
ROWS = comparison(
    """
    period  | group_code | numerator | ratio | ratio_low | ratio_high | status     | robust_to_unknown
    2021-Q1 | asian      |       400 |   1.1 |       0.8 |        1.4 | ok         | false
    2021-Q1 | black      |       400 |   3.0 |       2.5 |        3.6 | ok         | true
    2021-Q1 | white      |       400 |     - |         - |          - | ok         | none
    2021-Q2 | asian      |       400 |   1.2 |       0.9 |        1.5 | ok         | false
    2021-Q2 | black      |       400 |   3.2 |       2.7 |        3.9 | ok         | true
    2021-Q2 | white      |       400 |     - |         - |          - | ok         | none
    2021-Q3 | asian      |         - |     - |         - |          - | suppressed | none
    2021-Q3 | black      |       400 |   4.0 |       3.3 |        4.8 | ok         | true
    2021-Q3 | white      |       400 |     - |         - |          - | ok         | none
    2021-Q4 | asian      |        12 |   1.4 |       0.7 |        2.8 | ok         | false
    2021-Q4 | black      |       400 |   4.2 |       3.5 |        5.0 | ok         | true
    2021-Q4 | white      |       400 |     - |         - |          - | ok         | none
    """  # noqa: E501 (a drawn table)
).assign(segment=[1, 1, 0, 1, 1, 0, 0, 2, 0, 2, 2, 0])
PERIODS = in_order(CATALOGUE, INDICATOR, ROWS["period"])
BREAKS = [PERIODS[2]]


def drawn(rows=ROWS, breaks=BREAKS, focus="black"):
    return trend(rows, PERIODS, breaks, focus)


def lines(chart, axis):
    return next(t for t in chart["data"] if t["yaxis"] == axis and t["mode"] == "lines")


def words(chart):
    return [each["text"].replace("<br>", " ") for each in chart["layout"]["annotations"]]


def many_quarters():
    quarters = [f"{year}-Q{n}" for year in range(2019, 2026) for n in (1, 2, 3, 4)]
    one = ROWS[ROWS["group_code"] == "black"].iloc[[0]]
    rows = one.loc[one.index.repeat(len(quarters))].assign(period=quarters, segment=1)
    return rows, [CATALOGUE.period(INDICATOR, id_) for id_ in quarters]


def test_each_group_has_a_panel_with_its_name_and_newest_ratio_and_the_reference_has_none():
    chart = drawn()

    assert "Asian 1.4 (0.7 to 2.8) [u]" in words(chart)
    assert "<b>Black</b> 4.2 (3.5 to 5.0)" in words(chart)
    assert not [each for each in words(chart) if each.startswith("White")]
    assert sorted(key for key in chart["layout"] if key.startswith("yaxis")) == ["yaxis", "yaxis2"]
    asian, black = chart["layout"]["yaxis"], chart["layout"]["yaxis2"]
    assert asian["domain"][0] > black["domain"][1], "one below the other, in the order given"
    assert asian["range"] == black["range"]
    go.Figure(chart)


def test_a_line_stops_at_a_break_and_at_a_missing_figure():
    chart = drawn()

    assert lines(chart, "y")["y"] == [None, 1.1, 1.2, None, None, 1.4]
    assert lines(chart, "y2")["y"] == [None, 3.0, 3.2, None, 4.0, 4.2]
    assert not any(trace.get("connectgaps") for trace in chart["data"])


def test_a_ratio_of_0_which_no_log_scale_has_stops_a_line_too():
    rows = ROWS.copy()
    rows.loc[(rows["period"] == "2021-Q4") & (rows["group_code"] == "black"), "ratio"] = 0.0

    assert lines(drawn(rows), "y2")["y"] == [None, 3.0, 3.2, None, 4.0, None]
    assert how_to_read(rows, BREAKS).count("Cross at the foot") == 1


def test_a_missing_figure_is_a_cross_at_the_foot_of_its_panel():
    chart = drawn()
    foot = chart["layout"]["yaxis"]["range"][0]

    crosses = {
        t["yaxis"]: t for t in chart["data"] if t.get("marker", {}).get("symbol") == "x-thin-open"
    }
    [height] = crosses["y"]["y"]
    assert crosses["y"]["x"] == ["2021-08-15"]
    assert foot < math.log10(height) < foot + 0.1 * (chart["layout"]["yaxis"]["range"][1] - foot)
    assert crosses["y2"]["x"] == []


def test_evidence_is_told_by_shape_and_not_by_colour_alone():
    found = json.dumps(drawn())
    for colour in (theme.CLEAR, theme.UNCLEAR, theme.OTHERS):
        found = found.replace(colour, "#777777")
    dots = [t for t in json.loads(found)["data"] if "error_y" in t]

    symbols = {t["yaxis"]: set() for t in dots}
    for trace in dots:
        symbols[trace["yaxis"]] |= set(trace["marker"]["symbol"])
    assert symbols == {"y": {"circle-open"}, "y2": {"circle"}}


def test_intervals_are_lines_from_limit_to_limit():
    black = next(t for t in drawn()["data"] if t["yaxis"] == "y2" and "error_y" in t and t["y"])

    high = [y + up for y, up in zip(black["y"], black["error_y"]["array"], strict=True)]
    low = [y - down for y, down in zip(black["y"], black["error_y"]["arrayminus"], strict=True)]
    assert high == pytest.approx([3.6, 3.9, 4.8, 5.0])
    assert low == pytest.approx([2.5, 2.7, 3.3, 3.5])


def test_a_break_is_a_line_with_its_word_half_way_between_two_periods():
    chart = drawn()

    [line] = [each for each in chart["layout"]["shapes"] if each["xref"] == "x"]
    [word] = [each for each in chart["layout"]["annotations"] if each["text"] == "break"]
    assert line["x0"] == line["x1"] == word["x"]
    assert "2021-05-16" < line["x0"] < "2021-08-15"
    assert "break" not in words(drawn(breaks=[]))
    assert "Upright dashes" not in how_to_read(ROWS, [])


def test_words_of_breaks_that_are_close_stand_on_two_lines():
    rows, periods = many_quarters()

    chart = trend(rows, periods, [periods[3], periods[5], periods[7], periods[20]], "black")

    ups = [each["yshift"] for each in chart["layout"]["annotations"] if each["text"] == "break"]
    assert ups == [0, 20, 0, 0]


def test_parity_is_a_line_in_each_panel_with_words_that_name_the_reference():
    chart = drawn()

    parity = [each for each in chart["layout"]["shapes"] if each["yref"].startswith("y")]
    assert [each["y0"] for each in parity] == [each["y1"] for each in parity] == [1, 1]
    assert "Dotted line: same rate as White" in words(chart)


def test_many_periods_have_few_labels_each_horizontal():
    rows, periods = many_quarters()

    axis = trend(rows, periods, [], "black")["layout"]["xaxis"]

    assert len(axis["ticktext"]) <= 4
    assert axis["ticktext"][0] == "Jan–Mar<br>2019"
    assert axis["ticktext"][-1] == "Oct–Dec<br>2025"
    assert axis["tickangle"] == 0
    low, high = axis["range"]
    assert low < axis["tickvals"][0] < axis["tickvals"][-1] < high


def test_a_very_wide_interval_does_not_flatten_all_others():
    rows = ROWS.copy()
    rows.loc[9, ["ratio_low", "ratio_high"]] = [0.001, 900.0]

    low, high = drawn(rows)["layout"]["yaxis"]["range"]

    assert low > math.log10(0.1)
    assert high < math.log10(40)


def test_fewer_than_two_periods_with_a_ratio_are_no_chart():
    assert trend(ROWS[ROWS["period"] == "2021-Q1"], PERIODS[:1], [], "black") is None
    assert drawn(ROWS.assign(ratio=float("nan"))) is None


def test_only_what_is_drawn_is_explained():
    text = how_to_read(ROWS, BREAKS)

    assert "Open dot: we cannot tell whether it is higher or lower." in text
    assert "Upright dashes: a break, across which periods cannot be compared." in text
    assert "Cross at the foot" in text
    assert "[u] unreliable" in text
    plain = how_to_read(ROWS[(ROWS["group_code"] == "black")], [])
    assert "Cross" not in plain
    assert "[u]" not in plain


def test_why_a_line_stops_where_recording_changed_is_said_and_only_there():
    steady = ROWS.assign(unknown_share=[0.05] * 6 + [0.14] * 6)
    moved = ROWS.assign(unknown_share=[0.05] * 6 + [0.15] * 6)

    assert "share of unknown ethnicity" not in how_to_read(steady, [])
    assert "moved by 10 points or more" in how_to_read(moved, [])
