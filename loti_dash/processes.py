"""What stages.toml says of a process and its steps: frozen dataclasses, read by strict.py.

A step is a count; what it is set against follows from it: the population of the process, and
the step before. Ratios of steps are multiplied only where the steps nest.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from loti_dash.definitions import Domain


@dataclass(frozen=True)
class Population:
    """Who lives where a process happens: every step is set against them.

    `series` are those that count them, each in the areas that it has; without any, `none` says
    why, and is "" otherwise. `period` is `same`, or the one period that always serves.
    """

    series: tuple[str, ...]
    label: str
    period: str
    per: int
    none: str


@dataclass(frozen=True)
class Step:
    """A step of a process, in the order in which people meet it.

    `series` are those that count it, each in the areas that it has; `counted` is what they
    count, and `finding` what follows "Black {people}" in a sentence. `before` is the id of the
    step it is set against, or "" for the first one. It `nests` where all whom it counts are
    counted by the step before too: in the same system, area and period. `note` says what to
    know of the two counts together. `caveats` are those of a ratio that no indicator has.
    """

    id: str
    label: str
    series: tuple[str, ...]
    counted: str
    finding: str
    before: str
    nests: bool
    note: str
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class Process:
    """Steps that follow one another; `position` is where it stands in a list.

    `apart` says why the ratios of steps are not multiplied, where they do not nest. `people` are
    those whom the population counts. `levels` are the kinds of area it is shown
    for. `joined_areas` maps an area to the one it is published together with.
    """

    id: str
    position: int
    title: str
    question: str
    why_it_matters: str
    domain: Domain
    people: str
    levels: tuple[Literal["borough", "region", "country", "police_force"], ...]
    joined_areas: dict[str, str]
    population: Population
    steps: tuple[Step, ...]
    apart: str
    reviewed: date
    next_review: date

    def step(self, id_: str) -> Step:
        """Return a step by its id. Raises KeyError if there is none."""
        return {each.id: each for each in self.steps}[id_]
