"""Searches of people, by both forces, in months that are all there; every record counts."""

import csv
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from loti_dash import catalogue, config
from loti_dash.errors import LotiError, SourceFileError
from loti_dash.ingest import police_uk
from loti_dash.ingest.ons_custom import LONDON
from loti_dash.ingest.reading import Reading
from loti_dash.observation import check

LABELS = catalogue.labels(config.CATALOGUE)
HEADER = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,"
    "Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,"
    "Outcome,Outcome linked to object of search,Removal of more than just outer clothing"
).split(",")
CITY, HACKNEY = "E09000001", "E09000012"
GUILDHALL, HACKNEY_TOWN_HALL, OXFORD = (
    ("51.5158", "-0.0920"),
    ("51.5451", "-0.0571"),
    ("51.7520", "-1.2577"),
)
AFRICAN = "Black/African/Caribbean/Black British - African"
NOT_STATED = "Other ethnic group - Not stated"
UNKNOWN = ("unknown_not_stated", "unknown_blank")


def search(
    self_defined: str = AFRICAN,
    officer_defined: str = "Black",
    place: tuple[str, str] = HACKNEY_TOWN_HALL,
    *,
    time: str = "2018-04-15T12:00:00+00:00",
    kind: str = "Person search",
    outcome: str = "Arrest",
) -> dict[str, str]:
    return dict.fromkeys(HEADER, "") | {
        "Type": kind,
        "Date": time,
        "Latitude": place[0],
        "Longitude": place[1],
        "Self-defined ethnicity": self_defined,
        "Officer-defined ethnicity": officer_defined,
        "Outcome": outcome,
    }


def written(folder: Path, name: str, rows: Sequence[dict[str, str]]) -> Path:
    path = folder / f"{name}-stop-and-search.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, HEADER)
        table.writeheader()
        table.writerows(rows)
    return path


def month(folder: Path, rows: Sequence[dict[str, str]], id_: str = "2018-04") -> list[Path]:
    """Write the files of both forces: `rows` by the Metropolitan Police, one by the City."""
    in_city = search(place=GUILDHALL, time=f"{id_}-20T12:00:00+00:00")
    return [
        written(folder, f"{id_}-metropolitan", rows),
        written(folder, f"{id_}-city-of-london", [in_city]),
    ]


def counts(reading: Reading, series: str, area: str, period: str = "2018-04") -> dict[str, int]:
    """Return the counts above 0 by group."""
    table = check(reading.observations, "police_uk")
    rows = table[
        (table["series_id"] == series)
        & (table["area_code"] == area)
        & (table["period_id"] == period)
    ]
    return {row.group_code: int(row.value) for row in rows.itertuples() if row.value}


def test_london_counts_all_searches_of_people_and_boroughs_those_with_a_place(
    tmp_path: Path,
) -> None:
    rows = [
        search(),
        search(kind="Person and Vehicle search"),
        search(kind="Vehicle search"),
        search(place=("", "")),
        search(place=OXFORD),
    ]
    reading = police_uk.read(month(tmp_path, rows), LABELS)
    assert counts(reading, "searches_self_defined", HACKNEY) == {"black_african": 2}
    assert counts(reading, "searches_self_defined", CITY) == {"black_african": 1}
    assert counts(reading, "searches_self_defined", LONDON) == {"black_african": 5}
    assert [(file.rows_read, file.rows_kept) for file in reading.files] == [(5, 4), (1, 1)]
    assert any("3 of 4 searches of people have coordinates" in fact for fact in reading.facts)
    assert any("1 of these lie outside the 33" in fact for fact in reading.facts)


def test_every_combination_of_area_and_group_is_there(tmp_path: Path) -> None:
    reading = police_uk.read(month(tmp_path, [search()]), LABELS)
    sizes = reading.observations.groupby("series_id").size()
    groups = {row.code for row in _catalogue_groups("police_self_16p1")}
    officers = {row.code for row in _catalogue_groups("police_officer_4")}
    assert sizes["searches_self_defined"] == 34 * len(groups)
    assert sizes["searches_to_arrest"] == 34 * len(groups)
    assert sizes["searches_officer_defined"] == 34 * len(officers)
    codes = reading.observations.groupby("series_id")["group_code"].agg(set)
    assert codes["searches_self_defined"] == groups
    assert codes["searches_officer_defined"] == officers


def _catalogue_groups(classification: str) -> list[Any]:
    groups = pd.read_csv(config.CATALOGUE / "ethnic_groups.csv", dtype=str)
    return list(groups[groups["classification"] == classification].itertuples())


