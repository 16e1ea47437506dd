"""What the part of a page on areas draws, worked out once for each release and selection.

As it goes to the browser: the figures behind it are asked for when somebody takes them away.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from loti_dash import where, where_texts
from loti_dash.page_figures import areas
from loti_dash.page_figures.areas import Drawing
from loti_dash.page_figures.seen import Seen
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import show
from loti_dash.ui.published import remembered
from loti_dash.ui.view import view
from loti_dash.where import Measure
from loti_dash.where_texts import Shape

# What is drawn before anybody chooses.
FIRST: tuple[Shape, Measure] = ("dots", "ratio")


@dataclass(frozen=True)
class Places:
    """What there is to choose from: whether anything is `measured`, and boroughs by code.

    Without several areas there is nothing to draw, and `why_not` says so.
    """

    why_not: str
    measured: bool
    boroughs: dict[str, str]


@remembered(200)
def places(_store: Store, selection: Selection, _seen: Seen | None = None) -> Places:
    """Return what there is to choose from. The selection names its release.

    `_seen` is what there is to show, where that is known.
    """
    seen = _seen or view(_store, selection)
    if len(seen.of_group) < 2:
        return Places(where_texts.why_no_map(_store.catalogue, seen.everywhere), False, {})
    measured = bool(seen.of_group["rate"].notna().any())
    if not where.is_of_boroughs(seen.of_group):
        return Places("", measured, {})
    rows = where.boroughs(seen.of_group).sort_values("area", key=lambda names: names.astype(str))
    names = zip(rows["area_code"].astype(str), rows["area"].astype(str), strict=True)
    return Places("", measured, dict(names))


@remembered(200)
def drawn(
    _store: Store,
    selection: Selection,
    shape: Shape,
    measure: Measure,
    _seen: Seen | None = None,
) -> show.Shown:
    """Return what is drawn. The selection names its release.

    `_seen` is what there is to show, where that is known.
    """
    if (shape, measure) == FIRST:
        found, codes = _ratios(
            _store, replace(selection, area=""), lambda: _seen or view(_store, selection)
        )
        chart, how = areas.marked(found.chart, found.how_to_read, codes, selection.area)
        return replace(found, chart=chart, how_to_read=how)
    return _shown(
        areas.drawing(_store, selection, _seen or view(_store, selection), shape, measure)
    )


@remembered(100)
def _ratios(
    _store: Store, selection: Selection, _see: Callable[[], Seen]
) -> tuple[show.Shown, tuple[str, ...]]:
    """Return the dots of ratios of a selection without an area, and the codes of their rows."""
    of = areas.dots(_store, selection, _see(), "ratio")
    return _shown(of), of.areas


def _shown(of: Drawing) -> show.Shown:
    explained = "How sure" if "How sure" in of.table.columns else "Where it lies"
    return show.Shown(
        of.title,
        of.caption,
        of.chart,
        of.alt,
        f"{of.how_to_read} {of.credit}".strip(),
        show.made(of.table, f"{of.title}. {of.caption}", explained),
    )


def drawing(store: Store, selection: Selection, shape: Shape, measure: Measure) -> Drawing:
    """Return what is drawn as it is taken away, with the figures behind it."""
    return areas.drawing(store, selection, view(store, selection), shape, measure)
