"""How the rows and columns of a sheet are called in a sentence, as a spreadsheet calls them."""

from collections.abc import Iterable
from itertools import groupby

# More stretches of rows than this are counted, not listed: nobody reads further.
_LISTED = 12


def letter(position: int) -> str:
    """Return the letters of a column, the first being at position 0.

    >>> letter(0), letter(25), letter(26), letter(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    before, last = divmod(position, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)


def rows(numbers: Iterable[int]) -> str:
    """Return rows of a sheet in words, in order, neighbours joined.

    >>> rows([4]), rows([9, 4, 8, 7])
    ('row 4', 'rows 4 and 7 to 9')
    >>> rows(range(2, 100, 2)).rpartition("22, ")[2]
    '24 and 37 more'
    """
    ordered = sorted(set(numbers))
    # Neighbours have the same distance from their place in the list.
    together = [
        [number for _, number in stretch]
        for _, stretch in groupby(enumerate(ordered), lambda pair: pair[1] - pair[0])
    ]
    shown = together[:_LISTED]
    words = [
        text
        for each in shown
        for text in (map(str, each) if len(each) < 3 else [f"{each[0]} to {each[-1]}"])
    ]
    left = len(ordered) - sum(map(len, shown))
    if left:
        words.append(f"{left:,} more")
    return f"row{'s' if len(ordered) > 1 else ''} {listed(words)}"


def place(column: str, numbers: Iterable[int]) -> str:
    """Return where something is: a column and rows, whole rows, or the whole file.

    >>> place("C, Ethnic group", [3]), place("", [3, 4]), place("", [])
    ('C, Ethnic group, row 3', 'rows 3 and 4', 'the whole file')
    """
    of_rows = list(numbers)
    return ", ".join(filter(None, [column, rows(of_rows) if of_rows else ""])) or "the whole file"


def columns(letters: Iterable[str]) -> str:
    """Return columns of a sheet in words.

    >>> columns(["C"]), columns(["C", "F", "G"])
    ('column C', 'columns C, F and G')
    """
    every = list(letters)
    return f"column{'s' if len(every) > 1 else ''} {listed(every)}"


def listed(words: Iterable[str]) -> str:
    """Return words as a list in a sentence.

    >>> listed(["one"]), listed(["one", "two", "three"])
    ('one', 'one, two and three')
    """
    *front, last = words
    return f"{', '.join(front)} and {last}" if front else last
