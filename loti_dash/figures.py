"""How a number is written for a reader. The last step of all: nothing rounded goes back."""

from math import floor, isnan, log10

from loti_dash.measures import round_half_up

# What stands beside a number, or in its place.
SIGNS = {
    "[c]": "withheld by the publisher to protect people",
    "[x]": "not available",
    "[z]": "does not apply",
    "[u]": "unreliable: fewer than 20 counted in the group, fewer than 10 in the group compared "
    "with, or a very wide interval",
    "[p]": "provisional",
    "[1]": "on its own, not after allowing for all comparisons made together",
    "[2]": "higher or lower among those of known ethnicity, but those of unknown ethnicity could "
    "turn it round",
}


def legend(text: str) -> str:
    """Return the meaning of the signs that a text uses, and of no others.

    >>> legend("1.2 (0.7 to 1.9) [p]")
    '[p] provisional.'
    """
    used = [f"{sign} {meaning}" for sign, meaning in SIGNS.items() if sign in text]
    return f"{'; '.join(used)}." if used else ""


def count(value: float) -> str:
    """Return a count, or an excess, as a whole number with thousands commas.

    >>> count(1234.0), count(-1234.6), count(23.667)
    ('1,234', '-1,235', '24')
    """
    return f"{round_half_up(value):,.0f}"


def about(value: float) -> str:
    """Return the size of a count that is estimated, in three significant figures at most.

    >>> about(35735.2), about(-1996.0), about(23.667), about(0.2)
    ('35,700', '2,000', '24', '0')
    """
    size = abs(value)
    digits = 2 - floor(log10(size)) if size > 0 else 0
    return f"{round_half_up(size, min(digits, 0)):,.0f}"


def rate(value: float) -> str:
    """Return a rate with one decimal, or two if it is under 1.

    >>> rate(12.34), rate(0.456), rate(0.0)
    ('12.3', '0.46', '0.00')
    """
    digits = 2 if abs(value) < 1 else 1
    return f"{round_half_up(value, digits):,.{digits}f}"


def ratio(value: float, digits: int = 1) -> str:
    """Return a ratio, with one decimal in text and two in tables.

    >>> ratio(2.25), ratio(0.345, 2)
    ('2.3', '0.35')
    """
    return f"{round_half_up(value, digits):,.{digits}f}"


def decimals(value: float, low: float, high: float) -> int:
    """Return how many decimals a ratio needs in text: one, or two where one would mislead.

    A limit that is not 1 must not read as 1.0, nor a ratio above 0 as 0.0, nor two different
    numbers as the same. A ratio without limits is its own limit.

    >>> decimals(2.04, 1.5, 2.8), decimals(1.5, 1.04, 2.2), decimals(0.04, 0.01, 0.2)
    (1, 2, 2)
    >>> decimals(1.92, 1.89, 1.94), decimals(1.04, 0.8, 1.3), decimals(0.0, 0.0, 0.2)
    (2, 1, 1)
    """
    limits = [limit for limit in (low, high) if not isnan(limit)]
    different = {value, *limits}
    like_1 = any(ratio(each) == "1.0" and each != 1 for each in limits or [value])
    alike = len({ratio(each) for each in different}) < len(different)
    return 2 if like_1 or alike or (value > 0 and ratio(value) == "0.0") else 1


def percent(share: float, apart_from: float = float("nan")) -> str:
    """Return a share as a percentage: whole, or with one decimal under 10%.

    So it has where it would read as a share that it is `apart_from`.

    >>> percent(0.288), percent(0.0153), percent(0.0002), percent(0.0)
    ('29%', '1.5%', 'under 0.1%', '0%')
    >>> percent(0.304, apart_from=0.3), percent(0.38, apart_from=0.3)
    ('30.4%', '38%')
    """
    if 0 < share < 0.0005:
        return "under 0.1%"
    alike = share != apart_from and round_half_up(share, 2) == apart_from
    digits = 0 if (share >= 0.1 or share == 0) and not alike else 1
    return f"{round_half_up(share * 100, digits):.{digits}f}%"


def between(low: float, high: float, digits: int = 1) -> str:
    """Return an interval of a ratio in words, or "" where a limit is missing.

    >>> between(1.94, 4.8), between(float("nan"), 2.0)
    ('1.9 to 4.8', '')
    """
    if isnan(low) or isnan(high):
        return ""
    return f"{ratio(low, digits)} to {ratio(high, digits)}"
