"""Taking in a publisher's files: read, report, and write data/observations/ with its papers.

Nothing is written unless everything read is in order, or somebody accepts in writing what is
not. What earlier files gave stays, except for the periods that these files give anew.
"""

import hashlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path

import pandas as pd
import tomlkit

from loti_dash import catalogue, ingest
from loti_dash.errors import IngestRefused, SourceFileError, UnknownCode
from loti_dash.ingest.reading import Reading
from loti_dash.observation import COLUMNS, KEY
from loti_dash.observation import check as check_observations

Say = Callable[[str], None]


def sources() -> list[str]:
    """Return the names of the sources that can be read."""
    modules = (each.name for each in pkgutil.iter_modules(ingest.__path__))
    return [name for name in modules if hasattr(import_module(f"loti_dash.ingest.{name}"), "read")]


def take_in(
    source: str, files: Sequence[Path], data: Path, accept: str = "", say: Say = print
) -> None:
    """Read the files of a source, say what was found, and write its observations.

    Raises SourceFileError for a file that is not there or cannot be read, and IngestRefused,
    with every reason, for figures that must not be used; `accept` is the reason for using
    them all the same, and is written into the source's definition.
    """
    if source not in sources():
        raise UnknownCode("source", source, sources())
    for file in files:
        if not file.is_file():
            raise SourceFileError(f"{file} is not there; name a file as downloaded")
    reading = _read(source, files, data)
    observations = check_observations(reading.observations[COLUMNS], source)
    for line in report(reading, observations):
        say(line)
    if reading.refusals and not accept:
        reasons = "\n".join(f"- {each.message}" for each in reading.refusals)
        raise IngestRefused(
            f"Refused; nothing was written:\n{reasons}\n"
            "Ask the publisher, or use the figures all the same with --accept REASON, which is "
            "then shown beside them."
        )
    try:
        _write(observations, data, say)
        _write_papers(source, reading, data, accept)
    except OSError as error:
        raise SourceFileError(
            f"The figures could not be written to {data}: {error}. Make room or check the "
            "folder, and ingest again."
        ) from error
    say(f"data/catalogue/sources/{source}.toml names {len(reading.files)} files")


def _read(source: str, files: Sequence[Path], data: Path) -> Reading:
    read = import_module(f"loti_dash.ingest.{source}").read
    labels = catalogue.labels(data / "catalogue")
    if "earlier" not in inspect.signature(read).parameters:
        return read(files, labels)  # type: ignore[no-any-return]
    series = pd.read_csv(data / "catalogue" / "series.csv", dtype=str)
    of_source = series.loc[series["source_id"] == source, "series_id"]
    kept = [path for id_ in of_source if (path := _path(data, id_)).exists()]
    earlier = pd.concat([_stored(path) for path in kept]) if kept else None
    return read(files, labels, earlier=earlier)  # type: ignore[no-any-return]


def report(reading: Reading, observations: pd.DataFrame) -> Iterator[str]:
    """Yield the lines of the report: files, labels, statuses, totals, periods, what is missing."""
    for file in reading.files:
        yield f"{file.path.name}: {file.rows_read:,} rows read, {file.rows_kept:,} kept"
    yield from reading.facts
    for label, code in sorted(reading.labels.items()):
        yield f"label {label!r} became {code}"
    statuses = observations.groupby(["series_id", "status"], as_index=False).size()
    for each in statuses.itertuples():
        yield f"{each.series_id}: {each.size:,} counts are {each.status}"
    for total in reading.totals:
        apart = total.ours - total.published
        how = "agrees" if apart == 0 else f"differs by {apart:+,.10g}"
        why = f" ({total.expected_short})" if total.expected_short and apart else ""
        if not total.reconciles:
            how += ", which does not reconcile"
        numbers = f"ours {total.ours:,.10g}, published {total.published:,.10g}"
        yield f"{total.what}: {numbers}: {how}{why}"
    for series, rows in observations.groupby("series_id"):
        periods = sorted(rows["period_id"].unique())
        yield f"{series}: periods {', '.join(periods)}"
    for period, why in sorted(reading.missing.items()):
        yield f"missing: {period}: {why}"
    for refusal in reading.refusals:
        yield f"not in order: {refusal.message}"


def _write(observations: pd.DataFrame, data: Path, say: Say) -> None:
    (data / "observations").mkdir(exist_ok=True)
    finished: list[tuple[Path, Path]] = []
    try:
        for series, rows in observations.groupby("series_id"):
            path = _path(data, str(series))
            if path.exists():
                stored = _stored(path)
                rows = pd.concat([stored[~stored["period_id"].isin(rows["period_id"])], rows])
            waiting = path.with_name(f".{path.name}")
            finished.append((waiting, path))
            rows.sort_values(KEY).to_csv(
                waiting, index=False, lineterminator="\n", float_format="%.10g"
            )
        # Only once all are on the disk: half a source is worse than the old one.
        for waiting, path in finished:
            waiting.replace(path)
            say(f"wrote data/observations/{path.name}")
    finally:
        for waiting, _ in finished:
            waiting.unlink(missing_ok=True)


def _write_papers(source: str, reading: Reading, data: Path, accept: str) -> None:
    """Add file names, sha256 and any accepted reason to the source's definition."""
    path = data / "catalogue" / "sources" / f"{source}.toml"
    papers = tomlkit.parse(path.read_text(encoding="utf-8"))
    known = {each["name"]: dict(each) for each in papers["files"].unwrap()}
    for file in reading.files:
        sha256 = hashlib.sha256(file.path.read_bytes()).hexdigest()
        known[file.path.name] = {"name": file.path.name, "sha256": sha256, "rows": file.rows_read}
    papers["files"] = _tables([known[name] for name in sorted(known)])
    if reading.refusals:
        today: date = datetime.now(UTC).date()
        problems = [each.message for each in reading.refusals]
        accepted = [
            *papers["accepted"].unwrap(),
            {"on": today, "reason": accept, "problems": problems},
        ]
        papers["accepted"] = _tables(accepted)
    waiting = path.with_name(f".{path.name}")
    waiting.write_text(tomlkit.dumps(papers), encoding="utf-8")
    waiting.replace(path)


def _tables(rows: list[dict[str, object]]) -> tomlkit.items.Array:
    """Return a list with one inline table a line, so that a difference shows one file."""
    array = tomlkit.array()
    for row in rows:
        table = tomlkit.inline_table()
        table.update(row)
        array.append(table)
    return array.multiline(bool(rows))


def _path(data: Path, series: str) -> Path:
    return data / "observations" / f"{series}.csv"


def _stored(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=dict.fromkeys(COLUMNS, str) | {"value": float})
