"""Results at 16: counts of both sexes in six groups, the newest year provisional."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from loti_dash import catalogue, config
from loti_dash.errors import SourceFileError
from loti_dash.ingest import key_stage_4
from loti_dash.ingest.ons_custom import AUTHORITIES
from loti_dash.ingest.reading import Reading
from loti_dash.observation import check

LABELS = catalogue.labels(config.CATALOGUE)
HEADER = (
    "time_period,geographic_level,region_code,new_la_code,version,breakdown,"
    "characteristic_gender,characteristic_ethnic_major,t_pupils,t_l2basics_95"
)
GROUPS = {
    "Asian": (100, 60),
    "Black": (80, 30),
    "Chinese": (6, 5),
    "Mixed": (40, 20),
    "Other": (20, 10),
    "Unclassified": (4, 1),
    "White": (150, 70),
}
TOTAL = (400, 196)
CITY = "E09000001"
PUPILS, PASSED = "key_stage_4_pupils", "key_stage_4_english_and_maths_9_to_5"


def rows(year: str, version: str, place: str, times: int) -> list[str]:
    start = f"{year},{place},{version}"
    by_group = [
        f"{start},Ethnic major,Total,{label},{times * pupils},{times * passed}"
        for label, (pupils, passed) in GROUPS.items()
    ]
    return [
        *by_group,
        f"{start},Ethnic major,Boys,Black,{40 * times},{14 * times}",
        f"{start},First language,Total,Total,{250 * times},{90 * times}",
        f"{start},Total,Total,Total,{TOTAL[0] * times},{TOTAL[1] * times}",
    ]


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes the publisher's zip, with texts replaced."""

    def write(*replaced: tuple[str, str]) -> Path:
        lines = [HEADER]
        for year, version in (("202122", "Provisional"), ("202021", "Revised")):
            lines += rows(year, version, "Regional,E12000007,", 32)
            lines += rows(year, version, "Regional,E13000001,", 13)
            lines += rows(year, version, "National,,", 100)
            for code in AUTHORITIES:
                if code != CITY:
                    lines += rows(year, version, f"Local authority,E13000001,{code}", 1)
        text = "\n".join(lines) + "\n"
        for old, new in replaced:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "ks4.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("data/2122_ap_data.csv", "time_period,t_pupils\n202122,1\n")
            archive.writestr("data/2122_lachar_data.csv", text)
        return path

    return write


def table(reading: Reading) -> pd.DataFrame:
    seen = check(reading.observations, "key_stage_4")
    return seen.set_index(["series_id", "period_id", "area_code", "group_code"])


def test_counts_of_both_sexes_and_of_no_other_breakdown(make: Callable[..., Path]) -> None:
    reading = key_stage_4.read([make()], LABELS)
    seen = table(reading)
    assert seen["value"][PUPILS, "2020-21", "E09000007"].to_dict() == {
        "asian_chinese": 6,
        "asian_excl_chinese": 100,
        "black": 80,
        "mixed": 40,
        "other": 20,
        "unknown": 4,
        "white": 150,
    }
    assert seen["value"][PASSED, "2021-22", "E12000007", "black"] == 30 * 32
    assert set(seen.loc[(PUPILS, "2020-21"), "status"]) == {"ok"}
    assert set(seen.loc[(PUPILS, "2021-22"), "status"]) == {"provisional"}
    assert CITY not in set(reading.observations["area_code"])
    assert not reading.refusals


def test_a_withheld_count_is_not_provisional(make: Callable[..., Path]) -> None:
    camden = "202122,Local authority,E13000001,E09000007,Provisional,Ethnic major,Total,Chinese,6"
    reading = key_stage_4.read([make((f"{camden},5", f"{camden},c"))], LABELS)
    status = table(reading)["status"]
    assert status[PASSED, "2021-22", "E09000007", "asian_chinese"] == "suppressed"
    assert status[PUPILS, "2021-22", "E09000007", "asian_chinese"] == "provisional"
    assert not reading.refusals


