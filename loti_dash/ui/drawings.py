"""What the part of a page on areas draws, made once for each release, selection and choice."""

from loti_dash.page_figures import areas
from loti_dash.page_figures.areas import Drawing
from loti_dash.page_figures.seen import Seen
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui.published import remembered
from loti_dash.where import Measure
from loti_dash.where_texts import Shape

__all__ = ["Drawing", "drawing"]


@remembered(200)
def drawing(
    _store: Store, selection: Selection, _seen: Seen, shape: Shape, measure: Measure
) -> Drawing:
    """Return what there is to draw. The selection names its release."""
    return areas.drawing(_store, selection, _seen, shape, measure)
