"""Pictures: what is drawn stands where its number says, and nothing is left out silently."""

import re
import struct
from math import log10
from xml.etree import ElementTree
from zlib import crc32

import pytest
from taken_views import taken

from loti_dash import chart_texts
from loti_dash.charts import coverage, forest, theme
from loti_dash.export.picture import NotDrawn, Words, png, svg
from loti_dash.export.picture.letters import width, wrapped
from loti_dash.ui.view import view

SVG = "{http://www.w3.org/2000/svg}"
WORDS = Words("A message", "What it measures", "The text in its stead", ["Where it is from"])


def drawn(chart, words=WORDS):
    return ElementTree.fromstring(svg(chart, words))


def chart(*traces, **layout):
    return {"data": list(traces), "layout": theme.layout(300) | layout}


def texts(root):
    """Return all words, those of one label together."""
    return ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]


def where(root, words):
    """Return the place of a label."""
    label = next(each for each in root.iter(f"{SVG}text") if "".join(each.itertext()) == words)
    span = next(label.iter(f"{SVG}tspan"))
    return float(span.get("x")), float(span.get("y"))


def scatter(x, y, **more):
    return {"type": "scatter", "mode": "markers", "x": x, "y": y} | more


@pytest.fixture(scope="module")
def hackney(release):
    return taken(release, indicator="homelessness_duty_owed", area="E09000012", period="2025-Q3")


def test_each_ratio_stands_where_the_scale_says(release, hackney):
    groups = forest.forest(hackney.here)
    root = drawn(groups)

    # The scale, as a reader takes it off the picture: from the labels of 1 and 4.
    one, four = where(root, "1")[0], where(root, "4")[0]
    dots = [float(each.get("cx")) for each in root.iter(f"{SVG}circle")]
    ratios = hackney.here["ratio"].dropna().to_list()
    assert len(dots) == len(ratios) == 4
    read = [10 ** ((x - one) / (four - one) * log10(4)) for x in dots]
    assert read == pytest.approx(ratios, rel=0.005)


def test_each_interval_goes_from_its_lower_to_its_upper_limit(hackney):
    root = drawn(forest.forest(hackney.here))

    one, four = where(root, "1")[0], where(root, "4")[0]
    lines = [
        each.get("d") for each in root.iter(f"{SVG}path") if each.get("stroke") == theme.CLEAR
    ]
    ends = [[float(n) for n in re.findall(r"[ML]([\d.]+) ", line)] for line in lines]
    read = [[10 ** ((x - one) / (four - one) * log10(4)) for x in pair] for pair in ends]
    rows = hackney.here.dropna(subset="ratio")
    limits = rows[["ratio_low", "ratio_high"]].to_numpy().tolist()
    assert len(read) == 4
    for one_read, one_shown in zip(read, limits, strict=True):
        assert one_read == pytest.approx(one_shown, rel=0.005)


def test_every_label_of_the_chart_is_in_the_picture(hackney):
    groups = forest.forest(hackney.here)
    said = " ".join(texts(drawn(groups)))

    for words in groups["layout"]["yaxis"]["ticktext"] + groups["layout"]["yaxis2"]["ticktext"]:
        assert words in said
    assert "same rate as White" in said
    assert "times the rate of White" in said


def test_its_words_are_in_the_picture_and_the_text_in_its_stead_in_the_file(hackney):
    alt = chart_texts.forest_alt(hackney.catalogue, hackney.indicator, hackney.here, "black")
    below = hackney.below("How to read it.", "")
    words = Words("<Higher> & lower", "What", alt, below)

    root = drawn(forest.forest(hackney.here), words)

    assert root.find(f"{SVG}title").text == "<Higher> & lower"
    assert root.find(f"{SVG}desc").text == alt
    assert root.get("role") == "img"
    spans = ["".join(each.itertext()) for each in root.iter(f"{SVG}tspan")]
    said = " ".join(spans)
    assert "<Higher> & lower" in said
    # An address may be broken anywhere, and nothing of it is lost.
    assert hackney.address in "".join(spans)
    assert "Open Government Licence v3.0" in said


def test_nothing_is_drawn_outside_the_picture(hackney):
    root = drawn(forest.forest(hackney.here), Words("W" * 200, "i " * 300, "", ["m" * 300]))

    for each in root.iter(f"{SVG}text"):
        x = float(next(each.iter(f"{SVG}tspan")).get("x"))
        if each.get("text-anchor") == "start":
            for line in each.iter(f"{SVG}tspan"):
                assert x + width("".join(line.itertext()), float(each.get("font-size"))) <= 901


@pytest.mark.parametrize("area", ["E12000007", "E09000012"])
def test_charts_of_how_complete_figures_are_can_be_pictures(release, area):
    id_ = "stop_and_search"
    of = taken(release, indicator=id_, area=area)
    complete = view(release, of.selection).coverage
    periods = [
        release.catalogue.period(of.indicator, str(id_)) for id_ in complete.over_time["period"]
    ]
    charts = [
        coverage.by_state(complete.states),
        coverage.by_area(complete.by_area, area),
        coverage.over_time(complete.over_time, periods, of.selection.period),
    ]
    for each in charts:
        assert "30%" in " ".join(texts(drawn(each)))


