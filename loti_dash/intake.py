"""Taking in a publisher's files: read, report, and write data/observations/ with its papers.

Nothing is written unless everything read is in order, or somebody accepts in writing what is
not. What earlier files gave stays, except for the periods that these files give anew.
"""

import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

import pandas as pd

from loti_dash import catalogue, ingest, observation
from loti_dash.errors import IngestRefused, SourceFileError, UnknownCode
from loti_dash.ingest import papers
from loti_dash.ingest.coverage import lost
from loti_dash.ingest.reading import Reading
from loti_dash.ingest.writing import replace_all
from loti_dash.observation import COLUMNS, KEY

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
    with every reason, for figures that must not be used or where none can be; `accept` is the
    reason for using them all the same, and is written into the source's definition. Raises
    CatalogueError or ObservationError if that or the figures there are now are damaged.
    """
    _check_source(source, data)
    for file in files:
        if not file.is_file():
            raise SourceFileError(f"{file} is not there; name a file as downloaded")
    definition = papers.definition(_papers_path(source, data))
    reading = _read(source, files, data)
    observations = observation.check(reading.observations[COLUMNS], source)
    before = _stored(set(observations["series_id"]), data)
    for stored in before.values():
        reading.refusals += lost(stored, observations)
    for line in report(reading, observations):
        say(line)
    _check_usable(reading, observations, accept)
    try:
        contents = {
            _path(data, str(series)): _as_csv(rows, before.get(str(series)))
            for series, rows in observations.groupby("series_id")
        }
        renewed = papers.renewed(definition, reading, accept)
        replace_all(contents | {_papers_path(source, data): renewed})
    except OSError as error:
        raise SourceFileError(
            f"The figures could not be written to {data}: {error}. Nothing there was changed. "
            "Make room or check the folder, and ingest again."
        ) from error
    for path in contents:
        say(f"wrote data/observations/{path.name}")
    say(f"data/catalogue/sources/{source}.toml names {len(reading.files)} files")


def _check_source(source: str, data: Path) -> None:
    if source in sources():
        return
    if source in {path.stem for path in (data / "catalogue" / "sources").glob("*.toml")}:
        raise SourceFileError(
            f"{source} is not read by ingest: its definition in data/catalogue/sources/ says "
            f"where it comes from. ingest reads {', '.join(sources())}."
        )
    raise UnknownCode("source", source, sources())


def _check_usable(reading: Reading, observations: pd.DataFrame, accept: str) -> None:
    """Raise IngestRefused for what is not in order and not accepted, and for no figures at all."""
    refused = [f"- {each.message}" for each in reading.refusals]
    if observations.empty:
        missing = [f"- {period}: {why}" for period, why in sorted(reading.missing.items())]
        raise IngestRefused(
            "\n".join(["None of this can be used; nothing was written:", *refused, *missing])
        )
    if refused and not accept:
        reasons = "\n".join(refused)
        raise IngestRefused(
            f"Refused; nothing was written:\n{reasons}\n"
            "Ask the publisher, or use the figures all the same with --accept REASON, which is "
            "then shown beside them."
        )


def _read(source: str, files: Sequence[Path], data: Path) -> Reading:
    read = import_module(f"loti_dash.ingest.{source}").read
    labels = catalogue.labels(data / "catalogue")
    if "earlier" not in inspect.signature(read).parameters:
        return read(files, labels)  # type: ignore[no-any-return]
    series = pd.read_csv(data / "catalogue" / "series.csv", dtype=str)
    of_source = series.loc[series["source_id"] == source, "series_id"]
    kept = _stored(of_source, data)
    earlier = pd.concat(kept.values()) if kept else None
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
        how = f"differs by {total.apart:+,.10g}" if total.apart else "agrees"
        why = f" ({total.expected_short})" if total.expected_short and total.apart else ""
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


def _as_csv(rows: pd.DataFrame, before: pd.DataFrame | None) -> str:
    """Return a file of figures: these, and of what was there before the other periods."""
    if before is not None:
        rows = pd.concat([before[~before["period_id"].isin(rows["period_id"])], rows])
    table: str = rows.sort_values(KEY).to_csv(
        index=False, lineterminator="\n", float_format="%.10g"
    )
    return table


def _path(data: Path, series: str) -> Path:
    return data / "observations" / f"{series}.csv"


def _papers_path(source: str, data: Path) -> Path:
    return data / "catalogue" / "sources" / f"{source}.toml"


def _stored(series: Iterable[str], data: Path) -> dict[str, pd.DataFrame]:
    """Return the figures there are now, by series. Raises ObservationError for damaged ones."""
    paths = {each: _path(data, each) for each in series}
    return {each: observation.read(path) for each, path in paths.items() if path.exists()}
