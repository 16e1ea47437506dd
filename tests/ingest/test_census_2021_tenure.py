"""Households by tenure: every total is checked against its seven groups."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from loti_dash import catalogue, config
from loti_dash.errors import LotiError, SourceFileError
from loti_dash.ingest import census_2021_tenure
from loti_dash.ingest.ons_custom import AUTHORITIES, LONDON
from loti_dash.observation import check

LABELS = catalogue.labels(config.CATALOGUE)
GROUPS = {
    "Asian, Asian British or Asian Welsh": 1,
    "Black, Black British, Black Welsh, Caribbean or African": 2,
    "Mixed or Multiple ethnic groups": 3,
    "White: English, Welsh, Scottish, Northern Irish or British": 4,
    "White: Irish": 5,
    "White: Gypsy or Irish Traveller, Roma or Other White": 6,
    "Other ethnic group": 7,
}
TENURES = {
    "Owned: Owns outright": 1,
    "Owned: Owns with a mortgage or loan or shared ownership": 10,
    "Rented: Social rented": 100,
    "Rented: Private rented or lives rent free": 1000,
}


def rm134(path: Path) -> Path:
    lines = [["ltla22cd", "ltla22nm", "ethnic_group_hrp", "tenure", "households"]]
    for area in AUTHORITIES:
        for group, times in {"Total": sum(GROUPS.values()), **GROUPS}.items():
            lines += [
                [area, "Name", group, tenure, str(times * n)] for tenure, n in TENURES.items()
            ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    return path


def test_owners_are_those_outright_and_those_with_a_mortgage(tmp_path: Path) -> None:
    reading = census_2021_tenure.read([rm134(tmp_path / "rm134.csv")], LABELS)
    seen = check(reading.observations, "census_2021_tenure")
    values = seen.set_index(["series_id", "area_code", "group_code"])["value"]
    white_irish = values.xs(("E09000007", "white_irish"), level=(1, 2)).to_dict()
    assert white_irish == {
        "census_2021_households": 5 * 1111,
        "census_2021_households_owned": 5 * 11,
        "census_2021_households_social_rented": 5 * 100,
        "census_2021_households_private_rented": 5 * 1000,
    }
    assert values[("census_2021_households", LONDON, "asian")] == 33 * 1111
    assert "London is the sum of its 33 authorities" in reading.facts
    assert not reading.refusals


def test_a_total_that_is_not_the_sum_of_its_groups_is_refused(tmp_path: Path) -> None:
    path = rm134(tmp_path / "rm134.csv")
    wrong = "E09000008,Name,Total,Rented: Social rented,"
    path.write_text(path.read_text("utf-8").replace(f"{wrong}2800", f"{wrong}2801"), "utf-8")
    problems = [each.message for each in census_2021_tenure.read([path], LABELS).refusals]
    assert any("Rented: Social rented, E09000008" in each for each in problems)


@pytest.mark.parametrize(
    ("old", "new", "error", "says"),
    [
        ("White: Irish", "Irish", LotiError, "'Irish'"),
        ("Rented: Social rented", "Rented: Council", SourceFileError, "Rented: Council"),
        ("E09000033", "E06000033", SourceFileError, "no rows for E09000033"),
        ("E09000033", "E09000032", SourceFileError, "every combination"),
        ("households", "count", SourceFileError, "no column 'households'"),
    ],
)
def test_a_spoiled_table_is_refused(
    tmp_path: Path, old: str, new: str, error: type[LotiError], says: str
) -> None:
    path = rm134(tmp_path / "rm134.csv")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(error, match=says):
        census_2021_tenure.read([path], LABELS)


@pytest.mark.publishers
def test_the_publishers_table_added_up_by_hand(publishers: Path) -> None:
    [path] = (publishers / "housing" / "census_2021_rm134_tenure").glob("*.csv")
    reading = census_2021_tenure.read([path], LABELS)
    seen = check(reading.observations, "census_2021_tenure")
    values = seen.set_index(["series_id", "area_code", "group_code"])["value"]
    owners: Counter[str] = Counter()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["tenure"].startswith("Owned") and row["ethnic_group_hrp"] == "Total":
                owners[row["ltla22cd"]] += int(row["households"])
    ours = values["census_2021_households_owned"].groupby("area_code").sum()
    assert {area: ours[area] for area in owners} == owners
    # Westminster's lines in the table.
    social = values["census_2021_households_social_rented"]
    assert social[("E09000033", "black")] == 5_036
    assert social[("E09000033", "white_other_incl_traveller_roma")] == 3_375
    assert not reading.refusals
