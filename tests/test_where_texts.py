"""The words beside drawings of areas say what is drawn, in words that may be used."""

import re

import pytest
from copy_lint import offences
from tables import CATALOGUE, comparison

from loti_dash import where, where_texts
from loti_dash.area_order import Ordered

HOMELESS = CATALOGUE.indicators["homelessness_duty_owed"]
CONVICTED = CATALOGUE.indicators["prosecution_to_conviction"]
BLACK = """
    area_code | group_code | unknown_share | rate | ratio | ratio_low | ratio_high | excess
    E09000012 | black      | 0.02          | 15.0 |   5.4 |       4.4 |        6.7 |    290
    E09000007 | black      | 0.11          |  2.0 |   0.4 |       0.3 |        0.6 |    -40
    E09000025 | black      | 0.05          |  4.0 |   1.2 |       0.7 |        1.9 |     10
"""
MEASURES = ["ratio", "rate", "excess", "sure"]


def drawn(measure="ratio"):
    rows = comparison(BLACK)
    return rows, where.places(rows, CATALOGUE, HOMELESS, measure)


def test_what_is_measured_names_the_people_the_period_and_that_of_the_denominator():
    rows, _ = drawn()
    said = where_texts.measured(CATALOGUE, HOMELESS, rows, "rate")
    assert said == (
        "Rate of Black households: households owed a duty for every 1,000 households "
        "(Census Day, 21 March 2021). July to September 2025."
    )
    excess = where_texts.measured(CATALOGUE, HOMELESS, rows, "excess")
    assert "than if the rate of White households applied: a description, not a target" in excess


def test_where_there_is_no_rate_counts_are_what_is_shown():
    rows = comparison("area_code | group_code | numerator\nE09000012 | black | 40")
    for measure in ("ratio", "rate", "sure"):
        said = where_texts.measured(CATALOGUE, HOMELESS, rows, measure)
        assert said.startswith("Counts of households owed a duty")


def test_only_signs_that_occur_are_explained():
    _, places = drawn()
    said = where_texts.classes(places, "White")
    assert said == (
        "▲ clearly higher rate than White; ▼ clearly lower rate than White; ? we cannot tell "
        "whether higher or lower than White; – no ratio."
    )
    assert "withheld" not in said
    assert where_texts.classes([p for p in places if p.kind == "lower"], "White") == (
        "▼ clearly lower rate than White."
    )


def test_areas_published_together_are_named():
    rows = comparison("area_code|group_code|ratio|ratio_low|ratio_high\nE09000033|black|2.5|1.5|4")
    looked_after = CATALOGUE.indicators["looked_after_children"]
    places = where.places(rows, CATALOGUE, looked_after, "ratio")
    said = where_texts.how_to_read(places, "White", "ratio")
    assert "Published together with a neighbour: City of London." in said
    assert "neighbour" not in where_texts.how_to_read(drawn()[1], "White", "ratio")


def test_the_order_of_areas_is_said_with_its_reason():
    rows = comparison(BLACK)
    assert "by name, not by size" in where_texts.order(Ordered(rows, False, []), "ratio")
    said = where_texts.order(Ordered(rows, True, []), "ratio")
    assert said == "Largest first. Where intervals overlap, the order says nothing of size."
    assert "Below the others" in where_texts.order(Ordered(rows, True, ["Sutton"]), "ratio")
    assert "most certain first" in where_texts.order(Ordered(rows, True, []), "sure")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("E23000001", "police force areas"),
        ("E92000001", "whole countries"),
        ("07L", "clinical commissioning groups"),
        ("E12000007", "London as a whole"),
    ],
)
def test_areas_that_are_no_boroughs_have_no_map_and_the_reason_is_said(code, said):
    rows = comparison(f"area_code | group_code\n{code} | black")
    assert said in where_texts.why_no_map(CATALOGUE, rows)
    assert "no map" in where_texts.why_no_map(CATALOGUE, rows)


def test_the_text_instead_of_a_map_counts_classes_and_gives_the_extent():
    rows, places = drawn()
    said = where_texts.alt(CATALOGUE, HOMELESS, rows, places, "map", "ratio")
    assert said == (
        "Map of London's boroughs, shaded by ratio, July to September 2025. "
        f"{HOMELESS.title}. Black: clearly higher rate than White in 1, clearly lower rate than "
        "White in 1, we cannot tell whether higher or lower than White in 1, no ratio in 30. "
        "Ratios from 0.40 to 5.40. Ethnicity not known: 2.0% to 11%. The same figures are in the "
        "table below."
    )


def test_the_text_instead_of_dots_gives_the_extent_of_what_is_measured():
    rows, _ = drawn()
    rate = where_texts.dots_alt(CATALOGUE, HOMELESS, rows, "rate")
    assert "Chart of rates for every 1,000 by area" in rate
    assert "from 2.0 to 15.0" in rate
    assert "from -40 to 290" in where_texts.dots_alt(CATALOGUE, HOMELESS, rows, "excess")
    assert "from 0.40 to 5.40" in where_texts.dots_alt(CATALOGUE, HOMELESS, rows, "sure")
    nothing = comparison("area_code | group_code\nE09000012 | black")
    assert ": none. " in where_texts.dots_alt(CATALOGUE, HOMELESS, nothing, "rate")


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("reference", ["white", "white_british", "rest", "all"])
def test_every_text_obeys_the_rules_on_words_and_names_who_is_compared_with(measure, reference):
    rows = comparison(BLACK, reference_code=reference)
    places = where.places(rows, CATALOGUE, HOMELESS, measure)
    name = str(rows["reference"].iloc[0])
    texts = [
        where_texts.measured(CATALOGUE, HOMELESS, rows, measure),
        where_texts.how_to_read(places, name, measure),
        where_texts.alt(CATALOGUE, HOMELESS, rows, places, "tiles", measure),
        where_texts.dots_alt(CATALOGUE, HOMELESS, rows, measure),
        where_texts.order(Ordered(rows, True, ["Sutton"]), measure),
        where_texts.why_no_map(CATALOGUE, rows),
    ]
    for text in texts:
        assert not offences(text)
        assert not re.search(r"  |\.\.", text)
    assert all(name in text for text in texts[1:4])
