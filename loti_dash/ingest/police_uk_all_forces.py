"""Searches in London by every police force, from what data.police.uk gives for each borough.

Wants one table of records, parquet. Its dates are of UTC, its `force` says only whose streets
they were on: forces cannot be told apart, so figures never go in one line with those of the
Metropolitan and City police. Months that are not all there are left out; refused if all are.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa

from loti_dash.errors import SourceFileError
from loti_dash.groups import Labels
from loti_dash.ingest import searches
from loti_dash.ingest.completeness import incomplete
from loti_dash.ingest.reading import FileRead, Reading, Refusal
from loti_dash.observation import COLUMNS

COLUMNS_READ = {
    "type": "type",
    "location.latitude": "latitude",
    "location.longitude": "longitude",
    "self_defined_ethnicity": "self_defined",
    "officer_defined_ethnicity": "officer_defined",
    "la_code": "published_area",
}
SERIES = {
    "self_defined": "searches_all_forces_self_defined",
    "officer_defined": "searches_all_forces_officer_defined",
}


def read(files: Sequence[Path], labels: Labels) -> Reading:
    """Return searches of people by month, in London and its boroughs."""
    reading = Reading(pd.DataFrame(columns=COLUMNS))
    records = pd.concat([_records(path) for path in files], ignore_index=True)
    names = ", ".join(path.name for path in files)
    people = searches.coded(searches.of_people(records, names), labels, reading)
    wrong = incomplete(searches.by_month(people))
    months = sorted(set(people["month"]) - wrong.keys())
    reading.missing = {month: f"left out, not all there: {why}" for month, why in wrong.items()}
    if not months:
        reading.refusals = [
            Refusal("incomplete", f"{month}, all forces: {why}") for month, why in wrong.items()
        ]
    kept = people[people["month"].isin(months)]
    for path in files:
        rows_read, rows_kept = ((table["file"] == str(path)).sum() for table in (records, kept))
        reading.files.append(FileRead(path, int(rows_read), int(rows_kept)))
    reading.facts = _facts(records[records["month"].isin(months)], kept)
    reading.observations = pd.concat(
        [searches.counted(kept, id_, kind, months, labels) for kind, id_ in SERIES.items()],
        ignore_index=True,
    )
    return reading


def _records(path: Path) -> pd.DataFrame:
    """Return the records as text, with month, file, and whether each repeats another."""
    try:
        table = pd.read_parquet(path)
    except (pa.ArrowException, OSError, ValueError) as problem:
        raise SourceFileError(
            f"{path.name} is not a parquet file, or is cut short ({problem}). Get it again."
        ) from None
    missing = sorted({*COLUMNS_READ, "date", "time"} - set(table.columns))
    if missing:
        raise SourceFileError(
            f"{path.name} has no column {', '.join(map(repr, missing))}. Get it again, whole."
        )
    if table.empty:
        raise SourceFileError(f"{path.name} has no rows. Get it again, whole.")
    times = table["date"].astype(str) + "T" + table["time"].astype(str)
    return (
        table[list(COLUMNS_READ)]
        .rename(columns=COLUMNS_READ)
        .assign(
            month=searches.local_months(times, path.name),
            file=str(path),
            repeat=table.duplicated(),
        )
    )


def _facts(records: pd.DataFrame, kept: pd.DataFrame) -> list[str]:
    elsewhere = kept["area_code"].notna() & (kept["area_code"] != kept["published_area"])
    return [
        f"All forces: {len(records):,} searches in {records['month'].nunique()} months, "
        f"{len(kept):,} of them of people and {len(records) - len(kept):,} of a vehicle alone "
        f"(left out); {int(kept['repeat'].sum()):,} searches of people repeat another record "
        "exactly (kept)",
        searches.places_fact(kept, "All forces"),
        f"{int(elsewhere.sum()):,} searches lie, by the 20 m outlines, in another borough than "
        "the file says; the outlines decide",
    ]
