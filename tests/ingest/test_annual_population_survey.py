"""Adults in and out of work: no publisher's file is at hand, so one of its layout is written."""

import csv
from itertools import product
from pathlib import Path

import pytest

from loti_dash import catalogue, config
from loti_dash.errors import LotiError, SourceFileError
from loti_dash.ingest import annual_population_survey
from loti_dash.ingest.ons_custom import AUTHORITIES, LONDON
from loti_dash.observation import check

LABELS = catalogue.labels(config.CATALOGUE)
SHEET = LABELS.table[LABELS.table["source"] == "census_2021"]
GROUPS = [
    label
    for label in SHEET["label_as_published"]
    if ":" in str(label) or label == "Does not apply"
]
STATUSES = {
    "Does not apply": 0,
    "Economically active (excluding full-time students): In employment": 60,
    "Economically active (excluding full-time students): Unemployed": 5,
    "Economically active and a full-time student: In employment": 8,
    "Economically active and a full-time student: Unemployed": 2,
    "Economically inactive (excluding full-time students)": 20,
    "Economically inactive and a full-time student": 3,
}
AGES = {
    "Aged 15 years and under": 0,
    "Aged 16 to 24 years": 1,
    "Aged 25 to 49 years": 2,
    "Aged 50 to 64 years": 1,
    "Aged 65 years and over": 7,
}
ETHNIC, STATUS, AGE = (
    "Ethnic group (20 categories)",
    "Economic activity status (7 categories)",
    "Age (5 categories)",
)


def custom_file(path: Path) -> Path:
    area = "Lower tier local authorities"
    header = [f"{each}{end}" for each in (area, ETHNIC, STATUS, AGE) for end in (" Code", "")]
    lines = [[*header, "Observation"]]
    for code, group, status, age in product(AUTHORITIES, GROUPS, STATUSES, AGES):
        people = 0 if group == "Does not apply" else STATUSES[status] * AGES[age]
        lines.append([code, "Name", "1", group, "1", status, "1", age, str(people)])
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    return path


def test_the_unemployed_are_a_part_of_the_economically_active(tmp_path: Path) -> None:
    reading = annual_population_survey.read([custom_file(tmp_path / "la.csv")], LABELS)
    seen = check(reading.observations, "annual_population_survey")
    values = seen.set_index(["series_id", "area_code", "group_code"])["value"]
    # Ages 16 to 64 have four people for each person of a status: 1 + 2 + 1.
    assert values.xs(("E09000012", "black_african"), level=(1, 2)).to_dict() == {
        "adults_economic_activity": 4 * 98,
        "adults_economically_active": 4 * 75,
        "adults_employed": 4 * 68,
        "adults_unemployed": 4 * 7,
    }
    assert values["adults_unemployed", LONDON, "white_roma"] == 33 * 4 * 7
    assert not reading.refusals


def test_its_series_are_in_the_catalogue(tmp_path: Path) -> None:
    reading = annual_population_survey.read([custom_file(tmp_path / "la.csv")], LABELS)
    with (config.CATALOGUE / "series.csv").open(encoding="utf-8", newline="") as file:
        known = {row["series_id"] for row in csv.DictReader(file)}
    assert set(reading.observations["series_id"]) <= known


@pytest.mark.parametrize(
    ("old", "new", "error", "says"),
    [
        (": Unemployed", "", SourceFileError, "more categories"),
        ("Aged 50 to 64", "Aged 50 to 74", SourceFileError, "breaks at 16 and 65"),
        ("Aged 25 to 49", "Aged 30 to 49", SourceFileError, "breaks at 16 and 65"),
        ("White: Roma", "White: Romany", LotiError, "White: Romany"),
        ("Age (", "Sex (", SourceFileError, "must be by Age"),
        ("Observation", "Count", SourceFileError, "'Observation'"),
    ],
)
def test_a_file_of_other_variables_is_refused(
    tmp_path: Path, old: str, new: str, error: type[LotiError], says: str
) -> None:
    path = custom_file(tmp_path / "la.csv")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(error, match=says):
        annual_population_survey.read([path], LABELS)


def test_a_file_cut_in_half_is_refused(tmp_path: Path) -> None:
    path = custom_file(tmp_path / "la.csv")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SourceFileError, match=r"la\.csv"):
        annual_population_survey.read([path], LABELS)
