"""What an uploaded file becomes on its way to figures: a sheet, problems, and figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

# The closed list of columns, in the order of the template.
COLUMNS = ("indicator", "area", "period", "ethnic_group", "numerator", "denominator", "note")
NEEDED = ("indicator", "area", "period", "ethnic_group", "numerator")


@dataclass(frozen=True)
class Sheet:
    """A file as it was read: text in cells, nothing understood yet.

    `cells` has those of COLUMNS that the file has, each categorical with categories of text
    (stripped of outer blanks; "" is an empty cell); its index is the row in the sheet as
    spreadsheets count, the first being 1. `letters` says in which column of the sheet each of
    them stands ("C"), `headings` how its heading was spelt. `read_as` are sentences on how the
    file was understood: encoding, separator, decimal mark, row of the header, columns left out
    because they were empty, notes under the table.
    """

    name: str
    sha256: str
    cells: pd.DataFrame
    letters: Mapping[str, str]
    headings: Mapping[str, str]
    read_as: tuple[str, ...]
    decimal_comma: bool


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, or to be looked at, in one or more rows of the sheet.

    `rule` is the name of the rule's function, `rows` are rows of the sheet, `column` the letter
    and heading of the sheet's column ("C, Ethnic group") or "" where it is about whole rows.
    `message` says what was found and what to do. Where `stops` is False the figures can be used
    and the analyst should look at them.
    """

    rule: str
    rows: tuple[int, ...]
    column: str
    message: str
    stops: bool = True


@dataclass(frozen=True)
class Checked:
    """What the checks found, and the figures if nothing stops them.

    `figures` has a row for each row of the sheet that could be understood as a whole, in the
    order and with the index of the sheet: indicator, area_code, period_id, group_code,
    numerator, numerator_status, denominator, denominator_status. Codes are categorical, counts
    float and missing exactly when the status says so ("ok", "suppressed", "not_available",
    "not_applicable"; "" is the status of a denominator in a file without that column).
    `classification` is the list of groups of each indicator. `unmatched` are labels of ethnic
    groups that match nothing, each with the closest known labels and their codes.
    `mapped` are the labels that the analyst's own mapping was used for. `kinds` says of which
    kind the periods of each indicator are (a key of period_words.KINDS): an id such as 2009-10
    is October or a year, and a "split_year" has not said whether it begins in April.
    """

    problems: tuple[Problem, ...]
    figures: pd.DataFrame
    classification: Mapping[str, str]
    unmatched: Mapping[str, tuple[tuple[str, str], ...]]
    mapped: Mapping[str, str]
    kinds: Mapping[str, str] = field(default_factory=dict)

    @property
    def usable(self) -> bool:
        """Whether nothing stops the figures from being used."""
        return not any(problem.stops for problem in self.problems)
