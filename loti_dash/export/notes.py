"""The notes of the workbook: signs and columns explained, and every caveat of every area."""

from collections.abc import Iterable, Sequence

import pandas as pd
from gptables import GPTable

from loti_dash import figures
from loti_dash.caveats import Found
from loti_dash.export import sheets
from loti_dash.export.cells import plain
from loti_dash.export.taken import Taken

_SIGNS = figures.SIGNS | {
    sheets.LOW: "a number of this row rounds to zero as it is shown, and is not zero",
}
_USES = {3: "Caution that limits use", 2: "Caution", 1: "Context"}
_NOTES = {
    "Ratio": "the rate of a group divided by the rate of those it is compared with; 1 is the "
    "same rate, 2 is twice the rate",
    "Lower and upper limits": "the 95% interval",
    "More or fewer than at that rate": "how many more or fewer than if the rate of those "
    "compared with applied; a description, not a target",
    "Lowest and highest with the unknown": "the ratio if every person of unknown ethnicity "
    "belonged to those compared with, or to the group",
    "Reason": "why a measure is missing or uncertain",
    "Sum of": "what a row of the sheet Observations is a sum of, so that its parts are not "
    "counted twice",
}


def notes_of(taken: Taken, tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return what signs and columns mean, and the caveats of all areas, each text once.

    Of signs those that some table uses. The worst caveats stand first.
    """
    lines = _signs(tables)
    lines += [(head, meaning, "All sheets") for head, meaning in _NOTES.items()]
    each_area = taken.everywhere.drop_duplicates("area_code").set_index("area_code")
    names = each_area["area"].astype(str)
    where: dict[tuple[int, str], list[str]] = {}
    for area in taken.areas:
        for each in taken.cautions[area]:
            text = f"{each.text} {each.effect}".strip()
            where.setdefault((-each.severity, text), []).append(names[area])
    for (severity, text), of in sorted(where.items(), key=lambda one: one[0][0]):
        areas = "Every area" if len(of) == len(taken.areas) else "; ".join(of)
        lines.append((_USES[-severity], text, areas))
    return _as_table(lines)


def notes_of_figure(
    cautions: Iterable[Found], how_to_read: str, signs: str, tables: Iterable[GPTable]
) -> pd.DataFrame:
    """Return what the signs of one figure mean, how to read it, and all its caveats."""
    lines = _signs([each.table for each in tables])
    lines += [("Signs", signs, "The table")] if signs else []
    lines += [("How to read the chart", how_to_read, "The chart")] if how_to_read else []
    heads = {head for each in tables for head in each.table.columns}
    lines += [(head, meaning, "Numbers") for head, meaning in _NOTES.items() if head in heads]
    for each in cautions:
        text = f"{each.text} {each.effect}".strip()
        lines.append((_USES[each.severity], text, "The whole figure"))
    return _as_table(lines)


def _signs(tables: Iterable[pd.DataFrame]) -> list[tuple[str, str, str]]:
    """Return the signs that some table uses, each with its meaning."""
    words = " ".join(str(cell) for table in tables for cell in table.to_numpy().flat)
    return [(sign, meaning, "All sheets") for sign, meaning in _SIGNS.items() if sign in words]


def _as_table(lines: Sequence[tuple[str, str, str]]) -> pd.DataFrame:
    notes = pd.DataFrame(lines, columns=["About", "Note", "Where it applies"])
    return notes.map(lambda text: plain(text[0].upper() + text[1:]))
