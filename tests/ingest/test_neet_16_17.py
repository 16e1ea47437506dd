"""Young people out of education: averages with decimals, in a zip among other tables."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from loti_dash import catalogue, config
from loti_dash.errors import SourceFileError
from loti_dash.ingest import neet_16_17
from loti_dash.ingest.ons_custom import AUTHORITIES
from loti_dash.ingest.reading import Reading
from loti_dash.observation import check
from loti_dash.periods import period

LABELS = catalogue.labels(config.CATALOGUE)
HEADER = (
    "time_period,geographic_level,region_code,new_la_code,Age,Characteristic_grouping,"
    "Characteristic,avgcohort,avgNEETNK"
)
OTHER = "time_period,geographic_level,region_code,new_la_code,Age,Characteristic,cohort"
GROUPS = {
    "asian": ("100.333333333333", "10.6666666666667"),
    "black": ("50", "4"),
    "chinese": ("20.6666666666667", "0"),
    "mixed": ("9", "3.33333333333333"),
    "not known": ("30", "8"),
    "other": ("5", "1"),
    "white": ("200", "23.6666666666667"),
}
TOTAL = ("415", "50.6666666666667")


def rows(place: str, groups: dict[str, tuple[str, str]], total: tuple[str, str]) -> list[str]:
    by_group = [
        f"2022,{place},16-17,ethnicity,{label},{','.join(counts)}"
        for label, counts in groups.items()
    ]
    return [
        *by_group,
        f"2022,{place},16-17,Total,Total,{','.join(total)}",
        f"2022,{place},16,Total,Total,200,20",
        f"2022,{place},16-17,gender,Female,210,25",
    ]


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes the publisher's zip, with texts replaced."""

    def write(*replaced: tuple[str, str], member: str = "data/anything.csv") -> Path:
        lines = [HEADER]
        # 33 authorities with 415 and 50 2/3: London's are rounded to 10.
        groups = {
            label: tuple(str(round(33 * float(count), -1)) for count in counts)
            for label, counts in GROUPS.items()
        }
        lines += rows("National,,", groups, ("13700", "1670"))
        lines += rows("Regional,E12000007,", groups, ("13700", "1670"))
        for code in AUTHORITIES:
            lines += rows(f"Local authority,E12000007,{code}", GROUPS, TOTAL)
        lines += rows("Local authority,E12000002,E06000009", GROUPS, ("1", "1"))
        text = "\n".join(lines) + "\n"
        for old, new in replaced:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "neet.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("data/a_participation.csv", f"{OTHER}\n2022,National,,,16,x,1\n")
            archive.writestr(member, text.encode("utf-8-sig"))
            archive.writestr("data-guidance/data-guidance.txt", "about the columns")
        return path

    return write


def table(reading: Reading) -> pd.DataFrame:
    seen = check(reading.observations, "neet_16_17")
    return seen.set_index(["series_id", "period_id", "area_code", "group_code"])


def test_averages_keep_their_decimals_and_chinese_stands_apart(
    make: Callable[..., Path],
) -> None:
    reading = neet_16_17.read([make()], LABELS)
    seen = table(reading)["value"]
    assert seen["neet_16_17", "2022", "E09000007"].to_dict() == pytest.approx(
        {
            "asian_chinese": 0,
            "asian_excl_chinese": 32 / 3,
            "black": 4,
            "mixed": 10 / 3,
            "other": 1,
            "unknown_not_known": 8,
            "white": 71 / 3,
        }
    )
    assert seen["neet_16_17_cohort", "2022", "E12000007", "white"] == 6600
    areas = {*AUTHORITIES, "E12000007", "E92000001"} - {"E09000001"}
    assert set(seen.index.get_level_values("area_code")) == areas
    assert any("City of London is left out" in fact for fact in reading.facts)
    [file] = reading.files
    assert (file.rows_read, file.rows_kept) == (36 * 10, 34 * 7)
    assert not reading.refusals


