"""Residents by ethnic group, Census 2011: sums in the table are checked and left out."""

import csv
from pathlib import Path

import pytest

from loti_dash import catalogue, config
from loti_dash.errors import LotiError, SourceFileError
from loti_dash.ingest import census_2011
from loti_dash.ingest.ons_custom import AUTHORITIES, LONDON
from loti_dash.observation import check

LABELS = catalogue.labels(config.CATALOGUE)
# As in the publisher's file: each sum stands before its parts.
GROUPS = {
    "White": (
        "English/Welsh/Scottish/Northern Irish/British;Irish;Gypsy or Irish Traveller;Other White"
    ),
    "Mixed/multiple ethnic group": (
        "White and Black Caribbean;White and Black African;White and Asian;Other Mixed"
    ),
    "Asian/Asian British": "Indian;Pakistani;Bangladeshi;Chinese;Other Asian",
    "Black/African/Caribbean/Black British": "African;Caribbean;Other Black",
    "Other ethnic group": "Arab;Any other ethnic group",
}


def ks201(path: Path, spoil: dict[str, str] | None = None, areas: list[str] = AUTHORITIES) -> Path:
    """Write a table with 10 people in each group of each area."""
    headings, values = ["All categories: Ethnic group"], ["180"]
    for group, names in GROUPS.items():
        parts = names.split(";")
        headings += [group.split("/")[0].removesuffix(" ethnic group")]
        headings += [f"{group}: {part}" for part in parts]
        values += [str(10 * len(parts)), *["10"] * len(parts)]
    header = [f"Ethnic Group: {each}; measures: Value" for each in headings]
    lines = [["date", "geography", "geography code", "Rural Urban", *header]]
    lines += [["2011", "Name", area, "Total", *values] for area in [*areas, "W06000022"]]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(lines)
    text = path.read_text("utf-8")
    for old, new in (spoil or {}).items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    return path


def test_london_is_the_sum_of_its_authorities(tmp_path: Path) -> None:
    reading = census_2011.read([ks201(tmp_path / "ks201.csv")], LABELS)
    seen = check(reading.observations, "census_2011")
    assert len(seen) == 34 * 18
    assert set(seen.loc[seen["area_code"] == LONDON, "value"]) == {330.0}
    assert not reading.refusals
    assert reading.labels["Ethnic Group: Asian; measures: Value"] == "left out: a sum"


def test_a_sum_that_is_not_the_sum_of_its_parts_is_refused(tmp_path: Path) -> None:
    croydon = '"E09000008","Total","180",'
    path = ks201(tmp_path / "ks201.csv", {f'{croydon}"40"': f'{croydon}"41"'})
    problems = [each.message for each in census_2011.read([path], LABELS).refusals]
    assert len(problems) == 2
    assert any("white, E09000008" in each and "40" in each and "41" in each for each in problems)


@pytest.mark.parametrize(
    ("spoil", "error", "says"),
    [
        ({": Arab;": ": Arabian;"}, LotiError, "Arabian"),
        ({'"E09000033"': '"E06000099"'}, SourceFileError, "no row for E09000033"),
        ({'"E09000033"': '"E09000032"'}, SourceFileError, "every combination"),
        ({'"2011"': '"2001"'}, SourceFileError, "is of 2001"),
        ({'"geography code"': '"code"'}, SourceFileError, "'geography code'"),
        ({'"180"': '"1 80"'}, SourceFileError, "'1 80' is not a whole number"),
    ],
)
def test_a_spoiled_table_is_refused(
    tmp_path: Path, spoil: dict[str, str], error: type[LotiError], says: str
) -> None:
    with pytest.raises(error, match=says):
        census_2011.read([ks201(tmp_path / "ks201.csv", spoil)], LABELS)


def test_a_table_cut_in_half_is_refused(tmp_path: Path) -> None:
    path = ks201(tmp_path / "ks201.csv")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SourceFileError, match=r"ks201\.csv"):
        census_2011.read([path], LABELS)


@pytest.mark.publishers
def test_the_publishers_file(publishers: Path) -> None:
    [path] = (publishers / "population" / "census_2011_ks201").glob("*.csv")
    reading = census_2011.read([path], LABELS)
    seen = check(reading.observations, "census_2011").set_index(["area_code", "group_code"])
    by_area = seen["value"].groupby("area_code").sum()
    assert by_area[LONDON] == 8_173_941
    assert by_area["E09000001"] == 7_375
    # The publisher's line of Westminster.
    assert seen.loc[("E09000033", "white_other_incl_roma"), "value"] == 52_960
    assert seen.loc[("E09000033", "other_arab"), "value"] == 15_724
    assert not reading.refusals
