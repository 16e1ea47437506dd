"""What to look at: where the evidence on a place is another in one release than in another.

A comparison is one indicator, one ethnic group and one place, at the newest figures there are of
it. Nothing is concluded from a change of evidence: one that has become clear may be as large as
it was before.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf, isnan
from typing import Literal

import numpy as np
import pandas as pd

from loti_dash import notices, options
from loti_dash.errors import UnknownCode
from loti_dash.evidence_order import in_order
from loti_dash.findings import CLEAR, finding
from loti_dash.looking.rows import rows_of
from loti_dash.store import Store

Kind = Literal["reversed", "clear", "unclear", "corrected", "new", "withdrawn", "removed"]
# Those of which only one release has a comparison.
OF_ONE: tuple[Kind, ...] = ("new", "withdrawn", "removed")
# In the order in which they are worth a look.
KINDS: tuple[Kind, ...] = ("reversed", "clear", "unclear", "corrected", *OF_ONE)
Basis = Literal["newer", "earlier", "corrected", "same", ""]


@dataclass(frozen=True)
class Change:
    """A comparison whose evidence or figures changed: its rows as the pages show them, if any.

    `basis` is what the later row rests on, compared with the earlier one: a newer period, an
    earlier one, the same period corrected, or the same figures; "" where there is but one row.
    """

    kind: Kind
    basis: Basis
    before: pd.Series | None
    after: pd.Series | None

    @property
    def row(self) -> pd.Series:
        """The later row, or the earlier one where there is no later."""
        row = self.before if self.after is None else self.after
        assert row is not None, "a change has a row"
        return row


@dataclass(frozen=True)
class Looked:
    """What changed in an area between two releases, and how much was looked at to find it.

    `looked` counts the comparisons with a ratio in either release, of so many `indicators`;
    `stayed` those of them that are as clear as they were, by their finding in the later release:
    of these, the ones on corrected figures are among the changes. `withdrawn` are the indicators
    without figures in the later release because somebody took them back, each with the notice.
    """

    area: str
    before: str
    after: str
    changes: tuple[Change, ...]
    looked: int
    indicators: int
    stayed: Mapping[str, int]
    withdrawn: tuple[tuple[str, str], ...]

    def of(self, kind: Kind) -> list[Change]:
        """Return the changes of a kind."""
        return [each for each in self.changes if each.kind == kind]


def areas(before: Store, after: Store) -> dict[str, str]:
    """Return the areas with figures in either release by name, no two with the same one."""
    catalogue = after.catalogue
    both = pd.concat([before.choices, after.choices])
    both = both[both["area_code"].isin(list(catalogue.areas))]
    names = {code: catalogue.areas[code].name for code in options.areas(both, catalogue)}
    often = Counter(names.values())
    return {code: name if often[name] == 1 else f"{name} ({code})" for code, name in names.items()}


def between(before: Store, after: Store, area: str) -> Looked:
    """Return what changed in an area from one release to another.

    Raises UnknownCode for an area that neither has figures for.
    """
    known = areas(before, after)
    if area not in known:
        raise UnknownCode("area", area, known)
    old, new = (
        {_key(row): row for _, row in rows_of(of, area).iterrows()} for of in (before, after)
    )
    with_ratio = [
        key
        for key in dict.fromkeys([*new, *old])
        if any(key in of and finding(of[key]) != "no_ratio" for of in (old, new))
    ]
    changes, stayed = [], Counter[str]()
    for key in with_ratio:
        was, is_ = old.get(key), new.get(key)
        kind, basis = _kind(was, is_, before, after), _basis(was, is_, after)
        if kind is None and is_ is not None:
            stayed[finding(is_)] += 1
            kind = "corrected" if basis == "corrected" else None
        if kind:
            changes.append(Change(kind, basis, was, is_))
    return Looked(
        area,
        before.release,
        after.release,
        _in_order(changes, after),
        len(with_ratio),
        len({indicator for indicator, _ in with_ratio}),
        stayed,
        tuple(_withdrawn(after)),
    )


def _key(row: pd.Series) -> tuple[str, str]:
    return str(row["indicator"]), str(row["group_code"])


def _kind(
    was: pd.Series | None, is_: pd.Series | None, before: Store, after: Store
) -> Kind | None:
    """Return how the evidence of a comparison changed, or None where it did not."""
    if was is None:
        return "new"
    if is_ is None:
        gone = notices_on(str(was["indicator"]), before, after)
        return "withdrawn" if gone else "removed"
    then, now = finding(was), finding(is_)
    if then in CLEAR and now in CLEAR:
        return "reversed" if then != now else None
    if now in CLEAR:
        return "clear"
    return "unclear" if then in CLEAR else None


def notices_on(indicator: str, definitions: Store, store: Store) -> list[str]:
    """Return why figures of an indicator, as one release defines it, are not in another."""
    of = definitions.catalogue.indicators[indicator]
    series = dict.fromkeys((of.numerator.series, of.denominator.series))
    return [notices.words(store.withdrawn[id_]) for id_ in series if id_ in store.withdrawn]


def _withdrawn(store: Store) -> Iterator[tuple[str, str]]:
    for id_, indicator in store.catalogue.indicators.items():
        for words in notices_on(id_, store, store):
            yield indicator.title, words


def _basis(was: pd.Series | None, is_: pd.Series | None, after: Store) -> Basis:
    if was is None or is_ is None:
        return ""
    then, now = str(was["period"]), str(is_["period"])
    if then == now:
        alike = np.array_equal(was["figures"], is_["figures"], equal_nan=True)
        return "same" if alike else "corrected"
    indicator = after.catalogue.indicators[str(is_["indicator"])]
    ends = [after.catalogue.period(indicator, id_).ends for id_ in (then, now)]
    return "newer" if ends[0] <= ends[1] else "earlier"


def _in_order(changes: list[Change], after: Store) -> tuple[Change, ...]:
    """Return changes by kind, and in each by domain and strength of evidence.

    Of what is as clear as it was, the ratio that moved most comes first.
    """
    known = after.catalogue.indicators
    ordered: list[Change] = []
    for kind in KINDS:
        of = [each for each in changes if each.kind == kind]
        here = [each for each in of if str(each.row["indicator"]) in known]
        if here:
            rows = pd.DataFrame([each.row for each in here]).assign(at=range(len(here)))
            here = [here[at] for at in in_order(rows, after.catalogue)["at"]]
        ordered += sorted(here, key=_moved, reverse=True) if kind == "corrected" else here
        # What the later release does not define comes last.
        ordered += [each for each in of if str(each.row["indicator"]) not in known]
    return tuple(ordered)


def _moved(of: Change) -> float:
    """Return how many times a ratio became what it was, up or down; without one it moved most."""
    assert of.before is not None, "it is in both releases"
    assert of.after is not None, "it is in both releases"
    then, now = float(of.before["ratio"]), float(of.after["ratio"])
    if isnan(then) and isnan(now):
        return 1
    return max(then / now, now / then) if then > 0 and now > 0 else inf
