"""Whether numbers are written with a decimal comma, told by those that can be nothing else.

The separator does not say it: English files have semicolons too. What a number means is left to
whoever checks it.
"""

import re
from collections.abc import Iterable

# "0,5", "12,50", "1.234,5", "1.234.567": the comma, or no mark but the comma, is decimal.
_COMMA = re.compile(
    r"[+-]?(?:0,\d+|\d+,(?:\d{1,2}|\d{4,})|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,})"
)
_POINT = re.compile(
    r"[+-]?(?:0\.\d+|\d+\.(?:\d{1,2}|\d{4,})|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,})"
)


def marks(values: Iterable[str]) -> tuple[bool, bool]:
    """Return whether some number has a decimal comma, and whether some has a decimal point.

    "1,234" and "1.234" may be either and say nothing.

    >>> marks(["12,5", "1,234"]), marks(["1,234.5"]), marks(["1,234", "1.234", "[c]"])
    ((True, False), (False, True), (False, False))
    """
    comma = point = False
    for value in values:
        comma = comma or bool(_COMMA.fullmatch(value))
        point = point or bool(_POINT.fullmatch(value))
    return comma, point
