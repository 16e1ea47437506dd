"""The places beside a borough: who is in them, their counts, and whose are missing."""

import json
import math

import pandas as pd
import pytest
from tables import CATALOGUE

from loti_dash import alike, catalogue, places
from loti_dash.places import Place

LONDON, HACKNEY, CITY, WESTMINSTER = "E12000007", "E09000012", "E09000001", "E09000033"
KINGSTON, RICHMOND = "E09000021", "E09000027"
BOROUGHS = [f"E09{n:06}" for n in range(1, 34)]
DUTIES = CATALOGUE.indicators["homelessness_duty_owed"]
WORKERS = CATALOGUE.indicators["social_workers"]
SEARCHES = CATALOGUE.indicators["stop_and_search"]


def of(indicator, area, nearest=(), offered=BOROUGHS):
    found = places.of_area(CATALOGUE, indicator, area, offered, list(nearest))
    return {each.code: each for each in found}


def test_inner_london_is_the_statistical_one_not_that_of_the_act_of_1963():
    inner = {
        CATALOGUE.areas[code].name
        for code, each in CATALOGUE.parts_of_london.items()
        if each.part == "Inner London"
    }
    # Office for National Statistics, ITL 2: TLI3 and TLI4.
    assert inner == {
        *("City of London", "Camden", "Hackney", "Hammersmith and Fulham", "Haringey"),
        *("Islington", "Kensington and Chelsea", "Lambeth", "Lewisham", "Newham", "Southwark"),
        *("Tower Hamlets", "Wandsworth", "Westminster"),
    }
    assert list(CATALOGUE.parts_of_london) == BOROUGHS


def test_no_place_has_the_borough_itself():
    for area in BOROUGHS:
        found = of(SEARCHES, area, nearest=BOROUGHS)
        assert [len(found["london"].areas), len(found["neighbours"].areas)] == [32, 5]
        assert not [each for each in found.values() if area in each.areas]
    assert len(of(SEARCHES, HACKNEY)["part"].areas) == 13
    assert len(of(SEARCHES, RICHMOND)["part"].areas) == 18


def test_areas_published_together_count_once_and_are_no_neighbours_of_their_own():
    offered = [code for code in BOROUGHS if code not in (CITY, RICHMOND)]
    kingston = of(WORKERS, KINGSTON, [RICHMOND, *BOROUGHS[1:7]], offered)
    assert RICHMOND not in kingston["neighbours"].areas
    assert kingston["neighbours"].areas == tuple(BOROUGHS[1:6])
    other = of(WORKERS, "E09000029", [RICHMOND, KINGSTON, *BOROUGHS[1:7]], offered)
    assert other["neighbours"].areas == (KINGSTON, *BOROUGHS[1:5])
    assert len(kingston["london"].areas) == 30
    assert WESTMINSTER not in of(WORKERS, WESTMINSTER, offered=offered)["part"].areas


def test_what_is_no_borough_has_no_places():
    assert not of(SEARCHES, LONDON)
    assert not of(SEARCHES, "E92000001")


def test_an_area_without_any_figures_is_left_out_of_places():
    assert CITY not in of(DUTIES, HACKNEY, offered=BOROUGHS[1:])["london"].areas


def counts(**of_areas):
    """Return counts of two groups by area; None is missing, "c" is withheld."""
    rows = []
    for area, numbers in of_areas.items():
        values = [math.nan if n in (None, "c") else float(n) for n in numbers]
        for group, number, value in zip(("black", "white"), numbers, values, strict=True):
            status = {None: "not_available", "c": "suppressed"}.get(number, "ok")
            rows.append(
                dict.fromkeys(places.SUMS, 100.0)
                | {"indicator_id": "x", "period_id": "2021", "level": "5", "area_code": area}
                | {"group_code": group, "numerator": value, "numerator_status": status}
                | {"denominator_status": "ok", "matched": True}
                | {"all_numerator": sum(values), "white_numerator": values[1]}
            )
    return places.by_area(pd.DataFrame(rows))


PLACE = Place("part", "The rest", ("E2", "E3"))
REST = Place("london", "The rest of London", ("E2", "E3"))


def numbers(table):
    return table["numerator"].to_list()


