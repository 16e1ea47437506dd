"""The one table shape: a count in a series, a period, an area and an ethnic group."""

from pathlib import Path

import pandas as pd

from loti_dash.errors import ObservationError

COLUMNS = ["series_id", "period_id", "area_code", "group_code", "value", "status"]
KEY = COLUMNS[:4]

# From best to worst, so that the greatest status of the parts is the status of their sum.
STATUSES = ["ok", "provisional", "not_applicable", "not_available", "suppressed"]
WITH_VALUE = {"ok", "provisional"}


def read(path: Path) -> pd.DataFrame:
    """Return the observations in a file, sorted by key.

    Raises ObservationError for a file that cannot be read, is empty or cut short, and for
    rows that break a rule of the one shape.
    """
    try:
        table = pd.read_csv(path, dtype=dict.fromkeys(COLUMNS, str) | {"value": float})
    except (OSError, ValueError) as error:
        raise ObservationError(
            f"{path} cannot be read: {error}. Take the last good one out of version control."
        ) from error
    return check(table, str(path))


def check(observations: pd.DataFrame, where: str) -> pd.DataFrame:
    """Return the observations, sorted by key, unless they break a rule of the one shape.

    `value` is a count of 0 or more, or missing exactly where the status says that it is
    withheld, not available or not applicable. Each key stands once. `where` names the file
    or source in the message.

    Raises ObservationError, naming the first row at fault.
    """
    if list(observations.columns) != COLUMNS:
        raise ObservationError(
            f"{where}: the columns are {', '.join(map(str, observations.columns))}; "
            f"they must be {', '.join(COLUMNS)}"
        )
    unknown = ~observations["status"].isin(STATUSES)
    _none(observations, unknown, where, f"the status must be one of {', '.join(STATUSES)}")
    missing = observations["value"].isna()
    should = ~observations["status"].isin(WITH_VALUE)
    _none(observations, missing != should, where, "value is missing exactly if status says so")
    _none(observations, observations["value"] < 0, where, "a count cannot be negative")
    _none(observations, observations[KEY].isna().any(axis=1), where, "a code is missing")
    _none(observations, observations.duplicated(KEY), where, "this key stands there twice")
    return observations.sort_values(KEY, ignore_index=True)


def _none(observations: pd.DataFrame, wrong: pd.Series, where: str, rule: str) -> None:
    if wrong.any():
        row = observations[wrong].iloc[0].to_dict()
        found = ", ".join(f"{name}={value!r}" for name, value in row.items())
        raise ObservationError(f"{where}: {rule}; found {found} ({int(wrong.sum())} such rows)")
