"""A place is in the authority whose outline it lies in, and outlines are as published."""

import hashlib
import json
import struct
import tomllib
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import box, get_coordinates

from loti_dash import boundaries, config
from loti_dash.boundaries import AUTHORITIES, borough_outlines, boroughs_of, from_shapefile
from loti_dash.errors import SourceFileError

# Longitude and latitude of town halls and other places known to everybody, and their authority.
PLACES = pd.DataFrame(
    [
        ("Guildhall", -0.0920, 51.5158, "E09000001"),
        ("Croydon Town Hall", -0.0997, 51.3727, "E09000008"),
        ("Hackney Town Hall", -0.0571, 51.5451, "E09000012"),
        ("Stratford station", -0.0032, 51.5416, "E09000025"),
        ("Brixton, Lambeth Town Hall", -0.1165, 51.4607, "E09000022"),
        ("Trafalgar Square", -0.1281, 51.5080, "E09000033"),
    ],
    columns=["place", "longitude", "latitude", "area_code"],
)


def test_known_places_are_in_their_authority() -> None:
    found = boroughs_of(PLACES["longitude"], PLACES["latitude"])
    assert list(found) == list(PLACES["area_code"])


def test_a_place_outside_london_or_unknown_has_no_authority() -> None:
    longitude = pd.Series([-1.2577, np.nan, -0.1281, 0.0], index=list("abca"))
    latitude = pd.Series([51.7520, 51.5, np.nan, 0.0], index=list("abca"))
    found = boroughs_of(longitude, latitude)
    assert found.isna().all()
    assert list(found.index) == list("abca")


def test_no_places_have_no_authorities() -> None:
    assert boroughs_of(pd.Series([], dtype=float), pd.Series([], dtype=float)).empty


def test_a_place_of_two_authorities_is_in_the_lower_code(monkeypatch: pytest.MonkeyPatch) -> None:
    # No longitude and latitude fall on a border to the last digit, so two squares overlap here.
    squares = gpd.GeoDataFrame(
        {"area_code": ["E09000033", "E09000001"]},
        geometry=[box(530_000, 180_000, 531_000, 181_000)] * 2,
        crs="EPSG:27700",
    )
    monkeypatch.setattr(boundaries, "_outlines", lambda: squares)
    # Trafalgar Square, 530,000 m east and 180,400 m north.
    found = boroughs_of(pd.Series([-0.1281, -0.1281]), pd.Series([51.5080, 51.5080]))
    assert list(found) == ["E09000001", "E09000001"]


def test_the_outlines_are_33_authorities_that_do_not_overlap() -> None:
    outlines = borough_outlines()
    assert list(outlines["area_code"]) == AUTHORITIES
    assert outlines.crs == "EPSG:27700"
    assert outlines.geometry.is_valid.all()
    # Greater London has 1,572 square kilometres; the outlines end at the high water mark.
    assert 1_560 < outlines.geometry.area.sum() / 1e6 < 1_600
    assert outlines.geometry.area.sum() - outlines.geometry.union_all().area < 1


def made(path: Path, codes: list[str], crs: str = "EPSG:27700", column: str = "LAD22CD") -> Path:
    squares = [box(number, 0, number + 0.5, 1 / 3) for number in range(len(codes))]
    gpd.GeoDataFrame({column: codes}, geometry=squares, crs=crs).to_file(path)
    return path


def test_every_coordinate_is_carried_over_exactly(tmp_path: Path) -> None:
    codes = ["W06000001", *reversed(AUTHORITIES)]
    source = made(tmp_path / "lad.shp", codes)
    from_shapefile(source, tmp_path / "out" / "outlines.geojson")
    collection = json.loads((tmp_path / "out" / "outlines.geojson").read_text())
    written = gpd.GeoDataFrame.from_features(collection["features"])
    assert list(written["area_code"]) == AUTHORITIES
    read = gpd.read_file(source).iloc[:0:-1]
    assert np.array_equal(get_coordinates(written.geometry), get_coordinates(read.geometry))
    assert 1 / 3 in get_coordinates(written.geometry)[:, 1]


