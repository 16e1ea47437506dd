"""Tables of children beside their own totals and one another: who is of unknown ethnicity."""

import pandas as pd

from loti_dash.errors import SourceFileError
from loti_dash.ingest.reading import Reading, Total
from loti_dash.observation import COLUMNS, KEY

TOTAL, UNKNOWN = "total", "unknown"


def unknown_from_totals(every: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """Return the observations without totals: of unknown ethnicity is what groups leave over.

    A total whose groups come with their own unknown must be their sum.
    """
    of_total = every["group_code"] == TOTAL
    groups, made = every[~of_total], [every[~of_total]]
    for total in every[of_total].to_dict("records"):
        parts = groups[(groups[KEY[:3]] == [total[column] for column in KEY[:3]]).all(axis=1)]
        what = f"{total['series_id']}, {total['period_id']}"
        known, whole = parts["value"].sum(), total["value"]
        if UNKNOWN in set(parts["group_code"]) or known > whole:
            reading.totals.append(Total(f"{what}, all groups", known, whole))
        elif len(parts):
            unknown = whole - known
            made.append(pd.DataFrame([total | {"group_code": UNKNOWN, "value": unknown}]))
            reading.facts.append(
                f"{what}: {unknown:,.0f} of {whole:,.0f} ({unknown / whole:.0%}) of unknown "
                "ethnicity, the total less the groups"
            )
    return pd.concat(made, ignore_index=True)[COLUMNS]


def agreeing(every: pd.DataFrame) -> None:
    """Raise SourceFileError if two tables give different counts of the same children."""
    distinct = every.drop_duplicates([*KEY, "value"])
    twice = distinct[distinct.duplicated(KEY, keep=False)]
    if len(twice):
        first = twice.iloc[0]
        values = twice.loc[(twice[KEY] == first[KEY]).all(axis=1), "value"]
        different = " and ".join(f"{value:,.0f}" for value in values)
        raise SourceFileError(
            f"{first['series_id']} of {first['group_code']}, {first['period_id']}, is "
            f"{different}. Correct the table that is wrong."
        )
