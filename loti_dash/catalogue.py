"""The catalogue: every definition in data/catalogue/, read strictly and checked as a whole.

The same object is made from the files of the project and from a release, so that a link to an
old release shows the definitions and caveats of its day.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeVar

import pandas as pd

from loti_dash.definitions import (
    Caveat,
    Indicator,
    Outcome,
    Source,
    SourceCaveats,
    Term,
    from_table,
)
from loti_dash.errors import CatalogueError, UnknownCode
from loti_dash.groups import UNKNOWN, Labels
from loti_dash.periods import Period, period

T = TypeVar("T")


@dataclass(frozen=True)
class Series:
    """What a column of counts counts, and how. `calendar` says what a year means to it."""

    series_id: str
    source_id: str
    statement: str
    title: str
    unit: str
    counts: Literal["people", "events", "households"]
    classification: str
    place_basis: Literal[
        "residence", "event", "school", "employer", "force", "health_area", "nation"
    ]
    stock_or_flow: Literal["stock", "flow"]
    calendar: str
    ages: str
    recorded_by: str


@dataclass(frozen=True)
class Area:
    """A place with a code. `level` is borough, region, country, police_force, icb or ccg."""

    area_code: str
    name: str
    level: str
    parent_code: str


@dataclass(frozen=True)
class Group:
    """An ethnic group as it stands in one list of groups; `parent_code` is it rolled up."""

    classification: str
    code: str
    label: str
    short_label: str
    parent_code: str
    display_position: str
    question_position: str
    note: str


@dataclass(frozen=True)
class Span:
    """A period made of months that a series has, less those `without` (ids, by semicolons)."""

    period_id: str
    label: str
    without: str


@dataclass(frozen=True)
class Catalogue:
    """All definitions. Keys are ids; tables that are not keyed by one id are tuples."""

    indicators: Mapping[str, Indicator]
    sources: Mapping[str, Source]
    statements: Mapping[str, SourceCaveats]
    caveats: Mapping[str, Caveat]
    outcomes: Mapping[str, Outcome]
    terms: Mapping[str, Term]
    series: Mapping[str, Series]
    areas: Mapping[str, Area]
    spans: Mapping[str, Span]
    groups: tuple[Group, ...]
    parts: Mapping[str, frozenset[str]]

    def indicator(self, id_: str) -> Indicator:
        """Return an indicator. Raises UnknownCode, with the ids there are."""
        if id_ not in self.indicators:
            raise UnknownCode("indicator", id_, self.indicators)
        return self.indicators[id_]

    def area_name(self, indicator: Indicator, area_code: str) -> str:
        """Return the name of an area, with those that the indicator joins to it.

        >>> # Westminster with City of London, where children's ages are published together
        """
        joined = [
            self.areas[a].name for a, into in indicator.joined_areas.items() if into == area_code
        ]
        return " with ".join([self.areas[area_code].name, *sorted(joined)])

    def period(self, indicator: Indicator, period_id: str) -> Period:
        """Return the period of an indicator's numerator, labelled as its source counts years."""
        return self._period(indicator.numerator.series, period_id)

    def denominator_period(self, indicator: Indicator, period_id: str) -> Period:
        """Return the period of the denominator that goes with a period of the numerator."""
        own = indicator.denominator.period
        return self._period(indicator.denominator.series, period_id if own == "same" else own)

    def _period(self, series_id: str, period_id: str) -> Period:
        found = period(period_id, self.series[series_id].calendar)
        if period_id in self.spans and self.spans[period_id].label:
            return Period(
                found.starts, found.ends, found.id, found.kind, self.spans[period_id].label
            )
        return found

    def sources_of(self, indicator: Indicator) -> list[Source]:
        """Return the sources of numerator and denominator, each once."""
        of = (
            self.series[side.series].source_id
            for side in (indicator.numerator, indicator.denominator)
        )
        return [self.sources[id_] for id_ in dict.fromkeys(of)]

    def statements_of(self, indicator: Indicator) -> list[SourceCaveats]:
        """Return the five-factor statements of numerator and denominator, each once."""
        of = (
            self.series[side.series].statement
            for side in (indicator.numerator, indicator.denominator)
        )
        return [self.statements[id_] for id_ in dict.fromkeys(of)]

    @cached_property
    def short_labels(self) -> dict[str, str]:
        """The words on screen of every group code, whichever list it stands in."""
        return {group.code: group.short_label for group in reversed(self.groups)}


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
        terms=_by_id(Term, _toml(folder / "glossary.toml"), str(folder / "glossary.toml")),
        series={row.series_id: row for row in rows(Series, folder / "series.csv")},
        areas={row.area_code: row for row in rows(Area, folder / "areas.csv")},
        spans={row.period_id: row for row in rows(Span, folder / "periods.csv")},
        groups=tuple(rows(Group, folder / "ethnic_groups.csv")),
        parts=_parts(folder / "ethnic_group_parts.csv"),
    )
    _check_names(catalogue)
    return catalogue


def to_json(catalogue: Catalogue) -> str:
    """Return the catalogue as JSON, the same text for the same definitions."""
    return json.dumps(
        {field.name: getattr(catalogue, field.name) for field in fields(catalogue)},
        default=_plain,
        sort_keys=True,
    )


