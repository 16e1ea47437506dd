"""The map and the tiles say the same in words as in shades, and nothing by pointing alone."""

import json
import re

import plotly.graph_objects as go
import pytest
from tables import CATALOGUE, comparison

from loti_dash import tile_grid, where
from loti_dash.charts import theme
from loti_dash.charts.map import map_of
from loti_dash.charts.places import SHADES
from loti_dash.charts.tiles import short_names, tiles

HOMELESS = CATALOGUE.indicators["homelessness_duty_owed"]
LOOKED_AFTER = CATALOGUE.indicators["looked_after_children"]
HACKNEY, CAMDEN, CITY, WESTMINSTER = "E09000012", "E09000007", "E09000001", "E09000033"
BLACK = """
    area_code | group_code | rate | ratio | ratio_low | ratio_high | status
    E09000012 | black      | 15.0 |   5.4 |       4.4 |        6.7 | ok
    E09000007 | black      |  2.0 |   0.4 |       0.3 |        0.6 | ok
    E09000025 | black      |  4.0 |   1.2 |       0.7 |        1.9 | ok
    E09000029 | black      |    - |     - |         - |          - | suppressed
    E09000001 | black      |    - |     - |         - |          - | not_available
"""
SAID = {HACKNEY: "In Hackney, it is 5.4 times the rate.", CAMDEN: "In Camden, it is lower."}
SHAPES = ["map", "tiles"]


def chart(shape, measure="ratio", selected=HACKNEY, rows=None, indicator=HOMELESS):
    rows = comparison(BLACK) if rows is None else rows
    places = where.places(rows, CATALOGUE, indicator, measure)
    if shape == "map":
        return map_of(places, SAID, selected, "Times the rate of White", measure == "rate")
    return tiles(places, SAID, selected, "Times the rate of White", measure)


def signs(found):
    return next(trace for trace in found["data"] if trace["mode"] == "text")


def hits(found):
    return {trace["customdata"][0]: trace for trace in found["data"] if "customdata" in trace}


def key(found):
    return [trace["name"] for trace in found["data"] if "name" in trace]


