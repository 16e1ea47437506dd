"""Outlines of the 33 London authorities, and which of them a place lies in.

The only module that knows geopandas. It neither rounds nor simplifies: the outlines are the
publisher's 20 m generalisation, coordinate by coordinate, because coarser ones move one search
in twenty to another borough. A drawing may be simplified from them, a join never.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from loti_dash import config
from loti_dash.errors import SourceFileError

OUTLINES = config.BOUNDARIES / "london_boroughs_20m.geojson"
NATIONAL_GRID = "EPSG:27700"
# What data.police.uk gives longitude and latitude in.
WORLD = "EPSG:4326"
AUTHORITIES = [f"E09{number:06}" for number in range(1, 34)]


def borough_outlines() -> gpd.GeoDataFrame:
    """Return area_code and geometry of the 33 authorities, in metres of the National Grid."""
    return _outlines().copy()


def boroughs_of(longitude: pd.Series, latitude: pd.Series) -> pd.Series:
    """Return the area code of the authority that each place lies in, on the same index.

    Missing where the place is missing or lies in none of the 33. A place on a border belongs
    to the authority with the lower code, so that the answer never depends on the order of rows.
    """
    # By position: an index put together from several files has the same label many times.
    places = pd.DataFrame(
        {"longitude": longitude.to_numpy(), "latitude": latitude.to_numpy()}
    ).dropna()
    points = gpd.GeoDataFrame(
        index=places.index,
        geometry=gpd.points_from_xy(places["longitude"], places["latitude"]),
        crs=WORLD,
    ).to_crs(NATIONAL_GRID)
    inside = gpd.sjoin(points, _outlines(), predicate="intersects")
    codes = inside.groupby(level=0)["area_code"].min().reindex(range(len(longitude)))
    return pd.Series(codes.to_numpy(), index=longitude.index, name="area_code", dtype="str")


def from_shapefile(path: Path, to: Path = OUTLINES) -> None:
    """Write the outlines of London's authorities from the publisher's shapefile.

    GeoJSON with a line for each authority; every coordinate is written so that it is read back
    as the same number. Raises SourceFileError unless the file has exactly the 33 authorities,
    by their codes, on the National Grid.
    """
    outlines = _london(path)
    features = [
        {"type": "Feature", "properties": {"area_code": code}, "geometry": shape}
        for code, shape in zip(
            outlines["area_code"],
            (geometry.__geo_interface__ for geometry in outlines.geometry),
            strict=True,
        )
    ]
    # Coordinates in degrees, as GeoJSON now wants them, would have to be rounded: hence `crs`.
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
    head = f'{{"type": "FeatureCollection", "crs": {json.dumps(crs)}, "features": [\n'
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(head + ",\n".join(map(json.dumps, features)) + "\n]}\n", encoding="utf-8")


@cache
def _outlines() -> gpd.GeoDataFrame:
    # Not read_file: only Python's own reader is certain to keep every digit.
    collection: dict[str, Any] = json.loads(OUTLINES.read_text(encoding="utf-8"))
    return gpd.GeoDataFrame.from_features(collection["features"], crs=NATIONAL_GRID)


def _london(path: Path) -> gpd.GeoDataFrame:
    again = (
        "Use the 20 m generalised shapefile of local authority districts, all its parts together."
    )
    try:
        table = gpd.read_file(path)
    except (OSError, RuntimeError) as problem:  # what pyogrio raises for whatever is no map
        raise SourceFileError(f"{path.name} cannot be read ({problem}). {again}") from None
    column = next((name for name in table.columns if str(name).endswith("CD")), None)
    if column is None:
        raise SourceFileError(f"{path.name} has no column of codes such as LAD22CD. {again}")
    if table.crs != NATIONAL_GRID:
        raise SourceFileError(f"{path.name} is not on the National Grid: {table.crs}. {again}")
    london = table.rename(columns={column: "area_code"})[["area_code", "geometry"]]
    london = london[london["area_code"].isin(AUTHORITIES)].sort_values("area_code")
    if list(london["area_code"]) != AUTHORITIES:
        raise SourceFileError(
            f"{path.name} has {london['area_code'].nunique()} of the 33 London authorities in "
            f"{len(london)} rows. {again}"
        )
    return london.reset_index(drop=True)
