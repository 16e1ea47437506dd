"""A period's spellings, bounds and order.

A period id is what stands in the address: `2021`, `2023-24`, `2023-Q3`, `2022-11`,
`2021-12--2022-10` or `2019-03-31`. What a year means depends on who counted, so the
`calendar` of the series goes with it: a year of 2021-22 is April to March for the police and
September to August for schools.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from loti_dash.errors import LotiError

CALENDARS = (
    "calendar",
    "census_day",
    "financial",
    "academic",
    "30_september",
    "december_to_february",
)

MONTHS = (
    "January February March April May June July August September October November December"
).split()


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of time, from its first day to its last. Ordered by its bounds."""

    starts: date
    ends: date
    id: str
    kind: str
    label: str


@lru_cache(maxsize=4096)
def period(id_: str, calendar: str = "calendar") -> Period:
    """Return the period of an id, read by the calendar of the series that uses it.

    Quarters are calendar quarters. Raises LotiError for an id of no known form.

    >>> period("2023-24", "financial").label
    'April 2023 to March 2024'
    >>> period("2023-Q3").label
    'July to September 2023'
    >>> period("2021-12--2022-10").ends
    datetime.date(2022, 10, 31)
    >>> period("2021", "census_day").label
    'Census Day, 21 March 2021'
    """
    for kind, pattern in _FORMS.items():
        found = re.fullmatch(pattern, id_)
        if found:
            starts, ends, label = _READERS[kind](calendar, *map(int, found.groups()))
            if kind == "year_or_month":
                kind = "month" if (ends - starts).days < 31 else "year"
            return Period(starts, ends, id_, kind, label)
    raise LotiError(
        f"{id_!r} is not a period; periods are written like 2021, 2023-24, 2023-Q3, 2022-11, "
        "2021-12--2022-10 or 2019-03-31"
    )


def on_its_last_day(of: Period) -> Period:
    """Return the last day of a period, by the same id: when a stock was counted.

    >>> on_its_last_day(period("2025-Q3")).label
    '30 September 2025'
    """
    return Period(of.ends, of.ends, of.id, "day", _on(of.ends))


def parts_of(span: str, made_of: str) -> list[str]:
    """Return the months, quarters or financial years of a span, in order.

    Raises LotiError for a span that is not made of whole ones.

    >>> parts_of("2021-12--2022-02", "months")
    ['2021-12', '2022-01', '2022-02']
    >>> parts_of("2022-10--2023-03", "quarters"), parts_of("2022-04--2024-03", "financial_years")
    (['2022-Q4', '2023-Q1'], ['2022-23', '2023-24'])
    """
    whole = period(span)
    first, last = (day.year * 12 + day.month - 1 for day in (whole.starts, whole.ends))
    length, offset = {"months": (1, 0), "quarters": (3, 0), "financial_years": (12, 3)}[made_of]
    if (first - offset) % length or (last + 1 - offset) % length:
        raise LotiError(f"{span!r} is not made of whole {made_of.replace('_', ' ')}")
    return [_part(month, made_of) for month in range(first, last + 1, length)]


def _part(month: int, made_of: str) -> str:
    """Return the id of the part that starts with a month, counted from the year 0."""
    year = month // 12
    return {
        "months": f"{year}-{month % 12 + 1:02}",
        "quarters": f"{year}-Q{month % 12 // 3 + 1}",
        "financial_years": f"{year}-{(year + 1) % 100:02}",
    }[made_of]


_FORMS = {
    "span": r"(\d{4})-(0[1-9]|1[0-2])--(\d{4})-(0[1-9]|1[0-2])",
    "day": r"(\d{4})-(0[1-9]|1[0-2])-(\d{2})",
    "quarter": r"(\d{4})-Q([1-4])",
    "year_or_month": r"(\d{4})-(\d{2})",
    "year": r"(\d{4})",
}


def _month(year: int, month: int) -> tuple[date, date, str]:
    last = date(year, month, monthrange(year, month)[1])
    return date(year, month, 1), last, f"{MONTHS[month - 1]} {year}"


def _span(_: str, year: int, month: int, to_year: int, to_month: int) -> tuple[date, date, str]:
    first, last = _month(year, month), _month(to_year, to_month)
    return first[0], last[1], f"{first[2]} to {last[2]}"


def _day(_: str, year: int, month: int, day: int) -> tuple[date, date, str]:
    that = date(year, month, day)
    return that, that, _on(that)


def _quarter(_: str, year: int, quarter: int) -> tuple[date, date, str]:
    first, last = _month(year, quarter * 3 - 2), _month(year, quarter * 3)
    return first[0], last[1], f"{MONTHS[quarter * 3 - 3]} to {last[2]}"


def _year_or_month(calendar: str, year: int, next_or_month: int) -> tuple[date, date, str]:
    # 2009-10 is both a year and a month: only a year of schools, courts or health ends in the
    # next number, and only series that count by years have such a calendar.
    if calendar in ("financial", "academic") and (year + 1) % 100 == next_or_month:
        first = 4 if calendar == "financial" else 9
        from_, to = _month(year, first), _month(year + 1, first - 1)
        return from_[0], to[1], f"{from_[2]} to {to[2]}"
    if not 1 <= next_or_month <= 12:
        raise LotiError(f"'{year}-{next_or_month:02}' is neither a month nor a {calendar} year")
    return _month(year, next_or_month)


def _year(calendar: str, year: int) -> tuple[date, date, str]:
    if calendar == "census_day":
        # The only two census days in the product.
        day = date(2011, 3, 27) if year == 2011 else date(year, 3, 21)
        return day, day, f"Census Day, {_on(day)}"
    if calendar == "30_september":
        day = date(year, 9, 30)
        return day, day, _on(day)
    if calendar == "december_to_february":
        return date(year - 1, 12, 1), date(year, 2, monthrange(year, 2)[1]), str(year)
    return date(year, 1, 1), date(year, 12, 31), str(year)


def _on(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


_READERS: dict[str, Callable[..., tuple[date, date, str]]] = {
    "span": _span,
    "day": _day,
    "quarter": _quarter,
    "year_or_month": _year_or_month,
    "year": _year,
}
