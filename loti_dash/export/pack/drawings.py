"""Charts of a pack as vectors, without their words: those stand around them as text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from loti_dash.export.pack.texts import holdable
from loti_dash.export.picture import NotDrawn
from loti_dash.export.picture.drawing import drawing
from loti_dash.export.picture.letters import FAMILY, number

# Words of a chart are then as large as small print at the width of a page, and of a phone.
_ON_PAPER, _ON_A_PHONE, _MAP_ON_A_PHONE = 800.0, 290.0, 440.0
# How high a chart may be, in widths of a page: its words are above it and below.
HIGHEST = 1.2
_OWN_NAMES = re.compile(r'(id="|="url\(#)(clip\d+|hatch)')


@dataclass(frozen=True)
class Drawn:
    """What is drawn, in SVG, and how wide and high it is, in pixels."""

    inside: str
    wide: float
    high: float

    @property
    def box(self) -> str:
        """Where it is seen through, as SVG writes it."""
        return f"0 0 {number(self.wide)} {number(self.high)}"


@dataclass(frozen=True)
class Chart:
    """A chart that can be drawn. `name` keeps its parts apart from those of other charts.

    `highest` is how high it may be, in widths of a page.
    """

    of: Mapping[str, Any]
    name: str
    highest: float = HIGHEST

    @cached_property
    def on_paper(self) -> Drawn:
        """The chart at the width of a page."""
        return self._drawn("paper", _ON_PAPER)

    @cached_property
    def on_a_phone(self) -> Drawn:
        """The chart at the width of a phone; a map is shrunk, since it would not get narrower."""
        if _to_scale(self.of):
            layout = self.of["layout"]
            low = {**layout, "height": layout["height"] * _MAP_ON_A_PHONE / _ON_PAPER}
            return self._drawn("phone", _MAP_ON_A_PHONE, {**self.of, "layout": low})
        return self._drawn("phone", _ON_A_PHONE)

    @property
    def share(self) -> float:
        """How much of the width of a page it may have, 1 for all, to be no higher than a page."""
        return min(1.0, self.highest * self.on_paper.wide / self.on_paper.high)

    def svg(self, shown: float = _ON_PAPER) -> str:
        """Return the chart on paper as a file of its own, shown so many pixels wide."""
        of = self.on_paper
        size = f'width="{number(shown)}" height="{number(of.high * shown / of.wide)}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="{of.box}" '
            f'font-family="{FAMILY}">{of.inside}</svg>'
        )

    def _drawn(self, where: str, wide: float, of: Mapping[str, Any] | None = None) -> Drawn:
        inside, high = drawing(of or self.of, wide)
        own = rf"\g<1>{self.name}-{where}-\2"
        return Drawn(_OWN_NAMES.sub(own, holdable(inside)), wide, high)


def _to_scale(of: Mapping[str, Any]) -> bool:
    """Return whether a step up is as long as a step across, as on a map."""
    axes = [axis for name, axis in of["layout"].items() if name[1:5] == "axis"]
    return any("scaleanchor" in axis for axis in axes)


def chart(of: Mapping[str, Any] | None, name: str, highest: float = HIGHEST) -> Chart | None:
    """Return a chart if it can be drawn as vectors, and None if it cannot."""
    if of is None:
        return None
    found = Chart(of, name, highest)
    try:
        assert found.on_paper.inside, "a chart has something in it"
    except NotDrawn:
        return None
    return found
