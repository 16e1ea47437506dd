"""What a definition in data/catalogue/ is made of: frozen, typed, and read strictly.

`from_table` turns a TOML table into one of these dataclasses. A key that is missing or
unknown, and a value of the wrong type or out of range, are errors that name the file and the
key. There are no defaults.
"""

import types
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from loti_dash.errors import CatalogueError

Domain = Literal["justice", "care", "housing", "employment"]
Kind = Literal[
    "events_over_population", "persons_over_population", "subset_over_set", "published_rate_only"
]
Factor = Literal["trust", "consent", "power", "transparency", "inclusivity"]
FACTORS: tuple[Factor, ...] = get_args(Factor)


@dataclass(frozen=True)
class Count:
    """One side of a rate. `period` is `same`, or the one period that always serves."""

    series: str
    label: str
    period: str


@dataclass(frozen=True)
class Indicator:
    """A rate that the product follows; its id is the name of its file.

    `people` and `finding` are the words of the headline: "Black {people} {finding} at 2.3
    times the rate" for events, "Black {people} were 2.3 times as likely ... {finding}" else.
    `joined_areas` maps an area to the one it is published together with.
    `empty` says where to get the figures while there are none, and is "" otherwise.
    """

    id: str
    title: str
    question: str
    why_it_matters: str
    domain: Domain
    outcomes: tuple[str, ...]
    numerator: Count
    denominator: Count
    denominator_type: Kind
    counts: Literal["people", "events", "households"]
    place_basis: Literal[
        "residence", "event", "school", "employer", "force", "health_area", "nation"
    ]
    per: int
    people: str
    finding: str
    higher_is: Literal["worse", "better", "neutral"]
    reference: Literal["white", "white_british", "rest", "all"]
    classification: Literal["5", "19"]
    joined_areas: dict[str, str]
    caveats: tuple[str, ...]
    empty: str
    reviewed: date
    next_review: date


@dataclass(frozen=True)
class File:
    """A publisher's file that the observations of a source were read from."""

    name: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class Accepted:
    """A reason for using a file that ingest had refused; it raises a caveat."""

    on: date
    reason: str
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """Where figures come from, by what licence, and with what checks."""

    id: str
    title: str
    publisher: str
    release: str
    url: str
    licence: str
    attribution: str
    obtained: Literal["publisher's file", "transcribed", "awaited"]
    published: date
    next_due: date
    note: str
    files: tuple[File, ...]
    accepted: tuple[Accepted, ...]


@dataclass(frozen=True)
class Statement:
    """What one of the five factors means for a source."""

    severity: Literal[1, 2, 3]
    text: str
    reference: str


@dataclass(frozen=True)
class SourceCaveats:
    """The five factors for the figures of a source: every source has all of them."""

    id: str
    title: str
    trust: Statement
    consent: Statement
    power: Statement
    transparency: Statement
    inclusivity: Statement


@dataclass(frozen=True)
class Caveat:
    """Words that apply where an indicator lists them, or where `rule` finds them in a table.

    `rule` names a function of caveats.py, or is "" where indicators list the caveat.
    """

    id: str
    rule: str
    severity: Literal[1, 2, 3]
    factor: Factor
    when: str
    text: str
    effect: str


@dataclass(frozen=True)
class Term:
    """A word of the product and its one meaning."""

    id: str
    term: str
    meaning: str
    instead_of: tuple[str, ...]
    see: tuple[str, ...]


T = TypeVar("T")


def from_table(cls: type[T], table: dict[str, Any], where: str) -> T:
    """Return a definition read from a TOML table whose keys are exactly the fields of `cls`.

    `where` names the file, and the place in it, for the message of a CatalogueError.
    """
    wanted = {field.name for field in fields(cls)}  # type: ignore[arg-type]
    for what, keys in {
        "lacks": wanted - table.keys(),
        "has unknown": table.keys() - wanted,
    }.items():
        if keys:
            raise CatalogueError(f"{where}: {what} {', '.join(sorted(keys))}")
    hints = get_type_hints(cls)
    return cls(**{key: _typed(hints[key], table[key], f"{where}: {key}") for key in wanted})


def _typed(wanted: Any, value: Any, where: str) -> Any:
    """Return the value as the wanted type, tables and lists included, or say what it should be."""
    origin, inside = get_origin(wanted), get_args(wanted)
    if is_dataclass(wanted) and isinstance(wanted, type):
        return from_table(wanted, _of_type(dict, value, where), where)
    if origin is tuple:
        parts = _of_type(list, value, where)
        return tuple(_typed(inside[0], part, f"{where}[{i}]") for i, part in enumerate(parts))
    if origin is dict:
        table = _of_type(dict, value, where)
        return {key: _typed(inside[1], part, f"{where}.{key}") for key, part in table.items()}
    if origin is Literal:
        if value not in inside or type(value) not in {type(each) for each in inside}:
            raise CatalogueError(f"{where} is {value!r}; it may be {', '.join(map(str, inside))}")
        return value
    assert origin not in (Union, types.UnionType), f"{where}: definitions have no optional keys"
    return _of_type(wanted, value, where)


def _of_type(wanted: type, value: Any, where: str) -> Any:
    # A bool is an int, and a datetime a date, to Python; neither is meant here.
    if not isinstance(value, wanted) or isinstance(value, (bool, datetime)):
        raise CatalogueError(
            f"{where} is {value!r}, of type {type(value).__name__}; it must be a {wanted.__name__}"
        )
    return value
