"""How a number is written for a reader. The last step of all: nothing rounded goes back."""

from math import isnan

from loti_dash.measures import round_half_up


def count(value: float) -> str:
    """Return a count, or an excess, as a whole number with thousands commas.

    >>> count(1234.0), count(-1234.6), count(23.667)
    ('1,234', '-1,235', '24')
    """
    return f"{round_half_up(value):,.0f}"


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

    A ratio whose interval excludes 1 must not read as 1.0, nor a ratio above 0 as 0.0.

    >>> decimals(2.04, 1.5, 2.8), decimals(1.04, 1.01, 1.07), decimals(0.04, 0.01, 0.2)
    (1, 2, 2)
    >>> decimals(1.04, 0.8, 1.3), decimals(0.0, 0.0, 0.2)
    (1, 1)
    """
    hidden = ratio(value) == "1.0" and (low > 1 or high < 1)
    return 2 if hidden or (value > 0 and ratio(value) == "0.0") else 1


def percent(share: float) -> str:
    """Return a share as a percentage: whole, or with one decimal under 10%.

    >>> percent(0.288), percent(0.0153), percent(0.0002), percent(0.0)
    ('29%', '1.5%', 'under 0.1%', '0%')
    """
    if 0 < share < 0.0005:
        return "under 0.1%"
    digits = 0 if share >= 0.1 or share == 0 else 1
    return f"{round_half_up(share * 100, digits):.{digits}f}%"


def between(low: float, high: float, digits: int = 1) -> str:
    """Return an interval of a ratio in words, or "" where a limit is missing.

    >>> between(1.94, 4.8), between(float("nan"), 2.0)
    ('1.9 to 4.8', '')
    """
    if isnan(low) or isnan(high):
        return ""
    return f"{ratio(low, digits)} to {ratio(high, digits)}"
