"""Coarser ways to publish a table: fewer groups, areas or periods instead of holes."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from loti_dash.disclosure.policy import PUBLIC, Policy
from loti_dash.disclosure.protect import protect
from loti_dash.disclosure.sums import Totals


@dataclass(frozen=True)
class Offer:
    """One way to publish: the table after protection, without the codes that were `dropped`.

    `dropped` has a column and its finer codes that the total of each stands for; "" and none
    for the table as it is. `withheld` is the share of its cells that protection hides.
    """

    column: str
    dropped: tuple[str, ...]
    table: pd.DataFrame
    withheld: float


def offers(
    table: pd.DataFrame,
    policy: Policy = PUBLIC,
    *,
    value: str = "value",
    by: Sequence[str],
    totals: Totals | None = None,
    sensitive: bool = False,
) -> list[Offer]:
    """Return the ways to publish a table, the one to prefer first.

    As it is, and once for each column whose finer codes can go because their totals stand for
    them: 19 groups to 5, single years to the three together, boroughs to London. The table as
    it is comes first unless protection would withhold more than the policy's `coarser_from` of
    it; then those come first that withhold the least, the finest of them before coarser ones.

    >>> table = pd.DataFrame({"group": ["a", "b", "c", "all"], "value": [2, 1, 9, 12]})
    >>> ways = offers(table, by=["group"], totals={"group": {"all": ["a", "b", "c"]}})
    >>> [(way.column, way.dropped, way.withheld) for way in ways]
    [('group', ('a', 'b', 'c'), 0.0), ('', (), 0.75)]
    """
    threshold = policy.sensitive_threshold if sensitive else policy.threshold

    def offer(column: str, dropped: tuple[str, ...]) -> Offer:
        kept = table[~table[column].astype(str).isin(dropped)] if column else table
        safe = protect(kept, threshold, value=value, by=by, totals=totals)
        hidden = safe["status_reason"].isin(["primary", "secondary"])
        return Offer(column, dropped, safe, float(hidden.mean()) if len(safe) else 0.0)

    as_it_is = offer("", ())
    coarser = [offer(column, finer) for column in by if (finer := _finest(table, column, totals))]
    coarser.sort(key=lambda way: (round(way.withheld, 2), -len(way.table)))
    return (
        [as_it_is, *coarser] if as_it_is.withheld <= policy.coarser_from else [*coarser, as_it_is]
    )


def _finest(table: pd.DataFrame, column: str, totals: Totals | None) -> tuple[str, ...]:
    """Return the codes of a column at its lowest level, which a total of the table stands for."""
    there = set(table[column].astype(str))
    of = {total: set(parts) & there for total, parts in (totals or {}).get(column, {}).items()}
    of = {total: parts for total, parts in of.items() if parts and total in there}
    inner = [parts for total, parts in of.items() if any(total in all_ for all_ in of.values())]
    return tuple(sorted(set().union(*(inner or of.values()))))
