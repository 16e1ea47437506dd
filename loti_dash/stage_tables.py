"""The steps of a process as a table for readers: a row for each, its two ratios side by side."""

from math import isnan

import pandas as pd

from loti_dash.figures import between, count, percent, ratio
from loti_dash.findings import CLEAR, finding, marks
from loti_dash.stages import side
from loti_dash.wording import PLACES

_MISSING = {"suppressed": "[c]", "not_applicable": "[z]"}
# The head of the column whose explanation is a link.
SURE = "Ratio against the population, and how sure"
_NO_BREAK = "\N{NO-BREAK SPACE}"


def by_step(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the table of one ethnic group: a row for each step, in the order of the process."""
    lines = [_cells(*_both(both)) for _, both in rows.groupby("step", sort=False)]
    labels = [str(label) for label in rows["label"].unique()]
    return pd.DataFrame(lines, index=pd.Index(labels, name="Step"))


def by_step_and_group(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the table of every group: for each step a row for each ethnic group."""
    pairs = rows.groupby(["step", "group_code"], sort=False, observed=True)
    lines, labels = [], []
    for _, both in pairs:
        population, previous = _both(both)
        labels.append(str(population["label"]))
        lines.append({"Ethnicity": str(population["group"])} | _cells(population, previous))
    return pd.DataFrame(lines, index=pd.Index(labels, name="Step"))


def _both(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    return side(rows, "population").iloc[0], side(rows, "previous").iloc[0]


def _cells(population: pd.Series, previous: pd.Series) -> dict[str, str]:
    unknown = population["unknown_share"]
    return {
        "Count": f"{_count(population['numerator'], population)} {population['counted']}",
        SURE: _ratio(population),
        "Population": _of(population),
        "Ratio against the step before, and how sure": _ratio(previous),
        "Step before": _of(previous),
        "Ethnicity not known": "[x]" if isnan(unknown) else percent(unknown),
        "Period": str(population["period_label"]),
        "Place": PLACES[str(population["place_basis"])],
    }


def _count(value: float, row: pd.Series) -> str:
    return _gone(row) if isnan(value) else count(value)


def _of(row: pd.Series) -> str:
    """Return what a ratio is set against: how many, of what, and when those were counted."""
    if not row["of"]:
        return "[z]"
    when = f" ({row['of_period']})" if row["of_period"] else ""
    return f"{_count(row['denominator'], row)} {row['of']}{when}"


def _ratio(row: pd.Series) -> str:
    if row["group_code"] == row["reference_code"]:
        return "compared with"
    if isnan(row["ratio"]):
        return _gone(row)
    limits = between(row["ratio_low"], row["ratio_high"], digits=2)
    written = f"{ratio(row['ratio'], 2)} {f'({limits})' if limits else ''} {marks(row)}".split()
    return f"{_NO_BREAK.join(written)}, {_how_sure(row)}"


def _how_sure(row: pd.Series) -> str:
    found = finding(row)
    if found in CLEAR:
        return f"{found}{_NO_BREAK}[1]" if row["q_value"] > 0.05 else found
    said = {"depends": "cannot tell [2]", "uncertain": "cannot tell", "no_interval": "no interval"}
    return said[found]


def _gone(row: pd.Series) -> str:
    return _MISSING.get(str(row["status"]), "[x]")
