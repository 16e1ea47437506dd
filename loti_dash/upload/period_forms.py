"""The forms in which periods are written, and what each of them means.

A form gives the id and kind of a period, or the sentence that says why it cannot: `{found}` in
it is the text as it stands.
"""

import re
from calendar import monthrange
from collections.abc import Callable

from loti_dash.periods import MONTHS

# The id and kind of a period, and its first and last year.
Read = tuple[str, str, int, int] | str

# No period of ours is later: a year beyond is a slip.
LAST_YEAR = 2100
WRITE = "Write 2021, 2023-24, 2023-Q3, 2022-11, 2019-03-31 or Apr 2023 - Mar 2024 for the period."
HOW = f"{{found}} is not understood as a period. {WRITE}"
_MONTH = "(" + "|".join(f"{m[:3]}(?:{m[3:]})?" for m in map(str.lower, MONTHS)) + ")"
_MONTH = _MONTH.replace("sep(?:tember)?", "sept?(?:ember)?")
_YEAR = r"(\d{4}|\d{2})"
_DAY = r"(?:(\d{1,2})(?:st|nd|rd|th)?[ -])"


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _month(word: str) -> int:
    return [m[:3].lower() for m in MONTHS].index(word[:3]) + 1


def _of_months(year: int, month: int, to_year: int, to_month: int) -> Read:
    """Return the shortest id of a run of months."""
    length = (to_year - year) * 12 + to_month - month + 1
    if length < 1:
        return "{found} ends before it begins. Check the years."
    if length == 1:
        return f"{year}-{month:02}", "month", year, year
    if length == 3 and month % 3 == 1:
        return f"{year}-Q{month // 3 + 1}", "quarter", year, year
    if length == 12 and month == 1:
        return f"{year}", "year", year, year
    if length == 12 and month == 4:
        return f"{year}-{to_year % 100:02}", "financial_year", year, to_year
    return f"{year}-{month:02}--{to_year}-{to_month:02}", "span", year, to_year


def _run(found: re.Match[str]) -> Read:
    from_day, from_month, from_year, to_day, to_month, to_year = found.groups()
    last = _year(to_year)
    first, second = _month(from_month), _month(to_month)
    if not 1 <= last <= LAST_YEAR:
        return HOW
    whole = (from_day or "1", to_day or str(monthrange(last, second)[1]))
    if (int(whole[0]), int(whole[1])) != (1, monthrange(last, second)[1]):
        return "{found} is not made of whole months. Write the months, as in Apr 2023 - Mar 2024."
    if not from_year and first > second:
        return "{found} needs two years, as in Oct 2023 - Mar 2024."
    return _of_months(_year(from_year) if from_year else last, first, last, second)


def _span(found: re.Match[str]) -> Read:
    year, month, to_year, to_month = map(int, found.groups())
    if not (1 <= month <= 12 and 1 <= to_month <= 12):
        return HOW
    return _of_months(year, month, to_year, to_month)


def _year_to(found: re.Match[str]) -> Read:
    month, year = _month(found[2]), _year(found[3])
    if found[1] and int(found[1]) != monthrange(year, month)[1]:
        return "{found} does not end with a month. Write the days between which it was counted."
    return _of_months(year - (month < 12), month % 12 + 1, year, month)


def _two_numbers(found: re.Match[str]) -> Read:
    """Return a year that ends in the next, or a month: 2023-24 or 2023-11."""
    prefix, year, mark, second = found[1], int(found[2]), found[3], found[4]
    follows = int(second) == (year + 1 if len(second) == 4 else (year + 1) % 100)
    month = len(second) == 2 and 1 <= int(second) <= 12
    if prefix:
        kind = "financial_year" if prefix in ("fy", "financial year") else "academic_year"
    else:
        kind = "split_year"
    if follows and month and mark == "-" and not prefix:
        return (
            f"{{found}} can be a month or a year. Write {MONTHS[int(second) - 1]} {year}, or "
            f"Apr {year} - Mar {year + 1}, or {year}-{year + 1} for any other year."
        )
    if follows:
        return f"{year}-{(year + 1) % 100:02}", kind, year, year + 1
    if month and not prefix and mark == "-":
        return f"{year}-{second}", "month", year, year
    return HOW


