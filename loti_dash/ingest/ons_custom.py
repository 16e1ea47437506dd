"""CSV files of the Office for National Statistics, and its custom data sets in particular.

A custom data set has, for the area and for each variable, a column of codes and one of labels,
then `Observation`: a row for every combination. A file without every combination was cut short
or filtered, and is not read.
"""

import csv
import re
from collections.abc import Sequence
from math import prod
from pathlib import Path

import pandas as pd

from loti_dash.errors import SourceFileError
from loti_dash.groups import Labels
from loti_dash.ingest.reading import FileRead, Reading, Total, codes_of

ETHNIC_GROUP = "Ethnic group"
NOBODY = "does_not_apply"
LONDON = "E12000007"
AUTHORITIES = [f"E09{number:06}" for number in range(1, 34)]


def text_table(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    """Return a CSV file as text, one column per heading.

    Raises SourceFileError for what is no CSV, a row that breaks off, and missing columns.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise SourceFileError(
            f"{path.name} is not a CSV file ({problem}). Download it again."
        ) from None
    if len(rows) < 2:
        raise SourceFileError(f"{path.name} has no rows of figures. Download it again.")
    header = [name.strip() for name in rows[0]]
    missing = [name for name in columns if name not in header]
    if missing:
        raise SourceFileError(
            f"{path.name} has no column {', '.join(map(repr, missing))}; it has "
            f"{', '.join(map(repr, header[:8]))}. Use the publisher's file as downloaded."
        )
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(header):
            raise SourceFileError(
                f"{path.name}, row {number}, has {len(row)} of {len(header)} fields: "
                "it is cut short or edited. Download it again."
            )
    return pd.DataFrame(rows[1:], columns=header, dtype=str)


def whole_numbers(column: pd.Series, path: Path) -> pd.Series:
    """Return a column of text as counts. Raises SourceFileError for anything but digits."""
    wrong = ~column.str.fullmatch(r"\d+")
    if wrong.any():
        row = int(wrong.to_numpy().argmax())
        raise SourceFileError(
            f"{path.name}, row {row + 2}, column {column.name!r}: {column.iloc[row]!r} is not a "
            "whole number. Use the publisher's file as downloaded."
        )
    return column.astype(float)


def every_combination(table: pd.DataFrame, columns: Sequence[str], path: Path) -> None:
    """Raise SourceFileError unless each combination of the columns stands there once."""
    wanted = prod(int(table[column].nunique()) for column in columns)
    found = len(table.drop_duplicates(list(columns)))
    if not wanted == found == len(table):
        raise SourceFileError(
            f"{path.name} has {len(table)} rows, {found} of them different, where every "
            f"combination of {', '.join(columns)} makes {wanted}: it is cut short, filtered or "
            "edited. Download it again."
        )


def custom_table(path: Path) -> pd.DataFrame:
    """Return a custom data set: area_code, a column of labels per variable, and value.

    A variable is named without its number of categories: "Ethnic group".
    """
    table = text_table(path, ["Observation"])
    coded = [name.removesuffix(" Code") for name in table.columns if name.endswith(" Code")]
    if len(coded) < 2 or any(name not in table for name in coded):
        raise SourceFileError(
            f"{path.name} has no pairs of columns like 'Regions Code', 'Regions'; it has "
            f"{', '.join(map(repr, table.columns))}. Choose CSV when downloading."
        )
    area, *variables = coded
    named = {name: re.sub(r"\s*\(\d+ categories\)$", "", name) for name in variables}
    tidy = table[variables].rename(columns=named)
    tidy.insert(0, "area_code", table[f"{area} Code"])
    every_combination(tidy, list(tidy.columns), path)
    return tidy.assign(value=whole_numbers(table["Observation"], path))


def london_tables(files: Sequence[Path], variables: set[str], reading: Reading) -> pd.DataFrame:
    """Return the rows of London and its authorities from all files, and note the files read.

    Raises SourceFileError for other variables than those wanted, an area in two files, or
    some but not all of the 33 authorities.
    """
    tables = []
    for path in files:
        table = custom_table(path)
        found = set(table.columns) - {"area_code", "value"}
        if found != variables:
            raise SourceFileError(
                f"{path.name} is by {', '.join(sorted(found))}; it must be by "
                f"{', '.join(sorted(variables))}. Choose these variables when downloading."
            )
        kept = table[table["area_code"].isin([*AUTHORITIES, LONDON])]
        reading.files.append(FileRead(path, len(table), len(kept)))
        tables.append(kept)
    every: pd.DataFrame = pd.concat(tables, ignore_index=True)
    twice = every[every.duplicated(["area_code", *variables])]["area_code"].unique()
    missing = sorted(set(AUTHORITIES) - set(every["area_code"]))
    if len(twice) or every.empty or (missing != AUTHORITIES and missing):
        reason = f"{twice[0]} stands in two files" if len(twice) else f"no rows for {missing[:3]}"
        raise SourceFileError(
            f"{', '.join(path.name for path in files)}: {reason}. Give one file of all "
            "local authorities and, for London as a whole, one of regions."
        )
    return every


def people(table: pd.DataFrame, labels: Labels, reading: Reading) -> pd.DataFrame:
    """Return the rows of people, with a column group_code, and note what became of labels.

    Raises SourceFileError unless the ethnic groups are the 19 of Census 2021.
    """
    names = ", ".join(file.path.name for file in reading.files)
    codes = codes_of(labels, "census_2021", table[ETHNIC_GROUP], names)
    known = labels.table.loc[labels.table["source"] == "census_2021", "code"]
    # The five groups, whose codes have one word, are sums of the 19.
    detailed = {code for code in known if "_" in code} - {NOBODY}
    if set(codes.values()) - {NOBODY} != detailed:
        raise SourceFileError(
            f"{names}: the groups are "
            f"{', '.join(sorted(codes))}; choose 'Ethnic group (20 categories)' when downloading."
        )
    reading.labels |= {
        label: code if code != NOBODY else "left out: holds the place of nobody"
        for label, code in codes.items()
    }
    coded = table.assign(group_code=table[ETHNIC_GROUP].map(codes))
    nobody = coded["group_code"] == NOBODY
    if coded.loc[nobody, "value"].any():
        raise SourceFileError(
            "'Does not apply' has people in it; these are not residents by ethnic group."
        )
    return coded[~nobody]


def london_added_up(counts: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """Return counts with London as the sum of its 33 authorities, beside its published row.

    Each cell was changed by a little to protect people, so that sums differ by some units
    from table to table. London is the sum so that its parts make it; the row of a file of
    regions serves if there is no file of authorities. `counts` has observation columns.
    """
    boroughs = counts[counts["area_code"] != LONDON]
    if boroughs.empty:
        return counts
    by_group = boroughs.groupby(["series_id", "period_id", "group_code"], as_index=False)
    london: pd.DataFrame = by_group["value"].sum().assign(area_code=LONDON, status="ok")
    published = counts[counts["area_code"] == LONDON].groupby("series_id")["value"].sum()
    for series, total in published.items():
        ours = london.loc[london["series_id"] == series, "value"].sum()
        # One for each authority: a cell is changed by a unit or so, in either direction.
        reading.totals.append(
            Total(f"{series}, 33 authorities and the region", ours, total, len(AUTHORITIES))
        )
    reading.facts.append("London is the sum of its 33 authorities")
    both: pd.DataFrame = pd.concat([boroughs, london], ignore_index=True)
    return both[list(counts.columns)]
