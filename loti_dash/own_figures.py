"""One visit's own figures, in memory only: a store that every page can draw, and nobody else.

It holds the uploaded series, what they are divided by, and the residents that areas are compared
by. Nothing is written, not even what DuckDB would put aside on a disk for want of memory.
"""

from dataclasses import replace

import duckdb

from loti_dash import contents
from loti_dash.catalogue import Catalogue
from loti_dash.errors import LotiError, ObservationError, ReleaseError
from loti_dash.store import NOT_PUBLISHED, Store
from loti_dash.upload.absent import with_absent
from loti_dash.upload.package import Package, extended

__all__ = ["NOT_PUBLISHED", "store_of"]
_RESIDENTS = "census_2021_residents"


def store_of(base: Store, package: Package) -> Store:
    """Return a store of a package's figures, beside what the release `base` has to divide them by.

    Raises ReleaseError if there is not enough memory, ObservationError if an id is taken or there
    is nothing to divide figures by.
    """
    definitions = _with_only(extended(_without_uploads(base.catalogue), [package]), package)
    needed = {one.denominator.series for one in package.indicators} | {_RESIDENTS}
    needed -= {one.series_id for one in package.series}
    beside = base.query("observations_of", series=sorted(needed), viewer_areas=[])
    connection = duckdb.connect()
    try:
        connection.execute("SET temp_directory = ''")
        connection.execute("ATTACH ':memory:' AS loti")
        connection.execute("USE loti")
        rows = with_absent(package, definitions).observations
        contents.fill(connection, definitions, [rows], lambda _: None, beside)
        connection.execute("SET enable_external_access = false")
    except LotiError:
        connection.close()
        raise
    except duckdb.Error as error:
        connection.close()
        raise ReleaseError(
            f"Your figures are too many to be drawn here: {error}. Upload fewer periods or "
            "indicators in one file."
        ) from None
    store = Store.in_memory(connection, NOT_PUBLISHED, definitions)
    try:
        _raise_unless_divided(store, package)
    except LotiError:
        store.close()
        raise
    return store


def _raise_unless_divided(store: Store, package: Package) -> None:
    """Raise ObservationError for figures of which none has something to be divided by."""
    there = set(store.choices["indicator_id"])
    for one in package.indicators:
        if one.id not in there:
            when = "" if one.denominator.period == "same" else f" of {one.denominator.period}"
            raise ObservationError(
                f"There is nothing to divide {one.title} by: {one.denominator.series}{when} has "
                "no figures of these areas and periods here. Choose another series to divide by, "
                "or give the file a column denominator."
            )


def _without_uploads(definitions: Catalogue) -> Catalogue:
    """Return definitions without uploads of before: the same figures may come again."""
    sources = {id_: s for id_, s in definitions.sources.items() if s.obtained != "uploaded"}
    series = {id_: s for id_, s in definitions.series.items() if s.source_id in sources}
    return replace(
        definitions,
        sources=sources,
        series=series,
        indicators={
            id_: one
            for id_, one in definitions.indicators.items()
            if one.numerator.series in series
        },
    )


def _with_only(definitions: Catalogue, package: Package) -> Catalogue:
    """Return definitions without the indicators of the release, which have no figures here."""
    return replace(
        definitions, indicators={one.id: one for one in package.indicators}, processes={}
    )
