"""Outlines of the 33 London authorities, which of them a place lies in, and how they are drawn.

The only module that knows geopandas. Places are joined with the publisher's 20 m generalisation,
coordinate by coordinate, because coarser outlines move one search in twenty to another borough.
A drawing is simplified from them, a join never.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from loti_dash import config
from loti_dash.errors import SourceFileError

OUTLINES = config.BOUNDARIES / "london_boroughs_20m.geojson"
NATIONAL_GRID = "EPSG:27700"
# What data.police.uk gives longitude and latitude in.
WORLD = "EPSG:4326"
AUTHORITIES = [f"E09{number:06}" for number in range(1, 34)]

# A drawing 1,000 pixels wide shows 60 m in one of them.
_TOLERANCE = 100  # metres
_LEAST_ISLAND = 10_000  # square metres; smaller ones are a point when drawn
_DECIMALS = 5  # of a degree: one metre
_BETWEEN_PLACES = 2_000  # metres


@dataclass(frozen=True)
class Drawn:
    """An authority as it is drawn, in degrees of longitude and latitude.

    `outlines` are the rings of its parts, each a list of places that ends where it began.
    `label` is the middle of the largest circle inside, and `places` lie all over it.
    """

    area_code: str
    outlines: list[list[tuple[float, float]]]
    label: tuple[float, float]
    places: list[tuple[float, float]]


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


@cache
def for_drawing() -> dict[str, Any]:
    """Return the outlines simplified for drawing, as GeoJSON in degrees.

    Simplified all together, so that neighbours share their border as before: no gap opens and
    nothing overlaps. Islands too small to be seen are left out.
    """
    outlines = _outlines()
    large = [_without_small_islands(shape) for shape in outlines.geometry]
    simple = shapely.coverage_simplify(large, _TOLERANCE)
    features = [
        {"type": "Feature", "properties": {"area_code": code}, "geometry": shape.__geo_interface__}
        for code, shape in zip(outlines["area_code"], _in_degrees(simple), strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


@cache
def drawn() -> tuple[Drawn, ...]:
    """Return the 33 authorities as they are drawn, by code."""
    world = gpd.GeoDataFrame.from_features(for_drawing()["features"], crs=WORLD)
    return tuple(
        Drawn(
            str(code),
            [_places(ring) for ring in shapely.get_rings(shapely.get_parts(degrees))],
            _label(metres),
            _places(_in_degrees([_spread(metres)])[0]),
        )
        for code, degrees, metres in zip(
            world["area_code"], world.geometry, world.to_crs(NATIONAL_GRID).geometry, strict=True
        )
    )


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


def _without_small_islands(shape: Any) -> Any:
    parts = [part for part in shapely.get_parts(shape) if part.area >= _LEAST_ISLAND]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _in_degrees(shapes: Any) -> NDArray[Any]:
    """Return shapes of the National Grid in degrees, all points rounded alike."""
    there = gpd.GeoSeries(list(shapes), crs=NATIONAL_GRID).to_crs(WORLD).to_numpy()
    rounded: NDArray[Any] = shapely.transform(there, lambda x: np.round(x, _DECIMALS))
    return rounded


def _label(shape: Any) -> tuple[float, float]:
    middle = shapely.get_point(shapely.maximum_inscribed_circle(shape, tolerance=10), 0)
    return _places(_in_degrees([middle])[0])[0]


def _spread(shape: Any) -> Any:
    """Return places inside a shape, the same distance apart: none if it is small."""
    west, south, east, north = shape.bounds
    x, y = np.meshgrid(
        np.arange(west, east, _BETWEEN_PLACES) + _BETWEEN_PLACES / 2,
        np.arange(south, north, _BETWEEN_PLACES) + _BETWEEN_PLACES / 2,
    )
    inside = shapely.contains_xy(shape, x, y)
    return shapely.multipoints(shapely.points(x[inside], y[inside]))


def _places(shape: Any) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(shape)]


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
