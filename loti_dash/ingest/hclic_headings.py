"""Which column of an H-CLIC table holds which ethnic group, by what its headings say.

A heading that stands over no group, such as those left over from other tables in 2025, is left
out and reported. In the row that names the groups, one that no group is known by is an error.
"""

import re
from collections.abc import Sequence
from typing import Any

from loti_dash.errors import SourceFileError
from loti_dash.groups import UNKNOWN, Labels, normalised
from loti_dash.ingest.reading import codes_of

TOTAL = "total"
# "Not known" and "Don't know / refused" are two headings of one column.
NOT_KNOWN = "unknown_not_known"

Rows = list[list[Any]]
Used = dict[int, tuple[str, str]]  # a column's heading and code


def columns_of(above: Rows, labels: Labels, where: str) -> tuple[dict[int, str], dict[str, str]]:
    """Return the code of each column of counts, and what became of every heading.

    `above` are the rows before the first area. A code is one of the 18 groups, NOT_KNOWN,
    TOTAL, or one of the five for a published sum.
    """
    texts = [
        {at: text for at, cell in enumerate(row) if (text := _heading(cell))} for row in above
    ]
    codes = _Codes(labels)
    header = _header(texts, codes, where)
    nearest = sorted(range(len(texts)), key=lambda number: abs(number - header))[1:]
    used: Used = {}
    for at, text in texts[header].items():
        if text.casefold() == TOTAL:
            over = (texts[n][at] for n in nearest if n < header and at in texts[n])
            five = next((each for each in over if codes[each]), "")
            if five:
                used[at] = (f"{five}: {text}", codes[five])
        elif "%" not in text:
            used[at] = (text, codes_of(labels, "hclic", [text], where)[text])
    # Early workbooks have the total and Not known one row above the groups.
    for number in nearest:
        for at, text in texts[number].items():
            serves = codes[text] == TOTAL or codes[text].startswith(UNKNOWN)
            if (
                at not in used
                and serves
                and codes[text] not in {code for _, code in used.values()}
            ):
                used[at] = (text, codes[text])
    columns = {
        at: NOT_KNOWN if code.startswith(UNKNOWN) else code for at, (_, code) in used.items()
    }
    _check(list(columns.values()), {*codes.groups, NOT_KNOWN, TOTAL}, where)
    return columns, _became(texts, used, columns)


class _Codes:
    """The code of a heading, or "" where none is known."""

    def __init__(self, labels: Labels) -> None:
        spellings = labels.table.loc[labels.table["source"] == "hclic", "label_as_published"]
        self._known = {
            normalised(label): code for label, code in labels.codes("hclic", spellings).items()
        }
        # Codes of one word are the five groups and the total.
        self.groups = {
            code for code in self._known.values() if "_" in code and not code.startswith(UNKNOWN)
        }

    def __getitem__(self, heading: str) -> str:
        return self._known.get(normalised(heading), "")


def _header(texts: Sequence[dict[int, str]], codes: _Codes, where: str) -> int:
    """Return the row that names most groups, the lowest of several."""
    named = [len({codes[text] for text in row.values()} & codes.groups) for row in texts]
    if not any(named):
        raise SourceFileError(f"{where} has no row of headings that names ethnic groups")
    return max(number for number, count in enumerate(named) if count == max(named))


def _check(found: Sequence[str], wanted: set[str], where: str) -> None:
    """Raise SourceFileError unless there is one column for each code."""
    problems = [f"no column for {each}" for each in sorted(wanted - set(found))]
    problems += [
        f"more than one column for {each}" for each in sorted({*found}) if found.count(each) > 1
    ]
    if problems:
        raise SourceFileError(f"{where}: {'; '.join(problems)}. Is it the table by ethnic group?")


def _became(
    texts: Sequence[dict[int, str]], used: Used, columns: dict[int, str]
) -> dict[str, str]:
    became = {
        text: "left out: not over a group's figures"
        for row in texts
        for text in row.values()
        if not text.startswith("Table ")
    }
    for at, (text, _) in used.items():
        became[text] = columns[at] if "_" in columns[at] else "left out: a sum, used as a check"
    return became


def _heading(cell: Any) -> str:
    """Return a heading on one line, without a list of footnotes at its end.

    >>> _heading("Total number of households in TA1,2,3")
    'Total number of households in TA'
    """
    text = re.sub(r"\s+", " ", cell).strip() if isinstance(cell, str) else ""
    return re.sub(r"(?<=[^\W\d])\d+(?:, ?\d+)+$", "", text)
