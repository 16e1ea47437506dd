"""Refuses files about single people, before anything else reads what is in them.

It looks at headings and at every distinct value, says which rule holds in which column, and
never repeats a value: not in a message, not in what hangs on the error.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from loti_dash.errors import UploadRefused
from loti_dash.upload import addresses, people

_ONE = r"1(?:[.,]0{1,2})?"
KEYS = ("indicator", "area", "period", "ethnic_group")
_ENOUGH_ROWS, _NEARLY_ALL = 20, 0.95
_REPEATED = "more rows than combinations"

_ADVICE = {
    "date of birth": (
        "Any day written in figures is taken for one: write periods as 2023-24, 2024-03 or "
        "April 2023 to March 2024, and days, in notes too, as 31 March 2024."
    ),
    "area below borough": "Add the figures up to boroughs.",
    "e-mail address": "Leave out contacts in titles and notes as well.",
    "telephone number": "Leave out contacts in titles and notes as well.",
    _REPEATED: "Where rows differ in something else, such as sex or age, add them up.",
    "no column of counts": "Counts stand under the heading 'numerator', 'count' or 'number'.",
}


@dataclass(frozen=True)
class Finding:
    """A rule that holds, the letter of the column where it does or "", and how that is said."""

    rule: str
    column: str
    said: str


class RecordLevel(UploadRefused):
    """A file about single people: which rules hold, in which columns; never a value.

    `rule` are the names of the rules, `rows` is how many rows the file has, `columns` are
    letters, `sha256` is of the file: all that the audit keeps.
    """

    def __init__(self, findings: Sequence[Finding], rows: int, sha256: str) -> None:
        self.rule = ", ".join(dict.fromkeys(finding.rule for finding in findings))
        self.rows = rows
        self.columns = tuple(dict.fromkeys(each.column for each in findings if each.column))
        self.sha256 = sha256
        found = "; ".join(finding.said for finding in findings)
        advice = dict.fromkeys(_ADVICE[each.rule] for each in findings if each.rule in _ADVICE)
        super().__init__(
            f"The file looks like records of single people, which must not be uploaded: {found}. "
            + " ".join(["Upload counts: one row for each area, period and ethnic group.", *advice])
        )


def refuse_records(
    above: Iterable[Sequence[str]],
    headings: Sequence[str] | None,
    columns: Sequence[pa.StringArray],
    rows: int,
    sha256: str,
    beyond: Iterable[Sequence[str]] = (),
) -> None:
    """Raise RecordLevel if a heading asks for, or a value is, something of a single person.

    `above` are the rows up to and with the header, `headings` the header or None if no row
    looks like one, `columns` the distinct values of each column, `beyond` further rows that
    have no place in the columns.
    """
    above = list(above)
    loose = [
        (position, cell) for row in [*above, *beyond] for position, cell in enumerate(row) if cell
    ]
    values: dict[int, list[str]] = {}
    for position, cell in loose:
        values.setdefault(position, []).append(cell)
    width = max([len(columns), *(position + 1 for position in values)], default=0)
    findings = list(_headings_of_people(above, headings))
    for position in range(width):
        own = columns[position] if position < len(columns) else pa.array([], pa.string())
        suspects = [*people.suspects(own), *values.get(position, ())]
        for rule in people.RULES:
            if any(people.holds(rule, value) for value in suspects):
                findings.append(_finding(rule, position, headings))
    if findings:
        raise RecordLevel(findings, rows, sha256)


def refuse_uncounted(cells: pd.DataFrame, letters: Mapping[str, str], sha256: str) -> None:
    """Raise RecordLevel if the rows are not counts of groups: no counts, all 1, or repeated.

    `cells` are the known columns, as in a Sheet.
    """
    rows = len(cells)
    if "numerator" not in cells:
        raise RecordLevel(
            [Finding("no column of counts", "", "no column has counts")], rows, sha256
        )
    findings = []
    ones = cells["numerator"].cat.categories.str.fullmatch(_ONE)
    of_one = int(np.asarray(ones, dtype=bool)[cells["numerator"].array.codes].sum())
    if rows >= _ENOUGH_ROWS and of_one > _NEARLY_ALL * rows:
        said = f"counts nearly all 1 in column {letters['numerator']}"
        findings.append(Finding("counts nearly all 1", letters["numerator"], said))
    if _repeats(cells, keys := [key for key in KEYS if key in cells]):
        of = addresses.listed(key.replace("_", " ") for key in keys)
        said = f"many rows have the same {of} as another, or there are more rows than combinations"
        findings.append(Finding(_REPEATED, "", said))
    if findings:
        raise RecordLevel(findings, rows, sha256)


def _repeats(cells: pd.DataFrame, keys: Sequence[str]) -> bool:
    """Return whether rows repeat the keys of others so often that they are no counts of groups.

    A few repeated rows are a mistake of the analyst, which the checks find and show row by row.
    """
    columns = [cells[key].array for key in keys]
    whole = np.ones(len(cells), dtype=bool)
    for column in columns:
        if "" in column.categories:
            # A row that lacks a key, as merged cells leave behind, repeats nothing.
            whole &= column != ""
    # Of ten million rows to copy each column takes as long as all the rest.
    codes = [column.codes if whole.all() else column.codes[whole] for column in columns]
    rows, possible = int(whole.sum()), 1
    combined, combinations = np.zeros(rows, dtype=np.int64), 1
    for column, of in zip(columns, codes, strict=True):
        if combinations > 1 << 32:
            combined, distinct = pd.factorize(combined)
            combinations = len(distinct)
        combined *= len(column.categories)
        combined += of
        combinations *= len(column.categories)
        possible *= _distinct(of, len(column.categories))
    repeated = rows - _distinct(combined, combinations)
    return rows > possible or (rows >= _ENOUGH_ROWS and repeated > (1 - _NEARLY_ALL) * rows)


def _distinct(codes: npt.NDArray[np.signedinteger[Any]], possible: int) -> int:
    """Return how many different codes there are; ticking them off is quicker than sorting."""
    if possible > 10 * len(codes):
        return len(pd.unique(codes))
    seen = np.zeros(possible, dtype=bool)
    seen[codes] = True
    return int(seen.sum())


def _headings_of_people(
    rows: Sequence[Sequence[str]], headings: Sequence[str] | None
) -> Iterator[Finding]:
    places = {
        position
        for row in rows
        for position, cell in enumerate(row)
        if people.is_heading_of_person(cell)
    }
    for position in sorted(places):
        yield _finding("heading about a person", position, headings)


def _finding(rule: str, position: int, headings: Sequence[str] | None) -> Finding:
    """Return that a rule holds in a column, named by its heading too if that is harmless."""
    letter = addresses.letter(position)
    heading = headings[position] if headings and position < len(headings) else ""
    harmless = 0 < len(heading) <= 40 and not any(
        people.holds(each, heading) for each in people.RULES
    )
    where = f"column {letter}" + (f" ({heading!r})" if harmless else "")
    return Finding(rule, letter, f"{rule} in {where}")
