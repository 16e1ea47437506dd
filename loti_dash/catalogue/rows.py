"""What a row of the catalogue's CSV files is: frozen, and every value a word."""

from dataclasses import dataclass
from typing import Literal


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
class InLondon:
    """Which part of London an authority is in, as the Office for National Statistics has it.

    The statistical definition, that of the international territorial level 2: Haringey and Newham
    are Inner London and Greenwich is Outer London, unlike in the London Government Act 1963.
    """

    area_code: str
    part: Literal["Inner London", "Outer London"]


@dataclass(frozen=True)
class Deprivation:
    """An authority's average scores in two editions of the Index of Multiple Deprivation.

    A higher score is more deprived; scores of two editions cannot be compared.
    """

    area_code: str
    score_2019: str
    score_2025: str


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
class Break:
    """From which period on a series cannot be compared with what came before, and why.

    Counted or collected in a new way, or of years that are unlike others.
    """

    series_id: str
    period_id: str
    reason: str


@dataclass(frozen=True)
class Span:
    """A period whose parts are added up, less those `without` (ids, by semicolons).

    Several years together where single ones are small. Only for series that count by such parts,
    and only for flows: who is there at two dates is not there twice.
    """

    period_id: str
    label: str
    without: str
    made_of: Literal["months", "quarters", "financial_years"]
