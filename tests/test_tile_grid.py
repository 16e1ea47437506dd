"""The tile grid has a square for each authority, as published, and its licence with it."""

import csv

import pytest
from tables import CATALOGUE

from loti_dash import tile_grid


def test_each_authority_has_one_square_of_its_own():
    tiles = tile_grid.tiles()
    boroughs = {code for code, area in CATALOGUE.areas.items() if area.level == "borough"}
    assert {tile.area_code for tile in tiles} == boroughs
    assert len({(tile.column, tile.row) for tile in tiles}) == 33
    assert len({tile.short_name for tile in tiles}) == 33


def test_neighbours_on_the_ground_are_neighbours_on_the_grid():
    at = {tile.short_name: (tile.column, tile.row) for tile in tile_grid.tiles()}
    assert at["Enf"][1] < at["Hgy"][1] < at["Isl"][1] < at["Crd"][1]  # from north to south
    assert at["Hdn"][0] < at["Elg"][0] < at["Hck"][0] < at["Hvg"][0]  # from west to east


def test_the_licence_travels_with_the_grid():
    assert tile_grid.LICENCE.parent == tile_grid.GRID.parent
    assert "Permission to use, copy, modify" in tile_grid.LICENCE.read_text(encoding="utf-8")
    assert tile_grid.credit() == ("Tile grid: London Squared. Copyright 2019 After the Flood Ltd.")
    assert "After the Flood" in CATALOGUE.sources["london_squared"].attribution


@pytest.mark.publishers
def test_the_grid_is_the_publishers(publishers):
    folder = publishers / "boundaries"
    with (folder / "london_squared_grid.csv").open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file, skipinitialspace=True))
    assert {(each["code"], int(each["x"]), int(each["y"])) for each in lines} == {
        (tile.area_code, tile.column, tile.row) for tile in tile_grid.tiles()
    }
    licence = (folder / "london_squared_LICENSE.txt").read_bytes()
    assert tile_grid.LICENCE.read_bytes() == licence
