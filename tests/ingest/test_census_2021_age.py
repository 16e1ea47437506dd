"""Residents by age: hidden cells count as 0, and the City of London is with Westminster."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from loti_dash import catalogue, config
from loti_dash.errors import LotiError, SourceFileError
from loti_dash.groups import UNKNOWN
from loti_dash.ingest import census_2021_age
from loti_dash.ingest.ons_custom import AUTHORITIES, LONDON
from loti_dash.observation import check

LABELS = catalogue.labels(config.CATALOGUE)
SHEET = LABELS.table[LABELS.table["source"] == "census_2021"]
GROUPS = {
    row.label_as_published: row.code
    for row in SHEET.itertuples()
    if ":" in str(row.label_as_published)
}
AREAS = ["K04000001", LONDON, "E06000001", *AUTHORITIES[:-1]]


def by_age(path: Path, cells: dict[tuple[str, str, str], str]) -> Path:
    """Write a table of 10 people in each cell of a borough, 320 in London's, less `cells`."""
    lines = [["Geography Code", "Geography Name", "Age", *GROUPS]]
    for area in AREAS:
        each = "10" if area.startswith("E09") else "320"
        for number in range(101):
            age = f"{number} or over" if number == 100 else str(number)
            row = [cells.get((area, age, code), each) for code in GROUPS.values()]
            lines.append([area, "Name", age, *row])
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(lines)
    return path


def test_ages_and_groups_are_summed_and_hidden_cells_count_as_nothing(tmp_path: Path) -> None:
    hidden = {
        ("E09000001", "16", "white_roma"): "c",
        ("E09000001", "17", "white_roma"): "c",
        ("E09000002", "9", "asian_chinese"): "c",
        ("E06000001", "16", "white_roma"): "c",
    }
    reading = census_2021_age.read([by_age(tmp_path / "age.csv", hidden)], LABELS)
    seen = check(reading.observations, "census_2021_age")
    values = seen.set_index(["series_id", "area_code", "group_code"])["value"]
    teenagers = values["census_2021_residents_16_17"]
    assert teenagers[("E09000033", "white")] == 2 * 5 * 10 - 20
    assert teenagers[("E09000002", "black")] == 2 * 3 * 10
    assert values[("census_2021_residents_16_64", "E09000002", "other")] == 49 * 2 * 10
    assert values[("census_2021_residents_0_17", LONDON, "mixed")] == 18 * 4 * 320
    assert "E09000001" not in set(seen["area_code"])
    assert "E06000001" not in set(seen["area_code"])
    # Two hidden cells in the City with Westminster; one of Barking and Dagenham is younger.
    assert any("16_17: 2 of 1,216 cells" in fact for fact in reading.facts)
    assert any("0_17: 3 of 10,944 cells" in fact for fact in reading.facts)
    assert not reading.refusals


def test_boroughs_that_add_up_to_more_than_london_are_refused(tmp_path: Path) -> None:
    too_many = {("E09000002", "16", "black_african"): "5000"}
    reading = census_2021_age.read([by_age(tmp_path / "age.csv", too_many)], LABELS)
    assert {each.problem for each in reading.refusals} == {"total"}
    assert len(reading.refusals) == 4


@pytest.mark.parametrize(
    ("old", "new", "error", "says"),
    [
        ("White: Roma", "White: Romany", LotiError, "White: Romany"),
        ("E09000007", "E06000007", SourceFileError, "32 areas"),
        ("E09000007", "E09000033", SourceFileError, "32 areas"),
        ("E09000007", "E09000008", SourceFileError, "every combination"),
        ("100 or over", "90 to 110", SourceFileError, "single years"),
        ("Name,7,10,", "Name,7,[c],", SourceFileError, "neither a number nor 'c'"),
        ("Age", "Age band", SourceFileError, "no column 'Age'"),
    ],
)
def test_a_spoiled_table_is_refused(
    tmp_path: Path, old: str, new: str, error: type[LotiError], says: str
) -> None:
    path = by_age(tmp_path / "age.csv", {})
    path.write_text(path.read_text("utf-8-sig").replace(old, new), "utf-8")
    with pytest.raises(error, match=says):
        census_2021_age.read([path], LABELS)


