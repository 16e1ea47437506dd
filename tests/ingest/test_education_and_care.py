"""Sources of the Department for Education: figures traced from the publisher's files by hand."""

import csv
import gzip
import io
import zipfile
from pathlib import Path

import pytest

from loti_dash import catalogue, config
from loti_dash.errors import LotiError, SourceFileError
from loti_dash.ingest import (
    key_stage_4,
    looked_after_children,
    neet_16_17,
    school_pupils,
    social_work_workforce,
    suspensions_and_exclusions,
)
from loti_dash.observation import check

LABELS = catalogue.labels(config.CATALOGUE)
LONDON = "E12000007"


def values(reading, series):
    rows = check(reading.observations, series)
    rows = rows[rows["series_id"] == series]
    return rows.set_index(["period_id", "area_code", "group_code"])


def written(path: Path, header: str, *rows: str) -> Path:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.publishers
def test_londons_looked_after_children_of_2025_by_group(publishers):
    files = list((publishers / "care" / "looked_after_children").glob("*.csv"))
    reading = looked_after_children.read(files, LABELS)
    found = values(reading, "looked_after_children").loc[("2025-03-31", LONDON)]
    # As printed in the publisher's table.
    assert found["value"].to_dict() == {
        "asian": 970,
        "black": 2510,
        "mixed": 1940,
        "other": 600,
        "unknown": 80,
        "white": 3200,
    }
    # 33 authorities x 5 years x 7 rows are 1,155, of which the totals are not kept: 990.
    with files[0].open(encoding="utf-8-sig") as file:
        withheld = [
            row
            for row in csv.DictReader(file)
            if row["cla_group"] == "Ethnicity"
            and row["geographic_level"] == "Local authority"
            and row["characteristic"] != "Total"
            and row["cla_31_march_number"] == "c"
        ]
    assert len(withheld) == 168
    assert reading.facts == ["168 of 990 counts of boroughs are withheld"]
    assert (9288, 9290) in [(total.ours, total.published) for total in reading.totals]
    assert not reading.refusals


LAC = "time_period,geographic_level,region_code,new_la_code,cla_group,characteristic,"
LAC += "cla_31_march_number"


@pytest.mark.publishers
def test_a_file_without_the_totals_it_is_checked_with_is_refused(publishers, tmp_path):
    [file] = (publishers / "care" / "looked_after_children").glob("*.csv")
    header, *rows = file.read_text(encoding="utf-8-sig").splitlines()
    without = written(tmp_path / "cla.csv", header, *(row for row in rows if ",Total," not in row))
    with pytest.raises(SourceFileError, match="no row of the total of looked_after_children"):
        looked_after_children.read([without], LABELS)


def test_a_label_nobody_knows_is_refused_by_name(tmp_path):
    row = "2025,Regional,E12000007,,Ethnicity,Martian,10"
    with pytest.raises(LotiError, match=r"cla\.csv: .*'Martian'"):
        looked_after_children.read([written(tmp_path / "cla.csv", LAC, row)], LABELS)


def test_a_count_that_is_no_count_is_an_error(tmp_path):
    row = "2025,Regional,E12000007,,Ethnicity,White,about ten"
    with pytest.raises(SourceFileError, match="'about ten'"):
        looked_after_children.read([written(tmp_path / "cla.csv", LAC, row)], LABELS)


@pytest.mark.publishers
def test_social_workers_of_london_in_2025(publishers):
    files = list((publishers / "care" / "social_work_workforce").glob("*.csv"))
    reading = social_work_workforce.read(files, LABELS)
    found = values(reading, "social_workers").loc[("2025", LONDON)]["value"]
    # As printed in the publisher's table; 6,336 in all.
    assert found.to_dict() == {
        "asian": 598,
        "black": 2249,
        "mixed": 326,
        "other": 117,
        "unknown_not_known": 869,
        "white": 2177,
    }
    assert found.sum() == 6336
    assert "left out" in reading.labels["Non-white"]
    areas = set(reading.observations["area_code"])
    assert "E09000021" in areas
    assert "E09000027" not in areas, "Richmond upon Thames publishes with Kingston upon Thames"


