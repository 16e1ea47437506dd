"""The tile grid: an equal square for each London authority, where small ones are seen as well.

The grid is "London Squared" by After the Flood; its licence lies beside it and travels with it.
"""

import csv
from dataclasses import dataclass
from functools import cache

from loti_dash import config

GRID = config.BOUNDARIES / "tile_grid.csv"
LICENCE = config.BOUNDARIES / "tile_grid_LICENSE.txt"


@dataclass(frozen=True)
class Tile:
    """The square that stands for an authority, columns from the west and rows from the north."""

    area_code: str
    column: int
    row: int
    short_name: str


@cache
def tiles() -> tuple[Tile, ...]:
    """Return the squares of the 33 authorities, by code."""
    with GRID.open(encoding="utf-8", newline="") as file:
        return tuple(
            Tile(line["area_code"], int(line["column"]), int(line["row"]), line["short_name"])
            for line in csv.DictReader(file)
        )


def credit() -> str:
    """Return whose grid it is, as the first line of its licence says."""
    return f"Tile grid: London Squared. {LICENCE.read_text(encoding='utf-8').splitlines()[0]}"