def test_a_total_that_is_not_the_sum_of_its_groups_is_refused(
    make: Callable[..., Path],
) -> None:
    camden = "202021,Local authority,E13000001,E09000007,Revised,Total,Total,Total,400"
    reading = key_stage_4.read([make((camden, camden.replace(",400", ",401")))], LABELS)
    assert [each.problem for each in reading.refusals] == ["total", "total"]
    assert f"{PUPILS}, 2020-21, E09000007" in reading.refusals[0].message
    assert "sum of authorities" in reading.refusals[1].message


def test_what_is_not_the_whole_zip_is_refused(make: Callable[..., Path], tmp_path: Path) -> None:
    half = tmp_path / "half.zip"
    half.write_bytes(make().read_bytes()[:2000])
    with pytest.raises(SourceFileError, match=r"half\.zip cannot be read"):
        key_stage_4.read([half], LABELS)
    with pytest.raises(SourceFileError, match="holds no table with the columns"):
        key_stage_4.read([make(("t_l2basics_95", "t_l2basics_94"))], LABELS)
    with pytest.raises(SourceFileError, match="no rows of E09000033 for 2020-21"):
        key_stage_4.read([make(("E09000033", "E06000033"))], LABELS)
    path = make()
    with pytest.raises(SourceFileError, match="given twice"):
        key_stage_4.read([path, path], LABELS)


@pytest.mark.publishers
def test_the_publishers_zip(publishers: Path) -> None:
    [path] = (publishers / "education" / "key_stage_4").glob("*.zip")
    reading = key_stage_4.read([path], LABELS)
    seen = table(reading)
    # Lambeth's rows of 2021-22 in the publisher's table: pupils, and those with grade 5.
    lambeth = {
        "asian_chinese": (11, 8),
        "asian_excl_chinese": (113, 67),
        "black": (1102, 493),
        "mixed": (278, 125),
        "other": (178, 85),
        "unknown": (72, 30),
        "white": (603, 304),
    }
    for group, counts in lambeth.items():
        ours = (seen["value"][each, "2021-22", "E09000022", group] for each in (PUPILS, PASSED))
        assert tuple(ours) == counts
    periods = seen.index.get_level_values("period_id").unique()
    assert sorted(periods) == ["2018-19", "2019-20", "2020-21", "2021-22"]
    # The share of unknown ethnicity that the project's standards name.
    of_london = seen["value"][PUPILS, "2021-22", "E12000007"]
    assert round(100 * of_london["unknown"] / of_london.sum()) == 2
    assert not reading.refusals


@pytest.mark.publishers
def test_percentages_published_beside_the_counts_are_theirs(publishers: Path) -> None:
    [path] = (publishers / "education" / "key_stage_4").glob("*.zip")
    seen = table(key_stage_4.read([path], LABELS))["value"]
    with zipfile.ZipFile(path) as archive:
        text = archive.read("data/2122_lachar_data.csv").decode("utf-8-sig")
    compared = 0
    for row in csv.DictReader(io.StringIO(text)):
        of_sexes = (row["breakdown"], row["characteristic_gender"]) == ("Ethnic major", "Total")
        in_london = row["new_la_code"].startswith("E09")
        if not (of_sexes and in_london) or row["pt_l2basics_95"] in ("c", "z", "x"):
            continue
        [code] = LABELS.codes("dfe_ks4", [row["characteristic_ethnic_major"]]).values()
        year = f"{row['time_period'][:4]}-{row['time_period'][4:]}"
        passed, pupils = (seen[each, year, row["new_la_code"], code] for each in (PASSED, PUPILS))
        assert 100 * passed / pupils == pytest.approx(float(row["pt_l2basics_95"]), abs=0.0501)
        compared += 1
    assert compared > 32 * 7 * 4 - 20