def test_a_withheld_count_has_a_cohort_still(make: Callable[..., Path]) -> None:
    camden = "E09000007,16-17,ethnicity,chinese,20.6666666666667"
    seen = table(neet_16_17.read([make((f"{camden},0", f"{camden},c"))], LABELS))
    assert seen["status"]["neet_16_17", "2022", "E09000007", "asian_chinese"] == "suppressed"
    assert seen["status"]["neet_16_17_cohort", "2022", "E09000007", "asian_chinese"] == "ok"


def test_rounding_is_forgiven_where_the_publisher_rounds_and_nowhere_else(
    make: Callable[..., Path],
) -> None:
    place = "Regional,E12000007,,16-17,Total,Total"
    [refusal] = neet_16_17.read([make((f"{place},13700", f"{place},13710"))], LABELS).refusals
    assert "sum of authorities: the parts add up to 13,695" in refusal.message
    place = "E09000007,16-17,Total,Total"
    [refusal] = neet_16_17.read([make((f"{place},415", f"{place},415.1"))], LABELS).refusals
    assert "neet_16_17_cohort, 2022, E09000007" in refusal.message


def test_what_is_not_the_whole_zip_is_refused(make: Callable[..., Path], tmp_path: Path) -> None:
    whole = make().read_bytes()
    for name, content in {
        "half.zip": whole[: len(whole) // 2],
        "damaged.zip": whole[:200] + bytes(50) + whole[250:],
        "page.zip": b"<html></html>",
    }.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(SourceFileError, match=name):
            neet_16_17.read([tmp_path / name], LABELS)
    with pytest.raises(SourceFileError, match=r"holds no table with the columns .*avgNEETNK"):
        neet_16_17.read([make(member="data/table.xls")], LABELS)
    with pytest.raises(SourceFileError, match="no rows of E09000007 for 2022"):
        neet_16_17.read([make(("E09000007", "E06000007"))], LABELS)


@pytest.mark.publishers
def test_the_publishers_zip(publishers: Path) -> None:
    [path] = (publishers / "employment" / "neet_16_17").glob("*.zip")
    with zipfile.ZipFile(path) as archive:
        text = archive.read("data/ud_neet_characteristics.csv").decode("utf-8-sig")
        guidance = archive.read("data-guidance/data-guidance.txt").decode("utf-8")
    # The months that are averaged, as the publisher's own guidance has them.
    assert "average of Dec/Jan/Feb" in guidance
    of_2022 = period("2022", "december_to_february")
    assert (of_2022.starts.isoformat(), of_2022.ends.isoformat()) == ("2021-12-01", "2022-02-28")

    reading = neet_16_17.read([path], LABELS)
    seen = table(reading)
    counted = hidden = 0
    for row in csv.DictReader(io.StringIO(text)):
        area = row["new_la_code"]
        by_group = (row["Age"], row["Characteristic_grouping"]) == ("16-17", "ethnicity")
        if not by_group or not area.startswith("E09"):
            continue
        if area == "E09000001":
            assert row["avgNEETNK"] == "c", "the City's are all withheld, and left out"
            continue
        [code] = LABELS.codes("dfe_neet", [row["Characteristic"]]).values()
        key = (row["time_period"], area, code)
        cohort = seen["value"][("neet_16_17_cohort", *key)]
        assert cohort == pytest.approx(float(row["avgcohort"]))
        ours = seen.loc[("neet_16_17", *key)]
        if row["avgNEETNK"] == "c":
            hidden += 1
            assert ours["status"] == "suppressed"
        else:
            assert ours["value"] == pytest.approx(float(row["avgNEETNK"]))
        counted += 1
    # 32 authorities, 4 years, 7 rows.
    assert (counted, hidden) == (32 * 4 * 7, 1)
    # Shares of unknown ethnicity, 2022, that the project's standards name.
    cohort_2022 = seen["value"]["neet_16_17_cohort", "2022"]
    for area, percent in (("E12000007", 12), ("E09000032", 62), ("E09000030", 1.5)):
        share = 100 * cohort_2022[area, "unknown_not_known"] / cohort_2022[area].sum()
        assert share == pytest.approx(percent, abs=0.5)
    assert not reading.refusals
