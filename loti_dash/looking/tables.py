"""What changed between two releases as tables: as readers see them, and as data."""

from collections.abc import Sequence

import pandas as pd

from loti_dash import tables
from loti_dash.catalogue import Catalogue
from loti_dash.export.csv import in_a_row
from loti_dash.findings import finding
from loti_dash.looking.answer import Answer
from loti_dash.looking.evidence import Change
from loti_dash.looking.texts import BASES
from loti_dash.profile_tables import link

_NAMES = ("indicator", "area_code", "area", "group_code", "group", "reference_code", "reference")
_NUMBERS = ("numerator", "denominator", "ratio", "ratio_low", "ratio_high", "q_value")


def table(before: Catalogue, after: Catalogue, of: Sequence[tuple[Change, str]]) -> pd.DataFrame:
    """Return changes of one kind as readers see them: then and now, each linked to its page.

    With each change comes whether its ratio itself moved. Signs are those of other tables.
    """
    several = any(moved for _, moved in of)
    lines = []
    for each, moved in of:
        then = {} if each.before is None else _cells(before, each.before, "then")
        now = {} if each.after is None else _cells(after, each.after, "now")
        more = {"Rests on": BASES[each.basis]} if each.basis else {}
        more |= {"The ratio itself": moved or "[x]"} if several else {}
        known = after if each.after is not None else before
        title = known.indicators[str(each.row["indicator"])].title
        names = {"Indicator": title, "Ethnicity": str(each.row["group"])}
        lines.append(names | then | now | more)
    return pd.DataFrame(lines).set_index("Indicator")


def rows(found: Answer) -> pd.DataFrame:
    """Return all changes as data: codes and full precision, missing where there is nothing."""
    of, said = found.looked, in_a_row(found.cautions)
    lines = []
    for each, moved in zip(of.changes, found.moves, strict=True):
        line: dict[str, object] = {"kind": each.kind, "basis": each.basis, "ratio_moved": moved}
        line |= {name: str(each.row[name]) for name in _NAMES}
        line |= _as_data(each.before, "before", of.before, found.catalogues[0])
        line |= _as_data(each.after, "after", of.after, found.catalogues[1])
        lines.append(line | {"caveats": said.get(str(each.row["indicator"]), "")})
    return pd.DataFrame(lines, columns=COLUMNS)


def _as_data(
    row: pd.Series | None, when: str, release: str, catalogue: Catalogue
) -> dict[str, object]:
    found: dict[str, object] = {
        "release": release,
        "period": "" if row is None else str(row["period"]),
        "finding": "" if row is None else finding(row),
        **{name: None if row is None else row[name] for name in _NUMBERS},
        "link": "" if row is None else link(catalogue, row),
    }
    return {f"{name}_{when}": value for name, value in found.items()}


_OF_ONE = ("release", "period", "finding", *_NUMBERS, "link")
COLUMNS = [
    "kind",
    "basis",
    "ratio_moved",
    *_NAMES,
    *(f"{name}_{when}" for when in ("before", "after") for name in _OF_ONE),
    "caveats",
]


def _cells(catalogue: Catalogue, row: pd.Series, when: str) -> dict[str, str]:
    indicator = catalogue.indicators[str(row["indicator"])]
    cells = tables.by_group(row.to_frame().T, indicator).iloc[0]
    label = catalogue.period(indicator, str(row["period"])).label
    return {
        f"Period {when}": f"[{label}]({link(catalogue, row)})",
        f"How sure {when}": str(cells["How sure"]),
        f"Ratio {when}": str(cells["Ratio"]),
    }
