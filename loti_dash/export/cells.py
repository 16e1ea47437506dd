"""Texts that a spreadsheet takes for texts, whoever wrote them."""

import pandas as pd

# What a spreadsheet would take for a formula (standards, section 6).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain(text: str) -> str:
    """Return a text with a leading apostrophe where a spreadsheet would run it as a formula.

    >>> plain("=1+1"), plain("Hackney")
    ("'=1+1", 'Hackney')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def with_plain_texts(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose texts no spreadsheet runs as a formula. Numbers stay numbers.

    >>> table = pd.DataFrame({"area": ["=A1"], "rate": [-0.5]})
    >>> with_plain_texts(table).to_dict("records")
    [{'area': "'=A1", 'rate': -0.5}]
    """
    words = table.columns[[not pd.api.types.is_numeric_dtype(kind) for kind in table.dtypes]]
    return table.assign(**{name: table[name].astype(str).map(plain) for name in words})


def as_csv(table: pd.DataFrame) -> str:
    """Return a table as CSV: all digits of its numbers, and nothing where a value is missing."""
    return str(with_plain_texts(table).to_csv(index=False, lineterminator="\r\n"))
