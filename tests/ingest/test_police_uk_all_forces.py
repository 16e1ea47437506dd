"""Searches in London by all forces: ten months of twelve are all there."""

import csv
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from loti_dash import catalogue, config
from loti_dash.errors import SourceFileError
from loti_dash.ingest import police_uk_all_forces
from loti_dash.ingest.ons_custom import LONDON
from loti_dash.ingest.reading import Reading
from loti_dash.observation import check

LABELS = catalogue.labels(config.CATALOGUE)
AFRICAN = "Black/African/Caribbean/Black British - African"
BRITISH = "White - English/Welsh/Scottish/Northern Irish/British"
# At Hackney Town Hall, which an earlier hand has put into Tower Hamlets.
SEARCH = {
    "index": 30,
    "la_code": "E09000030",
    "force": "Metropolitan Police",
    "date": "2022-05-10",
    "time": "12:00:00",
    "self_defined_ethnicity": AFRICAN,
    "officer_defined_ethnicity": "Black",
    "outcome": "Arrest",
    "location.longitude": "-0.0571",
    "location.latitude": "51.5451",
    "type": "Person search",
}


def written(path: Path, rows: list[dict[str, object]]) -> Path:
    pd.DataFrame([SEARCH | row for row in rows]).to_parquet(path)
    return path


def values(reading: Reading) -> pd.Series:
    table = check(reading.observations, "police_uk_all_forces")
    return table.set_index(["series_id", "period_id", "area_code", "group_code"])["value"]


def test_the_outlines_decide_on_the_borough_and_dates_are_of_utc(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {},
        {"self_defined_ethnicity": None, "officer_defined_ethnicity": "Mixed"},
        {"type": "Vehicle search"},
        {"date": "2022-04-30", "time": "23:30:00"},
    ]
    reading = police_uk_all_forces.read([written(tmp_path / "a.parquet", rows)], LABELS)
    found = values(reading)
    assert set(reading.observations["period_id"]) == {"2022-05"}
    own = found["searches_all_forces_self_defined", "2022-05"]
    assert own["E09000012", "black_african"] == own[LONDON, "black_african"] == 2
    assert own["E09000012", "unknown_blank"] == 1
    assert own["E09000030"].sum() == 0
    seen = found["searches_all_forces_officer_defined", "2022-05"]
    assert seen[LONDON].to_dict() == {
        "asian": 0,
        "black": 2,
        "other": 0,
        "unknown_blank": 1,
        "white": 0,
    }
    assert any(
        "3 searches lie, by the 20 m outlines, in another" in fact for fact in reading.facts
    )


def test_a_month_that_is_not_all_there_is_left_out_and_said(tmp_path: Path) -> None:
    sizes = {"2022-04": 50, "2022-05": 60, "2022-06": 20, "2022-07": 50}
    rows: list[dict[str, object]] = [
        {"date": f"{month}-10"} for month, size in sizes.items() for _ in range(size)
    ]
    reading = police_uk_all_forces.read([written(tmp_path / "a.parquet", rows)], LABELS)
    assert sorted(reading.observations["period_id"].unique()) == ["2022-04", "2022-05", "2022-07"]
    assert "20 searches of people are less than half of 50" in reading.missing["2022-06"]
    assert not reading.refusals


def test_a_file_without_any_month_that_is_all_there_is_refused(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"officer_defined_ethnicity": "White"}] * 1000
    reading = police_uk_all_forces.read([written(tmp_path / "a.parquet", rows)], LABELS)
    (refusal,) = reading.refusals
    assert refusal.message.startswith("2022-05, all forces: not one of 1,000 searches")
    assert reading.observations.empty


def test_what_is_no_such_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pdf.parquet").write_bytes(b"%PDF-1.7")
    whole = written(tmp_path / "whole.parquet", [{}] * 50).read_bytes()
    (tmp_path / "half.parquet").write_bytes(whole[: len(whole) // 2])
    pd.DataFrame([SEARCH]).drop(columns="type").to_parquet(tmp_path / "typeless.parquet")
    pd.DataFrame([SEARCH]).head(0).to_parquet(tmp_path / "empty.parquet")
    for name, said in {
        "pdf": "is not a parquet file",
        "half": "is not a parquet file, or is cut short",
        "typeless": "has no column 'type'",
        "empty": "has no rows",
    }.items():
        with pytest.raises(SourceFileError, match=rf"{name}\.parquet {said}"):
            police_uk_all_forces.read([tmp_path / f"{name}.parquet"], LABELS)


@pytest.fixture(scope="module")
def path(publishers: Path) -> Path:
    folder = publishers / "justice" / "police_uk_all_forces_2021_12_to_2022_11"
    return folder / "london_stops_12_months_to_nov22.parquet"


@pytest.fixture(scope="module")
def real(path: Path) -> Reading:
    return police_uk_all_forces.read([path], LABELS)


@pytest.mark.publishers
def test_june_and_november_2022_are_left_out(path: Path, real: Reading) -> None:
    assert set(real.missing) == {"2022-06", "2022-11"}
    assert real.observations["period_id"].nunique() == 10
    assert not real.refusals
    assert pd.read_parquet(path).duplicated().sum() == 4_616  # as the files' description says


@pytest.mark.publishers
def test_the_ratios_of_black_and_white_are_those_of_the_standards(
    publishers: Path, path: Path, real: Reading
) -> None:
    london = values(real).xs(LONDON, level="area_code").groupby(["series_id", "group_code"]).sum()
    own = london["searches_all_forces_self_defined"]
    seen = london["searches_all_forces_officer_defined"]
    five = {group: own.filter(regex=f"^{group}_").sum() for group in ("black", "white", "unknown")}
    residents = Counter[str]()
    for file in (publishers / "population" / "census_2021_ts021").glob("*reg*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["Regions Code"] == LONDON:
                    group = row["Ethnic group (20 categories)"].split(":")[0].split(",")[0]
                    residents[group] += int(row["Observation"])

    def ratio(black: float, white: float) -> float:
        return round((black / residents["Black"]) / (white / residents["White"]), 2)

    assert ratio(five["black"], five["white"]) == 2.83
    assert ratio(seen["black"], seen["white"]) == 3.60
    assert ratio(five["black"], five["white"] + five["unknown"]) == 1.47
    assert ratio(five["black"] + five["unknown"], five["white"]) == 6.52
    assert f"{five['unknown'] / own.sum():.1%}" == "28.8%"
    assert f"{seen['unknown_blank'] / seen.sum():.1%}" == "1.2%"
    # Every record counted once more, plainly: in winter and summer time, months by hand.
    table = pd.read_parquet(path)
    moment = pd.to_datetime(table["date"].astype(str) + " " + table["time"])
    summer = (moment >= "2022-03-27 01:00") & (moment < "2022-10-30 01:00")
    month = (moment + pd.to_timedelta(np.where(summer, 1, 0), unit="h")).dt.strftime("%Y-%m")
    people = table[(table["type"] != "Vehicle search") & ~month.isin(["2022-06", "2022-11"])]
    assert own["black_african"] == (people["self_defined_ethnicity"] == AFRICAN).sum()
    assert own["white_british"] == (people["self_defined_ethnicity"] == BRITISH).sum()
    assert own.sum() == seen.sum() == len(people)
