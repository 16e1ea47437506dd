"""What the period before the one on screen was like, for the caveats that compare the two."""

from itertools import pairwise

import pandas as pd

from loti_dash.caveat_view import UNRELIABLE_COUNT, Before
from loti_dash.coverage import STATES
from loti_dash.definitions import Indicator
from loti_dash.groups import UNKNOWN
from loti_dash.periods import Period
from loti_dash.store import Store


def before(
    store: Store, indicator: Indicator, complete: pd.DataFrame, period: str, level: str
) -> dict[str, Before]:
    """Return what the period before a period was like, by area; {} if there is none.

    `complete` are the rows of coverage.completeness. Spans of several periods have none before
    them, and are before none.
    """
    ids = [str(id_) for id_ in complete["period"].unique()]
    times = sorted(store.catalogue.period(indicator, id_) for id_ in ids)
    singles = [each for each in times if each.kind != "span"]
    place = next((n for n, each in enumerate(singles) if each.id == period), 0)
    if not place:
        return {}
    earlier = singles[place - 1]
    groups = store.query("groups_of_periods", indicator=indicator.id, level=level, viewer_areas=[])
    gone = _states_gone(store, indicator, earlier.id, period)
    of_groups = frozenset(groups.loc[groups["period"] == earlier.id, "group_code"])
    rows = complete[complete["period"] == earlier.id]
    return {
        str(row["area_code"]): Before(
            earlier,
            float(row["share"]),
            float(row["known"] + row["unknown"]),
            of_groups,
            gone,
            _after_gap(singles, place),
        )
        for row in rows.to_dict("records")
    }


def _after_gap(singles: list[Period], place: int) -> bool:
    """Return whether the step to a period is longer than the usual one: half as long again."""
    steps = [(after.starts - before.starts).days for before, after in pairwise(singles)]
    return steps[place - 1] > 1.5 * min(steps)


def _states_gone(store: Store, indicator: Indicator, earlier: str, period: str) -> tuple[str, ...]:
    """Return the reasons for not knowing, in words, that many had and nobody has any more."""
    rows = store.query("unknown_of_series", series=indicator.numerator.series, viewer_areas=[])
    rows = rows[rows["period"].isin([earlier, period])]
    # The greatest area and not the sum, because areas contain one another.
    counted = rows.groupby(["period", "group_code"])["value"].max().to_dict()
    names = {g.code: g.label for g in store.catalogue.groups if g.classification == STATES}
    return tuple(
        name
        for code, name in names.items()
        if code != UNKNOWN
        and counted.get((earlier, code), 0) >= UNRELIABLE_COUNT
        and not counted.get((period, code), 0) > 0
    )
