"""Children's social workers: two boroughs in one row, totals of all and of known ethnicity."""

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from loti_dash import catalogue, config
from loti_dash.errors import SourceFileError
from loti_dash.ingest import social_work_workforce
from loti_dash.ingest.ons_custom import AUTHORITIES
from loti_dash.ingest.reading import Reading
from loti_dash.observation import check

LABELS = catalogue.labels(config.CATALOGUE)
HEADER = (
    "geographic_level,region_code,new_la_code,time_period,role,breakdown_topic,breakdown,"
    "inpost_headcount"
)
BOTH, RICHMOND = "E09000021 / E09000027", "E09000027"
GROUPS = {
    "Total": 20,
    "Known": 17,
    "Not known": 3,
    "White": 5,
    "Mixed / Multiple ethnic groups": 1,
    "Asian / Asian British": 4,
    "Black / African / Caribbean / Black British": 7,
    "Other ethnic group": 0,
    "Non-white": 12,
}
ROLES = ["Total", "Senior manager", "Middle manager", "Case holder"]
CODES = [BOTH if code == "E09000021" else code for code in AUTHORITIES if code != RICHMOND]


def rows(place: str, times: int) -> list[str]:
    return [
        f"{place},2025,{role},Ethnicity major,{label},{count * times}"
        for role in ROLES
        for label, count in GROUPS.items()
        if label != "Non-white" or role == "Total"
    ]


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes the publisher's layout, with texts replaced."""

    def write(*replaced: tuple[str, str]) -> Path:
        lines = [HEADER, *rows("National,,", 40)]
        for region, times in (("E12000007", 32), ("E13000001", 13), ("E13000002", 19)):
            lines += rows(f"Regional,{region},", times)
        for code in CODES:
            lines += rows(f"Local authority,E13000001,{code}", 1)
        text = "\n".join(lines) + "\n"
        for old, new in replaced:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "workforce.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def values(reading: Reading) -> pd.Series:
    seen = check(reading.observations, "social_work_workforce")
    return seen.set_index(["series_id", "period_id", "area_code", "group_code"])["value"]


def test_two_boroughs_that_publish_together_are_one_area(make: Callable[..., Path]) -> None:
    reading = social_work_workforce.read([make()], LABELS)
    seen = values(reading)
    assert seen["social_work_senior_managers", "2025", "E09000021"].to_dict() == {
        "asian": 4,
        "black": 7,
        "mixed": 1,
        "other": 0,
        "unknown_not_known": 3,
        "white": 5,
    }
    areas = set(seen.index.get_level_values("area_code"))
    assert areas == {*AUTHORITIES, "E12000007", "E92000001"} - {RICHMOND}
    assert set(seen.index.levels[0]) == {
        "social_workers",
        "social_work_senior_managers",
        "social_work_middle_managers",
    }
    assert seen["social_workers", "2025", "E12000007", "white"] == 5 * 32, "not Inner London's"
    assert not reading.refusals


def test_totals_and_the_row_of_all_but_white_are_left_out_and_said(
    make: Callable[..., Path],
) -> None:
    reading = social_work_workforce.read([make()], LABELS)
    left_out = {label: why for label, why in reading.labels.items() if "left out" in why}
    assert left_out == {
        "Total": "left out: a total",
        "Known": "left out: a total",
        "Non-white": "left out: all groups except White in one row",
    }
    [file] = reading.files
    # Three roles of 34 areas in six rows each; a line for each is read.
    assert (file.rows_read, file.rows_kept) == (36 * (4 * 8 + 1), 3 * 34 * 6)


def test_figures_that_are_not_there_are_not_zero(make: Callable[..., Path]) -> None:
    camden = "E09000007,2025,Senior manager,Ethnicity major"
    hidden = [
        (f"{camden},{label},{GROUPS[label]}", f"{camden},{label},x")
        for label in GROUPS
        if label in ("White", "Other ethnic group")
    ]
    reading = social_work_workforce.read([make(*hidden)], LABELS)
    seen = check(reading.observations, "social_work_workforce")
    gone = seen[seen["status"] == "not_available"]
    assert gone[["series_id", "area_code", "group_code"]].to_numpy().tolist() == [
        ["social_work_senior_managers", "E09000007", "other"],
        ["social_work_senior_managers", "E09000007", "white"],
    ]
    assert not reading.refusals


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "E09000007,2025,Total,Ethnicity major,White,5",
            "E09000007,2025,Total,Ethnicity major,White,6",
            "E09000007, known: the parts add up to 18",
        ),
        (
            "Regional,E12000007,,2025,Total,Ethnicity major,Total,640",
            "Regional,E12000007,,2025,Total,Ethnicity major,Total,641",
            "sum of authorities: the parts add up to 640",
        ),
    ],
)
def test_a_total_that_does_not_reconcile_is_refused(
    make: Callable[..., Path], old: str, new: str, says: str
) -> None:
    refusals = social_work_workforce.read([make((old, new))], LABELS).refusals
    assert any(says in each.message for each in refusals)


def test_a_borough_that_is_not_there_is_a_file_cut_short(make: Callable[..., Path]) -> None:
    with pytest.raises(SourceFileError, match="no rows of E09000021 for 2025: it is cut short"):
        social_work_workforce.read([make((BOTH, "E06000001"))], LABELS)


@pytest.mark.publishers
def test_the_publishers_table_added_up_by_hand(publishers: Path) -> None:
    [path] = (publishers / "care" / "social_work_workforce").glob("*.csv")
    reading = social_work_workforce.read([path], LABELS)
    seen = values(reading)
    by_hand: Counter[str] = Counter()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            of_boroughs = row["geographic_level"] == "Local authority"
            if of_boroughs and (row["role"], row["breakdown"]) == ("Total", "Not known"):
                by_hand[row["time_period"]] += int(row["inpost_headcount"])
    unknown = seen.xs("unknown_not_known", level="group_code")["social_workers"]
    assert unknown.xs("E12000007", level="area_code").to_dict() == dict(by_hand)
    assert sorted(by_hand) == [str(year) for year in range(2019, 2026)]
    # Read off London's rows of 2025: 164 senior managers, 377 middle managers.
    for role, of_london in (("senior", 164), ("middle", 377)):
        assert seen[f"social_work_{role}_managers", "2025", "E12000007"].sum() == of_london
    # The share of unknown ethnicity that the project's standards name.
    london = seen["social_workers", "2025", "E12000007"]
    assert round(100 * london["unknown_not_known"] / london.sum()) == 14
    assert (reading.observations["status"] == "not_available").sum() == 30
    assert not reading.refusals
