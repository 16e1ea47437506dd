"""What the text of a cell means: a count, or the id of an indicator.

Each function returns the meaning, or a `Refused` that says what to write instead. Nothing is
guessed: what can be read in two ways is refused, and both ways are named.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches

from loti_dash.groups import normalised

# A message quotes so many characters of a cell.
_QUOTED = 60
# No borough, and no count of events in one, comes near; and up to here every whole number is
# exactly itself in the arithmetic of the product.
_MOST = 100_000_000
_SYMBOLS = {
    "[c]": "suppressed",
    "c": "suppressed",
    "*": "suppressed",
    "[x]": "not_available",
    "..": "not_available",
    ":": "not_available",
    "[z]": "not_applicable",
}
_SYMBOLS_IN_WORDS = "[c] if it is withheld, [x] if it is not available, [z] if it does not apply"


@dataclass(frozen=True)
class Refused:
    """Why a text cannot be used, and what to do.

    `known` are the words that could have been meant, to be compared with `like`. Comparing is
    slow and done only for the messages that are shown.
    """

    message: str
    like: str = ""
    known: Collection[str] = ()

    @property
    def sentence(self) -> str:
        """Return the message, with the closest known words if there are any."""
        near = closest(self.like, self.known)
        return f"{self.message} The closest known: {', '.join(near)}." if near else self.message


def closest(text: str, known: Collection[str], cutoff: float = 0.6) -> list[str]:
    """Return up to three known words that a text is close to, the closest first.

    >>> closest("Hackny", ["Hackney", "Harrow"])
    ['Hackney']
    """
    by_spelling = {normalised(word): word for word in known}
    # What is longer than any name is no misspelling, and slow to compare.
    near = get_close_matches(normalised(text[:_QUOTED]), by_spelling, 3, cutoff)
    return [by_spelling[spelling] for spelling in near]


def quoted(text: str) -> str:
    """Return a text as messages quote it: between quotes, and no longer than a line.

    >>> quoted("12%"), len(quoted("x" * 1000))
    ("'12%'", 60)
    """
    whole = repr(text)
    return whole if len(whole) <= _QUOTED else f"{whole[: _QUOTED - 2]}…{whole[0]}"


def count(text: str, decimal_comma: bool) -> int | str | Refused:
    """Return a count as a whole number, or the status of one that is missing.

    `decimal_comma` says that in this file 1,5 is one and a half.

    >>> count("1,234", decimal_comma=False), count("1.234", decimal_comma=True)
    (1234, 1234)
    >>> count("<5", decimal_comma=False), count("12.0", decimal_comma=False)
    ('suppressed', 12)
    >>> count("12.5", decimal_comma=False).message
    "'12.5' is not a whole number. Give the count itself, not a rate or an average."
    """
    # Nearly every cell, and a file may have a million different ones.
    if text.isascii() and text.isdigit() and len(text) < 9:
        return int(text)
    # Nothing else is forgiven: a raised 2 behind a number is a footnote, not a digit.
    plain = re.sub(r"\s", " ", text).strip().lower().translate(_DASHES)
    if plain in _SYMBOLS:
        return _SYMBOLS[plain]
    if re.fullmatch(r"<\s?\d{1,2}", plain):
        return "suppressed"
    number = re.fullmatch(_NUMBER[decimal_comma], plain)
    if number is None or not plain.isascii():
        return Refused(_no_count(quoted(text), plain))
    whole, decimals = number.groups()
    return _whole(quoted(text), re.sub(r"\D", "", whole), decimals or "", whole.isdigit())


_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_NUMBER = {
    False: r"(\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.(\d+))?",
    True: r"(\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:,(\d+))?",
}


def _whole(found: str, digits: str, decimals: str, ungrouped: bool) -> int | Refused:
    """Return the number of the digits, unless there is more to it than a whole number."""
    if len(digits) > 15 or int(digits) > _MOST:
        return Refused(f"{found} is more than a borough can count. Check the number.")
    if len(decimals) == 3 and ungrouped and len(digits) <= 3:
        return Refused(
            f"{found} can be read as {digits} and decimals, or as {int(digits + decimals)}. "
            "Write the whole number without any mark."
        )
    if decimals.strip("0"):
        return Refused(
            f"{found} is not a whole number. Give the count itself, not a rate or an average."
        )
    return int(digits)


def _no_count(found: str, plain: str) -> str:
    """Return why a text is no count."""
    if not plain:
        return (
            "The cell is empty, which can mean nobody, withheld or not known. Write 0, or "
            f"{_SYMBOLS_IN_WORDS}."
        )
    if plain == "-":
        return (
            f"{found} means 0 in some files and withheld in others. Write 0, or "
            f"{_SYMBOLS_IN_WORDS}."
        )
    if "%" in plain:
        return f"{found} is a share, not a count. Give the number of people or events."
    if re.fullmatch(r"-\s?[\d., ]+|\([\d., ]+\)", plain):
        return f"{found} is below 0. A count is 0 or more."
    if re.fullmatch(r"\d+([.,]\d+)?e[+-]?\d+", plain):
        return (
            f"{found} is a number in short, of which digits may be lost. Format the column as "
            "whole numbers in the spreadsheet, and save it as CSV again."
        )
    return f"{found} is not a count. Write a whole number, or {_SYMBOLS_IN_WORDS}."


def indicator(text: str) -> str | Refused:
    """Return the id of an indicator as it stands.

    >>> indicator("stop_and_search")
    'stop_and_search'
    >>> indicator("Stop and search").message.partition(". ")[2]
    'Write it like stop_and_search: small letters, digits and _, beginning with a letter.'
    """
    if re.fullmatch(r"[a-z][a-z0-9_]{0,59}", text):
        return text
    found = quoted(text) + " is not an id of an indicator" if text else "There is no id"
    usual = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:_QUOTED]
    if not re.match(r"[a-z]", usual):
        usual = "stop_and_search"
    return Refused(
        f"{found}. Write it like {usual}: small letters, digits and _, beginning with a letter."
    )
