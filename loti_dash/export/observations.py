"""The observations behind a comparison: the counts it divides, as they stand in the release.

Every group and state of unknown ethnicity that the source has, whatever the page adds up. What
the publisher withheld has its status and no value, here as there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Indicator
from loti_dash.groups import UNKNOWN
from loti_dash.periods import Period, parts_of
from loti_dash.store import Store

COLUMNS = (
    "release indicator side series_id series unit period period_label area_code area group_code "
    "group value status sum_of source publisher url licence"
).split()
_STATES = "unknown_states"


def observations_behind(
    store: Store, indicator: Indicator, period: str, areas: Sequence[str]
) -> pd.DataFrame:
    """Return the observations behind the comparison of an indicator, a period and some areas.

    The columns are those of COLUMNS: first the rows of the numerator, then of the denominator,
    areas as given, groups in the standard order. A period of several is followed by its parts,
    and an area by those that are joined to it. `sum_of` says of what a row is a sum (groups,
    periods, groups and periods), so that nobody counts its parts twice, and else none.
    """
    catalogue = store.catalogue
    also = [code for code, into in indicator.joined_areas.items() if into in areas]
    sides: dict[str, tuple[str, Callable[[Indicator, str], Period]]] = {
        "numerator": (indicator.numerator.series, catalogue.period),
        "denominator": (indicator.denominator.series, catalogue.denominator_period),
    }
    tables = []
    for side, (series, period_of) in sides.items():
        periods = {id_: period_of(indicator, id_) for id_ in [period, *_parts(catalogue, period)]}
        labels = {each.id: each.label for each in periods.values()}
        rows = _of_series(store, series, labels, [*areas, *also])
        tables.append(rows.assign(side=side))
    whole = pd.concat(tables, ignore_index=True)
    return whole.assign(release=store.release, indicator=indicator.id)[COLUMNS]


def _of_series(
    store: Store, series_id: str, periods: Mapping[str, str], areas: Sequence[str]
) -> pd.DataFrame:
    """Return the observations of a series in some periods (labels by id) and areas, in order."""
    catalogue = store.catalogue
    series = catalogue.series[series_id]
    source = catalogue.sources[series.source_id]
    rows = store.query(
        "observations_behind",
        series=series_id,
        periods=list(periods),
        areas=list(areas),
        viewer_areas=[],
    )
    place = pd.DataFrame(
        {
            "period": _place(rows["period"], periods),
            "area": _place(rows["area_code"], areas),
            "group": _place(rows["group_code"], _order(catalogue, series.classification)),
        }
    )
    rows = rows.assign(
        series_id=series_id,
        series=series.title,
        unit=series.unit,
        period_label=rows["period"].map(dict(periods)),
        area=rows["area_code"].map({code: each.name for code, each in catalogue.areas.items()}),
        group=rows["group_code"].map(catalogue.short_labels),
        sum_of=_sums(rows, catalogue, series.classification),
        source=source.title,
        publisher=source.publisher,
        url=source.url,
        licence=source.licence,
    )
    return rows.loc[place.sort_values(["period", "area", "group"]).index]


def _parts(catalogue: Catalogue, period: str) -> list[str]:
    """Return the periods that one is the sum of, the oldest first; none if it is single."""
    if period not in catalogue.spans:
        return []
    span = catalogue.spans[period]
    without = span.without.split(";")
    return [part for part in parts_of(period, span.made_of) if part not in without]


def _order(catalogue: Catalogue, classification: str) -> list[str]:
    """Return the codes of a list of groups in the standard order, a sum before its parts."""
    own = [each for each in catalogue.groups if each.classification == classification]
    own.sort(key=lambda each: int(each.display_position))
    codes: list[str] = []
    for each in own:
        codes += [each.parent_code, each.code] if each.parent_code else [each.code]
    states = [each.code for each in catalogue.groups if each.classification == _STATES]
    ordered = [code for code in dict.fromkeys(codes) if not code.startswith(UNKNOWN)]
    return [*ordered, *states]


def _place(codes: pd.Series, order: Iterable[str]) -> pd.Series:
    return codes.map({code: place for place, code in enumerate(order)})


def _sums(rows: pd.DataFrame, catalogue: Catalogue, classification: str) -> pd.Series:
    """Return of what each row is a sum, in words."""
    parents = {
        each.code: each.parent_code
        for each in catalogue.groups
        if each.classification in (classification, _STATES) and each.parent_code != each.code
    }
    keys = ["period", "area_code"]
    made = set(
        rows[keys].assign(code=rows["group_code"].map(parents)).itertuples(index=False, name=None)
    )
    own = rows[[*keys, "group_code"]].itertuples(index=False, name=None)
    of_groups = pd.Series([key in made for key in own], rows.index)
    of_periods = rows["period"].isin(list(catalogue.spans))
    words = pd.Series("none", rows.index)
    words = words.mask(of_groups, "groups").mask(of_periods, "periods")
    return words.mask(of_groups & of_periods, "groups and periods")
