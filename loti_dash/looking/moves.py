"""Whether a ratio itself moved, where a comparison has become clear or stopped being so.

That one of two findings is clear and the other is not does not show that they differ.
"""

import pandas as pd

from loti_dash import changes
from loti_dash.catalogue import Catalogue
from loti_dash.looking.evidence import Change, Looked
from loti_dash.looking.rows import REFERENCE
from loti_dash.over_time import over_time
from loti_dash.selection import Selection
from loti_dash.store import Store

# Only these have a ratio in two periods of which the one follows from other people than the other.
_KINDS = ("reversed", "clear", "unclear")


def moves(store: Store, of: Looked) -> list[str]:
    """Return for each change, in words, whether its ratio rose or fell between the two periods.

    Both periods are as the later release has them, which is `store`. "" where both figures are
    of one period, or the later release has no ratio for the earlier one.
    """
    tables: dict[tuple[str, str], pd.DataFrame] = {}
    said = []
    for each in of.changes:
        found = None
        if each.kind in _KINDS and each.basis in ("newer", "earlier"):
            found = _change(store, of.area, each, tables)
        said.append("" if found is None else _words(store.catalogue, each, found))
    return said


def _change(
    store: Store, area: str, of: Change, tables: dict[tuple[str, str], pd.DataFrame]
) -> changes.Change | None:
    assert of.before is not None, "it is in both releases"
    assert of.after is not None, "it is in both releases"
    id_, level = str(of.row["indicator"]), str(of.row["level"])
    if (id_, level) not in tables:
        selection = Selection(indicator=id_, area=area, reference=REFERENCE, classification=level)
        tables[id_, level] = over_time(store, selection)
    asked = str(of.before["period"]), str(of.after["period"])
    indicator, group = store.catalogue.indicators[id_], str(of.row["group_code"])
    found = changes.change(store.catalogue, indicator, tables[id_, level], group, asked)
    # Another period may not stand in here: the two findings are of these two.
    periods = () if found is None else {str(row["period"]) for row in (found.before, found.after)}
    return found if set(periods) == set(asked) else None


def _words(catalogue: Catalogue, of: Change, found: changes.Change) -> str:
    if found.breaks:
        return "cannot be compared: a break lies between"
    if not found.clear or found.unknown_could_turn_it:
        return "cannot tell"
    rose = found.times > 1
    return "rose" if rose is (of.basis == "newer") else "fell"
