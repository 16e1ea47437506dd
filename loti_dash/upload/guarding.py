"""What is withheld from uploaded figures before they leave the visit that uploaded them.

What counts as known to whoever tries to work a count out: every figure that stays, the sum of a
list of groups and of each of its five, longer periods, the counts that are left of a denominator,
and all that was published of the same series before. Nobody adds boroughs up here, so each is
guarded by itself, and so are periods that no sum binds.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Indicator
from loti_dash.disclosure import protect
from loti_dash.disclosure.policy import PUBLIC
from loti_dash.disclosure.sums import Totals
from loti_dash.observation import COLUMNS, KEY
from loti_dash.upload.cells import BY, IN, LEFT, cells_of, gone, told
from loti_dash.upload.known_sums import bound_together, totals_of, with_sums
from loti_dash.upload.package import Package

# Cells that are protected in one go: linear programmes of this size take the least time a cell.
_TOGETHER = 150


@dataclass(frozen=True)
class Guarded:
    """A package with what must not be shown withheld, and how many counts that is.

    `small` are withheld for their size, `others` for their sake; `cells` are all counts.
    """

    package: Package
    small: int
    others: int
    cells: int


def guarded(
    package: Package,
    catalogue: Catalogue,
    sensitive: Sequence[str],
    earlier: Sequence[pd.DataFrame] = (),
) -> Guarded:
    """Return a package as it may leave the visit.

    `sensitive` are the ids of indicators on sensitive subjects, whose threshold is higher, and
    `earlier` the observations of the same series in packages that were published before.
    """
    kept = package.observations.copy().reset_index(drop=True)
    kept = kept.astype(dict.fromkeys(KEY, str) | {"status": object})
    reasons = pd.Series("", index=kept.index)
    of_series = kept.groupby("series_id").indices
    for indicator in package.indicators:
        threshold = PUBLIC.sensitive_threshold if indicator.id in sensitive else PUBLIC.threshold
        sides = [indicator.numerator.series, indicator.denominator.series]
        rows = kept.iloc[np.concatenate([of_series[side] for side in sides if side in of_series])]
        before = [table[table["series_id"].isin(sides)] for table in earlier]
        for safe in protected(rows, indicator, package, catalogue, threshold, before):
            _note(reasons, safe)
    _alike(reasons, kept)
    hidden = reasons != ""
    kept["value"] = kept["value"].mask(hidden)
    kept["status"] = kept["status"].mask(hidden, "suppressed")
    return Guarded(
        replace(package, observations=kept[COLUMNS]),
        int((reasons == "primary").sum()),
        int((reasons == "secondary").sum()),
        len(kept),
    )


def protected(
    rows: pd.DataFrame,
    indicator: Indicator,
    package: Package,
    catalogue: Catalogue,
    threshold: int,
    earlier: Sequence[pd.DataFrame],
) -> Iterator[pd.DataFrame]:
    """Yield the cells of an indicator that anything is to be kept secret of, protected.

    Its sums are among them. `rows` are its observations, `earlier` those published before.
    """
    cells = cells_of(rows, indicator)
    secret = cells["value"].between(1, threshold, inclusive="left") | cells["withheld"]
    if not secret.any():
        return
    before = [cells_of(told(table), indicator) for table in earlier]
    # Of what a file withholds nobody here knows more than that it is small.
    cells = cells.assign(supposed=cells["value"].mask(cells["withheld"], threshold // 2))
    known = cells.set_index(BY)["supposed"]
    cells = pd.concat([cells, *gone(cells, before)], ignore_index=True)
    series = next(one for one in package.series if one.series_id == indicator.numerator.series)
    totals = totals_of(cells, series, catalogue)
    bound = bound_together(set(cells["period_id"]), totals.get("period_id", {}))
    place = _place(cells, bound)
    everything = with_sums(cells[place.isin(set(place[: len(secret)][secret]))], totals)
    then = [_remembered(table, known, totals, threshold) for table in before]
    for block in _in_parts(everything, _place(everything, bound)):
        there = [table[_in_block(table, block)] for table in then]
        told_before = [table for table in there if len(table)]
        yield protect(block, threshold, by=BY, totals=totals, earlier=told_before)


def _remembered(
    before: pd.DataFrame, known: pd.Series, totals: Totals, threshold: int
) -> pd.DataFrame:
    """Return the cells of an earlier release with its sums, as far as others may know them.

    What was withheld in it goes into sums as it is now: whoever compares takes it for unchanged.
    """
    supposed = known.reindex(pd.MultiIndex.from_frame(before[BY])).to_numpy()
    table = with_sums(before.assign(supposed=supposed), totals)
    return table[table["row"].notna() | (table["part"] == LEFT) | (table["value"] >= threshold)]


def _place(cells: pd.DataFrame, bound: Mapping[str, str]) -> pd.Series:
    """Return a name for what is protected by itself: an area at periods bound by sums."""
    return cells["area_code"] + " " + cells["period_id"].map(bound)


def _in_parts(cells: pd.DataFrame, place: pd.Series) -> Iterator[pd.DataFrame]:
    """Yield cells that are to be protected in one go: those of one place stay together."""
    sizes = place.value_counts(sort=False)
    turn = (sizes.cumsum() - sizes) // _TOGETHER
    for _, block in cells.groupby(place.map(turn), sort=False):
        yield block


def _in_block(table: pd.DataFrame, block: pd.DataFrame) -> pd.Series:
    pairs = pd.MultiIndex.from_frame(block[BY[:2]]).drop_duplicates()
    return pd.Series(pd.MultiIndex.from_frame(table[BY[:2]]).isin(pairs), index=table.index)


def _note(reasons: pd.Series, safe: pd.DataFrame) -> None:
    """Write down why observations are withheld.

    What is left of a denominator is no observation: to withhold it, the count itself goes, if
    neither count nor denominator does.
    """
    hidden = safe["status_reason"].isin(["primary", "secondary"])
    there = safe[hidden & safe["row"].notna()]
    reasons.loc[there["row"].astype(int)] = there["status_reason"].to_numpy()
    left = pd.MultiIndex.from_frame(safe.loc[hidden & (safe["part"] == LEFT), BY[:3]])
    gone = pd.MultiIndex.from_frame(
        safe.loc[safe["value"].isna() & (safe["part"] != LEFT), BY[:3]]
    )
    counted = safe[(safe["part"] == IN) & safe["row"].notna()]
    also = pd.MultiIndex.from_frame(counted[BY[:3]]).isin(left.difference(gone))
    reasons.loc[counted.loc[also, "row"].astype(int)] = "secondary"


def _alike(reasons: pd.Series, kept: pd.DataFrame) -> None:
    """Withhold the same where two series are the same counts under two names.

    Such as one denominator of several indicators, or the count of one step of a process that the
    next step is divided by.
    """
    named = kept.loc[reasons != "", "series_id"].unique()
    if kept["series_id"].nunique() < 2 or not len(named):
        return
    keys = KEY[1:]
    wide = kept.pivot(index=keys, columns="series_id", values="value")
    alike: dict[bytes, list[str]] = {}
    for id_ in map(str, wide):
        alike.setdefault(wide[id_].to_numpy(float).tobytes(), []).append(id_)
    for ids in alike.values():
        if len(ids) < 2 or not set(named) & set(ids):
            continue
        rows = kept[kept["series_id"].isin(ids)]
        gone = pd.MultiIndex.from_frame(rows.loc[reasons[rows.index] != "", keys])
        also = rows.index[pd.MultiIndex.from_frame(rows[keys]).isin(gone)]
        also = also[(reasons[also] == "") & kept.loc[also, "value"].notna()]
        reasons.loc[also] = "secondary"
