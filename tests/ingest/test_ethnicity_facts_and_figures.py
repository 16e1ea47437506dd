"""Prosecutions and sentences: counts of all offences, checked against their parts."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from loti_dash import catalogue, config
from loti_dash.errors import LotiError
from loti_dash.ingest import ethnicity_facts_and_figures
from loti_dash.ingest.reading import Reading
from loti_dash.observation import check

LABELS = catalogue.labels(config.CATALOGUE)
COURTS = [
    "Measure",
    "Ethnicity",
    "Ethnicity_type",
    "Time",
    "Time_type",
    "Sex",
    "Age group",
    "Offence group",
    "Police Force Area",
    "Value",
    "Value_type",
    "Denominator (Prosecutions at Magistrates Court)",
    "Numerator (Convictions and Magistrates Court and Crown Court)",
]
CUSTODY = [
    "Measure",
    "Year",
    "Ethnicity",
    "Ethnicity_type",
    "Sex",
    "Age group",
    "Offence group",
    "Immediate Custody",
    "all sentenced",
    "Value",
    "Value_type ",
]


def written(path: Path, header: list[str], rows: list[dict[str, str]]) -> Path:
    every = {"Sex": "All", "Age group": "All", "Offence group": "All", "Ethnicity": "Asian"}
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, header, quoting=csv.QUOTE_ALL)
        table.writeheader()
        table.writerows(dict.fromkeys(header, "") | every | row for row in rows)
    return path


def court(force: str, prosecuted: int, convicted: int, **more: str) -> dict[str, str]:
    """Return a row of 2017."""
    counts = [str(prosecuted), str(convicted)]
    return (
        {"Time": "2017", "Police Force Area": force}
        | dict(zip(COURTS[-2:], counts, strict=True))
        | {name.replace("_", " "): value for name, value in more.items()}
    )


def values(reading: Reading) -> pd.Series:
    table = check(reading.observations, "ethnicity_facts_and_figures")
    return table.set_index(["series_id", "period_id", "area_code", "group_code"])["value"]


def test_only_rows_of_everybody_in_england_and_wales_and_london_are_kept(tmp_path: Path) -> None:
    rows = [
        court("All", 3000, 2000),
        court("Metropolitan Police", 1000, 800),
        court("City of London", 10, 12),
        court("Kent", 1990, 1188),
        court("All", 3000, 2000, Offence_group="Robbery"),
        court("All", 200, 100, Sex="Female"),
        court("All", 2800, 1900, Age_group="Adults"),
    ]
    reading = ethnicity_facts_and_figures.read([written(tmp_path / "a.csv", COURTS, rows)], LABELS)
    group = "asian_excl_chinese"
    assert values(reading).to_dict() == {
        ("convictions", "2017", "E23000001", group): 800,
        ("convictions", "2017", "E23000034", group): 12,
        ("convictions", "2017", "K04000001", group): 2000,
        ("prosecutions", "2017", "E23000001", group): 1000,
        ("prosecutions", "2017", "E23000034", group): 10,
        ("prosecutions", "2017", "K04000001", group): 3000,
    }
    assert len(reading.totals) == 4
    assert not reading.refusals
    assert reading.labels == {"Asian": group}


def test_parts_that_do_not_add_up_are_refused(tmp_path: Path) -> None:
    rows = [
        court("All", 3000, 2000),
        court("All", 3000, 1999, Offence_group="Robbery"),
        court("Kent", 2996, 2000),
    ]
    path = written(tmp_path / "a.csv", COURTS, rows)
    messages = [each.message for each in ethnicity_facts_and_figures.read([path], LABELS).refusals]
    assert len(messages) == 2
    assert "prosecutions, 2017, the sum of police forces: the parts add up to 2,996" in messages[0]
    assert "convictions, 2017, the sum of offence groups: the parts add up to 1,999" in messages[1]


def test_sentences_are_read_in_spite_of_dragged_labels_and_a_blank(tmp_path: Path) -> None:
    rows = [
        {"Year": "2017", "Ethnicity": name, "Ethnicity_type": f"ONS 2001 5+{number}"}
        | {"Immediate Custody": str(number), "all sentenced": "40"}
        for number, name in enumerate(["Asian", "Not stated", "Other inc Chinese"])
    ]
    path = written(tmp_path / "a.csv", CUSTODY, rows)
    found = values(ethnicity_facts_and_figures.read([path], LABELS))
    assert found.xs("offenders_to_custody").to_dict() == {
        ("2017", "K04000001", "asian_excl_chinese"): 0,
        ("2017", "K04000001", "other_incl_chinese"): 2,
        ("2017", "K04000001", "unknown_not_stated"): 1,
    }
    assert found.xs("offenders_sentenced").sum() == 120


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    lengths = written(tmp_path / "lengths.csv", [*CUSTODY[:7], "months"], [{"Year": "2017"}])
    named = [name.replace("Numerator", "Convictions") for name in COURTS]
    renamed = written(tmp_path / "renamed.csv", named, [{"Time": "2017"}])
    martian = written(tmp_path / "martian.csv", COURTS, [court("All", 1, 1, Ethnicity="Martian")])
    thousands = court("All", 1, 1) | {COURTS[-1]: "1,234"}
    commas = written(tmp_path / "commas.csv", COURTS, [thousands])
    (tmp_path / "empty.csv").write_text("")
    for path, said in [
        (lengths, "has neither a column 'Police Force Area' nor 'Immediate Custody'"),
        (renamed, "has no column 'Numerator"),
        (martian, "Martian"),
        (commas, "'1,234' is not a whole number"),
        (tmp_path / "empty.csv", "has no rows of figures"),
    ]:
        with pytest.raises(LotiError, match=said):
            ethnicity_facts_and_figures.read([path], LABELS)


@pytest.mark.publishers
def test_the_publishers_counts_and_their_percentages_agree(publishers: Path) -> None:
    folder = publishers / "ethnicity_facts_and_figures"
    files = [folder / "prosecutions-and-convictions.csv", folder / "custody-rate.csv"]
    reading = ethnicity_facts_and_figures.read(files, LABELS)
    found = values(reading)
    # Two rows of the files, read by eye.
    white = ("2017", "E23000001", "white")
    assert (found["prosecutions", *white], found["convictions", *white]) == (21_318, 17_092)
    stated = ("2009", "K04000001", "unknown_not_stated")
    assert found["offenders_sentenced", *stated] == 48_742
    assert found["offenders_to_custody", *stated] == 15_211
    assert len(found) == 2 * (9 * 2 + 3) * 5 + 2 * 9 * 6
    assert not reading.refusals
    with files[0].open(encoding="utf-8", newline="") as file:
        published = {
            (row["Time"], row["Ethnicity"]): float(row["Value"])
            for row in csv.DictReader(file)
            if row["Police Force Area"] == "Metropolitan Police"
        }
    assert len(published) == 45
    for (year, label), percentage in published.items():
        key = (year, "E23000001", reading.labels[label])
        ratio = 100 * found["convictions", *key] / found["prosecutions", *key]
        assert ratio == pytest.approx(percentage, abs=0.051)
