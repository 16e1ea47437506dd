"""Children looked after at 31 March: withheld counts stay withheld, totals are compared."""

import csv
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from loti_dash import catalogue, config
from loti_dash.errors import LotiError, SourceFileError
from loti_dash.ingest import dfe, looked_after_children
from loti_dash.ingest.ons_custom import AUTHORITIES
from loti_dash.ingest.reading import Reading
from loti_dash.observation import check

LABELS = catalogue.labels(config.CATALOGUE)
HEADER = (
    "time_period,geographic_level,region_code,region_name,new_la_code,la_name,cla_group,"
    "characteristic,cla_31_march_number,percentage"
)
GROUPS = {
    "Asian or Asian British": 10,
    '"Black, African, Caribbean or Black British"': 40,
    "Mixed or Multiple ethnic groups": 25,
    "Other ethnic group": 4,
    "Refused or information not yet available": 1,
    "White": 50,
    "Total": 130,
}
# 33 authorities with 130 each are 4,290.
OF_LONDON = dict(zip(GROUPS, (330, 1320, 830, 130, 30, 1650, 4290), strict=True))


def rows(year: str, place: str, counts: dict[str, int]) -> list[str]:
    return [f"{year},{place},Ethnicity,{label},{count},10" for label, count in counts.items()] + [
        f"{year},{place},Sex,Female,60,46"
    ]


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes the publisher's layout, with texts replaced."""

    def write(*replaced: tuple[str, str], year: str = "2025", name: str = "cla.csv") -> Path:
        lines = [HEADER]
        for code in AUTHORITIES:
            lines += rows(year, f"Local authority,E13000002,Outer London,{code},x", GROUPS)
        lines += rows(year, "Regional,E12000007,London,,", OF_LONDON)
        lines += rows(year, "Regional,E13000001,Inner London,,", OF_LONDON)
        lines += rows(year, "National,,,,", {label: 10 * n for label, n in OF_LONDON.items()})
        text = "\n".join(lines) + "\n"
        for old, new in replaced:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / name
        # The publisher's files begin with a byte order mark.
        path.write_text(text, encoding="utf-8-sig")
        return path

    return write


def table(reading: Reading) -> pd.DataFrame:
    seen = check(reading.observations, "looked_after_children")
    return seen.set_index(["period_id", "area_code", "group_code"])[["value", "status"]]


def test_five_groups_and_unknown_of_boroughs_london_and_england(
    make: Callable[..., Path],
) -> None:
    reading = looked_after_children.read([make()], LABELS)
    seen = table(reading)
    assert seen.loc[("2025-03-31", "E09000007"), "value"].to_dict() == {
        "asian": 10,
        "black": 40,
        "mixed": 25,
        "other": 4,
        "unknown": 1,
        "white": 50,
    }
    assert seen.loc[("2025-03-31", "E92000001", "asian"), "value"] == 3300
    assert not reading.refusals
    # 7 rows by ethnicity of 33 authorities, London and England; not those of Inner London.
    assert [(file.rows_read, file.rows_kept) for file in reading.files] == [(36 * 8, 35 * 7)]
    assert reading.labels["Total"] == "left out: a total"


def test_symbols_are_states_and_never_a_count(make: Callable[..., Path]) -> None:
    camden = "E09000007,x,Ethnicity"
    path = make(
        (f"{camden},Asian or Asian British,10", f"{camden},Asian or Asian British,c"),
        (f"{camden},Other ethnic group,4", f"{camden},Other ethnic group,k"),
        (f"{camden},White,50", f"{camden},White,z"),
        (
            f"{camden},Mixed or Multiple ethnic groups,25",
            f"{camden},Mixed or Multiple ethnic groups,0",
        ),
    )
    reading = looked_after_children.read([path], LABELS)
    of_camden = table(reading).loc[("2025-03-31", "E09000007")]
    assert of_camden["status"].to_dict() == {
        "asian": "suppressed",
        "black": "ok",
        "mixed": "ok",
        "other": "suppressed",
        "unknown": "ok",
        "white": "not_applicable",
    }
    assert of_camden.loc["mixed", "value"] == 0
    assert "2 of 198 counts of boroughs are withheld" in reading.facts
    assert not reading.refusals  # 90 short of the total, for three are not shown


