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
# Of a sum whose parts can be all there are.
_REST = f"{_LESS}what is here"


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
    """Return cells with all sums that the table has no row for, and what parts leave of others.

    A sum is over the groups that are there, and over periods if all of them are. A withheld
    count goes into it as `supposed`, so that a sum that others may know is known here as well.
    What is left of a sum that is told is a count like others: whoever has no row is in it.
    """
    cells = cells.assign(supposed=cells["value"].fillna(cells["supposed"]))
    for column in ("group_code", "period_id"):
        there = set(cells[column])
        for total, parts in totals.get(column, {}).items():
            rests = [part for part in parts if _LESS in part]
            if total not in there:
                least = 1 if column == "group_code" else len(parts)
                cells = _added(cells, column, total, parts, least)
            elif rests:
                if rests[0].endswith(_REST):
                    cells = _without_overtaken(cells, column, total, parts)
                cells = _with_rest(cells, column, total, parts, rests[0])
    return cells


def has_rests(totals: Totals) -> bool:
    """Return whether some sums are told of which the parts can leave a rest."""
    sums = [parts for column in totals.values() for parts in column.values()]
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
    for told in codes & set(sums):
        sums[told].append(f"{told}{_REST}")
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
            all_ = _days(parts) == _days([whole])
            rest = f"{whole.id}{_REST}" if all_ else _LESS.join([whole.id, *_ids(parts)])
            sums[whole.id] = [*_ids(parts), rest]
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


def _without_overtaken(
    cells: pd.DataFrame, column: str, total: str, parts: Sequence[str]
) -> pd.DataFrame:
    """Return cells without earlier sums that their parts are more than now: they tell nothing."""
    others = [name for name in BY if name != column]
    shown = _summed(cells.assign(supposed=cells["value"].fillna(0)), column, parts)
    whole = cells[(cells[column] == total) & cells["row"].isna()]
    both = whole[[*others, "value"]].merge(shown[[*others, "supposed"]], on=others)
    less = pd.MultiIndex.from_frame(both.loc[both["value"] < both["supposed"], others])
    overtaken = whole.index[pd.MultiIndex.from_frame(whole[others]).isin(less)]
    return cells.drop(index=overtaken)


def _with_rest(
    cells: pd.DataFrame, column: str, total: str, parts: Sequence[str], rest: str
) -> pd.DataFrame:
    """Return cells with what parts leave of a sum, where they leave any.

    Where they are more than the sum, it is not known what is left between two periods, and of
    parts that can be all there are nothing is: 0 of nobody protects nobody.
    """
    others = [name for name in BY if name != column]
    whole = cells.loc[cells[column] == total, [*others, "supposed"]]
    both = whole.merge(_summed(cells, column, parts), on=others, suffixes=("_all", ""))
    left = both["supposed_all"] - both["supposed"]
    kept = left > 0 if rest.endswith(_REST) else left != 0
    both, left = both[kept], left[kept].where(lambda many: many >= 0)
    added = both[others].assign(value=left, supposed=left, **{column: rest})
    return pd.concat([cells, added], ignore_index=True)


def _summed(cells: pd.DataFrame, column: str, parts: Sequence[str]) -> pd.DataFrame:
    others = [name for name in BY if name != column]
    of: Any = cells[cells[column].isin(parts)].groupby(others, as_index=False)["supposed"]
    summed: pd.DataFrame = of.agg(supposed="sum", known="count", many="size")
    value = summed["supposed"].where(summed["known"] == summed["many"])
    return summed.drop(columns="known").assign(value=value, supposed=value)
