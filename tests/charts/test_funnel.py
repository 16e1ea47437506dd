"""The funnel shows each borough by shape, and names those outside where names have room."""

import plotly.graph_objects as go
from tables import CATALOGUE, comparison

from loti_dash.charts.funnel import funnel as chart_of
from loti_dash.funnels import funnel

HOMELESS = CATALOGUE.indicators["homelessness_duty_owed"]
HACKNEY = "E09000012"
COUNTS = {
    "E09000012": (14, 1_000),
    "E09000002": (11, 1_100),
    "E09000003": (90, 5_000),  # 50 expected: above
    "E09000004": (18, 1_050),  # high
    "E09000005": (210, 20_000),
    "E09000006": (2, 900),  # low
    "E09000007": (9, 1_000),
}


def of(counts):
    lines = [f"{code} | black | {n} | {d} | {n / d * 1_000}" for code, (n, d) in counts.items()]
    head = "area_code | group_code | numerator | denominator | rate"
    return funnel(comparison("\n".join([head, *lines])), HOMELESS, 10.0)


def drawn(counts=COUNTS, selected=HACKNEY):
    return chart_of(of(counts), selected, "households")


def points(found):
    return {
        code: symbol
        for trace in found["data"]
        if trace["mode"] == "markers"
        for code, symbol in zip(trace["customdata"], trace["marker"]["symbol"], strict=True)
    }


def names(found):
    return [each["text"] for each in found["layout"]["annotations"]]


def test_every_borough_is_drawn_once_and_where_it_lies_is_told_by_shape():
    assert points(drawn()) == {
        "E09000012": "circle-open",
        "E09000002": "circle-open",
        "E09000003": "diamond",
        "E09000004": "circle",
        "E09000005": "circle-open",
        "E09000006": "circle",
        "E09000007": "circle-open",
    }


def test_those_outside_and_the_one_looked_at_are_named():
    assert names(drawn())[0] == "<b>Hackney</b>"
    assert set(names(drawn())) == {"<b>Hackney</b>", "Barnet", "Bexley", "Bromley"}


def test_where_most_lie_outside_only_the_one_looked_at_is_named():
    wild = {code: (n * 6 if at % 2 else 1, d) for at, (code, (n, d)) in enumerate(COUNTS.items())}
    assert of(wild).overdispersed
    assert names(drawn(wild)) == ["<b>Hackney</b>"]


def test_names_do_not_lie_on_one_another():
    crowd = {f"E090000{at:02}": (20 + at % 3, 1_000 + at) for at in range(2, 7)}
    calm = {f"E090000{at:02}": (10, 1_000 + at) for at in range(13, 23)}
    found = drawn(crowd | calm, "E09000013")
    at = [(a["xanchor"], a["yshift"], round(a["y"])) for a in found["layout"]["annotations"]]
    assert len(at) == len(set(at))
    assert len(at) < len(crowd) + 1  # no room for all: the table has them


def test_limits_are_two_pairs_of_lines_told_by_their_dashes():
    lines = [trace["line"]["dash"] for trace in drawn()["data"] if trace["mode"] == "lines"]
    assert sorted(lines) == ["dash", "dash", "dot", "solid", "solid"]


def test_the_axis_of_rates_begins_at_0_and_words_are_large_enough():
    layout = drawn()["layout"]
    assert layout["yaxis"]["range"][0] == 0
    assert 3 <= len(layout["xaxis"]["tickvals"]) <= 4
    for axis in ("xaxis", "yaxis"):
        assert layout[axis]["tickfont"]["size"] >= 14
        assert layout[axis]["title"]["font"]["size"] >= 14


def test_plotly_finds_nothing_to_object_to():
    for made in (drawn(), drawn(selected="E12000007")):
        assert len(go.Figure(made).data) == len(made["data"])
