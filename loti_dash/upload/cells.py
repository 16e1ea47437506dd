"""Uploaded counts as cells: who is counted, all there are, and who is left of them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from loti_dash.definitions import Indicator

# What a cell is named by. Its part is who is counted, all there are, or who is left of them.
BY = ["area_code", "period_id", "group_code", "part"]
IN, LEFT, ALL = "in", "left", "all"
# In the place of the row of an observation: it is published already, and not the package's.
PUBLIC = -1


def cells_of(rows: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Return a row for each cell of the observations of an indicator.

    `row` is the observation behind a cell, or missing where there is none; `withheld` says that
    whoever counted does not tell.
    """
    counted = rows["series_id"] == indicator.numerator.series
    cells = pd.DataFrame(
        {
            **{name: rows[name].astype(str) for name in BY[:3]},
            "part": np.where(counted, IN, ALL),
            "value": rows["value"].astype(float),
            "row": pd.Series(rows.index, rows.index).where(lambda row: row != PUBLIC),
            "withheld": rows["status"].astype(str) == "suppressed",
        }
    ).reset_index(drop=True)
    # Events are not a part of those that they are divided by: nobody is left of them.
    if indicator.denominator_type == "events_over_population" or counted.all():
        return cells
    wide = cells.pivot(index=BY[:3], columns="part", values="value")
    if IN not in wide:
        return cells
    left = (wide[ALL] - wide[IN]).where(lambda many: many >= 0).rename("value").reset_index()
    left = left.assign(part=LEFT, row=np.nan, withheld=False)
    return pd.concat([cells, left], ignore_index=True)


def published(rows: pd.DataFrame, indicator: Indicator, divided_by: pd.DataFrame) -> pd.DataFrame:
    """Return the published denominators of which the people in observations are a part.

    None where they are no part, or are divided by counts of the same package.
    """
    of = divided_by[divided_by["series_id"] == indicator.denominator.series]
    if indicator.denominator_type != "subset_over_set" or of.empty:
        return rows[:0]
    plain = of.astype(dict.fromkeys(["series_id", *BY[:3]], str))
    if indicator.denominator.period != "same":
        plain = plain[plain["period_id"] == indicator.denominator.period]
        periods = rows[["period_id"]].drop_duplicates()
        plain = plain.drop(columns="period_id").merge(periods, how="cross")
    found = plain.merge(rows[BY[:3]].drop_duplicates(), on=BY[:3])[list(rows.columns)]
    return found.set_axis([PUBLIC] * len(found))


def told(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the observations that tell something: a count, or that one is withheld."""
    return rows[rows["value"].notna() | (rows["status"].astype(str) == "suppressed")]


def gone(cells: pd.DataFrame, before: Sequence[pd.DataFrame]) -> list[pd.DataFrame]:
    """Return the cells that were published before and are in no row now, as they are known.

    Groups that are one group now, or months of what is a year now. `before` are cells too, the
    oldest first. One that was shown once is known, whatever came later.
    """
    found = [table for table in before if len(table)]
    if not found:
        return []
    newest_first = pd.concat(found[::-1], ignore_index=True)
    shown_first = newest_first.sort_values("value", key=lambda value: value.isna(), kind="stable")
    known = shown_first.drop_duplicates(BY).assign(row=np.nan)
    known = known.assign(withheld=known["value"].isna() & (known["part"] != LEFT))
    there = pd.MultiIndex.from_frame(known[BY]).isin(pd.MultiIndex.from_frame(cells[BY]))
    return [known[~there & known["area_code"].isin(set(cells["area_code"]))]]


def hidden_before(cells: pd.DataFrame, before: Sequence[pd.DataFrame]) -> pd.Series:
    """Return which cells were withheld in some table before: they stay so."""
    found = pd.Series(False, index=cells.index)
    keys = pd.MultiIndex.from_frame(cells[BY])
    for table in before:
        withheld = table[table["value"].isna() & (table["part"] != LEFT)]
        found |= keys.isin(pd.MultiIndex.from_frame(withheld[BY]))
    return found
