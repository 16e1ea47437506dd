"""Equal squares for the 33 London authorities, so that small ones are seen as well as large."""

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any

from loti_dash import tile_grid
from loti_dash.boundaries import Drawn
from loti_dash.charts import places as shared
from loti_dash.figures import count, ratio
from loti_dash.where import SIGNS, Measure, Place

_HEIGHT = 520
_SIGN = 14  # pixels: the most that fits a square on a phone
_HALF = 0.47
# A number with more characters than these does not fit a square on a phone.
_MOST_CHARACTERS = 3


def tiles(
    places: Sequence[Place],
    said: Mapping[str, str],
    selected: str,
    title: str,
    measure: Measure,
) -> dict[str, Any]:
    """Return the squares of places: short name, sign of the class, and the ratio or rate."""
    by_code = {place.area_code: place for place in places}
    grid = tile_grid.tiles()
    signs = {
        tile.area_code: f"{tile.short_name}<br>{_written(by_code[tile.area_code], measure)}"
        for tile in grid
    }
    shapes = [_square(tile) for tile in grid]
    return {
        "data": [
            *shared.drawing(shapes, places, signs, said, selected, _SIGN),
            *shared.key(places, selected, measure == "rate"),
        ],
        "layout": shared.layout(_HEIGHT, title),
    }


def short_names(places: Sequence[Place]) -> str:
    """Return what the short names on squares stand for."""
    short = {tile.area_code: tile.short_name for tile in tile_grid.tiles()}
    named = sorted((place.name, short[place.area_code]) for place in places)
    return f"Short names: {', '.join(f'{short} {name}' for name, short in named)}."


def _written(place: Place, measure: Measure) -> str:
    """Return the sign of a place, and its value where that is short enough to stand there."""
    sign = SIGNS[place.kind]
    if isnan(place.value) or measure in ("excess", "sure"):
        return sign
    value = ratio(place.value) if place.value < 9.95 else count(place.value)
    return f"{sign}{value}" if len(value) <= _MOST_CHARACTERS else sign


def _square(tile: tile_grid.Tile) -> Drawn:
    x, y = float(tile.column), -float(tile.row)
    west, east, south, north = x - _HALF, x + _HALF, y - _HALF, y + _HALF
    ring = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return Drawn(tile.area_code, [ring], (x, y), [])