def _financial_quarter(quarter: str, year: str, second: str) -> Read:
    if int(second) % 100 != (int(year) + 1) % 100:
        return HOW
    month = int(quarter) * 3 + 1
    of = int(year) + (month > 12)
    return f"{of}-Q{(month - 1) % 12 // 3 + 1}", "quarter", of, of


def _either_quarter(quarter_: str, year_: str) -> Read:
    quarter, year = int(quarter_), int(year_)
    first, then = (quarter * 3 - 3, quarter * 3 % 12)
    words = [f"{MONTHS[start]} to {MONTHS[start + 2]}" for start in (first, then)]
    write = [f"{MONTHS[start][:3]}-{MONTHS[start + 2][:3]}" for start in (first, then)]
    return (
        f"{{found}} can be {words[0]} or {words[1]}. "
        f"Write {write[0]} {year} or {write[1]} {year + (quarter == 4)}."
    )


def _day(year: str, month: int, day: str) -> Read:
    return f"{year}-{month:02}-{int(day):02}", "day", int(year), int(year)


# Each way to write a period, and what it means; the first that fits is taken.
FORMS: list[tuple[str, Callable[[re.Match[str]], Read]]] = [
    (r"(\d{4})", lambda f: (f[1], "year", int(f[1]), int(f[1]))),
    (
        r"(?:(fy|financial year|ay|academic year|school year) ?)?"
        r"(\d{4}) ?([/-]) ?(\d{4}|\d{2})",
        _two_numbers,
    ),
    (
        r"(\d{4})([/-])(\d{2})\2(\d{2})(?:[ t]00:00(?::00(?:\.0+)?)?)?",
        lambda f: _day(f[1], int(f[3]), f[4]),
    ),
    (rf"{_DAY}{_MONTH}[ -](\d{{4}})", lambda f: _day(f[3], _month(f[2]), f[1])),
    (
        rf"{_MONTH}[ -]?{_YEAR}",
        lambda f: _of_months(_year(f[2]), _month(f[1]), _year(f[2]), _month(f[1])),
    ),
    (rf"{_DAY}?{_MONTH}(?:[ -]?{_YEAR})? ?(?:-|to) ?{_DAY}?{_MONTH}[ -]?{_YEAR}", _run),
    (r"(\d{4})-(\d{2}) ?(?:--|to) ?(\d{4})-(\d{2})", _span),
    (
        r"(?:12 months|year)(?: to| ending| ended| end)? (?:(\d\d)(?:st|th)? )?" + _MONTH
        + r"[ -](\d{4})",
        _year_to,
    ),
    (
        r"q([1-4])[ -]?(?:fy ?)?(\d{4})[/-](\d{4}|\d{2})",
        lambda f: _financial_quarter(f[1], f[2], f[3]),
    ),
    (
        r"(?:fy ?)?(\d{4})[/-](\d{4}|\d{2})[ -]?q([1-4])",
        lambda f: _financial_quarter(f[3], f[1], f[2]),
    ),
    (
        r"(\d{4})-q([1-4])",
        lambda f: (f"{f[1]}-Q{f[2]}", "quarter", int(f[1]), int(f[1])),
    ),
    (r"q([1-4])[ -]?(\d{4})", lambda f: _either_quarter(f[1], f[2])),
    (r"(\d{4}) ?q([1-4])", lambda f: _either_quarter(f[2], f[1])),
    (
        r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})",
        lambda _: "{found} can be read as two days, and a day is seldom the whole period. Write "
        "the day like 2023-04-01, or the period like Apr 2023 - Mar 2024.",
    ),
    (
        r"\d{5}",
        lambda _: "{found} is a date as a number of days. Format the column as text in the "
        "spreadsheet, and write the period like Apr 2023 - Mar 2024.",
    ),
]  # fmt: skip
