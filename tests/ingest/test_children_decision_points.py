"""Children at decision points: totals say how many are of unknown ethnicity."""

import csv
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from loti_dash import catalogue, config
from loti_dash.errors import LotiError, SourceFileError
from loti_dash.ingest import children_decision_points
from loti_dash.ingest.reading import Reading
from loti_dash.observation import check

LABELS = catalogue.labels(config.CATALOGUE)
POINTS = "geography,decision_point,denominator_is,period,ethnicity,events,denominator,note,"
TYPES = "geography,period,remand_type,ethnicity,count"
LONDON = "area,period,ethnicity,arrests"
NATION, YEAR = "England and Wales", "year to Mar 2025"
PF_LONDON = "pf-london (Metropolitan; City probably included)"


def written(path: Path, header: str, *rows: str) -> Path:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def values(reading: Reading) -> pd.Series:
    table = check(reading.observations, "children_decision_points")
    return table.set_index(["series_id", "period_id", "area_code", "group_code"])["value"]


FIVE = ("Asian", "Black", "Mixed", "Other", "White")
SENTENCED = "custodial_sentence"


def decision_points(
    years: Mapping[str, Mapping[str, tuple[int, int]]], pooled: Mapping[str, tuple[int, int]]
) -> list[str]:
    """Return the rows of a whole table in which nobody is but those given.

    `years` has events and what they are counted against, by decision point and year for a group:
    {"arrest, year to Mar 2025": {"Asian": (3, 600)}}. `pooled` is of sentences.
    """
    given = {f"{point}, {YEAR}": {} for point in children_decision_points.POINTS} | dict(years)
    given[f"{SENTENCED}, pooled 2 years to Mar 2025"] = pooled
    return [
        f"{NATION},{of.split(', ')[0]},x,{of.split(', ')[1]},{group},{events},{people},,"
        for of, groups in given.items()
        for group in FIVE
        for events, people in [groups.get(group, (0, 0))]
    ]


def remand_types(**custodial: int) -> list[str]:
    """Return the rows of a whole table: 19 bailed, and those remanded, by group."""
    rows = []
    for kind in sorted(children_decision_points.REMAND_TYPES):
        for group in (*FIVE, "Unknown", "total"):
            count = {"bail": "19" if group == "total" else "s"}.get(kind, "0")
            if kind == children_decision_points.CUSTODIAL:
                count = str(custodial.get(group, 0))
            rows.append(f"{NATION},{YEAR},{kind},{group},{count}")
    return rows


def arrests(**by_group: int) -> list[str]:
    return [f"{PF_LONDON},{YEAR},{group},{by_group.get(group, 0)}" for group in (*FIVE, "overall")]


def test_events_and_what_they_are_counted_against_become_series(tmp_path: Path) -> None:
    years = {
        f"stop_search, {YEAR}": {"Asian": (5, 600)},
        f"arrest, {YEAR}": {"Asian": (3, 600)},
        f"{SENTENCED}, year to Mar 2024": {"Asian": (2, 9)},
        f"{SENTENCED}, {YEAR}": {"Asian": (4, 8)},
    }
    rows = decision_points(years, {"Asian": (6, 17)})
    reading = children_decision_points.read([written(tmp_path / "a.csv", POINTS, *rows)], LABELS)
    seen = values(reading).xs("K04000001", level="area_code")
    assert seen[seen > 0].to_dict() == {
        ("child_arrests", "2024-25", "asian"): 3,
        ("child_custodial_sentences", "2023-24", "asian"): 2,
        ("child_custodial_sentences", "2024-25", "asian"): 4,
        ("child_population", "2021", "asian"): 600,
        ("child_searches", "2024-25", "asian"): 5,
        ("children_sentenced", "2023-24", "asian"): 9,
        ("children_sentenced", "2024-25", "asian"): 8,
    }
    assert not reading.refusals
    # Five tables of five groups, and the pooled years, which are not kept.
    assert [(file.rows_read, file.rows_kept) for file in reading.files] == [(30, 25)]


def test_pooled_years_that_are_not_the_sum_of_their_years_are_refused(tmp_path: Path) -> None:
    rows = decision_points({f"{SENTENCED}, {YEAR}": {"Black": (4, 8)}}, {"Black": (6, 8)})
    path = written(tmp_path / "a.csv", POINTS, *rows)
    (refusal,) = children_decision_points.read([path], LABELS).refusals
    assert refusal.message.startswith("child_custodial_sentences, black, pooled years")


