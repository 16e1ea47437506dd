"""Children at decision points: totals say how many are of unknown ethnicity."""

import csv
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


def test_events_and_what_they_are_counted_against_become_series(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.csv",
        POINTS,
        f"{NATION},stop_search,population,{YEAR},Asian,5,600,,",
        f"{NATION},arrest,population,{YEAR},Asian,3,600,,",
        f"{NATION},custodial_sentence,sentenced,year to Mar 2023,Asian,2,9,,",
        f"{NATION},custodial_sentence,sentenced,year to Mar 2024,Asian,4,8,,",
        f"{NATION},custodial_sentence,sentenced,pooled 2 years to Mar 2024,Asian,6,17,,",
    )
    reading = children_decision_points.read([path], LABELS)
    assert values(reading).xs("K04000001", level="area_code").to_dict() == {
        ("child_arrests", "2024-25", "asian"): 3,
        ("child_custodial_sentences", "2022-23", "asian"): 2,
        ("child_custodial_sentences", "2023-24", "asian"): 4,
        ("child_population", "2021", "asian"): 600,
        ("child_searches", "2024-25", "asian"): 5,
        ("children_sentenced", "2022-23", "asian"): 9,
        ("children_sentenced", "2023-24", "asian"): 8,
    }
    assert not reading.refusals
    assert [(file.rows_read, file.rows_kept) for file in reading.files] == [(5, 4)]


def test_pooled_years_that_are_not_the_sum_of_their_years_are_refused(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.csv",
        POINTS,
        f"{NATION},custodial_sentence,sentenced,year to Mar 2024,Black,4,8,,",
        f"{NATION},custodial_sentence,sentenced,pooled 2 years to Mar 2024,Black,6,8,,",
    )
    (refusal,) = children_decision_points.read([path], LABELS).refusals
    assert refusal.message.startswith("child_custodial_sentences, black, pooled years")


def test_what_groups_leave_over_of_a_total_is_of_unknown_ethnicity(tmp_path: Path) -> None:
    points = written(
        tmp_path / "points.csv",
        POINTS,
        f"{NATION},remand_youth_detention_accommodation,decisions,{YEAR},Black,3,20,,",
    )
    types = written(
        tmp_path / "types.csv",
        TYPES,
        f"{NATION},{YEAR},bail,Black,s",
        f"{NATION},{YEAR},bail,total,19",
        f"{NATION},{YEAR},youth_detention_accommodation,Black,3",
        f"{NATION},{YEAR},youth_detention_accommodation,Unknown,1",
        f"{NATION},{YEAR},youth_detention_accommodation,total,4",
    )
    london = written(
        tmp_path / "london.csv",
        LONDON,
        f"{PF_LONDON},{YEAR},White,40",
        f"{PF_LONDON},{YEAR},overall,100",
    )
    reading = children_decision_points.read([points, types, london], LABELS)
    assert values(reading).droplevel("period_id").to_dict() == {
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
    path = written(
        tmp_path / "london.csv",
        LONDON,
        f"{PF_LONDON},{YEAR},White,40",
        f"{PF_LONDON},{YEAR},overall,39",
    )
    reading = children_decision_points.read([path], LABELS)
    (refusal,) = reading.refusals
    assert "the parts add up to 40, the publisher says 39" in refusal.message
    assert (values(reading) >= 0).all()


@pytest.mark.parametrize(
    ("header", "row", "said"),
    [
        (LONDON, f"Kent,{YEAR},White,4", "areas 'Kent'"),
        (LONDON, f"{PF_LONDON},2025,White,4", "'2025' is no period"),
        (LONDON, f"{PF_LONDON},{YEAR},Martian,4", "Martian"),
        (LONDON, f"{PF_LONDON},{YEAR},White,many", "'many' is not a whole number"),
        (LONDON, f"{PF_LONDON},{YEAR},White", "cut short"),
        ("area,period,ethnicity,n", f"{PF_LONDON},{YEAR},White,4", "none of the columns"),
        ("period,ethnicity,arrests", f"{YEAR},White,4", "no column 'area'"),
        (POINTS, f"{NATION},exile,x,{YEAR},White,4,5,,", "decision points 'exile'"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, header: str, row: str, said: str) -> None:
    with pytest.raises(LotiError, match=said):
        children_decision_points.read([written(tmp_path / "a.csv", header, row)], LABELS)


def test_two_tables_that_differ_are_refused(tmp_path: Path) -> None:
    points = written(
        tmp_path / "points.csv",
        POINTS,
        f"{NATION},stop_search,population,{YEAR},Asian,5,600,,",
        f"{NATION},arrest,population,{YEAR},Asian,3,601,,",
    )
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
