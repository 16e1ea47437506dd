"""The map of the 33 London authorities: for place, not for proof."""

from collections.abc import Mapping, Sequence
from math import cos, radians
from typing import Any

from loti_dash import boundaries
from loti_dash.charts import places as shared
from loti_dash.where import SIGNS, Place

# Of London; a degree of longitude is that much shorter than one of latitude.
_LATITUDE = 51.5
_HEIGHT = 580
_SIGN = 18  # pixels


def map_of(
    places: Sequence[Place], said: Mapping[str, str], selected: str, title: str, by_rate: bool
) -> dict[str, Any]:
    """Return the map of places, or of rates, without any picture from elsewhere under it.

    The authority looked at has a thick outline. `title` stands over the legend.
    """
    shapes = boundaries.drawn()
    signs = {place.area_code: SIGNS[place.kind] for place in places}
    layout = shared.layout(_HEIGHT, title)
    layout["yaxis"] |= {"scaleratio": 1 / cos(radians(_LATITUDE))}
    return {
        "data": [
            *shared.drawing(shapes, places, signs, said, selected, _SIGN),
            *shared.key(places, selected, by_rate),
        ],
        "layout": layout,
    }
