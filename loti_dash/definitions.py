"""What a definition in data/catalogue/ is made of: frozen dataclasses, read by strict.py."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

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
    obtained: Literal["publisher's file", "transcribed", "awaited", "uploaded"]
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
