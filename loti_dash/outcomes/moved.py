"""Whether the figure of a baseline moved since, and how sure that is; or why we cannot tell.

Both ends are figures of one release, the current one: what was corrected or is counted in another
way now is no change in the world.
"""

import re
from dataclasses import dataclass

import pandas as pd

from loti_dash import change_notes, change_texts, changes
from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Indicator
from loti_dash.errors import LotiError
from loti_dash.figures import between, ratio
from loti_dash.measures import round_half_up
from loti_dash.notices import says_withdrawn
from loti_dash.outcomes import baselines
from loti_dash.outcomes.canvas import Baseline
from loti_dash.over_time import over_time
from loti_dash.store import Store

# A ratio as people write one. Python takes 1_0, 1e1 and the numerals of other scripts, too.
_RATIO = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?|\.[0-9]{1,6}")
_CANNOT = "We cannot tell whether the ratio moved since the baseline"


@dataclass(frozen=True)
class Moved:
    """What is said of a baseline's figure since: the finding, what stands beside it, cautions.

    `verdict` is rose, fell or cannot tell; `low` and `high` are the 95% limits of how many times
    the ratio became what it was, missing where that cannot be worked out. `target` compares the
    newest figure with the target, "" without one.
    """

    verdict: str
    said: str
    beside: str = ""
    cautions: str = ""
    low: float | None = None
    high: float | None = None
    target: str = ""


def moved(store: Store, of: Baseline, target: str = "") -> Moved:
    """Return what became of a baseline in a release. `target` is a ratio as somebody wrote it."""
    catalogue = store.catalogue
    indicator = catalogue.indicators.get(of.view.indicator)
    if indicator is None:
        return _cannot("its indicator is not in this release")
    if indicator.empty:
        gone = "withdrawn" if says_withdrawn(indicator.empty) else "not in this release"
        return _cannot(f"its figures are {gone}")
    if baselines.definition(catalogue, indicator) != of.definition:
        return _cannot(
            "its definition changed, so that it is counted in another way now. Take a new baseline"
        )
    if of.view.period in catalogue.spans:
        return _cannot(
            "it is a figure of several periods together, which has no newer one like it. Take one "
            "of a single period"
        )
    try:
        rows = over_time(store, of.view)
    except LotiError as error:
        return _cannot(str(error))
    return _of_rows(catalogue, indicator, rows, of, target)


def _of_rows(
    catalogue: Catalogue, indicator: Indicator, rows: pd.DataFrame, of: Baseline, target: str
) -> Moved:
    own = rows[rows["group_code"].astype(str) == of.view.group]
    ids = own["period"].astype(str).to_list()
    if of.view.period not in ids:
        return _cannot("the figure of its period is not in this release any more")
    before = own.iloc[ids.index(of.view.period)]
    when = change_texts.label(catalogue, indicator, before)
    if pd.isna(before["ratio"]):
        return _cannot(f"there is no ratio for {when} any more: {_why(before)}")
    corrected = _corrected(of, before)
    if ids[-1] == of.view.period:
        return _cannot(f"there is no newer period than {when} yet", corrected)
    newest = own.iloc[-1]
    found = changes.change(catalogue, indicator, rows, of.view.group, (of.view.period, ids[-1]))
    if found is None:
        last = change_texts.label(catalogue, indicator, newest)
        return _cannot(f"there is no ratio for any period up to {last}: {_why(newest)}", corrected)
    verdict = "cannot tell"
    if found.clear and not found.breaks:
        verdict = "rose" if found.times > 1 else "fell"
    beside = change_notes.beside(catalogue, indicator, found)
    return Moved(
        verdict,
        change_texts.headline(catalogue, indicator, found),
        f"{corrected} {beside}".strip(),
        change_notes.beware(catalogue, indicator, found),
        _known(found.low),
        _known(found.high),
        _beside_target(target, found.after),
    )


def _corrected(of: Baseline, before: pd.Series) -> str:
    """Say so where the figure of the baseline's own period is another now."""
    was, now = ratio(of.ratio, 2), ratio(before["ratio"], 2)
    if was == now:
        return ""
    return (
        f"The figure of the baseline was corrected since it was taken: from {was} to {now}. The "
        "change is from the corrected one."
    )


def _beside_target(target: str, newest: pd.Series) -> str:
    """Say whether the newest ratio can be told from the target."""
    plain = target.strip()
    aim = float(plain) if _RATIO.fullmatch(plain) else 0
    if not aim:
        return ""
    now, low, high = newest["ratio"], newest["ratio_low"], newest["ratio_high"]
    is_now = f"The newest ratio is {ratio(now, 2)}"
    if pd.isna(low) or pd.isna(high):
        return f"{is_now}, without an interval: we cannot tell it from the target of {aim:g}."
    is_now = f"{is_now} ({between(low, high, 2)})"
    if round_half_up(low, 3) > aim or round_half_up(high, 3) < aim:
        side = "above" if now > aim else "below"
        return f"{is_now}: clearly {side} the target of {aim:g}."
    return f"{is_now}: we cannot tell it from the target of {aim:g}."


def _why(row: pd.Series) -> str:
    return str(row["status_reason"]).rstrip(".") or "a count behind it is missing or 0"


def _cannot(why: str, more: str = "") -> Moved:
    return Moved("cannot tell", f"{_CANNOT}: {why.rstrip('.')}.", more)


def _known(value: float) -> float | None:
    return None if pd.isna(value) else float(value)
