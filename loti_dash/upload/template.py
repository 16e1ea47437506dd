"""The template of an upload, and a filled example: invented counts, and said to be."""

import pandas as pd

from loti_dash.upload.sheet import COLUMNS, NEEDED

_MEANINGS = {
    "indicator": "An id of an indicator or series here, or a new one: small letters, digits and _",
    "area": "An ONS code, or the name of a borough",
    "period": "2023-24, Apr 2023 - Mar 2024, Q1 2024-25, 2024-Q2, March 2024 or 2024-03-31",
    "ethnic_group": "A label or code of an ethnic group, as any of our sources writes it",
    "numerator": "A whole number of 0 or more. Withheld: [c] or <5. Not available: [x]. "
    "Not applicable: [z]",
    "denominator": "The same, where the figures bring what they are divided by",
    "note": "Anything; never shown to anybody else",
}
_EXAMPLE = (
    ("Hackney", "2023-24", "Asian", 12, 1020),
    ("Hackney", "2023-24", "Black", 41, 1810),
    ("Hackney", "2023-24", "Mixed", 17, 830),
    ("Hackney", "2023-24", "White", 38, 3120),
    ("Hackney", "2023-24", "Other", 9, 540),
    ("Hackney", "2023-24", "Unknown", 6, 210),
)


def columns() -> pd.DataFrame:
    """Return the columns of an upload as a table for readers."""
    rows = [(name, "yes" if name in NEEDED else "no", _MEANINGS[name]) for name in COLUMNS]
    return pd.DataFrame(rows, columns=["Column", "Needed", "What stands there"]).set_index(
        "Column"
    )


def empty() -> bytes:
    """Return a file with the headings alone. The first bytes tell Excel that it is UTF-8."""
    return (",".join(COLUMNS) + "\r\n").encode("utf-8-sig")


def filled() -> bytes:
    """Return a file that passes every check."""
    lines = [
        f"young_people_cautioned,{area},{period},{group},{count},{of},"
        for area, period, group, count, of in _EXAMPLE
    ]
    return "\r\n".join([",".join(COLUMNS), *lines, ""]).encode("utf-8-sig")
