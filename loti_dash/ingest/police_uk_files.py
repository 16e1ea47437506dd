"""The two forms in which data.police.uk gives searches: monthly CSV files and the API's answer.

Either becomes records as text, each with how many searches are alike, and those are counted.
Refuses a force's month that stands in two files, and never guesses which force a file is from.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from loti_dash.errors import SourceFileError
from loti_dash.ingest import csv_records
from loti_dash.ingest.records import cells, engine

METROPOLITAN = "Metropolitan Police"
CITY = "City of London Police"
FORCES = {
    "metropolitan": METROPOLITAN,
    "city-of-london": CITY,
}

# Heading in the CSV files: our name. In the API's answer headings are lower_case.
COLUMNS_READ = {
    "Type": "type",
    "Date": "time",
    "Latitude": "latitude",
    "Longitude": "longitude",
    "Self-defined ethnicity": "self_defined",
    "Officer-defined ethnicity": "officer_defined",
    "Outcome": "outcome",
}
FROM_API = {
    "type": "type",
    "datetime": "time",
    "self_defined_ethnicity": "self_defined",
    "officer_defined_ethnicity": "officer_defined",
    "outcome": "outcome",
}


def counted(files: Sequence[Path]) -> pd.DataFrame:
    """Return the records of all files in cells, by force and outcome as well.

    Raises SourceFileError for a file that is neither form, and a force's month in two files.
    """
    counting = engine()
    reader = csv_records.open_reader()
    every = pa.concat_tables([_records(reader, path) for path in files])
    with TemporaryDirectory() as folder:
        # In the form that every engine reads by itself.
        pq.write_table(every, f"{folder}/records.parquet")
        found = cells(counting.read_parquet(f"{folder}/records.parquet"), ["force", "outcome"])
    _once(found)
    return found


def _records(reader: Any, path: Path) -> pa.Table:
    """Return how many records of a file are alike in all that is read, as text."""
    if path.suffix.lower() == ".json":
        table = _from_api(path)
        found = csv_records.counted_of(table, {name: name for name in COLUMNS_READ.values()})
    else:
        found = csv_records.counted(reader, path, COLUMNS_READ)
    for name, value in {"force": _force(path), "file": str(path)}.items():
        found = found.append_column(name, pa.repeat(value, len(found)))
    return found


def _from_api(path: Path) -> pd.DataFrame:
    again = "Save again what the API answers, whole."
    try:
        answer = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise SourceFileError(f"{path.name} is not JSON ({problem}). {again}") from None
    listed = isinstance(answer, list) and all(isinstance(each, dict) for each in answer)
    table = pd.json_normalize(answer) if listed else pd.DataFrame()
    missing = sorted(FROM_API.keys() - set(table.columns))
    if missing:
        raise SourceFileError(
            f"{path.name} is not a list of searches with {', '.join(map(repr, missing))}. {again}"
        )
    places = {f"location.{axis}": axis for axis in ("latitude", "longitude")}
    # A month without a single place has no such columns at all.
    table = table.reindex(columns=table.columns.union(list(places), sort=False))
    return table.rename(columns=FROM_API | places).astype(object).fillna("").astype(str)


def _force(path: Path) -> str:
    """Return the force named by the file or, as the API's answers are not, by its folder.

    Raises SourceFileError if neither names one: a month of nobody's would be used for nothing.
    """
    for name in (path.name, path.parent.name):
        for part, force in FORCES.items():
            if part in name.lower().replace("_", "-"):
                return force
    raise SourceFileError(
        f"{path.name}: neither the name nor the folder's says which force it is from. Name it as "
        "the publisher does, such as 2018-04-metropolitan-stop-and-search.csv or "
        "2018-04-city-of-london-stop-and-search.csv."
    )


def _once(cells: pd.DataFrame) -> None:
    """Raise SourceFileError if a force's month stands in two files."""
    of = cells.drop_duplicates(["force", "month", "file"])
    twice = of[of.duplicated(["force", "month"], keep=False)]
    if len(twice):
        first = twice.iloc[0]
        raise SourceFileError(
            f"{first['month']} of {first['force']} stands in several files: "
            f"{', '.join(Path(file).name for file in twice['file'].unique())}. Give each once."
        )