@pytest.mark.publishers
def test_neet_of_every_borough_agrees_with_the_zip_read_by_hand(publishers):
    path = publishers / "employment" / "neet_16_17" / "neets_by_la.zip"
    reading = neet_16_17.read([path], LABELS)
    found = values(reading, "neet_16_17")
    with zipfile.ZipFile(path) as archive:
        text = archive.read("data/ud_neet_characteristics.csv").decode("utf-8-sig")
    compared = 0
    for row in csv.DictReader(io.StringIO(text)):
        wanted = row["Age"] == "16-17" and row["Characteristic"] == "chinese"
        if wanted and row["new_la_code"].startswith("E09"):
            ours = found.loc[(row["time_period"], row["new_la_code"], "asian_chinese")]
            if row["avgNEETNK"] == "c":
                assert ours["status"] == "suppressed"
            else:
                assert ours["value"] == pytest.approx(float(row["avgNEETNK"]))
            compared += 1
    # The City of London has no row of Chinese young people, in none of four years.
    assert compared == 32 * 4
    assert (found["value"].dropna() % 1 > 0).any(), "averages have decimals, and are kept"


@pytest.mark.publishers
def test_pupils_and_free_school_meals_of_hackney_agree_with_the_files(publishers):
    folder = publishers / "education" / "pupils"
    files = sorted(folder.glob("*data.csv.gz"))
    reading = school_pupils.read(files, LABELS)
    pupils = values(reading, "pupils")["value"]
    eligible = values(reading, "pupils_free_school_meals")["value"]
    with gzip.open(folder / "spc_pupils_fsm_ethnicity_yrgp__data.csv.gz", "rt") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["new_la_code"] == "E09000012"
            and row["time_period"] == "202122"
            and row["phase_type_grouping"] == "Total"
            and row["characteristic"] == "Black - Black African"
        ]
    known = next(row for row in rows if row["fsm_eligibility"].startswith("Known"))
    key = ("2021-22", "E09000012", "black_african")
    assert eligible[key] == int(known["number_of_pupils"])
    assert pupils[key] == int(known["denominator"])
    assert min(pupils.index.get_level_values("period_id")) == "2017-18"
    assert (eligible <= pupils).all()
    assert not reading.refusals


@pytest.mark.publishers
def test_suspensions_of_the_city_in_2023_to_2024(publishers):
    files = list((publishers / "education" / "suspensions_and_exclusions").glob("*.csv"))
    reading = suspensions_and_exclusions.read(files, LABELS)
    found = values(reading, "suspensions").loc[("2023-24", "E09000001")]["value"]
    assert found.to_dict() == {
        **{"asian": 0, "black": 0, "mixed": 0, "other": 0, "white": 1, "unknown": 0}
    }
    pupils = values(reading, "pupils_in_exclusion_statistics").loc[("2023-24", "E09000001")]
    # 244 pupils in all, of whom 104, 15, 43, 17 and 65 are in a group.
    assert pupils["value"]["unknown"] == 244 - (104 + 15 + 43 + 17 + 65)
    assert not reading.refusals


@pytest.mark.publishers
def test_results_at_16_in_london(publishers):
    files = list((publishers / "education" / "key_stage_4").glob("*.zip"))
    reading = key_stage_4.read(files, LABELS)
    pupils = values(reading, "key_stage_4_pupils")["value"]
    assert pupils.loc[("2021-22", LONDON)].sum() == 86145
    assert not reading.refusals


@pytest.mark.parametrize(
    "source",
    [looked_after_children, social_work_workforce, suspensions_and_exclusions],
    ids=lambda module: module.__name__.rpartition(".")[2],
)
def test_a_file_of_another_kind_is_named(tmp_path, source):
    path = written(tmp_path / "other.csv", "one,two", "1,2")
    with pytest.raises(SourceFileError, match=r"other\.csv"):
        source.read([path], LABELS)
