"""Suspensions and permanent exclusions: unknown is what of a total is in no group."""

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from loti_dash import catalogue, config
from loti_dash.errors import SourceFileError
from loti_dash.ingest import suspensions_and_exclusions
from loti_dash.ingest.ons_custom import AUTHORITIES
from loti_dash.ingest.reading import Reading
from loti_dash.observation import check

LABELS = catalogue.labels(config.CATALOGUE)
HEADER = "la_code,academic_year,measure,ethnicity_major,numerator,pupils_headcount,rate_per_100"
PUPILS = {"Asian": 100, "Black": 200, "Mixed": 50, "Other": 20, "White": 300, "overall": 680}
SUSPENSIONS = {"Asian": 3, "Black": 9, "Mixed": 4, "Other": 0, "White": 10, "overall": 28}
EXCLUSIONS = {"Asian": 0, "Black": 1, "Mixed": 0, "Other": 0, "White": 2, "overall": 3}
LONDON = "E12000007"


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes the layout of the transcription, with texts replaced."""

    def write(*replaced: tuple[str, str]) -> Path:
        text = "\n".join(
            [HEADER]
            + [
                f"{code},2024/25,{measure},{group},{counts[group]},{PUPILS[group]},1.5"
                for code in AUTHORITIES
                for measure, counts in (
                    ("suspensions", SUSPENSIONS),
                    ("permanent_exclusions", EXCLUSIONS),
                )
                for group in PUPILS
            ]
        )
        for old, new in replaced:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "exclusions.csv"
        path.write_text(text + "\n", encoding="utf-8")
        return path

    return write


def table(reading: Reading) -> pd.DataFrame:
    seen = check(reading.observations, "suspensions_and_exclusions")
    return seen.set_index(["series_id", "period_id", "area_code", "group_code"])


def test_unknown_is_the_total_less_the_groups_and_london_the_sum(
    make: Callable[..., Path],
) -> None:
    reading = suspensions_and_exclusions.read([make()], LABELS)
    seen = table(reading)["value"]
    groups = {"asian": 100, "black": 200, "mixed": 50, "other": 20, "white": 300, "unknown": 10}
    assert seen["pupils_in_exclusion_statistics", "2024-25", "E09000007"].to_dict() == groups
    assert seen["suspensions", "2024-25", "E09000007", "unknown"] == 2
    assert seen["permanent_exclusions", "2024-25", "E09000007", "unknown"] == 0
    assert seen["suspensions", "2024-25", LONDON, "unknown"] == 33 * 2
    assert seen["pupils_in_exclusion_statistics", "2024-25", LONDON, "black"] == 33 * 200
    assert "London is the sum of its 33 authorities" in reading.facts
    assert not reading.refusals


def test_what_is_withheld_is_not_recovered_by_a_sum(make: Callable[..., Path]) -> None:
    camden = "E09000007,2024/25,suspensions,Asian"
    seen = table(suspensions_and_exclusions.read([make((f"{camden},3", f"{camden},c"))], LABELS))
    for area in ("E09000007", LONDON):
        of_area = seen["status"]["suspensions", "2024-25", area]
        assert of_area[of_area == "suppressed"].index.to_list() == ["asian", "unknown"]


def test_groups_that_exceed_their_total_are_refused(make: Callable[..., Path]) -> None:
    camden = "E09000007,2024/25,suspensions,overall"
    reading = suspensions_and_exclusions.read([make((f"{camden},28", f"{camden},25"))], LABELS)
    [refusal] = reading.refusals
    assert "E09000007: the groups add up to 1 more than the total" in refusal.message


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "E09000007,2024/25,suspensions,Asian,3,100",
            "E09000007,2024/25,suspensions,Asian,3,99",
            "given twice",
        ),
        ("E09000007", "E06000007", "no rows of E09000007 for 2024-25"),
        (",suspensions,", ",absences,", "measures are absences, permanent"),
        (",pupils_headcount,", ",pupils,", "missing: pupils_headcount"),
    ],
    ids=["pupils differ by measure", "borough missing", "measure", "column missing"],
)
def test_a_spoiled_table_is_refused(
    make: Callable[..., Path], old: str, new: str, says: str
) -> None:
    with pytest.raises(SourceFileError, match=says):
        suspensions_and_exclusions.read([make((old, new))], LABELS)


@pytest.mark.parametrize("lines", [1, 6, 12])
def test_a_table_cut_at_the_end_of_a_line_is_refused(
    make: Callable[..., Path], lines: int
) -> None:
    path = make()
    whole = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(whole[:-lines]), encoding="utf-8")
    with pytest.raises(SourceFileError, match=r"exclusions\.csv has no rows of .* for 2024-25"):
        suspensions_and_exclusions.read([path], LABELS)


def test_a_table_without_a_group_or_without_totals_is_refused(make: Callable[..., Path]) -> None:
    for label, code in (("Asian", "asian"), ("overall", "total")):
        path = make()
        rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(row for row in rows if f",{label}," not in row), encoding="utf-8")
        with pytest.raises(SourceFileError, match=f"no rows of {code} for 2024-25"):
            suspensions_and_exclusions.read([path], LABELS)


@pytest.mark.publishers
def test_the_transcription_agrees_with_its_own_rates(publishers: Path) -> None:
    [path] = (publishers / "education" / "suspensions_and_exclusions").glob("*.csv")
    reading = suspensions_and_exclusions.read([path], LABELS)
    seen = table(reading)["value"]
    by_hand: Counter[tuple[str, str, str]] = Counter()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            year = row["academic_year"].replace("/", "-")
            by_hand[row["measure"], year, row["ethnicity_major"]] += int(row["numerator"])
            if row["ethnicity_major"] == "overall" or row["pupils_headcount"] == "0":
                continue
            key = (year, row["la_code"], row["ethnicity_major"].lower())
            events = seen[(row["measure"], *key)]
            rate = 100 * events / seen[("pupils_in_exclusion_statistics", *key)]
            assert rate == pytest.approx(float(row["rate_per_100"]), abs=0.0001)
    for (measure, year, group), count in by_hand.items():
        of_london = seen[measure, year, LONDON]
        assert count == (of_london.sum() if group == "overall" else of_london[group.lower()])
    # The share of unknown ethnicity that the project's standards name.
    of_london = seen["suspensions", "2024-25", LONDON]
    assert round(100 * of_london["unknown"] / of_london.sum()) == 3
    assert not reading.refusals
