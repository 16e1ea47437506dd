"""The chart of an area: a row for every indicator, words above it, domains between."""

from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go
import pytest
from copy_lint import offences
from tables import CATALOGUE, comparison

from loti_dash.charts import theme
from loti_dash.charts.profile import LINE, ROW, how_to_read, profile

DRAWN = """
    indicator              | group_code | ratio | ratio_low | ratio_high | status     | unknown_share
    stop_and_search        | black      |   4.0 |       3.5 |        4.5 | ok         | 0.15
    looked_after_children  | black      |   1.1 |       0.8 |        1.6 | ok         | 0
    suspensions            | black      |   0.5 |       0.4 |        0.7 | ok         | 0.02
    permanent_exclusions   | black      |     - |         - |          - | suppressed | -
"""  # noqa: E501 (a drawn table)


def words(chart):
    """Return the texts of a chart with their places, from the top."""
    return [
        (each["y"], each["text"]) for each in chart["layout"]["annotations"] if each["yref"] == "y"
    ]


def dots(chart):
    return {
        place: x
        for trace in chart["data"]
        if "error_x" in trace
        for place, x in zip(trace["y"], trace["x"], strict=True)
    }


def several():
    other = comparison(DRAWN).assign(group_code="other", group="Other")
    rows = pd.concat([comparison(DRAWN), other])
    return rows.iloc[[0, 4, 1, 5, 2, 6, 3, 7]].reset_index(drop=True)


def test_domains_are_headings_and_every_indicator_says_how_sure_and_how_much_is_not_known():
    texts = [text for _, text in words(profile(CATALOGUE, comparison(DRAWN)))]

    assert [text for text in texts if "<br>" not in text] == [
        "<b>Justice</b>",
        "<b>Care</b>",
        "<b>Employment</b>",
    ]
    own = [text.replace("</b><br><b>", " ") for text in texts if "<br>" in text]
    assert own == [
        "<b>Stop and search, as people describe themselves</b><br>Clearly higher. 15% not known.",
        "<b>Children looked after by the council</b><br>We cannot tell. 0% not known.",
        "<b>Suspensions from school</b><br>Clearly lower. 2.0% not known.",
        "<b>Permanent exclusions from school</b><br>No ratio.",
    ]


@pytest.mark.parametrize("rows", [comparison(DRAWN), several()], ids=["one group", "several"])
def test_every_row_has_its_value_and_none_touches_words_or_another_row(rows):
    chart = profile(CATALOGUE, rows)
    values = chart["layout"]["yaxis2"]
    assert len(values["tickvals"]) == len(values["ticktext"]) == len(rows)
    assert values["ticktext"][-1] == "[c] withheld"

    taken = [(y, y + LINE * (text.count("<br>") + 1)) for y, text in words(chart)]
    taken += [(place - ROW // 2, place + ROW // 2) for place in values["tickvals"]]
    for (_, end), (start, _) in pairwise(sorted(taken)):
        assert end <= start
    bottom, top = values["range"]
    assert top == 0
    assert bottom >= max(end for _, end in taken)
    margin = chart["layout"]["margin"]
    # The axis of rows is in pixels.
    assert chart["layout"]["height"] - margin["t"] - margin["b"] == bottom


def test_dots_stand_in_the_rows_of_their_values():
    chart = profile(CATALOGUE, comparison(DRAWN))
    by_row = dict(
        zip(
            chart["layout"]["yaxis2"]["tickvals"],
            chart["layout"]["yaxis2"]["ticktext"],
            strict=True,
        )
    )
    assert {by_row[place]: x for place, x in dots(chart).items()} == {
        "4.0 (3.5 to 4.5)": 4.0,
        "1.1 (0.8 to 1.6)": 1.1,
        "0.5 (0.4 to 0.7)": 0.5,
    }


def test_with_several_groups_each_has_a_row_with_its_name():
    chart = profile(CATALOGUE, several())
    assert chart["layout"]["yaxis"]["ticktext"] == ["Black", "Other"] * 4
    assert any("Higher: Black, Other." in text for _, text in words(chart))
    assert profile(CATALOGUE, comparison(DRAWN))["layout"]["yaxis"]["ticktext"] == []


def test_what_is_clear_differs_in_shape_and_not_only_in_colour():
    traces = [t for t in profile(CATALOGUE, comparison(DRAWN))["data"] if "error_x" in t]
    assert [trace["marker"]["symbol"] for trace in traces] == [["circle"] * 2, ["circle-open"]]
    assert [trace["marker"]["color"] for trace in traces] == [theme.CLEAR, theme.UNCLEAR]


def test_an_area_joined_to_another_is_named():
    rows = comparison(DRAWN).assign(area="Westminster with City of London")
    text = words(profile(CATALOGUE, rows))[1][1].replace("</b><br><b>", " ")
    assert "(Westminster with City of London)" in text


def test_words_fit_a_narrow_screen():
    for rows in (comparison(DRAWN), several()):
        for _, text in words(profile(CATALOGUE, rows)):
            lines = text.replace("<b>", "").replace("</b>", "").split("<br>")
            assert max(map(len, lines)) <= 38


def test_without_a_ratio_there_is_no_chart():
    assert profile(CATALOGUE, comparison("group_code\nblack")) is None
    assert how_to_read(comparison("group_code\nblack")) == ""


def test_plotly_finds_nothing_to_object_to_and_no_text_is_small():
    chart = go.Figure(profile(CATALOGUE, several()))
    sizes = [each.font.size for each in chart.layout.annotations]
    sizes += [chart.layout.xaxis.tickfont.size, chart.layout.yaxis.tickfont.size]
    assert min(sizes) >= 14
    assert chart.layout.xaxis.tickangle == 0


def test_its_words_are_fit_for_readers():
    text = how_to_read(several())
    assert "not of importance" in text
    assert not offences(text)
