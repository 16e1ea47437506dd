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
from loti_dash.observation import COLUMNS, KEY
from loti_dash.upload.cells import BY, IN, LEFT, cells_of, gone, hidden_before, published, told
from loti_dash.upload.known_sums import bound_together, has_rests, totals_of, with_sums
from loti_dash.upload.package import Package

# Cells that are protected in one go: linear programmes of this size take the least time a cell.
_TOGETHER = 300


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
    divided_by: pd.DataFrame | None = None,
) -> Guarded:
    """Return a package as it may leave the visit.

    `sensitive` are the ids of indicators on sensitive subjects, whose threshold is higher, and
    `earlier` the observations of the same series in packages that were published before.
    `divided_by` are the published observations that the package is divided by.
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
        if divided_by is not None and sides[1] not in of_series:
            of = published(rows, indicator, divided_by)
            rows, before = pd.concat([rows, of]), [*before, of]
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
    # Whatever is not available tells nothing, and is in what the others leave of a sum.
    cells = cells_of(told(rows), indicator)
    before = [cells_of(told(table), indicator) for table in earlier]
    # Of what a file withholds nobody here knows more than that it is small.
    cells = cells.assign(supposed=cells["value"].mask(cells["withheld"], threshold // 2))
    cells = pd.concat([cells, *gone(cells, before)], ignore_index=True)
    series = next(one for one in package.series if one.series_id == indicator.numerator.series)
    totals = totals_of(cells, series, catalogue)
    secret = _secret(cells, threshold) | hidden_before(cells, before)
    if not secret.any() and not has_rests(totals):
        return
    bound = bound_together(set(cells["period_id"]), totals.get("period_id", {}))
    cells = cells.assign(secret=secret)
    if not has_rests(totals):
        cells = _concerned(cells, bound, threshold)
    everything = _concerned(with_sums(cells, totals), bound, threshold)
    for block in _in_parts(everything, _place(everything, bound)):
        there = [table[_in_block(table, block)] for table in before]
        known = [table for table in there if len(table)]
        yield protect(block, threshold, by=BY, totals=totals, earlier=known)


def _place(cells: pd.DataFrame, bound: Mapping[str, str]) -> pd.Series:
    """Return a name for what is protected by itself: an area, at periods that sums bind."""
    return cells["area_code"] + " " + cells["period_id"].map(bound)


def _concerned(cells: pd.DataFrame, bound: Mapping[str, str], threshold: int) -> pd.DataFrame:
    """Return the cells of places with something secret and something that is published now."""
    place = _place(cells, bound)
    secret = cells["secret"].eq(True) | _secret(cells, threshold)
    return cells[place.isin(set(place[secret]) & set(place[cells["row"].notna()]))]


def _secret(cells: pd.DataFrame, threshold: int) -> pd.Series:
    """Return which cells are small, or withheld by somebody else."""
    return cells["value"].between(1, threshold, inclusive="left") | cells["withheld"].eq(True)


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
    if left.empty:
        return
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