@pytest.mark.parametrize(
    ("codes", "crs", "column", "said"),
    [
        (AUTHORITIES[:-1], "EPSG:27700", "LAD22CD", "32 of the 33"),
        ([*AUTHORITIES, AUTHORITIES[0]], "EPSG:27700", "LAD22CD", "34 rows"),
        (AUTHORITIES, "EPSG:4326", "LAD22CD", "not on the National Grid"),
        (AUTHORITIES, "EPSG:27700", "name", "no column of codes"),
    ],
)
def test_other_shapefiles_are_refused(
    tmp_path: Path, codes: list[str], crs: str, column: str, said: str
) -> None:
    with pytest.raises(SourceFileError, match=said):
        from_shapefile(made(tmp_path / "lad.shp", codes, crs, column), tmp_path / "x.geojson")
    assert not (tmp_path / "x.geojson").exists()


def test_a_file_that_is_no_map_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lad.shp").write_bytes(b"%PDF-1.7")
    with pytest.raises(SourceFileError, match=r"lad\.shp cannot be read"):
        from_shapefile(tmp_path / "lad.shp", tmp_path / "x.geojson")


@pytest.mark.publishers
def test_the_outlines_are_those_of_the_publishers_file(publishers: Path) -> None:
    shapefile = publishers / "boundaries" / "london-2021-lad22-gen20.shp"
    papers = tomllib.loads((config.CATALOGUE / "sources" / "boundaries.toml").read_text("utf-8"))
    for part in papers["files"]:
        content = (shapefile.parent / part["name"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == part["sha256"]
    assert points_of(shapefile) == {
        tuple(xy) for xy in get_coordinates(borough_outlines().geometry)
    }


def points_of(path: Path) -> set[tuple[float, float]]:
    """Read the points of a shapefile of polygons byte by byte, as its specification says."""
    content = path.read_bytes()
    at, points = 100, set()
    while at < len(content):
        (words,) = struct.unpack_from(">i", content, at + 4)
        parts, number = struct.unpack_from("<ii", content, at + 8 + 36)
        start = at + 8 + 44 + 4 * parts
        flat = struct.unpack_from(f"<{2 * number}d", content, start)
        points |= set(zip(flat[::2], flat[1::2], strict=True))
        at += 8 + 2 * words
    return points


def test_a_drawing_leaves_neighbours_their_border_without_gap_or_overlap() -> None:
    collection = boundaries.for_drawing()
    shapes = gpd.GeoDataFrame.from_features(collection["features"], crs="EPSG:4326")
    assert list(shapes["area_code"]) == AUTHORITIES
    assert shapes.geometry.is_valid.all()
    assert shapely.coverage_is_valid(shapes.geometry.to_numpy())
    together = shapes.geometry.union_all()
    assert sum(shapely.area(shapes.geometry)) == pytest.approx(together.area, rel=1e-12)
    # A gap between neighbours would be a hole in the whole.
    assert all(len(part.interiors) == 0 for part in shapely.get_parts(together))
    # Nothing is torn apart either.
    before = borough_outlines().geometry.union_all()
    large = [part for part in shapely.get_parts(before) if part.area >= 10_000]
    assert len(shapely.get_parts(together)) == len(large)


def test_a_drawing_is_small_and_close_to_the_outlines() -> None:
    collection = boundaries.for_drawing()
    assert len(json.dumps(collection)) < 200_000
    drawn = gpd.GeoDataFrame.from_features(collection["features"], crs="EPSG:4326")
    in_metres = drawn.to_crs("EPSG:27700").geometry
    exact = borough_outlines().geometry
    assert ((in_metres.area / exact.area - 1).abs() < 0.01).all()
    assert in_metres.boundary.hausdorff_distance(exact.boundary).max() < 1_000


def test_places_to_point_at_lie_in_their_authority_and_leave_none_out() -> None:
    collection = boundaries.for_drawing()
    outlines = gpd.GeoDataFrame.from_features(collection["features"]).set_index("area_code")
    drawn = boundaries.drawn()
    assert [shape.area_code for shape in drawn] == AUTHORITIES
    labels = pd.DataFrame([shape.label for shape in drawn], columns=["longitude", "latitude"])
    assert list(boroughs_of(labels["longitude"], labels["latitude"])) == AUTHORITIES
    for shape in drawn:
        inside = outlines.geometry[shape.area_code]
        assert all(shapely.contains_xy(inside, x, y) for x, y in shape.places)
        assert all(ring[0] == ring[-1] for ring in shape.outlines)
