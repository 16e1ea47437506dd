"""The closed list of columns of an upload, and how their headings may be spelt.

A heading that is not on the list is refused, not left out: who wrote it meant something by it,
and it may be about single people.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from loti_dash.errors import UploadRefused
from loti_dash.upload import addresses
from loti_dash.upload.sheet import COLUMNS

# Compared without case, blanks and signs. Not here, because they may mean two things: "total"
# (of what?), "value" (a count or a rate?), "officer-defined ethnicity" (not people's own answer).
_SPELLINGS = {
    "indicator": """indicator; indicator id; indicator code; indicator name; series; series id;
        series name; measure; measure name; metric""",
    "area": """area; area code; area name; area id; LA; LA code; LA name; LAD; LAD code; LAD name;
        borough; borough code; borough name; London borough; local authority; local authority code;
        local authority name; local authority district; lower tier local authorities;
        lower tier local authorities code; ONS code; ONS area code; GSS code; council; authority;
        geography; geography code; geography name""",
    "period": """period; period id; period name; time period; time; date; year; quarter; month;
        financial year; academic year; calendar year; reporting period; reporting year;
        year ending""",
    "ethnic_group": """ethnic group; ethnic groups; ethnic group code; ethnic group name;
        ethnic group id; ethnicity; ethnicity code; ethnicity name; ethnic category;
        ethnic background; ethnic origin; self-defined ethnicity; group; group code""",
    "numerator": """numerator; count; counts; number; number of people; n; num; frequency; freq;
        observation""",
    "denominator": """denominator; denom; population; total population; population base; base;
        residents; out of""",
    "note": "note; notes; comment; comments; remark; remarks; footnote; footnotes",
}


def without_signs(heading: str) -> str:
    """Return a heading as it is compared: lower case, letters and digits only.

    >>> without_signs("Ethnic_Group ") == without_signs("ethnic group")
    True
    """
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", heading).lower()))


_COLUMN_OF = {
    without_signs(spelling): column
    for column, spellings in _SPELLINGS.items()
    for spelling in spellings.split(";")
}
_AS_SPELT = {
    without_signs(spelling): " ".join(spelling.split())
    for spellings in _SPELLINGS.values()
    for spelling in spellings.split(";")
}
# ONS names its columns of local authorities by the year of the boundaries: LAD23CD, LAD23NM.
_ONS_AREA = re.compile(r"lad\d\d(?:cd|nm)")
# What programs write over a column that had no heading: pandas, R, Excel.
_NO_HEADING = re.compile(r"|Unnamed: ?\d+(?:_level_\d+)?|\.\.\.\d+|Column ?\d+", re.IGNORECASE)


def column_of(heading: str) -> str | None:
    """Return which column a heading means, or None.

    >>> column_of("Local authority"), column_of("LAD23CD"), column_of("Searches")
    ('area', 'area', None)
    """
    spelt = without_signs(heading)
    return "area" if _ONS_AREA.fullmatch(spelt) else _COLUMN_OF.get(spelt)


def named(heading: str) -> bool:
    """Return whether a heading was written by somebody, not left empty or filled by a program.

    >>> named("Count"), named(""), named("Unnamed: 3")
    (True, False, False)
    """
    return not _NO_HEADING.fullmatch(heading)


def columns_named(headings: Iterable[str]) -> int:
    """Return how many different columns a row of headings names."""
    return len({column_of(heading) for heading in headings} - {None})


def columns(headings: Sequence[str], empty: Sequence[bool]) -> Mapping[str, int]:
    """Return at which position each column of the list stands.

    `empty` says of each column whether all its cells are. Columns without heading and cells
    are not there.

    Raises UploadRefused, saying all at once, for headings that are not on the list, for two that
    mean the same, and for cells without a heading.
    """
    found: dict[str, list[int]] = {}
    unknown, nameless = [], []
    for position, heading in enumerate(headings):
        if not named(heading):
            if not empty[position]:
                nameless.append(position)
        elif column := column_of(heading):
            found.setdefault(column, []).append(position)
        else:
            unknown.append(position)
    problems = [
        *(_twice(column, at, headings) for column, at in found.items() if len(at) > 1),
        *(_unknown(position, headings[position]) for position in unknown),
        *([_nameless(nameless)] if nameless else []),
    ]
    if unknown:
        problems.append(
            f"A file may have the columns {addresses.listed(COLUMNS)} and no others, so that "
            "nothing about single people slips in: rename or delete the rest."
        )
    if problems:
        raise UploadRefused(" ".join(problems))
    return {column: found[column][0] for column in COLUMNS if column in found}


def _twice(column: str, at: Sequence[int], headings: Sequence[str]) -> str:
    spelt = addresses.listed(repr(headings[position]) for position in at)
    where = addresses.columns(map(addresses.letter, at))
    return f"Of {where} ({spelt}) each means {column}: keep one and delete the rest."


def _unknown(position: int, heading: str) -> str:
    close = get_close_matches(without_signs(heading)[:60], _COLUMN_OF, n=3, cutoff=0.75)
    # With what each means, so that nobody takes a population for a count because names are alike.
    meant = [f"{_AS_SPELT[spelling]!r} ({_COLUMN_OF[spelling]})" for spelling in close]
    closest = f"; closest are {', '.join(meant)}" if meant else ""
    shown = heading if len(heading) <= 60 else f"{heading[:59]}…"
    return f"The heading {shown!r} of column {addresses.letter(position)} is not known{closest}."


def _nameless(positions: Sequence[int]) -> str:
    where = addresses.columns(map(addresses.letter, positions))
    return (
        f"There are cells without a heading in {where}, as headings merged over several columns "
        "and numbered rows leave behind. Give each column one heading, in one row, or delete it."
    )