def one_to_json(definition: object) -> str:
    """Return one definition as JSON."""
    return json.dumps(definition, default=_plain, sort_keys=True)


def from_json(text: str) -> Catalogue:
    """Return the catalogue that `to_json` wrote."""
    found = json.loads(
        text, object_hook=lambda t: date.fromisoformat(t["date"]) if t.keys() == {"date"} else t
    )
    keyed = {
        name: {id_: from_table(cls, one, f"{name}.{id_}") for id_, one in found[name].items()}
        for name, cls in _KEYED.items()
    }
    return Catalogue(
        **keyed,
        groups=tuple(from_table(Group, one, "groups") for one in found["groups"]),
        parts={code: frozenset(parts) for code, parts in found["parts"].items()},
    )


_KEYED: dict[str, type[Any]] = {
    "indicators": Indicator,
    "sources": Source,
    "statements": SourceCaveats,
    "caveats": Caveat,
    "outcomes": Outcome,
    "terms": Term,
    "series": Series,
    "areas": Area,
    "spans": Span,
}


def _plain(value: Any) -> Any:
    """Return what JSON can hold of a value it does not know: a table, a list or a date."""
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, frozenset):
        return sorted(value)
    return {field.name: getattr(value, field.name) for field in fields(value)}


def shown_groups(groups: tuple[Group, ...]) -> pd.DataFrame:
    """Return which groups of each list are shown at each level, in the standard order.

    Columns: classification, level, group_code, position. Level 5 are the groups that the list
    rolls up to; level 19 are the groups of the list itself, where they are not the same.
    Unknown is no group.
    """
    table = pd.DataFrame(
        [
            (g.classification, g.code, g.parent_code or g.code, int(g.display_position))
            for g in groups
        ],
        columns=["classification", "leaf", "root", "position"],
    )
    table = table[(table["root"] != UNKNOWN) & ~table["classification"].isin(_NO_LISTS)]
    five = table.groupby(["classification", "root"], as_index=False)["position"].min()
    five = five.rename(columns={"root": "group_code"}).assign(level="5")
    detailed = table.groupby("classification").filter(
        lambda list_: (list_["leaf"] != list_["root"]).any()
    )
    detailed = detailed.rename(columns={"leaf": "group_code"}).assign(level="19")
    both = pd.concat([five, detailed], ignore_index=True)
    return both[["classification", "level", "group_code", "position"]]


# Rows of ethnic_groups.csv that are helpers rather than lists of groups.
_NO_LISTS = ("unknown_states", "bridge", "not_groups")


def labels(folder: Path) -> Labels:
    """Return the published labels in a catalogue folder, for reading publishers' files."""
    path = folder / "ethnic_group_labels.csv"
    return Labels(_csv(path, ["source", "label_as_published", "code"]))


def rows(cls: type[T], path: Path) -> list[T]:
    """Return the rows of a CSV whose columns are exactly the fields of a dataclass."""
    names = [field.name for field in fields(cls)]  # type: ignore[arg-type]
    table = _csv(path, names)
    return [
        from_table(cls, row, f"{path}, row {n + 2}")
        for n, row in enumerate(table.to_dict("records"))
    ]


def _csv(path: Path, columns: list[str]) -> pd.DataFrame:
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{path} cannot be read: {error}") from error
    if list(table.columns) != columns:
        raise CatalogueError(
            f"{path}: the columns are {', '.join(table.columns)}; "
            f"they must be {', '.join(columns)}"
        )
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


def _check_names(catalogue: Catalogue) -> None:
    """Raise CatalogueError for the first definition that names one that is not there."""

    def must(where: str, key: str, id_: str, known: Mapping[str, object] | set[str]) -> None:
        if id_ not in known:
            raise CatalogueError(
                f"{where}: {key} names {id_!r}, which the catalogue does not have"
            )

    lists = {group.classification for group in catalogue.groups}
    for series in catalogue.series.values():
        where = f"series.csv, {series.series_id}"
        must(where, "source_id", series.source_id, catalogue.sources)
        must(where, "statement", series.statement, catalogue.statements)
        must(where, "classification", series.classification, lists)
    for id_, indicator in catalogue.indicators.items():
        where = f"indicators/{id_}.toml"
        for side in (indicator.numerator, indicator.denominator):
            must(where, "series", side.series, catalogue.series)
        for caveat in indicator.caveats:
            must(where, "caveats", caveat, catalogue.caveats)
        for outcome in indicator.outcomes:
            must(where, "outcomes", outcome, catalogue.outcomes)
        for area in (*indicator.joined_areas, *indicator.joined_areas.values()):
            must(where, "joined_areas", area, catalogue.areas)
    for area in catalogue.areas.values():
        if area.parent_code:
            must(f"areas.csv, {area.area_code}", "parent_code", area.parent_code, catalogue.areas)
    for outcome_id, outcome in catalogue.outcomes.items():
        for indicator_id in outcome.indicators:
            must(f"outcomes.toml, {outcome_id}", "indicators", indicator_id, catalogue.indicators)