def test_exact_duplicates_are_kept_and_counted(tmp_path: Path) -> None:
    reading = police_uk.read(month(tmp_path, [search()] * 3), LABELS)
    assert counts(reading, "searches_self_defined", HACKNEY) == {"black_african": 3}
    assert any("2 searches of people repeat another record" in fact for fact in reading.facts)


def test_the_wording_of_18_groups_and_older_labels_are_counted_in_16(tmp_path: Path) -> None:
    rows = [
        search("White - Gypsy or Irish Traveller", "White"),
        search("White - Any other White background", "White"),
        search("White - Any other White ethnic background (W9)", "White"),
        search("Other ethnic group - Arab", "Other"),
        search("Chinese or other ethnic group - Chinese (O1)", "Asian"),
        search(NOT_STATED, ""),
        search("", "Mixed"),
    ]
    reading = police_uk.read(month(tmp_path, rows), LABELS)
    assert counts(reading, "searches_self_defined", HACKNEY) == {
        "white_other_incl_traveller_roma": 3,
        "other_incl_arab": 1,
        "asian_chinese": 1,
        "unknown_not_stated": 1,
        "unknown_blank": 1,
    }
    assert counts(reading, "searches_officer_defined", HACKNEY) == {
        "white": 3,
        "other": 1,
        "asian": 1,
        "unknown_blank": 2,
    }
    assert reading.labels[f"{NOT_STATED} [self-defined]"] == "unknown_not_stated"


def test_a_month_is_of_local_time(tmp_path: Path) -> None:
    rows = [
        search(time="2018-03-31T23:00:00+00:00"),
        search(time="2018-04-30T22:59:00+00:00"),
    ]
    reading = police_uk.read(month(tmp_path, rows), LABELS)
    assert set(reading.observations["period_id"]) == {"2018-04"}
    assert counts(reading, "searches_self_defined", HACKNEY) == {"black_african": 2}


@pytest.mark.parametrize(
    ("outcome", "arrests", "nothing"),
    [
        ("Arrest", 1, 0),
        ("Suspect arrested", 1, 0),
        ("A no further action disposal", 0, 1),
        ("Nothing found - no further action", 0, 1),
        ("Khat or Cannabis warning", 0, 0),
        ("", 0, 0),
    ],
)
def test_outcomes_count_as_worded(
    tmp_path: Path, outcome: str, arrests: int, nothing: int
) -> None:
    reading = police_uk.read(month(tmp_path, [search(outcome=outcome)]), LABELS)
    ended = {
        series: sum(counts(reading, series, HACKNEY).values())
        for series in ("searches_to_arrest", "searches_to_no_further_action")
    }
    assert ended == {"searches_to_arrest": arrests, "searches_to_no_further_action": nothing}


def test_a_month_of_one_force_is_not_used(tmp_path: Path) -> None:
    files = month(tmp_path, [search()])
    files.append(
        written(tmp_path, "2018-05-city-of-london", [search(time="2018-05-02T09:00:00+00:00")])
    )
    reading = police_uk.read(files, LABELS)
    assert set(reading.observations["period_id"]) == {"2018-04"}
    assert "only City of London Police" in reading.missing["2018-05"]
    assert not reading.refusals


def months(folder: Path, sizes: dict[str, int], **wording: str) -> list[Path]:
    """Write months with so many searches by the Metropolitan Police, all of one wording."""
    return [
        path
        for id_, size in sizes.items()
        for path in month(folder, [search(time=f"{id_}-10T12:00:00+00:00", **wording)] * size, id_)
    ]


def test_a_month_under_half_the_median_of_its_neighbours_is_refused(tmp_path: Path) -> None:
    sizes = {"2018-04": 100, "2018-05": 90, "2018-06": 44, "2018-07": 100, "2018-08": 110}
    reading = police_uk.read(months(tmp_path, sizes), LABELS)
    assert [refusal.message for refusal in reading.refusals] == [
        "2018-06, Metropolitan Police: 44 searches of people are less than half of 100, the "
        "median of 2018-04, 2018-05, 2018-07, 2018-08"
    ]


def test_a_month_without_a_category_that_its_neighbours_have_is_refused(tmp_path: Path) -> None:
    files = []
    for id_ in ("2018-04", "2018-05", "2018-06"):
        time = f"{id_}-10T12:00:00+00:00"
        of_others = [search(NOT_STATED, "Other", time=time)] * (0 if id_ == "2018-05" else 20)
        files += month(tmp_path, [*of_others, *[search(time=time)] * 80], id_)
    reading = police_uk.read(files, LABELS)
    (refusal,) = reading.refusals
    assert refusal.message == (
        "2018-05, Metropolitan Police: not one of 80 searches is recorded as "
        "other (officer-defined), unknown_not_stated (self-defined)"
    )


