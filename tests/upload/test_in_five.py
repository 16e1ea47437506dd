"""Five groups in the place of detailed ones."""

from dataclasses import replace

import pandas as pd
import pytest
from uploads import CAMDEN, DEFINITIONS, HACKNEY, described, groups_of, package_of, rows

from loti_dash.catalogue import shown_groups
from loti_dash.upload.in_five import has_detail, in_five

ID, ID_OF = "warnings_hackney_council", "warnings_hackney_council_of"
NOBODY = {code: 0 for code in groups_of("census_2021_19") if not code.startswith("unknown")}
FIVE = {"asian", "black", "mixed", "white", "other"}
LISTS = [
    "census_2021_19",
    "census_2011_18",
    "dfe_18",
    "dfe_6",
    "police_self_16p1",
    "police_self_18p1",
    "police_officer_6",
    "hclic_18",
    "nhs_16",
    "census_2021_tenure_7",
]


def package(table, classification="census_2021_19", **changes):
    said = described(**({"denominator": "census_2021_residents"} | changes))
    return package_of(table, said, classification=classification)


def counts(package_):
    table = package_.observations
    return dict(zip(table["group_code"], table["value"], strict=True))


@pytest.mark.parametrize("name", LISTS)
def test_every_list_with_detailed_groups_becomes_one_of_five_with_all_its_people(name):
    groups = groups_of(name)
    made = package(rows(ID, "2023", HACKNEY, dict.fromkeys(groups, 1)), name)

    coarse = in_five(made, DEFINITIONS)

    assert has_detail(made, DEFINITIONS)
    assert not has_detail(coarse, DEFINITIONS)
    found = counts(coarse)
    shown = shown_groups(DEFINITIONS.groups)
    of_list = shown[shown["classification"] == coarse.series[0].classification]
    # Nobody is in a group that the list does not show.
    assert {code for code in found if not code.startswith("unknown")} == FIVE
    assert set(of_list["group_code"]) == FIVE
    assert sum(found.values()) == len(groups)


@pytest.mark.parametrize("name", ["harmonised_5", "police_officer_4", "yjb_5", "census_2001_5"])
def test_a_list_without_detail_stays_as_it_is(name):
    made = package(rows(ID, "2023", HACKNEY, dict.fromkeys(groups_of(name), 7)), name)

    coarse = in_five(made, DEFINITIONS)

    assert not has_detail(made, DEFINITIONS)
    assert coarse.series == made.series
    assert counts(coarse) == counts(made)


def test_groups_are_added_up_and_states_of_unknown_are_not():
    made = package(
        rows(
            ID,
            "2023",
            HACKNEY,
            NOBODY
            | {"white_british": 40, "white_irish": 2, "white_other": 8, "unknown_refused": 3},
        )
    )

    assert counts(in_five(made, DEFINITIONS)) == dict.fromkeys(FIVE, 0) | {
        "white": 50,
        "unknown_refused": 3,
    }


def test_a_sum_is_not_known_where_one_of_its_groups_has_no_row():
    """Who is not in the file may be many: their sum must not pass for a whole."""
    there = {code: 5 for code in NOBODY if code != "white_irish"}
    table = pd.concat(
        [rows(ID, "2023", HACKNEY, there), rows(ID, "2023", CAMDEN, NOBODY)], ignore_index=True
    )

    found = in_five(package(table), DEFINITIONS).observations.set_index(
        ["area_code", "group_code"]
    )

    assert found.loc[(HACKNEY, "white"), "status"] == "not_available"
    assert pd.isna(found.loc[(HACKNEY, "white"), "value"])
    assert found.loc[(HACKNEY, "asian"), "value"] == 25
    assert found.loc[(CAMDEN, "white"), "value"] == 0


@pytest.mark.parametrize(
    ("states", "worst"),
    [
        (("suppressed", "not_available"), "suppressed"),
        (("not_available", 4), "not_available"),
        (("not_applicable", "not_available"), "not_available"),
    ],
)
def test_a_sum_with_a_missing_part_is_missing_and_has_its_worst_state(states, worst):
    of = dict(zip(("white_irish", "white_other"), states, strict=True))
    made = package(rows(ID, "2023", HACKNEY, NOBODY | {"asian_indian": 5} | of))

    table = in_five(made, DEFINITIONS).observations.set_index("group_code")

    assert table.loc["white", "status"] == worst
    assert pd.isna(table.loc["white", "value"])
    assert table.loc["asian", ["value", "status"]].tolist() == [5, "ok"]


def test_areas_periods_and_denominators_stay_apart():
    of = NOBODY | {"white_british": 40, "white_irish": 2}
    table = pd.concat(
        [
            rows(ID, "2022", HACKNEY, of),
            rows(ID, "2023", HACKNEY, of),
            rows(ID, "2023", CAMDEN, of),
            rows(ID_OF, "2023", CAMDEN, NOBODY | {"white_british": 200}),
        ],
        ignore_index=True,
    )
    made = package(table, denominator="file")

    found = in_five(made, DEFINITIONS).observations

    white = found[found["group_code"] == "white"]
    keys = white.set_index(["series_id", "period_id", "area_code"])["value"].to_dict()
    assert keys == {
        (ID, "2022", HACKNEY): 42,
        (ID, "2023", HACKNEY): 42,
        (ID, "2023", CAMDEN): 42,
        (ID_OF, "2023", CAMDEN): 200,
    }


def test_codes_as_categories_are_added_up_alike():
    made = package(rows(ID, "2023", HACKNEY, NOBODY | {"white_british": 40, "white_irish": 2}))
    names = ["series_id", "period_id", "area_code", "group_code", "status"]
    coded = made.observations.astype(dict.fromkeys(names, "category"))

    assert counts(in_five(replace(made, observations=coded), DEFINITIONS)) == dict.fromkeys(
        FIVE, 0
    ) | {"white": 42}
