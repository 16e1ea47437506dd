"""What files of the Department for Education have in common."""

import zipfile
from pathlib import Path

import pandas as pd
import pytest

from loti_dash.errors import SourceFileError
from loti_dash.ingest import dfe


def test_each_symbol_is_a_state() -> None:
    text = pd.Series(["1,234", " 0 ", "23.6666666666667", "c", "k", "low", "x", ":", "", "z"])
    seen = dfe.values(text, Path("any.csv"))
    assert seen["value"].dropna().to_list() == [1234, 0, 23.6666666666667]
    states = "ok ok ok suppressed suppressed suppressed not_available not_available"
    assert seen["status"].to_list() == [*states.split(), "not_available", "not_applicable"]


def test_areas_are_londons_authorities_london_and_england() -> None:
    rows = pd.DataFrame(
        [
            ("Local authority", "E12000007", "E09000007"),
            ("Local authority", "E13000002", "E09000021 / E09000027"),
            ("Local authority", "E12000002", "E06000009"),
            ("Regional", "E12000007", ""),
            ("Regional", "E13000001", ""),
            ("National", "", ""),
        ],
        columns=["geographic_level", "region_code", "new_la_code"],
    )
    seen = dfe.area_codes(rows)
    assert seen.dropna().to_dict() == {
        0: "E09000007",
        1: "E09000021",
        3: "E12000007",
        5: "E92000001",
    }


def test_a_school_year_has_one_id() -> None:
    years = pd.Series(["202122", "2021/22", "199900"])
    assert dfe.academic_year(years).to_list() == ["2021-22", "2021-22", "1999-00"]


def test_a_zip_is_searched_for_the_table_by_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "release.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("notes.txt", "wanted,also")
        archive.writestr("one.csv", "wanted\n1\n")
        archive.writestr("two.csv", "also,wanted\n2,3\n")
    assert dfe.table(path, ["wanted", "also"]).to_dict("list") == {"also": ["2"], "wanted": ["3"]}
    with pytest.raises(SourceFileError, match=r"release\.zip holds no table"):
        dfe.table(path, ["neither"])


def test_columns_that_are_missing_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("here , other\n1,2\n", encoding="utf-8")
    assert list(dfe.table(path, ["here", "other"]).columns) == ["here", "other"]
    with pytest.raises(SourceFileError, match="missing: gone"):
        dfe.table(path, ["here", "gone"])