def test_what_groups_leave_over_of_a_total_is_of_unknown_ethnicity(tmp_path: Path) -> None:
    remands = {f"remand_youth_detention_accommodation, {YEAR}": {"Black": (3, 20)}}
    files = [
        written(tmp_path / "points.csv", POINTS, *decision_points(remands, {})),
        written(tmp_path / "types.csv", TYPES, *remand_types(Black=3, Unknown=1, total=4)),
        written(tmp_path / "london.csv", LONDON, *arrests(White=40, overall=100)),
    ]
    reading = children_decision_points.read(files, LABELS)
    seen = values(reading).droplevel("period_id")
    assert seen[seen > 0].to_dict() == {
        ("child_custodial_remands", "K04000001", "black"): 3,
        ("child_custodial_remands", "K04000001", "unknown"): 1,
        ("child_remand_decisions", "K04000001", "black"): 20,
        ("child_remand_decisions", "K04000001", "unknown"): 3,
        ("child_arrests_london", "E12000007", "white"): 40,
        ("child_arrests_london", "E12000007", "unknown"): 60,
    }
    assert any("60 of 100 (60%) of unknown ethnicity" in fact for fact in reading.facts)
    assert not reading.refusals


def test_groups_that_exceed_their_total_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "london.csv", LONDON, *arrests(White=40, overall=39))
    reading = children_decision_points.read([path], LABELS)
    (refusal,) = reading.refusals
    assert "the parts add up to 40, the publisher says 39" in refusal.message
    assert (values(reading) >= 0).all()


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        (POINTS, decision_points({}, {})),
        (TYPES, remand_types()),
        (LONDON, arrests(overall=5)),
    ],
    ids=["decision points", "remand types", "arrests"],
)
def test_a_table_is_read_whole_or_not_at_all(tmp_path: Path, header: str, rows: list[str]) -> None:
    children_decision_points.read([written(tmp_path / "whole.csv", header, *rows)], LABELS)
    for length in range(1, len(rows)):
        cut = written(tmp_path / "cut.csv", header, *rows[:length])
        with pytest.raises(SourceFileError, match=r"cut\.csv"):
            children_decision_points.read([cut], LABELS)
    for group in {row.split(",")[4 if header == POINTS else -2] for row in rows}:
        without = [row for row in rows if f",{group}," not in row]
        lacking = written(tmp_path / "lacking.csv", header, *without)
        with pytest.raises(SourceFileError, match=r"lacking\.csv has no rows of"):
            children_decision_points.read([lacking], LABELS)


@pytest.mark.parametrize(
    ("header", "row", "said"),
    [
        (LONDON, f"Kent,{YEAR},White,4", "areas 'Kent'"),
        (LONDON, f"{PF_LONDON},2025,White,4", "'2025' is no period"),
        (LONDON, f"{PF_LONDON},{YEAR},Martian,4", "Martian"),
        (LONDON, f"{PF_LONDON},{YEAR},White", "cut short"),
        ("area,period,ethnicity,n", f"{PF_LONDON},{YEAR},White,4", "none of the columns"),
        ("period,ethnicity,arrests", f"{YEAR},White,4", "no column 'area'"),
        (POINTS, f"{NATION},exile,x,{YEAR},White,4,5,,", "as decision_point exile; the whole"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, header: str, row: str, said: str) -> None:
    with pytest.raises(LotiError, match=said):
        children_decision_points.read([written(tmp_path / "a.csv", header, row)], LABELS)


def test_what_is_no_count_is_said(tmp_path: Path) -> None:
    rows = [row.replace(",White,40", ",White,many") for row in arrests(White=40, overall=40)]
    with pytest.raises(SourceFileError, match="'many' is not a whole number"):
        children_decision_points.read([written(tmp_path / "a.csv", LONDON, *rows)], LABELS)


def test_two_tables_that_differ_are_refused(tmp_path: Path) -> None:
    years = {
        f"stop_search, {YEAR}": {"Asian": (5, 600)},
        f"arrest, {YEAR}": {"Asian": (3, 601)},
    }
    points = written(tmp_path / "points.csv", POINTS, *decision_points(years, {}))
    with pytest.raises(SourceFileError, match="child_population of asian, 2021, is 600 and 601"):
        children_decision_points.read([points], LABELS)


@pytest.mark.publishers
def test_the_tables_at_hand_are_read_whole(publishers: Path) -> None:
    folder = publishers / "justice" / "children_decision_points"
    reading = children_decision_points.read(sorted(folder.glob("*.csv")), LABELS)
    found = values(reading)
    london = found["child_arrests_london", "2024-25", "E12000007"]
    # More than half unknown, as the files' description says.
    assert f"{london['unknown'] / london.sum():.0%}" == "54%"
    with (folder / "ew_children_remand_types_2025.csv").open(encoding="utf-8") as file:
        totals = [int(row["count"]) for row in csv.DictReader(file) if row["ethnicity"] == "total"]
    assert found["child_remand_decisions", "2024-25", "K04000001"].sum() == sum(totals)
    with (folder / "ew_children_decision_points.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["period"].startswith("year"):
                year = "2021"
                if row["decision_point"] not in ("stop_search", "arrest"):
                    end = int(row["period"][-4:])
                    year = f"{end - 1}-{end % 100}"
                series = children_decision_points.POINTS[row["decision_point"]][1]
                group = row["ethnicity"].lower()
                assert found[series, year, "K04000001", group] == float(row["denominator"])
    assert not reading.refusals
    assert len(reading.totals) == 11
