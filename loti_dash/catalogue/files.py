"""Reading data/catalogue/ strictly: what is missing, unknown or ill-typed is an error."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from loti_dash.canvases import Outcome
from loti_dash.catalogue import check_processes
from loti_dash.catalogue.rows import Area, Break, Deprivation, Group, InLondon, Series, Span
from loti_dash.catalogue.whole import Catalogue
from loti_dash.definitions import Caveat, Indicator, Source, SourceCaveats, Term
from loti_dash.errors import CatalogueError, LotiError
from loti_dash.groups import Labels
from loti_dash.measure_words import Measure
from loti_dash.periods import period
from loti_dash.processes import Process
from loti_dash.strict import from_table

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")


def read(folder: Path) -> Catalogue:
    """Return the catalogue in a folder laid out as data/catalogue/.

    Raises CatalogueError, naming file and key, for whatever is missing, unknown or ill-typed,
    and for a definition that names another one that is not there.
    """
    caveats = _toml(folder / "caveats.toml")
    _only_keys(folder / "caveats.toml", caveats, {"statement", "caveat"})
    catalogue = Catalogue(
        indicators=_one_file_each(Indicator, folder / "indicators"),
        sources=_one_file_each(Source, folder / "sources"),
        statements=_by_id(
            SourceCaveats, caveats["statement"], f"{folder / 'caveats.toml'}: statement"
        ),
        caveats=_by_id(Caveat, caveats["caveat"], f"{folder / 'caveats.toml'}: caveat"),
        outcomes=_by_id(Outcome, _toml(folder / "outcomes.toml"), str(folder / "outcomes.toml")),
        processes=_by_id(Process, _toml(folder / "stages.toml"), str(folder / "stages.toml")),
        terms=_by_id(Term, _toml(folder / "glossary.toml"), str(folder / "glossary.toml")),
        series={row.series_id: row for row in rows(Series, folder / "series.csv")},
        areas={row.area_code: row for row in rows(Area, folder / "areas.csv")},
        spans={row.period_id: row for row in rows(Span, folder / "periods.csv")},
        parts_of_london={
            row.area_code: row for row in rows(InLondon, folder / "parts_of_london.csv")
        },
        deprivation={row.area_code: row for row in rows(Deprivation, folder / "deprivation.csv")},
        breaks=tuple(rows(Break, folder / "breaks.csv")),
        groups=tuple(rows(Group, folder / "ethnic_groups.csv")),
        parts=_parts(folder / "ethnic_group_parts.csv"),
    )
    _check_names(catalogue)
    check_processes.check(catalogue)
    _check_examples(catalogue, measures(folder))
    return catalogue


def measures(folder: Path) -> dict[str, Measure]:
    """Return the measures in plain words, in the order of the file.

    They are no part of a release: they describe the code, which calculates old releases too.
    """
    path = folder / "measures.toml"
    return _by_id(Measure, _toml(path), str(path))


def labels(folder: Path) -> Labels:
    """Return the published labels in a catalogue folder, for reading publishers' files."""
    path = folder / "ethnic_group_labels.csv"
    return Labels(_csv(path, ["source", "label_as_published", "code"]))


def rows(cls: type[T], path: Path) -> list[T]:
    """Return the rows of a CSV whose columns are exactly the fields of a dataclass."""
    names = [field.name for field in fields(cls)]  # type: ignore[arg-type]
    lines = enumerate(_csv(path, names).itertuples(index=False, name=None), 2)
    return [
        from_table(cls, dict(zip(names, values, strict=True)), f"{path}, row {n}")
        for n, values in lines
    ]


def _csv(path: Path, columns: list[str]) -> pd.DataFrame:
    # Here: a server that has just started needs no file of the catalogue.
    import pandas as pd

    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{path} cannot be read: {error}") from error
    there = ", ".join(table.columns)
    if list(table.columns) != columns:
        raise CatalogueError(f"{path}: the columns are {there}; they must be {', '.join(columns)}")
    return table


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{path} cannot be read: {error}") from error


