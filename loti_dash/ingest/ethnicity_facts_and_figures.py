"""Prosecutions, convictions and sentences by ethnic group, from Ethnicity facts and figures.

Wants the downloads "Prosecutions and convictions" and "Sentences and custody". Their groups are
five of 2001, with Chinese under Other; people of unknown ethnicity are in the second one only.
Takes the rows of all ages, both sexes and all indictable offences, and never their percentages.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from loti_dash.errors import SourceFileError
from loti_dash.groups import Labels
from loti_dash.ingest.ons_custom import text_table, whole_numbers
from loti_dash.ingest.reading import FileRead, Reading, Total, codes_of
from loti_dash.observation import COLUMNS

AREAS = {
    "All": "K04000001",
    "Metropolitan Police": "E23000001",
    "City of London": "E23000034",
}
FORCE = "Police Force Area"
TOTAL = "total"
# One dimension at a time is broken down; elsewhere it says "All".
BREAKDOWNS = ["Sex", "Age group", "Offence group"]

# Heading of the column that only this file has: headings of the year and of each series' counts.
LAYOUTS = {
    FORCE: (
        "Time",
        {
            "Denominator (Prosecutions at Magistrates Court)": "prosecutions",
            "Numerator (Convictions and Magistrates Court and Crown Court)": "convictions",
        },
    ),
    "Immediate Custody": (
        "Year",
        {"all sentenced": "offenders_sentenced", "Immediate Custody": "offenders_to_custody"},
    ),
}


def read(files: Sequence[Path], labels: Labels) -> Reading:
    """Return yearly counts of England and Wales and, where published, of London's two forces."""
    reading = Reading(pd.DataFrame(columns=COLUMNS))
    tables = [_counts(path, labels, reading) for path in files]
    reading.observations = pd.concat(tables, ignore_index=True)
    reading.refuse_unreconciled()
    return reading


def _counts(path: Path, labels: Labels, reading: Reading) -> pd.DataFrame:
    """Return the observations of one file, and note its rows, labels, totals and facts."""
    table = text_table(path, ["Ethnicity", *BREAKDOWNS])
    layout = next((LAYOUTS[name] for name in LAYOUTS if name in table), None)
    if layout is None:
        raise SourceFileError(
            f"{path.name} has neither a column {' nor '.join(map(repr, LAYOUTS))}; use the "
            "downloads of prosecutions and convictions, or of sentences and custody."
        )
    year, counts = layout
    missing = [name for name in (year, *counts) if name not in table]
    if missing:
        raise SourceFileError(
            f"{path.name} has no column {', '.join(map(repr, missing))}. Use the publisher's "
            "file as downloaded."
        )
    table = table.assign(**{name: whole_numbers(table[name], path) for name in counts})
    if FORCE not in table:
        table[FORCE] = "All"
    codes = codes_of(labels, "eff_2001_5", table["Ethnicity"], path.name)
    reading.labels |= {
        label: "left out: a total" if code == TOTAL else code for label, code in codes.items()
    }
    table = table[table["Ethnicity"].map(codes) != TOTAL]
    reading.totals += _totals(table, year, counts)
    everybody = (table[BREAKDOWNS] == "All").all(axis=1) & table[FORCE].isin(AREAS)
    kept = table[everybody]
    reading.files.append(FileRead(path, len(table), len(kept)))
    reading.facts += _years_by_area(kept, year, path)
    tidy = kept.assign(
        period_id=kept[year],
        area_code=kept[FORCE].map(AREAS),
        group_code=kept["Ethnicity"].map(codes),
        status="ok",
    )
    return tidy.rename(columns=counts).melt(
        ["period_id", "area_code", "group_code", "status"], list(counts.values()), "series_id"
    )[COLUMNS]


def _totals(table: pd.DataFrame, year: str, counts: dict[str, str]) -> list[Total]:
    """Return, for each year and count, England and Wales beside its offence groups and forces."""
    whole = table[FORCE] == "All"
    total = (table[BREAKDOWNS] == "All").all(axis=1)
    parts = {
        "offence groups": (whole & (table["Offence group"] != "All"), 0.0),
        # A few convictions a year are put down to no force: 45 of 219,000 in 2013.
        "police forces": (~whole, 0.001),
    }
    totals = []
    for period, rows in table.groupby(year):
        for heading, series in counts.items():
            published = rows.loc[(whole & total)[rows.index], heading].sum()
            for of, (part, share) in parts.items():
                ours = rows.loc[part[rows.index], heading].sum()
                if part[rows.index].any():
                    what = f"{series}, {period}, the sum of {of}"
                    totals.append(Total(what, ours, published, published * share))
    return totals


def _years_by_area(kept: pd.DataFrame, year: str, path: Path) -> list[str]:
    years = kept.groupby(FORCE)[year].agg(["min", "max"])
    return [
        f"{path.name}: {area}, {each['min']} to {each['max']}" for area, each in years.iterrows()
    ]