def written(found):
    """Return the sign on each authority, in the order of codes."""
    return dict(
        zip(sorted(t.area_code for t in tile_grid.tiles()), signs(found)["text"], strict=True)
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_every_authority_has_a_sign_so_that_grey_says_the_same(shape):
    found = json.dumps(chart(shape))
    for colour in (*SHADES, theme.TEXT, theme.UNCLEAR, theme.OTHERS):
        found = found.replace(colour, "#777777")
    on = {code: text.split("<br>")[-1][0] for code, text in written(json.loads(found)).items()}
    assert len(on) == 33
    assert on[HACKNEY] == "▲"
    assert on[CAMDEN] == "▼"
    assert on["E09000025"] == "?"
    assert on["E09000029"] == "["
    assert on[CITY] == "–"


@pytest.mark.parametrize("shape", SHAPES)
def test_the_legend_says_every_look_in_words_and_what_is_outlined(shape):
    assert key(chart(shape)) == [
        "▲ 5 times or more",
        "▼ over 0.33 to 0.5 times",
        "? we cannot tell",
        "[c] withheld",
        "– no ratio",
        "outlined: Hackney",
    ]
    assert not [name for name in key(chart(shape, selected="E12000007")) if "outlined" in name]


@pytest.mark.parametrize("shape", SHAPES)
def test_of_a_rate_the_legend_has_the_size_alone(shape):
    names = key(chart(shape, "rate"))
    assert names[-2:] == ["no rate", "outlined: Hackney"]
    assert names[0].endswith("or more")
    assert not [name for name in names if name[0] in "▲▼?"]


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_not_clear_is_white_and_what_has_no_figure_is_hatched(shape):
    fills = [trace for trace in chart(shape)["data"] if trace.get("fill") and "name" not in trace]
    colours = {trace["fillcolor"] for trace in fills}
    assert "#FFFFFF" in colours
    assert len([trace for trace in fills if "fillpattern" in trace]) == 2
    for trace in fills:
        assert ("fillpattern" in trace) == (trace["fillcolor"] == "#F2F2F2")
        assert trace["line"]["width"] > 0


@pytest.mark.parametrize("shape", SHAPES)
def test_pointing_repeats_the_sentence_and_a_click_gives_the_area(shape):
    found = hits(chart(shape))
    assert len(found) == 33
    shown = re.sub("<.*?>", " ", found[HACKNEY]["hovertemplate"])
    assert " ".join(shown.split()) == SAID[HACKNEY]
    assert set(found[HACKNEY]["customdata"]) == {HACKNEY}
    assert len(found[HACKNEY]["x"]) == len(found[HACKNEY]["customdata"])


@pytest.mark.parametrize("shape", SHAPES)
def test_authorities_published_together_look_alike_and_lead_to_one_area(shape):
    rows = comparison("area_code|group_code|ratio|ratio_low|ratio_high\nE09000033|black|2.5|1.5|4")
    found = chart(shape, selected=WESTMINSTER, rows=rows, indicator=LOOKED_AFTER)
    on = written(found)
    assert on[CITY].split("<br>")[-1] == on[WESTMINSTER].split("<br>")[-1]
    assert CITY not in hits(found)
    assert "outlined: City of London and Westminster" in key(found)


@pytest.mark.parametrize("shape", SHAPES)
def test_words_are_large_enough_and_can_be_read_on_their_shade(shape):
    found = chart(shape)
    text = signs(found)
    assert text["textfont"]["size"] >= 14
    assert found["layout"]["legend"]["font"]["size"] >= 14
    ink = dict(zip(written(found), text["textfont"]["color"], strict=True))
    assert contrast(ink[HACKNEY], SHADES[4]) >= 4.5
    for place in where.places(comparison(BLACK), CATALOGUE, HOMELESS, "rate"):
        if place.shade is not None:
            ink = dict(
                zip(written(found), signs(chart(shape, "rate"))["textfont"]["color"], strict=True)
            )
            assert contrast(ink[place.area_code], SHADES[place.shade]) >= 4.5


def contrast(one, other):
    """Return the contrast of two colours as WCAG 2 defines it."""

    def luminance(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_map_is_small_enough_to_send_and_asks_nobody_else():
    found = chart("map")
    assert len(json.dumps(found)) < 200_000
    assert {trace["type"] for trace in found["data"]} == {"scatter"}
    assert not {"geo", "map", "mapbox"} & found["layout"].keys()


def test_tiles_are_equal_squares_with_short_names_that_are_explained():
    found = chart("tiles")
    places = where.places(comparison(BLACK), CATALOGUE, HOMELESS, "ratio")
    said = short_names(places)
    for text in signs(found)["text"]:
        assert text.split("<br>")[0] in said
    assert "Hck Hackney" in said
    assert written(found)[HACKNEY] == "Hck<br>▲5.4"
    assert written(chart("tiles", "sure"))[HACKNEY] == "Hck<br>▲"
    assert found["layout"]["yaxis"]["scaleanchor"] == "x"


def test_a_number_on_a_tile_is_short_enough_for_a_phone():
    rows = comparison(
        "area_code | group_code | rate | ratio | ratio_low | ratio_high\n"
        "E09000012 | black | 1234.5 | 12.34 | 9.1 | 15.2"
    )
    assert written(chart("tiles", rows=rows))[HACKNEY] == "Hck<br>▲12"
    assert written(chart("tiles", "rate", rows=rows))[HACKNEY] == "Hck<br>▲"


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("measure", ["ratio", "rate", "excess", "sure"])
def test_plotly_finds_nothing_to_object_to(shape, measure):
    made = chart(shape, measure)

    assert len(go.Figure(made).data) == len(made["data"])