def test_counts_of_a_place_are_those_of_its_areas_added_up():
    found = places.counts_of(counts(E1=(1, 2), E2=(10, 20), E3=(100, 200)), "E1", PLACE)
    assert numbers(found) == [110, 220]
    assert set(found["denominator"]) == {200}
    assert set(found["area_code"]) == {"part"}
    assert set(found["numerator_status"]) == {"ok"}


def test_a_sum_with_a_missing_part_is_missing_and_has_its_status():
    found = places.counts_of(counts(E1=(1, 2), E2=("c", 20), E3=(100, None)), "E1", PLACE)
    assert found["numerator"].isna().all()
    assert found["numerator_status"].to_list() == ["suppressed", "not_available"]
    absent = places.counts_of(counts(E1=(1, 2), E2=(10, 20)), "E1", PLACE)
    assert absent[places.SUMS].isna().all(axis=None)
    assert set(absent["numerator_status"]) == {"not_available"}


def test_london_is_a_sum_where_all_are_there_and_less_the_borough_where_one_is_not():
    whole = {"E1": (1, 2), "E2": (10, 20), "E3": (100, 200), LONDON: (120, 230)}
    complete = counts(**whole)
    [rest] = places.chosen(complete, "E1", [REST])
    assert numbers(places.counts_of(complete, "E1", rest)) == [110, 220]
    gap = counts(**whole | {"E3": (None, None)})
    [rest] = places.chosen(gap, "E1", [REST])
    assert rest.less
    assert numbers(places.counts_of(gap, "E1", rest)) == [119, 228]
    without_london = {area: each for area, each in gap.items() if area != LONDON}
    [rest] = places.chosen(without_london, "E1", [REST])
    assert places.counts_of(without_london, "E1", rest)["numerator"].isna().all()


def test_nothing_is_taken_from_a_london_that_is_smaller_than_its_borough():
    found = counts(E1=(9, 2), E2=(None, 20), E3=(100, 200), **{LONDON: (8, 230)})
    [rest] = places.chosen(found, "E1", [REST])
    table = places.counts_of(found, "E1", rest)
    assert math.isnan(table["numerator"].iloc[0])
    assert table["numerator"].iloc[1] == 228


def test_whose_figures_are_missing_is_said_of_the_groups_that_matter():
    found = counts(E1=(1, 2), E2=("c", 20), E3=(None, None))
    both = places.missing(found, PLACE, "black", "white")
    assert both == {"suppressed": ["E2"], "not_available": ["E3"]}
    assert places.missing(found, PLACE, "white", "white")["suppressed"] == []
    assert places.missing(found, PLACE, "white", "rest")["suppressed"] == ["E2"]
    nowhere = Place("part", "The rest", ("E9",))
    assert places.missing(found, nowhere, "black", "white")["not_available"] == ["E9"]


def test_sums_of_the_release_are_sums_of_its_boroughs(release):
    table = release.query(
        "counts",
        indicators=["social_renting"],
        periods=["2021"],
        level="5",
        viewer_areas=[],
    )
    rest = places.of_area(
        release.catalogue,
        release.catalogue.indicators["social_renting"],
        HACKNEY,
        BOROUGHS,
        list(alike.near(release, HACKNEY).index),
    )
    for each in rest:
        found = places.counts_of(places.by_area(table), HACKNEY, each)
        for _, row in found.iterrows():
            mine = table[
                table["area_code"].isin(each.areas) & (table["group_code"] == row["group_code"])
            ]
            for column in ("numerator", "denominator", "all_numerator", "white_denominator"):
                assert row[column] == math.fsum(mine[column])


def test_a_release_from_before_there_were_places_can_still_be_read():
    old = json.loads(catalogue.to_json(CATALOGUE))
    for added in ("parts_of_london", "deprivation"):
        del old[added]
    found = catalogue.from_json(json.dumps(old))
    assert not found.deprivation
    assert [each.code for each in places.of_area(found, SEARCHES, HACKNEY, BOROUGHS, [])] == [
        "london"
    ]


@pytest.mark.parametrize("kind", ["subset_over_set", "events_over_population"])
def test_only_a_stage_has_unknowns_in_its_set(kind):
    table = pd.DataFrame(
        {"area_code": ["E1", "E1"], "unknown_of": [40.0, 40.0], "all_denominator": [60.0, 60.0]}
    )
    share = places.set_unknown(table, kind)["E1"]
    assert share == 0.4 if kind == "subset_over_set" else math.isnan(share)
