"""The order of several indicators: by domain, then by strength of evidence; never by a score."""

from collections.abc import Iterator
from math import inf, isnan, log
from typing import get_args

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Domain
from loti_dash.findings import Finding, each, finding

DOMAINS: tuple[str, ...] = get_args(Domain)
_PLACES: dict[Finding, int] = {
    "higher": 0,
    "lower": 0,
    "depends": 1,
    "uncertain": 2,
    "no_interval": 3,
    "no_ratio": 4,
}


def in_order(
    rows: pd.DataFrame, catalogue: Catalogue, deciding: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return rows by domain, and in a domain those indicators first whose evidence is strongest.

    Strength of evidence is how far the whole interval lies from 1, on a log scale. So what is
    clear comes before what the unknowns could turn round, that before what is uncertain, and
    among those that are clear |log| of the limit nearer to 1 decides. Of several rows of an
    indicator the strongest decides, or that of those `deciding`; they keep their order.
    """
    strongest = _strongest(rows) | ({} if deciding is None else _strongest(deciding))

    def place(id_: str) -> tuple[int, tuple[int, float], str]:
        indicator = catalogue.indicators[id_]
        return DOMAINS.index(indicator.domain), strongest[id_], indicator.title

    places = {id_: n for n, id_ in enumerate(sorted(strongest, key=place))}
    order = rows["indicator"].astype(str).map(places).to_numpy().argsort(kind="stable")
    return rows.iloc[order].reset_index(drop=True)


def by_indicator(rows: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Return the rows of each indicator with its id, in the order in which they come."""
    for id_, of in rows.groupby(rows["indicator"].astype(str), sort=False):
        yield str(id_), of


def _strongest(rows: pd.DataFrame) -> dict[str, tuple[int, float]]:
    return {id_: min(_weakness(row) for row in each(of)) for id_, of in by_indicator(rows)}


def _weakness(row: pd.Series) -> tuple[int, float]:
    """Return what sorts the strongest evidence first: minus the interval's distance from 1."""
    low, high = row["ratio_low"], row["ratio_high"]
    if isnan(low) or isnan(high):
        ratio = row["ratio"]
        return _PLACES[finding(row)], -abs(log(ratio)) if ratio > 0 else 0.0
    # Negative where the interval contains 1.
    distance = max(log(low) if low > 0 else -inf, -log(high))
    return _PLACES[finding(row)], -distance
