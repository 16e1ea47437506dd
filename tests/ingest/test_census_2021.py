"""Residents by ethnic group, Census 2021: the publisher's custom data sets, whole and spoiled."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from loti_dash import catalogue, config
from loti_dash.errors import LotiError, SourceFileError
from loti_dash.ingest import census_2021
from loti_dash.ingest.ons_custom import AUTHORITIES, LONDON
from loti_dash.observation import check

LABELS = catalogue.labels(config.CATALOGUE)
GROUPS = [
    "Does not apply",
    "Asian, Asian British or Asian Welsh: Bangladeshi",
    "Asian, Asian British or Asian Welsh: Chinese",
    "Asian, Asian British or Asian Welsh: Indian",
    "Asian, Asian British or Asian Welsh: Pakistani",
    "Asian, Asian British or Asian Welsh: Other Asian",
    "Black, Black British, Black Welsh, Caribbean or African: African",
    "Black, Black British, Black Welsh, Caribbean or African: Caribbean",
    "Black, Black British, Black Welsh, Caribbean or African: Other Black",
    "Mixed or Multiple ethnic groups: White and Asian",
    "Mixed or Multiple ethnic groups: White and Black African",
    "Mixed or Multiple ethnic groups: White and Black Caribbean",
    "Mixed or Multiple ethnic groups: Other Mixed or Multiple ethnic groups",
    "White: English, Welsh, Scottish, Northern Irish or British",
    "White: Irish",
    "White: Gypsy or Irish Traveller",
    "White: Roma",
    "White: Other White",
    "Other ethnic group: Arab",
    "Other ethnic group: Any other ethnic group",
]


def custom_file(
    path: Path, areas: Sequence[str], each: int, of: str = "2023 Upper tier local authorities"
) -> Path:
    """Write a custom data set in which every area has `each` people in every group."""
    variable = "Ethnic group (20 categories)"
    lines = [[f"{of} Code", of, f"{variable} Code", variable, "Observation"]]
    for area in areas:
        for code, group in enumerate(GROUPS):
            people = each if code else 0
            lines.append([area, f"Name of {area}", str(code or -8), group, str(people)])
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    return path


@pytest.fixture
def authorities(tmp_path: Path) -> Path:
    return custom_file(tmp_path / "la.csv", [*AUTHORITIES, "E06000001"], 10)


def test_london_is_the_sum_of_its_authorities_and_its_row_stands_beside_it(
    authorities: Path, tmp_path: Path
) -> None:
    region = custom_file(tmp_path / "reg.csv", [LONDON, "E12000001"], 331, "Regions")
    reading = census_2021.read([authorities, region], LABELS)
    seen = check(reading.observations, "census_2021")
    assert set(seen["area_code"]) == {*AUTHORITIES, LONDON}
    assert seen[seen["area_code"] == LONDON]["value"].tolist() == [330.0] * 19
    [total] = reading.totals
    assert (total.ours, total.published, total.reconciles) == (330 * 19, 331 * 19, True)
    assert reading.labels["Does not apply"].startswith("left out")
    assert [(file.rows_read, file.rows_kept) for file in reading.files] == [(680, 660), (40, 20)]


def test_a_region_far_from_its_authorities_is_refused(authorities: Path, tmp_path: Path) -> None:
    region = custom_file(tmp_path / "reg.csv", [LONDON], 340, "Regions")
    [refusal] = census_2021.read([authorities, region], LABELS).refusals
    assert refusal.problem == "total"
    assert "6,270" in refusal.message
    assert "6,460" in refusal.message


def test_a_file_of_regions_alone_gives_londons_row(tmp_path: Path) -> None:
    region = custom_file(tmp_path / "reg.csv", [LONDON], 331, "Regions")
    seen = census_2021.read([region], LABELS).observations
    assert (set(seen["area_code"]), set(seen["value"])) == ({LONDON}, {331.0})


@pytest.mark.parametrize("share", [0.3, 0.5, 0.9, 0.999])
def test_a_file_cut_short_is_refused(authorities: Path, share: float) -> None:
    whole = authorities.read_bytes()
    authorities.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(SourceFileError, match=r"la\.csv"):
        census_2021.read([authorities], LABELS)


def test_a_file_cut_between_two_authorities_is_refused(tmp_path: Path) -> None:
    some = custom_file(tmp_path / "la.csv", AUTHORITIES[:20], 10)
    with pytest.raises(SourceFileError, match="E09000021"):
        census_2021.read([some], LABELS)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no rows"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not a CSV"),
        (b"Area,Group,Count\nE09000001,Arab,5\n", "'Observation'"),
        (b"Area,Group,Observation\nE09000001,Arab,5\n", "no pairs of columns"),
    ],
)
def test_what_is_no_custom_data_set_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "la.csv"
    path.write_bytes(content)
    with pytest.raises(SourceFileError, match=says):
        census_2021.read([path], LABELS)


@pytest.mark.parametrize(
    ("old", "new", "error", "says"),
    [
        ("White: Roma", "White: Romany", LotiError, "White: Romany"),
        (",10\n", ",ten\n", SourceFileError, "'ten' is not a whole number"),
        ("Does not apply,0", "Does not apply,7", SourceFileError, "'Does not apply' has people"),
        ("E06000001", "E09000033", SourceFileError, "every combination"),
        ("Ethnic group", "Religion", SourceFileError, "must be by Ethnic group"),
    ],
)
def test_a_spoiled_file_is_refused_and_the_reason_said(
    authorities: Path, old: str, new: str, error: type[LotiError], says: str
) -> None:
    authorities.write_text(authorities.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(error, match=says):
        census_2021.read([authorities], LABELS)


@pytest.mark.publishers
def test_the_publishers_files(publishers: Path) -> None:
    folder = publishers / "population" / "census_2021_ts021"
    reading = census_2021.read(sorted(folder.glob("*.csv")), LABELS)
    seen = check(reading.observations, "census_2021").set_index(["area_code", "group_code"])
    assert len(seen) == 34 * 19
    by_area = seen["value"].groupby("area_code").sum()
    assert by_area["E09000008"] == 390_724  # five more than the headline figure
    assert by_area[LONDON] == 8_799_736
    assert reading.totals[0].published == 8_799_725  # the headline figure
    assert not reading.refusals
    # Croydon's lines in the publisher's file.
    assert seen.loc[("E09000008", "black_caribbean"), "value"] == 36_108
    assert seen.loc[("E09000008", "white_gypsy_irish_traveller"), "value"] == 212