def test_totals_that_do_not_reconcile_are_refused(make: Callable[..., Path]) -> None:
    path = make(("E09000007,x,Ethnicity,White,50", "E09000007,x,Ethnicity,White,51"))
    [refusal] = looked_after_children.read([path], LABELS).refusals
    assert "2025-03-31, E09000007" in refusal.message
    path = make(
        (
            "Regional,E12000007,London,,,Ethnicity,Total,4290",
            "Regional,E12000007,London,,,Ethnicity,Total,4300",
        )
    )
    [refusal] = looked_after_children.read([path], LABELS).refusals
    assert "sum of authorities: the parts add up to 4,290" in refusal.message


def test_what_is_not_the_whole_file_is_refused(make: Callable[..., Path], tmp_path: Path) -> None:
    whole = make().read_bytes()
    spoiled = {
        "half.csv": (whole[: len(whole) // 2], "cut short"),
        "line.csv": (whole[:-20], "last line is not whole"),
        "lines.csv": (whole[: whole.index(b"2025,Regional,E12")], "no rows of E12000007"),
        "paper.csv": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "cannot be read"),
        "empty.csv": (b"", "cannot be read"),
        "heading.csv": (HEADER.encode() + b"\n", "missing: every row"),
        "other.csv": (b"a,b\n1,2\n", "missing: .*cla_31_march_number"),
    }
    for name, (content, says) in spoiled.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(SourceFileError, match=says):
            looked_after_children.read([tmp_path / name], LABELS)


def test_a_group_that_nobody_knows_is_never_guessed(make: Callable[..., Path]) -> None:
    with pytest.raises(LotiError, match="'White British'"):
        looked_after_children.read(
            [make(("Ethnicity,White,", "Ethnicity,White British,"))], LABELS
        )


def test_something_that_is_no_count_is_refused(make: Callable[..., Path]) -> None:
    path = make(("Ethnicity,White,50", "Ethnicity,White,about 50"))
    with pytest.raises(SourceFileError, match="'about 50' is neither a count nor a known symbol"):
        looked_after_children.read([path], LABELS)


def test_years_may_come_in_files_of_their_own_but_once(make: Callable[..., Path]) -> None:
    files = [make(), make(year="2026", name="next.csv")]
    assert set(table(looked_after_children.read(files, LABELS)).index.levels[0]) == {
        "2025-03-31",
        "2026-03-31",
    }
    with pytest.raises(SourceFileError, match="Give one edition"):
        looked_after_children.read([*files, make(name="again.csv")], LABELS)


@pytest.mark.publishers
def test_the_publishers_table(publishers: Path) -> None:
    [path] = (publishers / "care" / "looked_after_children").glob("*.csv")
    reading = looked_after_children.read([path], LABELS)
    seen = table(reading)
    # Read off the publisher's rows of London, 2025.
    assert seen.loc[("2025-03-31", dfe.LONDON), "value"].to_dict() == {
        "asian": 970,
        "black": 2510,
        "mixed": 1940,
        "other": 600,
        "unknown": 80,
        "white": 3200,
    }
    with path.open(encoding="utf-8-sig", newline="") as file:
        by_group = [row for row in csv.DictReader(file) if row["cla_group"] == "Ethnicity"]
    boroughs = [row for row in by_group if row["new_la_code"]]
    withheld = [row for row in boroughs if row["cla_31_march_number"] == "c"]
    assert (len(withheld), len(boroughs)) == (169, 1155)
    ours = seen.loc[seen.index.get_level_values("area_code").str.startswith("E09"), "status"]
    # One of the 169 is a total: City of London, 2025.
    assert (ours == "suppressed").sum() == 168
    of_2025 = [
        int(row["cla_31_march_number"])
        for row in boroughs
        if (row["time_period"], row["characteristic"]) == ("2025", "Total") and row not in withheld
    ]
    assert sum(of_2025) == 9288
    [london] = [each for each in reading.totals if "2025-03-31, E12000007, sum" in each.what]
    assert (london.ours, london.published) == (9288, 9290)
    assert not reading.refusals
