"""A view as an item to send: everything that its page says of it, in its final form."""

import json
import re
from collections.abc import Sequence

import pandas as pd

from loti_dash import tables
from loti_dash.catalogue import Catalogue
from loti_dash.caveats import Found
from loti_dash.definitions import FACTORS, Indicator
from loti_dash.export.figure import Figure
from loti_dash.shares.sent import Caution, Item, Statement, Table
from loti_dash.store import Store
from loti_dash.views import View, figure_of

_CLEAR = ("higher", "lower")
# A statement for each of more indicators than these nobody reads.
_MOST_STATEMENTS = 4
_NEXT_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z\N{LEFT DOUBLE QUOTATION MARK}])")
# Columns of the comparison table, and the parameters that say which of its rows a view is about.
_ABOUT = {
    "indicator": "indicator",
    "area_code": "area",
    "period": "period",
    "group_code": "group",
    "reference_code": "reference",
}
_EVERY_GROUP = "all_five"


def item(store: Store, view: View, base: str, being_done: str = "") -> Item:
    """Return the item of a view with the figures of a release. Raises as `figure_of` does."""
    figure = figure_of(store, view, base)
    sentence, closing = parted(figure.said)
    return Item(
        page=view.page,
        params=dict(view.params) | {"release": store.release},
        figure=view.figure,
        title=figure.title,
        what=figure.what,
        sentence=sentence,
        closing=closing,
        chart=json.dumps(figure.chart, ensure_ascii=False) if figure.chart is not None else "",
        alt=figure.alt,
        how_to_read=figure.how_to_read,
        table=_table(figure),
        cautions=tuple(_caution(store.catalogue, each) for each in figure.cautions),
        papers=dict(figure.papers),
        series=_series(store.catalogue, figure),
        statements=_statements(store.catalogue, figure.indicators),
        sure=_is_sure(view, figure.rows),
        being_done=being_done.strip(),
    )


def parted(said: str) -> tuple[str, str]:
    """Return the first sentence of what is said, and the rest.

    >>> parted("The rate is 5.4 times that of White. This shows a difference.")
    ('The rate is 5.4 times that of White.', 'This shows a difference.')
    """
    first, *rest = _NEXT_SENTENCE.split(said, maxsplit=1)
    return first, " ".join(rest)


def _table(figure: Figure) -> Table:
    words = figure.words.astype(str)
    named = not isinstance(figure.table.index, pd.RangeIndex)
    signs = " ".join(filter(None, [figure.signs, tables.legend(figure.table)]))
    return Table(
        figure.table_alt or f"{figure.title}. {figure.what}",
        tuple(map(str, words.columns)),
        tuple(tuple(row) for row in words.itertuples(index=False, name=None)),
        named,
        signs,
    )


def _caution(catalogue: Catalogue, of: Found) -> Caution:
    titles = {id_: catalogue.indicators[id_].title for id_ in of.indicators}
    return Caution(of.id, of.severity, of.text, of.effect, titles, of.named)


def _series(catalogue: Catalogue, of: Figure) -> dict[str, str]:
    sides = (side for each in of.indicators for side in (each.numerator, each.denominator))
    ids = (*of.series, *(side.series for side in sides))
    return {id_: catalogue.series[id_].title for id_ in dict.fromkeys(ids) if id_}


def _statements(catalogue: Catalogue, indicators: Sequence[Indicator]) -> tuple[Statement, ...]:
    """Return what is said of the data, factor by factor, if it is the data of a few indicators."""
    if len(indicators) > _MOST_STATEMENTS:
        return ()
    known = [each for each in indicators if each.denominator.series]
    found = {of.id: of for each in known for of in catalogue.statements_of(each)}
    return tuple(
        Statement(
            of.title,
            tuple(f"{factor.capitalize()}: {getattr(of, factor).text}" for factor in FACTORS),
        )
        for of in found.values()
    )


def _is_sure(view: View, rows: pd.DataFrame | None) -> bool:
    """Return whether the comparison that a view is about is clear, and stays so.

    It is not where the people of unknown ethnicity could change its direction.
    """
    if rows is None or "evidence" not in rows:
        return False
    params = dict(view.params)
    for column, name in _ABOUT.items():
        if column in rows and params.get(name, _EVERY_GROUP) != _EVERY_GROUP:
            rows = rows[rows[column].astype(str) == params[name]]
    clear = rows["evidence"].astype(str).isin(_CLEAR)
    return bool((clear & (rows["robust_to_unknown"].astype(str) != "false")).any())