def test_a_new_month_is_compared_with_those_taken_in_before(tmp_path: Path) -> None:
    sizes = {"2018-04": 100, "2018-05": 100}
    earlier = police_uk.read(months(tmp_path, sizes), LABELS).observations
    new = months(tmp_path, {"2018-06": 30})
    assert not police_uk.read(new, LABELS).refusals
    (refusal,) = police_uk.read(new, LABELS, earlier=earlier).refusals
    assert "30 searches of people are less than half of 101" in refusal.message


def from_api(folder: Path, rows: Sequence[dict[str, Any]]) -> Path:
    (folder / "metropolitan").mkdir()
    path = folder / "metropolitan" / "2018-04.json"
    path.write_text(json.dumps(rows, indent=2), encoding="utf-8")
    return path


def answered(outcome: object, location: dict[str, object] | None) -> dict[str, Any]:
    return {
        "type": "Person search",
        "datetime": "2018-04-02T10:00:00+00:00",
        "self_defined_ethnicity": None,
        "officer_defined_ethnicity": "Black",
        "outcome": outcome,
        "outcome_object": {"id": "", "name": ""},
        "location": location,
        "operation": False,
    }


def test_the_answer_of_the_api_is_read_like_the_file(tmp_path: Path) -> None:
    latitude, longitude = HACKNEY_TOWN_HALL
    street = {"id": 1, "name": "On or near Mare Street"}
    path = from_api(
        tmp_path,
        [
            answered("Arrest", {"latitude": latitude, "longitude": longitude, "street": street}),
            answered(False, None),
        ],
    )
    files = [path, month(tmp_path, [])[1]]
    reading = police_uk.read(files, LABELS)
    assert counts(reading, "searches_self_defined", LONDON)["unknown_blank"] == 2
    assert counts(reading, "searches_officer_defined", HACKNEY) == {"black": 1}
    assert counts(reading, "searches_to_no_further_action", LONDON) == {"unknown_blank": 1}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[{", "is not JSON"),
        ("[]", "is not a list of searches"),
        ('{"error": "no"}', "is not a list of searches"),
        ('[{"type": "Person search"}]', "'datetime'"),
        ("[1, 2]", "JSON|list of searches"),
    ],
)
def test_other_json_is_refused(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "2018-04.json"
    path.write_text(content)
    with pytest.raises(SourceFileError, match=said):
        police_uk.read([path], LABELS)


def test_a_file_cut_in_half_is_refused(tmp_path: Path) -> None:
    whole = month(tmp_path, [search()] * 4)[0]
    content = whole.read_bytes()
    whole.write_bytes(content[: len(content) - 40])
    with pytest.raises(SourceFileError, match="cut short"):
        police_uk.read([whole], LABELS)


def test_an_unknown_label_type_outcome_or_time_is_refused(tmp_path: Path) -> None:
    for wrong, said in [
        ({"self_defined": "Martian"}, "Martian"),
        ({"kind": "Horse search"}, "Horse search"),
        ({"outcome": "Deported"}, "Deported"),
        ({"time": "yesterday"}, "yesterday"),
    ]:
        with pytest.raises(LotiError, match=said):
            police_uk.read(month(tmp_path, [search(**wrong)]), LABELS)


def test_a_label_that_nobody_knows_is_named_with_its_file(tmp_path: Path) -> None:
    martian = search("Martian", time="2018-05-02T09:00:00+00:00")
    files = month(tmp_path, [search()]) + month(tmp_path, [martian], "2018-05")
    with pytest.raises(SourceFileError, match=r"^2018-05-metropolitan-stop-and-search\.csv: "):
        police_uk.read(files, LABELS)


def test_a_file_that_does_not_say_whose_it_is_is_refused(tmp_path: Path) -> None:
    (tmp_path / "downloads").mkdir()
    nameless = written(tmp_path / "downloads", "2018-04", [search()])
    with pytest.raises(SourceFileError, match=r"2018-04-stop-and-search\.csv: neither the name"):
        police_uk.read([nameless], LABELS)


def test_a_month_in_two_files_is_refused(tmp_path: Path) -> None:
    files = month(tmp_path, [search()])
    again = written(tmp_path, "copy-2018-04-metropolitan", [search()])
    with pytest.raises(SourceFileError, match="2018-04 of Metropolitan Police stands in several"):
        police_uk.read([*files, again], LABELS)


def raw_rows(folder: Path, pattern: str) -> list[dict[str, str]]:
    rows = []
    for path in sorted(folder.glob(pattern)):
        with path.open(encoding="utf-8", newline="") as file:
            rows += list(csv.DictReader(file))
    return rows


@pytest.fixture(scope="module")
def folder(publishers: Path) -> Path:
    return publishers / "justice" / "police_uk_stop_and_search"


@pytest.fixture(scope="module")
def real(folder: Path) -> Reading:
    return police_uk.read(sorted(folder.glob("*.csv")), LABELS)


@pytest.mark.publishers
def test_london_is_the_publishers_records_counted_plainly(folder: Path, real: Reading) -> None:
    span = "201[89]-[01][0-9]"
    both = raw_rows(folder, f"{span}-metropolitan*") + [
        row for row in raw_rows(folder, f"{span}-city*") if "2018-03" < row["Date"][:7] < "2019-03"
    ]
    people = [row for row in both if row["Type"] != "Vehicle search"]
    of_met = raw_rows(folder, "*-metropolitan*")
    assert len(of_met) == 151_900  # as the files' description says
    located = [row["Latitude"] != "" for row in of_met if row["Type"] != "Vehicle search"]
    assert (len(located), sum(located)) == (149_749, 135_998)
    london = check(real.observations, "police_uk").query("area_code == @LONDON")
    totals = london.groupby("series_id")["value"].sum()
    assert totals["searches_self_defined"] == totals["searches_officer_defined"] == len(people)
    outcomes = Counter(row["Outcome"] for row in people)
    assert totals["searches_to_arrest"] == outcomes["Arrest"]
    nothing = outcomes["A no further action disposal"]
    assert totals["searches_to_no_further_action"] == nothing
    by_group = london.groupby(["series_id", "group_code"])["value"].sum()
    labels = Counter(row["Self-defined ethnicity"] for row in people)
    for label, code in {
        AFRICAN: "black_african",
        NOT_STATED: "unknown_not_stated",
        "Asian/Asian British - Chinese": "asian_chinese",
        "White - Any other White background": "white_other_incl_traveller_roma",
        "": "unknown_blank",
    }.items():
        assert by_group["searches_self_defined", code] == labels[label]
    officers = Counter(row["Officer-defined ethnicity"] for row in people)
    assert by_group["searches_officer_defined", "black"] == officers["Black"]
    # The standards expect 16.5% of unknown ethnicity, of the Metropolitan Police alone.
    metropolitan = [
        row["Self-defined ethnicity"] in (NOT_STATED, "")
        for row in of_met
        if row["Type"] != "Vehicle search"
    ]
    assert f"{sum(metropolitan) / len(metropolitan):.1%}" == "16.5%"
    unknown = totals_of_unknown(by_group) / len(people)
    assert unknown == pytest.approx(0.165, abs=0.002)


def totals_of_unknown(by_group: pd.Series) -> float:
    return float(sum(by_group["searches_self_defined", code] for code in UNKNOWN))


@pytest.mark.publishers
def test_the_eleven_months_of_both_forces_are_kept(real: Reading) -> None:
    assert sorted(real.observations["period_id"].unique()) == [
        *(f"2018-{number:02}" for number in range(4, 13)),
        "2019-01",
        "2019-02",
    ]
    assert len(real.missing) == 21
    assert real.missing.keys() >= {"2019-03", "2020-11"}
    assert not real.refusals
    metropolitan = " ".join(fact for fact in real.facts if fact.startswith("Metropolitan"))
    assert "151,900 searches in 11 months, 149,749 of them of people" in metropolitan
    assert "135,998 of 149,749 searches of people have coordinates" in metropolitan


@pytest.mark.publishers
@pytest.mark.parametrize("names", [["2024-09"], ["2024-10"], ["2024-09", "2024-10"]])
def test_the_incomplete_months_of_2024_are_refused(
    publishers: Path, real: Reading, names: list[str]
) -> None:
    folder = publishers / "justice" / "police_uk_api_metropolitan"
    files = [folder / f"{name}.json" for name in names]
    for earlier in (None, real.observations):
        reading = police_uk.read(files, LABELS, earlier=earlier)
        assert reading.observations.empty
        assert [refusal.message[:7] for refusal in reading.refusals] == names
        for refusal in reading.refusals:
            assert "Metropolitan Police" in refusal.message
            assert "other (officer-defined)" in refusal.message
            assert "unknown_not_stated (self-defined)" in refusal.message
            assert ("less than half" in refusal.message) == (earlier is not None)
