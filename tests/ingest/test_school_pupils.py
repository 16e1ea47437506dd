"""Pupils and free school meals: two files that must be of the same years and boroughs."""

import csv
import gzip
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest

from loti_dash import catalogue, config
from loti_dash.errors import SourceFileError
from loti_dash.ingest import dfe, school_pupils
from loti_dash.ingest.ons_custom import AUTHORITIES
from loti_dash.ingest.reading import Reading
from loti_dash.observation import check

LABELS = catalogue.labels(config.CATALOGUE)
PLACE = "time_period,geographic_level,region_code,new_la_code,phase_type_grouping"
PUPILS = f"{PLACE},ethnicity,language,headcount"
MEALS = f"{PLACE},characteristic_group,characteristic,fsm_eligibility,number_of_pupils,denominator"
# Each file has its own spellings.
COUNTED = {"Asian - Bangladeshi": 90, "White - Gypsy/Roma": 2, "Unclassified": 8, "Total": 100}
ELIGIBLE = {"Asian - Bangaladeshi": (30, 90), "Unclassified": (1, 8), "Total": (31, 100)}
# Boroughs carry the code of their region too.
REGION = ("Regional", dfe.LONDON)
YEARS = ("201617", "202122")
Make = Callable[..., list[Path]]


def places() -> list[tuple[str, int]]:
    boroughs = [(f"Local authority,E13000001,{code}", 1) for code in AUTHORITIES]
    return [*boroughs, ("Regional,E12000007,", 33), ("Regional,E13000001,", 14), ("National,,", 9)]


def counted(start: str, times: int) -> list[str]:
    return [
        f"{start},{phase},{label},{language},{count * times}"
        for label, count in COUNTED.items()
        for phase in ("Total", "State-funded primary")
        for language in (("Total", "Language unclassified") if label == "Total" else ("Total",))
    ]


def eligible(start: str, times: int) -> list[str]:
    lines = []
    for label, (known, base) in ELIGIBLE.items():
        group = "Total" if label == "Total" else "Ethnicity"
        for words, count in (("Known", known), ("Not known", base - known)):
            words = f"{words} to be eligible for free school meals"
            row = f"{group},{label},{words},{count * times},{base * times}"
            lines += [f"{start},Total,{row}", f"{start},State-funded primary,{row}"]
    year_group = "NC year group,Year 6,Known to be eligible for free school meals,5,10"
    return [*lines, f"{start},Total,{year_group}"]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Return a function that writes the release's two files, with texts replaced in one."""

    def write(*replaced: tuple[str, str], years: Sequence[str] = YEARS) -> list[Path]:
        paths = []
        for name, header, rows in (("pupils", PUPILS, counted), ("meals", MEALS, eligible)):
            lines = [header]
            for year in years:
                for place, times in places():
                    lines += rows(f"{year},{place}", times)
            text = "\n".join(lines) + "\n"
            for old, new in replaced:
                text = text.replace(old, new)
            paths.append(tmp_path / f"{name}{years[-1]}.csv.gz")
            paths[-1].write_bytes(gzip.compress(text.encode("utf-8-sig")))
        return paths

    return write


def values(reading: Reading) -> pd.Series:
    seen = check(reading.observations, "school_pupils")
    return seen.set_index(["series_id", "period_id", "area_code", "group_code"])["value"]


def test_spellings_of_both_files_meet_and_an_absent_group_is_0(make: Make) -> None:
    reading = school_pupils.read(make(), LABELS)
    seen = values(reading)
    assert seen["pupils", "2021-22", "E09000007"].to_dict() == {
        "asian_bangladeshi": 90,
        "unknown": 8,
        "white_gypsy_roma": 2,
    }
    assert seen["pupils_free_school_meals", "2021-22", dfe.LONDON].to_dict() == {
        "asian_bangladeshi": 30 * 33,
        "unknown": 33,
        "white_gypsy_roma": 0,
    }
    assert set(seen.index.get_level_values("period_id")) == {"2021-22"}, "2016-17 is not used"
    # 2 pupils of 33 boroughs, London 33 times and England 9 times as many.
    assert any("35 groups of 150 pupils in all" in fact for fact in reading.facts)
    assert any("State-funded primary" in fact for fact in reading.facts)
    assert not reading.refusals