def test_a_table_cut_in_half_is_refused(tmp_path: Path) -> None:
    path = by_age(tmp_path / "age.csv", {})
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SourceFileError, match=r"age\.csv"):
        census_2021_age.read([path], LABELS)


@pytest.fixture(scope="module")
def table(publishers: Path) -> Path:
    return publishers / "population" / "census_2021_ethnic_group_by_age" / "census.csv"


@pytest.mark.publishers
def test_the_publishers_file_added_up_by_hand(table: Path) -> None:
    reading = census_2021_age.read([table], LABELS)
    seen = check(reading.observations, "census_2021_age")
    assert UNKNOWN not in set(seen["group_code"])
    values = seen.set_index(["series_id", "area_code", "group_code"])["value"].to_dict()
    series_0_17 = "census_2021_residents_0_17"
    ours = Counter(
        {(area.replace("E09000001", "E09000033"), group): 0 for _, area, group in values}
    )
    hidden = 0
    with table.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["Age"].split()[0] in map(str, range(18)):
                area = row["Geography Code"].replace("E09000001", "E09000033")
                for label, code in GROUPS.items():
                    hidden += row[label] == "c" and area.startswith("E09")
                    ours[area, code.split("_")[0]] += 0 if row[label] == "c" else int(row[label])
    for (series, area, group), value in values.items():
        if series == "census_2021_residents_0_17" and area != LONDON:
            assert ours[area, group] == value
    boroughs = [total for (area, _), total in ours.items() if area.startswith("E09")]
    assert sum(boroughs) == 1_892_870
    london = seen[(seen["series_id"] == series_0_17) & (seen["area_code"] == LONDON)]
    assert london["value"].sum() == 1_892_870
    # The papers say the same, and what the publisher's own row says.
    note = catalogue.read(config.CATALOGUE).sources["census_2021_age"].note
    assert "London is the sum of its 32 areas, 1,892,870" in note
    [total] = [each for each in reading.totals if each.what.startswith(series_0_17)]
    assert f"says {total.published:,.0f}." in note
    assert hidden == 1_135
    assert any("0_17: 1,135 of 10,944" in fact for fact in reading.facts)
    assert not reading.refusals


@pytest.mark.publishers
def test_ages_10_to_17_agree_with_another_table(table: Path, publishers: Path) -> None:
    """RM032 is not rounded, and hides nothing."""
    seen = census_2021_age.read([table], LABELS).observations
    seen = seen[seen["series_id"] == "census_2021_residents_10_17"]
    values = seen.set_index(["area_code", "group_code"])["value"]
    least: Counter[tuple[str, str]] = Counter()
    most: Counter[tuple[str, str]] = Counter()
    with table.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["Age"] in map(str, range(10, 18)):
                for label, code in GROUPS.items():
                    key = (row["Geography Code"], code.split("_")[0])
                    # A shown cell was within 2.5 of what it is; a hidden one is less than 10.
                    least[key] -= 3
                    most[key] += 10 if row[label] == "c" else 3
    folder = publishers / "population" / "census_2021_aged_10_to_17"
    [other] = folder.glob("*.csv")
    london: Counter[str] = Counter()
    with other.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            for group in ("Asian", "Black", "Mixed", "Other", "White"):
                key = (row["la_code"], group.lower())
                london[group.lower()] += int(row[group])
                if row["la_code"] != "E09000033":  # ours has the City of London, too
                    assert least[key] <= int(row[group]) - values[key] <= most[key], key
    # Ours is the sum of areas, so it falls short by what is hidden in them.
    for group, people in london.items():
        assert 0.97 * people <= values[LONDON, group] <= people + 100, group
