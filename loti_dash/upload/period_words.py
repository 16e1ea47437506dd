"""Periods as analysts write them: which period is meant, or how to write it so that it is plain.

`period_id` alone does not say what 2009-10 is, October or a year: `kind` does.
"""

import re
from dataclasses import dataclass
from datetime import date

from loti_dash.errors import LotiError
from loti_dash.periods import period
from loti_dash.upload.period_forms import FORMS, HOW, LAST_YEAR, WRITE
from loti_dash.upload.values import Refused, quoted

_FIRST_YEAR = 2000
KINDS = {
    "day": "days",
    "month": "months",
    "quarter": "quarters",
    "year": "calendar years or census days",
    "split_year": "years from one to the next, such as 2023-24",
    "financial_year": "years from April",
    "academic_year": "school years",
    "span": "several months together",
}


@dataclass(frozen=True)
class Meant:
    """A period that was understood. `kind` is one of KINDS.

    A `split_year` is 2023-24 with no word of whether it began in April or in September.
    """

    period_id: str
    kind: str
    starts: date
    ends: date


def meant(text: str, today: date) -> Meant | Refused:
    """Return the period that a text means.

    >>> today = date(2026, 1, 1)
    >>> meant("Apr 23 - Mar 24", today).period_id, meant("Q1 2024-25", today).period_id
    ('2023-24', '2024-Q2')
    >>> meant("Q1 2024", today).message
    "'Q1 2024' can be January to March or April to June. Write Jan-Mar 2024 or Apr-Jun 2024."
    """
    plain = re.sub(r"\s+", " ", re.sub(r"[‐‑‒–—―−]", "-", text.casefold())).strip()
    for pattern, read in FORMS:
        found = re.fullmatch(pattern, plain, re.ASCII)
        if found:
            read_as = read(found)
            break
    else:
        read_as = HOW if plain else f"There is no period. {WRITE}"
    if isinstance(read_as, tuple):
        return _in_time(text, read_as, today)
    return Refused(read_as.format(found=quoted(text)))


def spelt(period_id: str, kind: str) -> str:
    """Return a period so that it is read back as the same.

    >>> spelt("2009-10", "month"), spelt("2023-24", "financial_year")
    ('October 2009', 'FY2023-24')
    """
    if kind == "month":
        return period(period_id).label
    if kind == "split_year":
        return period_id.replace("-", "/")
    return {"financial_year": "FY", "academic_year": "AY"}.get(kind, "") + period_id


def _in_time(text: str, read_as: tuple[str, str, int, int], today: date) -> Meant | Refused:
    """Return a period, unless there is no such day or it is too long ago or still to come."""
    period_id, kind, first, last = read_as
    if first < _FIRST_YEAR:
        return Refused(
            f"{quoted(text)} is before {_FIRST_YEAR}. Check the year, or leave these rows out."
        )
    ahead = Refused(f"{quoted(text)} is still to come. Check the year, or leave these rows out.")
    if last > LAST_YEAR:
        return ahead
    calendar = {"academic_year": "academic", "month": "calendar"}.get(kind, "financial")
    try:
        bounds = period(period_id, calendar)
    except (LotiError, ValueError):
        return Refused(HOW.format(found=quoted(text)))
    if bounds.starts > today:
        return ahead
    return Meant(period_id, kind, bounds.starts, bounds.ends)
