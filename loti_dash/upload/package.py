"""Uploaded figures with all their papers: one thing to send, keep, build and withdraw."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import StringIO

import pandas as pd

from loti_dash import observation
from loti_dash.catalogue import Catalogue, Series, one_to_json
from loti_dash.definitions import Indicator, Source, SourceCaveats
from loti_dash.errors import ObservationError
from loti_dash.observation import COLUMNS, KEY
from loti_dash.strict import from_table


@dataclass(frozen=True)
class Package:
    """Observations, and the definitions that explain them.

    `observations` are in the one shape (observation.COLUMNS), with what must not be shown
    already withheld once they have left the visit that uploaded them.
    """

    indicators: tuple[Indicator, ...]
    series: tuple[Series, ...]
    source: Source
    statement: SourceCaveats
    observations: pd.DataFrame

    def to_json(self) -> str:
        """Return the package as text, the same text for the same package."""
        whole = {name: json.loads(one_to_json(getattr(self, name))) for name in _PAPERS}
        # Categories would be in the order of the file.
        plain = self.observations[COLUMNS].astype(dict.fromkeys(KEY, str))
        table = plain.sort_values(KEY)
        return json.dumps(
            whole | {"observations": table.to_csv(index=False, float_format="%.15g")},
            sort_keys=True,
            ensure_ascii=False,
        )


_PAPERS = ("indicators", "series", "source", "statement")


def from_json(text: str) -> Package:
    """Return the package that `to_json` wrote. Raises ObservationError if its figures are damaged.

    Raises CatalogueError for a definition that is.
    """
    found = json.loads(
        text, object_hook=lambda t: date.fromisoformat(t["date"]) if t.keys() == {"date"} else t
    )
    table = pd.read_csv(
        StringIO(found["observations"]), dtype=dict.fromkeys(COLUMNS, str) | {"value": float}
    )
    return Package(
        tuple(from_table(Indicator, one, "uploaded indicator") for one in found["indicators"]),
        tuple(from_table(Series, one, "uploaded series") for one in found["series"]),
        from_table(Source, found["source"], "uploaded source"),
        from_table(SourceCaveats, found["statement"], "uploaded statement"),
        observation.check(table, "uploaded figures"),
    )


def alike(one: str, other: str) -> bool:
    """Return whether two packages, as text, say the same, whatever their ids and dates."""
    return one == other or _said(one) == _said(other)


def put_right(before: Package, after: Package) -> list[Series]:
    """Return the series of a package with other counts, or fewer, than in an earlier one.

    Both have the same lists of groups. What was not available before and is there now corrects
    nothing; another way to divide the counts corrects the series that is divided.
    """
    old, new = (one.observations.astype(dict.fromkeys(KEY, str)) for one in (before, after))
    told = old[old["status"].astype(str) != "not_available"]
    both = told.merge(new, on=KEY, how="left", suffixes=("", "_new"))
    same = both["value"].eq(both["value_new"]) | both["value"].isna() & both["value_new"].isna()
    same &= both["status"].astype(str) == both["status_new"].astype(str)
    changed = set(both.loc[~same, "series_id"])
    divided = {one.id: _divided(one, before) for one in before.indicators}
    changed |= {
        one.numerator.series
        for one in after.indicators
        if divided.get(one.id) != _divided(one, after)
    }
    return [one for one in after.series if one.series_id in changed]


def _divided(one: Indicator, package: Package) -> tuple[object, ...]:
    """Return what the rates of an indicator depend on besides its counts."""
    [series] = [each for each in package.series if each.series_id == one.numerator.series]
    return (
        *(one.denominator, one.denominator_type, one.per, one.counts),
        *(series.calendar, series.stock_or_flow, series.ages),
    )


def _said(text: str) -> str:
    found = json.loads(text, object_hook=lambda t: None if t.keys() == {"date"} else t)
    # The id is drawn by chance for each package, and series name it too.
    id_ = found["source"]["id"] if isinstance(found, dict) else ""
    said = json.dumps(found, sort_keys=True)
    return said.replace(id_, "") if id_ else said


def extended(catalogue: Catalogue, packages: Sequence[Package]) -> Catalogue:
    """Return a catalogue with the definitions of packages as well.

    Raises ObservationError for an id that is taken: nobody's figures may pass for another's.
    """
    indicators = [one for package in packages for one in package.indicators]
    series = [one for package in packages for one in package.series]
    sources = [package.source for package in packages]
    _once("indicators", [one.id for one in indicators], catalogue.indicators)
    _once("series", [one.series_id for one in series], catalogue.series)
    _once("sources", [one.id for one in sources], catalogue.sources)
    return replace(
        catalogue,
        indicators={**catalogue.indicators, **{one.id: one for one in indicators}},
        series={**catalogue.series, **{one.series_id: one for one in series}},
        sources={**catalogue.sources, **{one.id: one for one in sources}},
        statements={
            **catalogue.statements,
            **{package.statement.id: package.statement for package in packages},
        },
    )


def _once(what: str, ids: Sequence[str], known: Mapping[str, object]) -> None:
    twice = sorted({id_ for id_ in ids if id_ in known or ids.count(id_) > 1})
    if twice:
        raise ObservationError(
            f"Two uploads, or an upload and the catalogue, have the same ids of {what}: "
            f"{', '.join(twice)}. Withdraw one of them."
        )
