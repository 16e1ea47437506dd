"""Searches in London by every police force, from what data.police.uk gives for each borough.

Wants one table of records, parquet. Its dates are of UTC, its `force` says only whose streets
they were on: forces cannot be told apart, so figures never go in one line with those of the
Metropolitan and City police. Months that are not all there are left out; refused if all are.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from loti_dash.errors import SourceFileError
from loti_dash.groups import Labels
from loti_dash.ingest import searches
from loti_dash.ingest.completeness import incomplete
from loti_dash.ingest.reading import FileRead, Reading, Refusal
from loti_dash.ingest.records import alike, cells, engine, parquet
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
    every = _cells(files)
    names = ", ".join(path.name for path in files)
    people = searches.coded(searches.of_people(every, names), labels, reading)
    wrong = incomplete(searches.by_month(people))
    months = sorted(set(people["month"]) - wrong.keys())
    reading.missing = {month: f"left out, not all there: {why}" for month, why in wrong.items()}
    if not months:
        reading.refusals = [
            Refusal("incomplete", f"{month}, all forces: {why}") for month, why in wrong.items()
        ]
    kept = people[people["month"].isin(months)]
    for path in files:
        counts = (searches.total(of[of["file"] == str(path)]) for of in (every, kept))
        reading.files.append(FileRead(path, *counts))
    reading.facts = _facts(every[every["month"].isin(months)], kept)
    reading.observations = pd.concat(
        [searches.counted(kept, id_, kind, months, labels) for kind, id_ in SERIES.items()],
        ignore_index=True,
    )
    return reading


def _cells(files: Sequence[Path]) -> pd.DataFrame:
    """Return the records counted where they are: of a large file, none comes into this process."""
    for path in files:
        _raise_unless_whole(path)
    import ibis

    counting = engine()
    parts = []
    for path in files:
        table = parquet(counting, path)
        ours = table.rename({ours: published for published, ours in COLUMNS_READ.items()})
        time = ours.date.cast("string") + "T" + ours.time.cast("string")
        # Of the old names, `time` is the time of day: now it is the whole.
        records = ours.mutate(time=time, file=ibis.literal(str(path)))
        read = ["file", "time", *COLUMNS_READ.values()]
        parts.append(cells(alike(records, read), ["published_area"]))
    return pd.concat(parts, ignore_index=True)


def _raise_unless_whole(path: Path) -> None:
    try:
        with pq.ParquetFile(path) as file:
            rows, names = file.metadata.num_rows, file.schema_arrow.names
    except (pa.ArrowException, OSError, ValueError) as problem:
        raise SourceFileError(
            f"{path.name} is not a parquet file, or is cut short ({problem}). Get it again."
        ) from None
    missing = sorted({*COLUMNS_READ, "date", "time"} - set(names))
    if missing:
        raise SourceFileError(
            f"{path.name} has no column {', '.join(map(repr, missing))}. Get it again, whole."
        )
    if not rows:
        raise SourceFileError(f"{path.name} has no rows. Get it again, whole.")


def _facts(every: pd.DataFrame, kept: pd.DataFrame) -> list[str]:
    elsewhere = kept["area_code"].notna() & (kept["area_code"] != kept["published_area"])
    all_, of_people = searches.total(every), searches.total(kept)
    return [
        f"All forces: {all_:,} searches in {every['month'].nunique()} months, "
        f"{of_people:,} of them of people and {all_ - of_people:,} of a vehicle alone "
        f"(left out); {int(kept['repeats'].sum()):,} searches of people repeat another record "
        "exactly (kept)",
        searches.places_fact(kept, "All forces"),
        f"{searches.total(kept[elsewhere]):,} searches lie, by the 20 m outlines, in another "
        "borough than the file says; the outlines decide",
    ]