def test_the_order_of_the_files_does_not_matter(make: Make) -> None:
    one, other = make()
    expected = values(school_pupils.read([one, other], LABELS))
    pd.testing.assert_series_equal(values(school_pupils.read([other, one], LABELS)), expected)


def test_a_year_that_one_file_lacks_is_not_a_year_of_zeros(make: Make) -> None:
    pupils, _ = make()
    _, meals = make(years=["202021"])
    with pytest.raises(SourceFileError, match="only one of the two files has 2020-21, 2021-22"):
        school_pupils.read([pupils, meals], LABELS)
    with pytest.raises(SourceFileError, match="give both files of the release"):
        school_pupils.read([pupils], LABELS)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "7,Total,White - Gypsy/Roma,Total,2",
            ",Total,3",
            "pupils, 2021-22, E09000007: the parts",
        ),
        ("free school meals,31,100", ",32,100", "pupils_free_school_meals, 2021-22, E09000007"),
        ("free school meals,31,100", ",31,101", "E09000007, in the file of meals: the parts"),
        ("E12000007,,Total,Total,Total,3300", ",3301", "sum of authorities: the parts add up"),
    ],
    ids=["groups of pupils", "groups of meals", "two files apart", "boroughs and London"],
)
def test_totals_that_do_not_reconcile_are_refused(
    make: Make, old: str, new: str, says: str
) -> None:
    changed = old.rsplit(",", new.count(","))[0] + new
    refusals = school_pupils.read(make((old, changed)), LABELS).refusals
    assert any(says in each.message for each in refusals)


def test_what_is_not_a_whole_file_is_refused(make: Make, tmp_path: Path) -> None:
    pupils, meals = make()
    whole = meals.read_bytes()
    damaged = whole[:300] + bytes(len(whole) // 4) + whole[300 + len(whole) // 4 :]
    for name, content in {"half": whole[: len(whole) // 2], "damaged": damaged}.items():
        spoiled = tmp_path / f"{name}.csv.gz"
        spoiled.write_bytes(content)
        with pytest.raises(SourceFileError, match=rf"{name}\.csv\.gz cannot be read"):
            school_pupils.read([pupils, spoiled], LABELS)
    with pytest.raises(SourceFileError, match="no rows of E09000007 for 2021-22"):
        school_pupils.read(make(("E09000007", "E06000007")), LABELS)
    with pytest.raises(SourceFileError, match="has neither"):
        school_pupils.read(make(("headcount", "pupils")), LABELS)
    with pytest.raises(SourceFileError, match="given twice"):
        school_pupils.read([*make(), pupils], LABELS)
    with pytest.raises(SourceFileError, match="no rows of London from 201718"):
        school_pupils.read(make(years=["201617"]), LABELS)


@pytest.mark.publishers
def test_the_publishers_files(publishers: Path) -> None:
    files = sorted((publishers / "education" / "pupils").glob("*data.csv.gz"))
    reading = school_pupils.read(files, LABELS)
    seen = values(reading)
    # Lambeth, 2021-22, read off the two files.
    lambeth = {"black_african": (8224, 3637), "white_irish_traveller": (5, 4)}
    lambeth |= {"mixed_white_black_caribbean": (1708, 859), "unknown": (1194, 454)}
    for group, counts in lambeth.items():
        key = ("2021-22", "E09000022", group)
        assert (seen[("pupils", *key)], seen[("pupils_free_school_meals", *key)]) == counts
    # The Total of school types is the sum of the six others, added up here by hand.
    phases: Counter[str] = Counter()
    with gzip.open(files[0], "rt", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            of_all = (row["ethnicity"], row["language"]) == ("Total", "Total")
            of_london = (row["geographic_level"], row["region_code"]) == REGION
            if of_all and of_london and row["time_period"] == "202122":
                phases[row["phase_type_grouping"]] += int(row["headcount"])
    total = phases.pop("Total")
    assert (len(phases), sum(phases.values())) == (6, total)
    assert seen["pupils", "2021-22", dfe.LONDON].sum() == total
    periods = seen.index.get_level_values("period_id").unique()
    assert sorted(periods) == ["2017-18", "2018-19", "2019-20", "2020-21", "2021-22"]
    assert {each.ours - each.published for each in reading.totals} == {0}
    assert not reading.refusals
