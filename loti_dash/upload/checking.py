"""Checking a sheet: every rule, all problems at once, and the figures as they were understood.

Nothing is guessed, dropped or altered silently: a row that is no figure is named in a problem.
"""

import inspect
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.groups import Labels
from loti_dash.observation import STATUSES
from loti_dash.upload import rules_of_lists, rules_of_rows, rules_of_tables
from loti_dash.upload.coded import Coded
from loti_dash.upload.coding import coded
from loti_dash.upload.columns import Counts, Flags
from loti_dash.upload.labels import Known, closest_groups
from loti_dash.upload.period_words import spelt
from loti_dash.upload.sheet import COLUMNS, Checked, Problem, Sheet

Rule = Callable[[Coded], Iterator[Problem]]

# In the order in which they are read.
RULES: tuple[Rule, ...] = (
    rules_of_rows.needed_columns,
    rules_of_rows.indicators,
    rules_of_rows.areas,
    rules_of_rows.periods,
    rules_of_rows.ethnic_groups,
    rules_of_rows.counts,
    rules_of_rows.nobody,
    rules_of_rows.duplicates,
    rules_of_lists.kinds_of_periods,
    rules_of_lists.lists_of_groups,
    rules_of_lists.totals,
    rules_of_tables.numerators_above_denominators,
    rules_of_tables.denominators_beside_the_census,
    rules_of_tables.neighbouring_periods,
    rules_of_tables.missing_rows,
)
_SUGGESTED = 100
_SYMBOLS = {"suppressed": "[c]", "not_available": "[x]", "not_applicable": "[z]"}


def check(
    sheet: Sheet,
    catalogue: Catalogue,
    labels: Labels,
    mapping: Mapping[str, str] | None = None,
    published: Collection[str] | None = None,
    residents: pd.DataFrame | None = None,
    today: date | None = None,
) -> Checked:
    """Return the problems of a sheet, and its figures.

    `mapping` is what the analyst said that labels mean, `published` are ids of uploads that are
    known besides those of the catalogue, `residents` (area_code, group_code, value) are those of
    the Census, to look at denominators by. Without `today` it is today.
    """
    known = Known(catalogue, labels, mapping or {})
    of = coded(sheet, known, published or (), residents, today or datetime.now(UTC).date())
    problems = tuple(problem for rule in RULES for problem in rule(of))
    # Codes that are refused for what they are have nothing to be mapped to.
    unmatched = [each.like for each in of.label.refused.values() if each.like]
    names = of.indicator.meanings
    return Checked(
        problems,
        _figures(of),
        {names[n]: each.classification for n, each in enumerate(of.lists) if each.classification},
        {text: closest_groups(text, known) for text in unmatched[:_SUGGESTED]},
        {text: known.mapping[text] for text in of.label.of.texts if text in known.mapping},
        {names[n]: _kind(kinds) for n, kinds in enumerate(of.kinds) if kinds},
    )


def rules_as_text() -> list[tuple[str, str]]:
    """Return the rules in reading order, each with its text."""
    return [(rule.__name__, inspect.getdoc(rule) or "") for rule in RULES]


def written(checked: Checked) -> str:
    """Return figures as CSV in this product's own spelling, which is read as the same figures."""
    figures = checked.figures
    kinds = figures["indicator"].astype(str).map(checked.kinds)
    periods = {
        (id_, kind): spelt(id_, kind)
        for id_, kind in set(zip(figures["period_id"], kinds, strict=True))
    }
    table = {
        "indicator": figures["indicator"],
        "area": figures["area_code"],
        "period": [periods[both] for both in zip(figures["period_id"], kinds, strict=True)],
        "ethnic_group": figures["group_code"],
    }
    for side in ("numerator", "denominator"):
        if (figures[f"{side}_status"] != "").all():
            table[side] = [
                f"{value:.0f}" if status == "ok" else _SYMBOLS[status]
                for value, status in zip(figures[side], figures[f"{side}_status"], strict=True)
            ]
    out = StringIO()
    wanted = [name for name in COLUMNS if name in table]
    pd.DataFrame(table)[wanted].to_csv(out, index=False, lineterminator="\r\n")
    return out.getvalue()


def _kind(kinds: tuple[str, ...]) -> str:
    """Return the kind of an indicator's periods: the plainer of two words for the same."""
    return next((kind for kind in kinds if kind != "split_year"), kinds[0])


def _figures(of: Coded) -> pd.DataFrame:
    """Return the rows that are figures. Without a needed column there are none."""
    # Of all rows nothing is copied.
    wanted = slice(None) if of.figures.all() else of.figures
    columns: dict[str, object] = {
        "indicator": _codes(of.indicator.rows[wanted], of.indicator.meanings),
        "area_code": _codes(of.area.rows[wanted], of.area.meanings),
        "period_id": _codes(of.period.rows[wanted], of.period.meanings),
        "group_code": _codes(of.group[wanted], of.codes),
        "numerator": of.numerator.rows[wanted],
        "numerator_status": _statuses(of.numerator, wanted),
        "denominator": of.denominator.rows[wanted],
        "denominator_status": _statuses(of.denominator, wanted),
    }
    return pd.DataFrame(columns, index=of.sheet.cells.index[wanted], copy=False)


def _statuses(column: Counts, wanted: Flags | slice) -> "pd.Categorical[str]":
    if not column.of.place:
        return _codes(np.zeros(len(column.rows[wanted]), dtype=np.int8), [""])
    return _codes(column.statuses[wanted], STATUSES)


def _codes(codes: npt.NDArray[np.integer[Any]], names: Sequence[str]) -> "pd.Categorical[str]":
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(names), dtype=object))
