"""What a number or a text of a canvas file may be, and how it is said that it is not."""

from typing import Any

from loti_dash.errors import LotiError

# No ratio, limit or rate of so many is one of people.
_MOST = 1e9


def are_of_one_figure(ratio: Any, low: Any, high: Any, rate: Any) -> bool:
    """Return whether numbers may be a ratio, its limits and a rate, where None is not known."""
    given = [each for each in (ratio, low, high, rate) if each is not None]
    # To Python, true is a number.
    if ratio is None or any(type(each) not in (int, float) for each in given):
        return False
    known = [each for each in (low, ratio, high) if each is not None]
    return all(0 < each < _MOST for each in given) and sorted(known) == known


def is_text(said: str) -> bool:
    """Return whether a text can be kept: half of a pair that stands for one sign cannot."""
    return not any("\ud800" <= letter <= "\udfff" for letter in said)


def no_number(found: str) -> None:
    """Raise ValueError for what stands where JSON has a number, and is none."""
    raise ValueError(f"{found} is no number")


def wrong_with(found: list[str]) -> LotiError:
    """Return the error that says what is wrong with a file."""
    listed = "; ".join(found[:10]) + (f"; and {len(found) - 10} more" if found[10:] else "")
    return LotiError(
        f"This file cannot be taken as a canvas: {listed}. Put that right, or export the canvas "
        "anew from this page."
    )
