"""From a package to what is sent in: the ways to publish it, what is withheld, what is new.

Pages and commands send figures in through here, so that both protect them alike.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.definitions import File
from loti_dash.disclosure.policy import PUBLIC
from loti_dash.errors import LotiError
from loti_dash.observation import COLUMNS, KEY
from loti_dash.state import reading
from loti_dash.state import submissions as rows
from loti_dash.store import Store
from loti_dash.submissions import Draft, Standing, in_place_of
from loti_dash.upload import statement
from loti_dash.upload.absent import with_absent
from loti_dash.upload.assembling import UPLOADED
from loti_dash.upload.description import Described, indicator_id
from loti_dash.upload.guarding import Guarded, guarded
from loti_dash.upload.in_five import has_detail, in_five
from loti_dash.upload.package import Package, from_json
from loti_dash.upload.sheet import Sheet

AS_IT_IS, IN_FIVE = "as it is", "in five"
_ONCE_PUBLIC = (Standing.ACCEPTED, Standing.PUBLISHED, Standing.REPLACED, Standing.WITHDRAWN)


def ways(package: Package, store: Store, described: Sequence[Described]) -> dict[str, Guarded]:
    """Return the ways to publish a package, each with what must be withheld, best first.

    Detailed groups stay detailed unless more than the policy's share of counts would be withheld:
    then the five groups come first.
    """
    sensitive = [indicator_id(one) for one in described if one.sensitive]
    before = _earlier(package)
    of = sorted({one.denominator.series for one in package.indicators})
    divided_by = store.query("observations_of", series=of, viewer_areas=[])
    made = {AS_IT_IS: package}
    if has_detail(package, store.catalogue):
        made[IN_FIVE] = in_five(package, store.catalogue)
    found = {
        name: guarded(one, store.catalogue, sensitive, before, divided_by)
        for name, one in made.items()
    }
    found = {
        name: replace(one, package=with_absent(one.package, store.catalogue))
        for name, one in found.items()
    }
    whole = found[AS_IT_IS]
    if len(found) > 1 and whole.small + whole.others > PUBLIC.coarser_from * whole.cells:
        return {IN_FIVE: found[IN_FIVE], AS_IT_IS: whole}
    return found


def withheld(of: Guarded, described: Sequence[Described]) -> list[str]:
    """Return in sentences what is withheld, and why."""
    if not of.small + of.others:
        return ["Nothing has to be withheld: no count is small, and none gives one away."]
    sensitive = any(one.sensitive for one in described)
    most = (PUBLIC.sensitive_threshold if sensitive else PUBLIC.threshold) - 1
    lines = [
        f"{_counts(of.small)} from 1 to {most} withheld: in such a count, people could be "
        "recognised."
    ]
    if of.others:
        lines.append(
            f"{_counts(of.others)} more withheld, because the small ones could be worked out with "
            "them."
        )
    return [*lines, "Everything that follows from them is withheld too: rates, ratios, positions."]


def news(package: Package, store: Store) -> list[str]:
    """Return in sentences how figures differ from those of the same series in a release."""
    # With the denominators that the file had before, should it have none now.
    ids = {one.series_id for one in package.series} | {
        f"{one.id}_of" for one in package.indicators
    }
    there = _told(store.query("observations_of", series=sorted(ids), viewer_areas=[]))
    told = _told(package.observations)
    if there.empty:
        periods = told["period_id"].nunique()
        return [
            f"New in this release: {len(told):,} counts in {periods} "
            f"{'period' if periods == 1 else 'periods'}. Nothing that is there changes."
        ]
    now = told.astype(dict.fromkeys(KEY, str))
    then = _single(there, store.catalogue)
    both = now.merge(then, on=KEY, how="outer", suffixes=("", "_before"), indicator=True)
    kept = both[both["_merge"] == "both"]
    same = kept["value"].eq(kept["value_before"]) | (
        kept["value"].isna() & kept["value_before"].isna()
    )
    new, gone = (int((both["_merge"] == side).sum()) for side in ("left_only", "right_only"))
    return [
        f"Beside the release {store.release}: new counts {new:,}, changed {int((~same).sum()):,}, "
        f"as they were {int(same.sum()):,}, not there any more {gone:,}."
    ]


def _told(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the observations that are counts, shown or withheld."""
    return rows[rows["status"].astype(str) != "not_available"]


def _single(there: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Return the observations of a release without the sums that it adds up."""
    plain = there.astype(dict.fromkeys(KEY, str))
    codes = set(plain["group_code"])
    up = {g.parent_code for g in catalogue.groups if g.code in codes and g.parent_code != g.code}
    added_up = plain["group_code"].isin(up) | plain["period_id"].isin(list(catalogue.spans))
    return plain[~added_up]


def with_papers(package: Package, answers: Mapping[str, str], today: date) -> Package:
    """Return a package with the papers that follow from a statement in their place.

    The checksum is of what is published: of the file that came in, it would give away what is
    withheld to anybody who tries out small counts.
    """
    said = statement.checked(answers)
    id_ = package.source.id
    shown = package.observations.sort_values(KEY)[COLUMNS].to_csv(index=False)
    sha256 = hashlib.sha256(shown.encode()).hexdigest()
    file = File(UPLOADED, sha256, package.source.files[0].rows)
    title = "; ".join(
        dict.fromkeys(one.title.rpartition(" (")[0] or one.title for one in package.indicators)
    )
    return replace(
        package,
        source=statement.source(id_, title, said, file, today),
        statement=statement.factors(id_, title, said),
    )


def draft(
    chosen: Guarded,
    described: Sequence[Described],
    sheet: Sheet,
    mapped: Mapping[str, str],
    answers: Mapping[str, str],
) -> Draft:
    """Return what is sent in. Raises LotiError for a statement that is not whole."""
    said = statement.checked(answers)
    owners = {one.owner for one in described}
    if owners != {said["owner"]}:
        raise LotiError(
            f"The statement names {said['owner']} as owner, the figures {', '.join(owners)}. "
            "Write the same in both."
        )
    package = with_papers(chosen.package, said, date.today())
    indicators = tuple(one.id for one in package.indicators)
    areas = tuple(sorted(set(package.observations["area_code"].astype(str))))
    sensitive = sorted(indicator_id(one) for one in described if one.sensitive)
    groups = sorted(set(package.observations["group_code"].astype(str)))
    return Draft(
        package=package.to_json(),
        indicators=indicators,
        areas=areas,
        file_name=sheet.name,
        sha256=sheet.sha256,
        statement=said,
        hidden=(chosen.small, chosen.others),
        mapping=dict(mapped),
        replaces=in_place_of(indicators, areas),
        rules={
            "threshold": PUBLIC.threshold,
            "sensitive": sensitive,
            "sensitive_threshold": PUBLIC.sensitive_threshold,
            "groups": groups,
        },
    )


def _counts(many: int) -> str:
    return "1 count" if many == 1 else f"{many:,} counts"


def _earlier(package: Package) -> list[pd.DataFrame]:
    """Return the observations of the same indicators that were published before, oldest first.

    Withdrawn ones too: whoever took a copy has it still.
    """
    ids = {one.id for one in package.indicators}
    with reading() as db:
        standing = rows.standing_at(db, *_ONCE_PUBLIC)
        same = [one.id for one in standing if ids & set(one.indicators)]
        texts = rows.packages(db, same)
    return [from_json(text).observations for text in dict.fromkeys(texts)]
