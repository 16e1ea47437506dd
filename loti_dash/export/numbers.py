"""Rows of the comparison table as a sheet of numbers, each measure in a column of its own."""

from typing import Any

import pandas as pd

from loti_dash.export.cells import plain
from loti_dash.export.sheets import COUNT, RATE, RATIO, SHARE, SHARE_HEAD

# Of steps and of indicators; the latter and their periods have their codes, as in every CSV.
_OF_STEPS = {"label": "Step", "of": "Set against", "period_label": "Period"}
_OF_INDICATORS = {"indicator": "Indicator (code)", "period": "Period (code)"}
_WORDS = {"area": "Area", "group": "Ethnicity", "reference": "Compared with"}
_NUMBERS = {
    "numerator": ("Count", COUNT),
    "denominator": ("Out of", COUNT),
    "rate": ("Rate", RATE),
    "rate_low": ("Rate, lower limit", RATE),
    "rate_high": ("Rate, upper limit", RATE),
    "reference_rate": ("Rate of those compared with", RATE),
    "ratio": ("Ratio", RATIO),
    "ratio_low": ("Ratio, lower limit", RATIO),
    "ratio_high": ("Ratio, upper limit", RATIO),
    "rate_difference": ("Difference", RATE),
    "excess": ("More or fewer than at that rate", COUNT),
    "ratio_if_unknown_low": ("Ratio, lowest with the unknown", RATIO),
    "ratio_if_unknown_high": ("Ratio, highest with the unknown", RATIO),
    "unknown_share": (SHARE_HEAD, SHARE),
}
FORMATS: list[dict[str, Any]] = [
    {"columns": [head], "format": {"num_format": form}} for head, form in _NUMBERS.values()
]
_MISSING = {"suppressed": "[c]", "not_applicable": "[z]"}
_NONE = "none"


def sheet(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows as they are shown: not rounded, and a sign where a number is missing."""
    rows = rows.reset_index(drop=True)
    words = (_OF_STEPS if "label" in rows else _OF_INDICATORS) | _WORDS
    gone = rows["status"].astype(str).map(_MISSING).fillna("[x]")
    columns: dict[str, pd.Series] = {
        head: rows[name].astype(str).replace("", _NONE).map(plain) for name, head in words.items()
    }
    for name, (head, _) in _NUMBERS.items():
        value = rows[name].astype(float)
        columns[head] = value.astype(object).where(value.notna(), gone)
    reason = rows["status_reason"].astype(str).map(plain)
    return pd.DataFrame(columns).assign(Reason=reason.where(reason != "", _NONE))