def _only_keys(path: Path, table: dict[str, Any], wanted: set[str]) -> None:
    if table.keys() != wanted:
        raise CatalogueError(
            f"{path}: the top-level tables are {', '.join(sorted(table)) or 'none'}; "
            f"they must be {', '.join(sorted(wanted))}"
        )


def _one_file_each(cls: type[T], folder: Path) -> dict[str, T]:
    return {
        path.stem: from_table(cls, {"id": path.stem} | _toml(path), str(path))
        for path in sorted(folder.glob("*.toml"))
    }


def _by_id(cls: type[T], tables: dict[str, Any], where: str) -> dict[str, T]:
    return {
        id_: from_table(cls, {"id": id_} | table, f"{where}.{id_}")
        for id_, table in tables.items()
    }


def _parts(path: Path) -> dict[str, frozenset[str]]:
    table = _csv(path, ["code", "part"])
    return {str(code): frozenset(of["part"]) for code, of in table.groupby("code")}


def _must(where: str, key: str, id_: str, known: Mapping[str, object] | set[str]) -> None:
    if id_ not in known:
        raise CatalogueError(f"{where}: {key} names {id_!r}, which the catalogue does not have")


def _check_examples(catalogue: Catalogue, explained: Mapping[str, Measure]) -> None:
    """Raise CatalogueError for the first worked example that names what is not there."""
    for id_, measure in explained.items():
        example, where = measure.example, f"measures.toml, {id_}"
        _must(where, "indicator", example.indicator, catalogue.indicators)
        for area in example.areas:
            _must(where, "areas", area, catalogue.areas)
        for group in example.groups:
            _must(where, "groups", group, catalogue.parts)
        if not (example.periods and example.areas and example.groups):
            raise CatalogueError(f"{where}: periods, areas and groups need at least one each")


def _check_names(catalogue: Catalogue) -> None:
    """Raise CatalogueError for the first definition that names one that is not there."""
    lists = {group.classification for group in catalogue.groups}
    for series in catalogue.series.values():
        where = f"series.csv, {series.series_id}"
        _must(where, "source_id", series.source_id, catalogue.sources)
        _must(where, "statement", series.statement, catalogue.statements)
        _must(where, "classification", series.classification, lists)
    for id_, indicator in catalogue.indicators.items():
        where = f"indicators/{id_}.toml"
        for side in (indicator.numerator, indicator.denominator):
            _must(where, "series", side.series, catalogue.series)
        for caveat in indicator.caveats:
            _must(where, "caveats", caveat, catalogue.caveats)
        for outcome in indicator.outcomes:
            _must(where, "outcomes", outcome, catalogue.outcomes)
        for area in (*indicator.joined_areas, *indicator.joined_areas.values()):
            _must(where, "joined_areas", area, catalogue.areas)
    for place in catalogue.areas.values():
        if place.parent_code:
            _must(
                f"areas.csv, {place.area_code}", "parent_code", place.parent_code, catalogue.areas
            )
    for each in catalogue.breaks:
        _check_break(catalogue, each)
    for name, listed in (
        ("parts_of_london.csv", catalogue.parts_of_london),
        ("deprivation.csv", catalogue.deprivation),
    ):
        for code in listed:
            _must(name, "area_code", code, catalogue.areas)
    for canvas in catalogue.outcomes.values():
        for indicator_id in canvas.indicators:
            _must(f"outcomes.toml, {canvas.id}", "indicators", indicator_id, catalogue.indicators)


def _check_break(catalogue: Catalogue, of: Break) -> None:
    """Raise CatalogueError for a break of no series, at no period, or without a reason."""
    where = f"breaks.csv, {of.series_id} from {of.period_id}"
    _must(where, "series_id", of.series_id, catalogue.series)
    if not of.reason:
        raise CatalogueError(f"{where}: there must be a reason")
    try:
        period(of.period_id, catalogue.series[of.series_id].calendar)
    except LotiError as error:
        raise CatalogueError(f"{where}: {error}") from error
