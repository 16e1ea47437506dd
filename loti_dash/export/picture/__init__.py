"""A chart as a picture: SVG of our own making, and PNG from it, without a browser.

The charts of this project are plain dictionaries of few kinds of marks. Whatever they use is
drawn here; what is not known raises NotDrawn, so that no picture shows less than the page.
"""

from loti_dash.export.picture.axes import NotDrawn
from loti_dash.export.picture.frame import Words, svg
from loti_dash.export.picture.png import png

__all__ = ["NotDrawn", "Words", "png", "svg"]
