"""Rounding for display, as people do it: the only place where a measure loses digits."""

from decimal import ROUND_HALF_UP, Context, Decimal
from math import isfinite

import numpy as np

from loti_dash.measures.columns import Numbers, floats, like

# Enough digits for the largest floating-point number with all its decimals.
_HALF_UP = Context(prec=800, rounding=ROUND_HALF_UP)


def round_half_up(value: Numbers, digits: int = 0) -> Numbers:
    """Return numbers rounded to so many digits after the point, halves away from zero.

    Of the number as it is written in decimals: 2.675 is a half at two digits, although its
    binary form is a little less. Negative `digits` round to tens and hundreds. Python, numpy
    and pandas round halves to even (285 to 280), and are not used. Missing stays missing.

    >>> round_half_up(2.675, 2), round_half_up(285, -1), round_half_up(-2.5)
    (2.68, 290.0, -3.0)

    Source: Department for Education, R package dfeR, round_five_up.
    """
    place = Decimal(1).scaleb(-digits)
    if isinstance(value, float):
        # Most of what a page rounds is one number.
        return _rounded(float(value), place)
    [numbers] = floats(value)
    rounded = [_rounded(number, place) for number in numbers.ravel().tolist()]
    return like([value], np.array(rounded, dtype=np.float64).reshape(numbers.shape))


def _rounded(number: float, place: Decimal) -> float:
    if not isfinite(number):
        return np.nan
    # Adding 0 turns the -0.0 of a small negative number into 0.0.
    return float(Decimal(repr(number)).quantize(place, context=_HALF_UP)) + 0.0
