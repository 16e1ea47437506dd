"""The sums that bind uploaded counts, as whoever tries to work one of them out knows them.

A sum of groups or of periods need not be published to be known: councils tell totals elsewhere.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from loti_dash.catalogue import Catalogue, Series
from loti_dash.disclosure.sums import Totals
from loti_dash.periods import Period, parts_of, period
from loti_dash.upload.cells import ALL, BY, IN, LEFT

EVERYBODY = "everybody"
_LESS = " less "


def totals_of(cells: pd.DataFrame, series: Series, catalogue: Catalogue) -> Totals:
    """Return which codes of each column are sums of which others."""
    ids = set(cells["period_id"])
    found = {
        "part": {ALL: [IN, LEFT]} if (cells["part"] == LEFT).any() else {},
        "group_code": _group_sums(set(cells["group_code"]), catalogue),
        "period_id": _period_sums(ids, series, catalogue)
        if series.stock_or_flow == "flow"
        else {},
    }
    return {column: sums for column, sums in found.items() if sums}


def with_sums(cells: pd.DataFrame, totals: Totals) -> pd.DataFrame:
    """Return cells with all sums that the table has no row for, and rests of longer periods.

    A sum is over the groups that are there, and over periods if all of them are. A withheld
    count goes into it as `supposed`, so that a sum that others may know is known here as well.
    """
    cells = cells.assign(supposed=cells["value"].fillna(cells["supposed"]))
    for total, parts in totals.get("group_code", {}).items():
        if total not in set(cells["group_code"]):
            cells = _added(cells, "group_code", total, parts, 1)
    there = set(cells["period_id"])
    for total, parts in totals.get("period_id", {}).items():
        rests = [part for part in parts if _LESS in part]
        if total not in there:
            cells = _added(cells, "period_id", total, parts, len(parts))
        elif rests:
            cells = _with_rest(cells, total, parts, rests[0])
    return cells


def has_rests(totals: Totals) -> bool:
    """Return whether some periods leave a rest of a longer one."""
    sums = totals.get("period_id", {}).values()
    return any(_LESS in part for parts in sums for part in parts)


def bound_together(ids: Collection[str], sums: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return for each period one that stands for all that sums bind it to.

    >>> bound_together(["a", "b", "c"], {"ab": ["a", "b"]})
    {'a': 'ab', 'b': 'ab', 'c': 'c', 'ab': 'ab'}
    """
    of = {id_: id_ for id_ in [*ids, *sums, *(part for parts in sums.values() for part in parts)]}
    for total, parts in sums.items():
        joined = {of[id_] for id_ in (total, *parts)}
        of = {id_: of[total] if one in joined else one for id_, one in of.items()}
    return of


def _group_sums(codes: set[str], catalogue: Catalogue) -> dict[str, list[str]]:
    """Return each group that has parts among the codes, Unknown included, and everybody."""
    up = {g.code: g.parent_code for g in catalogue.groups if g.parent_code not in ("", g.code)}
    sums: dict[str, list[str]] = {}
    for code in sorted(codes):
        if code in up:
            sums.setdefault(up[code], []).append(code)
    inside = {part for parts in sums.values() for part in parts}
    top = sorted((codes - inside) | set(sums))
    return {**sums, EVERYBODY: top} if len(top) > 1 else sums


def _period_sums(ids: set[str], series: Series, catalogue: Catalogue) -> dict[str, list[str]]:
    """Return the periods of ids that are longer than others of them, and those a release adds up.

    Where the others leave a rest, which is no figure of anybody's, it is a part too: the
    difference of two periods that overlap is a count of the time between them.
    """
    times = [period(id_, series.calendar) for id_ in sorted(ids)]
    sums = {}
    for whole in times:
        parts = _inside(whole, times)
        if parts:
            rest = [] if _days(parts) == _days([whole]) else [_LESS.join([whole.id, *_ids(parts)])]
            sums[whole.id] = [*_ids(parts), *rest]
    for span in catalogue.spans.values():
        in_years = span.made_of == "financial_years"
        if span.period_id in ids or series.calendar != ("financial" if in_years else "calendar"):
            continue
        without = span.without.split(";")
        single = [id_ for id_ in parts_of(span.period_id, span.made_of) if id_ not in without]
        if set(single) <= ids:
            sums[span.period_id] = single
    return sums


def _inside(whole: Period, times: Sequence[Period]) -> list[Period]:
    """Return the longest periods one after the other that are inside another one."""
    found: list[Period] = []
    inside = [t for t in times if t != whole and whole.starts <= t.starts and t.ends <= whole.ends]
    for each in sorted(inside, key=lambda t: (t.starts, -t.ends.toordinal())):
        if not found or each.starts > found[-1].ends:
            found.append(each)
    return found


def _ids(times: Sequence[Period]) -> list[str]:
    return [each.id for each in times]


def _days(times: Sequence[Period]) -> int:
    return sum((each.ends - each.starts).days + 1 for each in times)


def _added(
    cells: pd.DataFrame, column: str, total: str, parts: Sequence[str], least: int
) -> pd.DataFrame:
    """Return cells with one more code of a column: the sum of others, at least so many of them."""
    summed = _summed(cells, column, parts)
    added = summed[summed["many"] >= least].drop(columns="many").assign(**{column: total})
    return pd.concat([cells, added], ignore_index=True)


def _with_rest(cells: pd.DataFrame, total: str, parts: Sequence[str], rest: str) -> pd.DataFrame:
    """Return cells with what parts of a longer period leave of it; missing if that is below 0."""
    others = [name for name in BY if name != "period_id"]
    whole = cells.loc[cells["period_id"] == total, [*others, "supposed"]]
    both = whole.merge(_summed(cells, "period_id", parts), on=others, suffixes=("_all", ""))
    left = (both["supposed_all"] - both["supposed"]).where(lambda many: many >= 0)
    added = both[others].assign(value=left, supposed=left, period_id=rest)
    return pd.concat([cells, added], ignore_index=True)


def _summed(cells: pd.DataFrame, column: str, parts: Sequence[str]) -> pd.DataFrame:
    others = [name for name in BY if name != column]
    of: Any = cells[cells[column].isin(parts)].groupby(others, as_index=False)["supposed"]
    summed: pd.DataFrame = of.agg(supposed="sum", known="count", many="size")
    value = summed["supposed"].where(summed["known"] == summed["many"])
    return summed.drop(columns="known").assign(value=value, supposed=value)
