"""What measures.toml says of a measure: frozen dataclasses, read by strict.py.

What belongs to the function itself, such as its source, stands in the function's docstring.
"""

from dataclasses import dataclass
from typing import Literal

Section = Literal[
    "rates",
    "ratios",
    "differences",
    "evidence",
    "unknown",
    "time",
    "areas",
    "standardised",
    "summary",
]
# What an example can give to a measure; worked_examples.py says what each means.
Ingredient = Literal[
    "group",
    "reference",
    "kind",
    "per",
    "numerator",
    "denominator",
    "rate",
    "reference_rate",
    "reference_denominator",
    "all_numerator",
    "all_denominator",
    "share",
    "ratio",
    "ratio_low",
    "ratio_high",
    "p_value",
    "excess",
    "unknown",
    "before",
    "after",
    "benchmark",
]
# How an answer is written: `per_person` is a rate for one person, written for every so many.
Written = Literal[
    "rate", "per_person", "ratio", "count", "number", "percent", "p_value", "word", "share"
]


@dataclass(frozen=True)
class Example:
    """Published counts on which a measure is worked out while the reader waits.

    Its rows are every one of the groups in every area and period. `arguments` says what the
    measure is given, by the names of its parameters; `gives` names its answers, in their
    order, and how each is written.
    """

    indicator: str
    level: Literal["5", "19"]
    periods: tuple[str, ...]
    areas: tuple[str, ...]
    groups: tuple[str, ...]
    reference: Literal["white", "white_british", "rest", "all"]
    arguments: dict[str, Ingredient]
    gives: dict[str, Written]


@dataclass(frozen=True)
class Measure:
    """A measure in plain words; its id is the name of a function of loti_dash.measures."""

    id: str
    title: str
    section: Section
    says: str
    formula: str
    cannot_say: str
    example: Example
