"""The chart of one figure beside others: every row has its words, and none is left to colour."""

import json

import plotly.graph_objects as go
from copy_lint import offences
from tables import comparison

from loti_dash.charts import theme
from loti_dash.charts.compared import compared, how_to_read

ROWS = """
    group_code | ratio | ratio_low | ratio_high | robust_to_unknown | status        | ratio_if_unknown_low | ratio_if_unknown_high
    black      |  1.37 |      1.22 |       1.53 | true              | ok            | 1.09                 | 1.41
    black      |     - |         - |          - | none              | not_available | -                    | -
    black      |  1.30 |      1.10 |       1.50 | false             | ok            | 0.80                 | 1.90
    black      |  1.10 |      0.90 |       1.30 | true              | ok            | 1.05                 | 1.20
"""  # noqa: E501 (a drawn table)
NAMES = ["The rest of London", "The rest of Inner London", "Neighbours", "Others"]


def chart():
    return compared(comparison(ROWS), NAMES, "times the rate there", "same rate as in Hackney")


def test_every_row_has_its_name_and_its_value_or_why_there_is_none():
    layout = chart()["layout"]
    names = [text.replace("<br>", " ") for text in layout["yaxis"]["ticktext"]]
    assert names == NAMES
    assert layout["yaxis2"]["ticktext"] == [
        "1.4 (1.2 to 1.5)",
        "[x] not available",
        "1.3 (1.1 to 1.5)",
        "1.1 (0.9 to 1.3)",
    ]


def test_what_is_clear_is_told_by_shape_not_by_colour_alone():
    grey = json.dumps(chart())
    for colour in (theme.CLEAR, theme.UNCLEAR):
        grey = grey.replace(colour, "#777777")
    clear, others = (trace for trace in json.loads(grey)["data"] if "error_x" in trace)
    assert (clear["y"], clear["marker"]["symbol"]) == ([0], ["circle"])
    assert (others["y"], others["marker"]["symbol"]) == ([2, 3], ["diamond-open", "circle-open"])


def test_a_dot_says_its_row_in_words():
    [clear, _] = [trace for trace in chart()["data"] if "error_x" in trace]
    assert clear["customdata"] == ["The rest of London: 1.4 (1.2 to 1.5) times the rate there"]


def test_how_to_read_says_what_a_dot_is_different_from():
    said = how_to_read(comparison(ROWS), "the place compared with")
    assert "Filled dot: clearly different from the place compared with." in said
    assert "pale band" in said
    assert not offences(said)


def test_without_any_ratio_there_is_no_chart():
    rows = comparison("group_code | status\nblack | suppressed")
    assert compared(rows, ["London"], "times the rate there", "same") is None


def test_plotly_finds_nothing_to_object_to():
    made = chart()

    assert len(go.Figure(made).data) == len(made["data"])
