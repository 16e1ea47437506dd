"""The accessibility statement: what is known of the product, and what whoever runs it adds.

The organisation that runs the dashboard answers for it in law. What only it can say stands in a
small file, accessibility.toml in the home folder; what the file lacks is a marked gap in the
statement. Nothing here says that all criteria are met: nobody has tested that.
"""

import tomllib
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from loti_dash.errors import LotiError
from loti_dash.periods import period

FILE = "accessibility.toml"
GAP = "To be completed by the organisation that runs this"
# The regulations of 2018 expect a statement to be looked at again every year.
_A_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Answers:
    """What only the organisation that runs the dashboard can say; None is a gap."""

    organisation: str | None = None
    email: str | None = None
    phone: str | None = None
    response_time: str | None = None
    prepared: date | None = None
    reviewed: date | None = None
    tested_by: str | None = None


# What is asked in each gap.
ASKED = {
    "organisation": "its name",
    "email": "an e-mail address that somebody reads",
    "phone": "a telephone number",
    "response_time": "how many working days an answer takes",
    "prepared": "the day this statement was prepared",
    "reviewed": "the day it was last reviewed",
    "tested_by": "who tested the dashboard by hand, how, and when",
}
_DAYS = ("prepared", "reviewed")


def answers(home: Path) -> Answers:
    """Return what stands in the file of the home folder: all gaps if there is none.

    Raises LotiError, with the file and key, for a key that is not asked for, an empty answer, a
    day that is no date, an address that is none, or a review before the statement.
    """
    path = home / FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Answers()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LotiError(f"{path} cannot be read: {error}") from error
    unknown = sorted(table.keys() - ASKED.keys())
    if unknown:
        raise LotiError(
            f"{path} has {', '.join(unknown)}, which the statement does not ask for; it asks for "
            f"{', '.join(ASKED)}"
        )
    for key, value in table.items():
        _check(path, key, value)
    found = Answers(**table)
    if found.prepared and found.reviewed and found.reviewed < found.prepared:
        raise LotiError(
            f"{path}: reviewed is {found.reviewed}, before the statement was prepared "
            f"({found.prepared}); leave it out until somebody has reviewed it"
        )
    return found


def said(of: Answers, key: str) -> str:
    """Return an answer in words, or a gap that says what is asked for.

    >>> said(Answers(prepared=date(2026, 11, 25)), "prepared")
    '25 November 2026'
    >>> said(Answers(), "phone")
    '**[To be completed by the organisation that runs this: a telephone number]**'
    """
    value = getattr(of, key)
    if value is None:
        return f"**[{GAP}: {ASKED[key]}]**"
    return period(value.isoformat()).label if isinstance(value, date) else str(value)


def gaps(of: Answers) -> int:
    """Return how many answers are still missing.

    >>> gaps(Answers(phone="020 7946 0000"))
    6
    """
    return sum(getattr(of, field.name) is None for field in fields(of))


def overdue(of: Answers, today: date | None = None) -> bool:
    """Return whether more than a year has passed since the statement was last looked at.

    Up to today, if no other day is given.

    >>> overdue(Answers(prepared=date(2025, 1, 1)), date(2026, 1, 3))
    True
    """
    last = of.reviewed or of.prepared
    return last is not None and (today or datetime.now(UTC).date()) - last > _A_YEAR


def _check(path: Path, key: str, value: object) -> None:
    if key in _DAYS:
        # A datetime is a date, to Python.
        if not isinstance(value, date) or isinstance(value, datetime):
            raise LotiError(f"{path}: {key} is {value!r}; write a day like {key} = 2026-11-25")
        return
    if not isinstance(value, str) or not value.strip() or len(value.splitlines()) > 1:
        raise LotiError(
            f"{path}: {key} is {value!r}; write {ASKED[key]} in one line in quotation marks, or "
            "leave the key out"
        )
    name, at, place = value.partition("@")
    if key == "email" and not (name and at and "." in place and not set(" @") & set(name + place)):
        raise LotiError(f"{path}: email is {value!r}; it must be one e-mail address")