def test_a_gap_in_a_line_stays_a_gap():
    line = scatter([1, 2, 3, 4, 5], [1, 2, None, 2, 1], mode="lines", line={"color": "#112233"})

    paths = [e for e in drawn(chart(line)).iter(f"{SVG}path") if e.get("stroke") == "#112233"]

    assert [each.get("d").count("L") for each in paths] == [1, 1]


def test_an_area_is_filled_or_hatched():
    ring = {"x": [0, 1, 1, 0], "y": [0, 0, 1, 0], "mode": "lines", "fill": "toself"}
    full = scatter(**ring, fillcolor="#ADD1F1")
    none = scatter(**ring, fillcolor="#F2F2F2", fillpattern={"shape": "/"})

    fills = [each.get("fill") for each in drawn(chart(full, none)).iter(f"{SVG}path")]

    assert "#ADD1F1" in fills
    assert "url(#hatch)" in fills


def test_a_step_up_is_as_long_as_a_step_across_where_a_chart_wants_it():
    axis = {"visible": False}
    square = chart(
        scatter([0, 10, 10, 0], [0, 0, 10, 10]),
        xaxis=axis | {"range": [0, 10]},
        yaxis=axis | {"range": [0, 10], "scaleanchor": "x"},
    )

    dots = [(float(e.get("cx")), float(e.get("cy"))) for e in drawn(square).iter(f"{SVG}circle")]

    assert abs(dots[1][0] - dots[0][0]) == pytest.approx(abs(dots[2][1] - dots[1][1]), abs=0.02)


def test_bars_are_as_long_as_their_numbers():
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": [1, 3],
        "y": [0, 1],
        "marker": {"color": "#123456"},
    }

    boxes = [
        float(each.get("width"))
        for each in drawn(chart(bars)).iter(f"{SVG}rect")
        if each.get("fill") == "#123456"
    ]

    assert boxes[1] == pytest.approx(3 * boxes[0], abs=0.05)


def test_days_stand_in_proportion():
    days = chart(
        scatter(["2020-01-01", "2020-07-01", "2022-01-01"], [1, 1, 1]),
        xaxis={"type": "date", "tickformat": "%Y"},
    )

    first, second, third = (float(e.get("cx")) for e in drawn(days).iter(f"{SVG}circle"))

    # 182 days and 549 days.
    assert (third - second) / (second - first) == pytest.approx(549 / 182, rel=0.001)


@pytest.mark.parametrize(
    "unknown",
    [
        chart({"type": "pie", "x": [1], "y": [1]}),
        chart(scatter([1], [1], marker={"symbol": "star"})),
        chart(scatter([1, 2], [1, 2], mode="lines", fill="tonexty")),
        chart(scatter([1, 2], [1, 2], mode="lines", line={"shape": "spline"})),
        chart(scatter([1], [1]), annotations=[{"x": 1, "y": 1, "text": "there"}]),
        chart(
            scatter([1], [1]),
            shapes=[{"type": "path", "x0": 0, "x1": 1, "y0": 0, "y1": 1}],
        ),
        chart(scatter([1], [1]), xaxis={"tickformat": "~s"}),
    ],
)
def test_what_pictures_cannot_show_is_said_and_not_left_out(unknown):
    with pytest.raises(NotDrawn):
        svg(unknown, WORDS)


def test_words_are_broken_where_they_must_be_and_none_is_lost():
    address = "https://figures.example/housing?indicator=homelessness&area=E09000012"

    lines = wrapped(f"See {address} now", 14, 200)

    assert "".join(lines).replace(" ", "") == f"See{address}now"
    assert all(width(line.replace("&", "&amp;"), 14) <= 200 for line in lines)


def test_dots_are_twice_as_many_as_pixels_and_carry_the_text_in_their_stead(hackney):
    picture = svg(forest.forest(hackney.here), WORDS)
    root = ElementTree.fromstring(picture)

    dots = png(picture, "Ratios, 2.1 – “higher”")

    assert dots[:8] == b"\x89PNG\r\n\x1a\n"
    wide, high = struct.unpack(">II", dots[16:24])
    assert wide == 2 * float(root.get("width"))
    assert high == pytest.approx(2 * float(root.get("height")), abs=2)
    length, kind = struct.unpack(">I4s", dots[33:41])
    chunk = dots[41 : 41 + length]
    assert kind == b"iTXt"
    assert chunk == b"Description\0\0\0\0\0" + "Ratios, 2.1 – “higher”".encode()
    assert struct.unpack(">I", dots[41 + length : 45 + length])[0] == crc32(kind + chunk)


def test_letters_are_drawn_without_any_font_of_the_machine():
    from io import BytesIO

    from PIL import Image

    def ink(words):
        picture = svg(chart(scatter([1], [1])), Words(words, "", "", []))
        image = Image.open(BytesIO(png(picture, ""))).convert("L")
        return sum(image.crop((0, 0, 1800, 110)).histogram()[:128])

    assert ink("▲ ▼ ½ ⅛ – Higher") > ink("Higher") > 500
