"""From observations and the catalogue to a release: a new, complete, read-only file.

The file is made beside the others under another name and only moved there, and the pointer
only moved to it, when it is whole. Whatever goes wrong before, what was there stays there.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd

from loti_dash import catalogue, contents, observation, releases
from loti_dash.catalogue import Catalogue
from loti_dash.errors import ObservationError, ReleaseError
from loti_dash.groups import UNKNOWN
from loti_dash.upload.package import Package, extended


def build(
    data: Path,
    folder: Path,
    out: Path | None = None,
    note: str = "",
    say: Callable[[str], None] = print,
    uploads: Sequence[Package] = (),
) -> Path:
    """Build a release of what is in `data`, put it into `folder` and make it the current one.

    With `out`, write it to that file instead and leave folder and pointer alone. `say` is told
    each step. `uploads` are what boroughs sent in and somebody else accepted. Returns the file.

    Raises CatalogueError or ObservationError for wrong input, ReleaseError if it cannot be
    written, for example because the disk is full.
    """
    say("reading the catalogue")
    definitions = extended(catalogue.read(data / "catalogue"), uploads)
    files = sorted((data / "observations").glob("*.csv"))
    if not files:
        raise ObservationError(
            f"{data / 'observations'} has no figures; `python -m loti_dash ingest` writes them"
        )
    target = out.parent if out else folder
    building = target / f".building-{datetime.now(UTC):%Y%m%d%H%M%S%f}.duckdb"
    try:
        target.mkdir(parents=True, exist_ok=True)
        inputs = pd.concat([_inputs(files, data, note), _of_uploads(uploads, note)])
        with duckdb.connect(str(building)) as db:
            number = _write(
                db, definitions, _tables(files, definitions, uploads, say), inputs, say
            )
        finished = out or folder / f"{releases.next_name(folder, number)}.duckdb"
        if not out:
            _name(building, finished.stem)
        releases.put(building, finished)
    except (OSError, duckdb.Error) as error:
        raise ReleaseError(
            f"The release could not be written to {target}: {error}. Nothing that was there "
            "before was changed. Make room or choose another folder with LOTI_HOME."
        ) from error
    finally:
        for left in (building, building.with_suffix(".duckdb.wal")):
            with suppress(OSError):
                left.unlink()
    if not out:
        releases.point_to(folder, finished.stem)
    say(f"release {finished.stem} is ready")
    return finished


def _write(
    db: duckdb.DuckDBPyConnection,
    definitions: Catalogue,
    tables: Iterable[pd.DataFrame],
    inputs: pd.DataFrame,
    say: Callable[[str], None],
) -> str:
    """Write the database and return the first 8 digits of the sha256 of its content."""
    contents.fill(db, definitions, tables, say)
    number = contents.number(db)
    contents.insert(db, "build", inputs)
    return number


def _tables(
    files: Sequence[Path],
    definitions: Catalogue,
    uploads: Sequence[Package],
    say: Callable[[str], None],
) -> Iterable[pd.DataFrame]:
    """Yield the observations of files, then those of uploads."""
    for n, file in enumerate(files, 1):
        say(f"figures {n} of {len(files)}: {file.stem}")
        yield observations(file, definitions)
    for upload in uploads:
        say(f"uploaded figures: {upload.source.title}")
        yield upload.observations


def observations(file: Path, definitions: Catalogue) -> pd.DataFrame:
    """Return the observations in a file of data/observations/.

    Raises ObservationError unless they are of the one series the file is named after, of
    areas, periods and groups the catalogue knows, and of a source with file and sha256.
    """
    table = observation.read(file)
    series = definitions.series.get(file.stem)
    if series is None or set(table["series_id"]) != {file.stem}:
        raise ObservationError(f"{file}: series.csv must have the series, and each row name it")
    if not definitions.sources[series.source_id].files:
        raise ObservationError(
            f"{file}: sources/{series.source_id}.toml names no file with its sha256; "
            "figures without papers are not used"
        )
    codes = {g.code for g in definitions.groups if g.classification == series.classification}
    for column, known in {
        "area_code": set(definitions.areas),
        "group_code": codes
        | {g.code for g in definitions.groups if g.parent_code == UNKNOWN}
        | {UNKNOWN},
    }.items():
        strange = sorted(set(table[column]) - known)
        if strange:
            raise ObservationError(
                f"{file}: {column} {', '.join(map(repr, strange[:5]))} is not in the catalogue "
                f"for the list {series.classification}"
            )
    return table


def _inputs(files: list[Path], data: Path, note: str) -> pd.DataFrame:
    """Return a row for each input file: name, sha256 and number of lines."""
    inputs = [*files, *sorted((data / "catalogue").rglob("*.*"))]
    now = datetime.now(UTC).replace(tzinfo=None)
    rows = []
    for file in inputs:
        whole = file.read_bytes()
        sha256 = hashlib.sha256(whole).hexdigest()
        rows.append(("", now, note, str(file.relative_to(data)), sha256, whole.count(b"\n")))
    return pd.DataFrame(rows)


def _of_uploads(uploads: Sequence[Package], note: str) -> pd.DataFrame:
    """Return a row for each upload: name and sha256 of the file it was read from, and its rows."""
    now = datetime.now(UTC).replace(tzinfo=None)
    rows = [
        ("", now, note, f"upload: {file.name}", file.sha256, file.rows)
        for upload in uploads
        for file in upload.source.files
    ]
    return pd.DataFrame(rows, columns=range(6))


def _name(path: Path, release: str) -> None:
    with duckdb.connect(str(path)) as db:
        db.execute("UPDATE build SET release_id = $1", [release])
