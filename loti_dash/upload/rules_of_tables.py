"""Rules about counts beside one another: what is possible, and what is seldom right."""

# The rules' docstrings say what must be so: facts, not orders.
# ruff: noqa: D401

from collections.abc import Iterator

import numpy as np

from loti_dash.groups import made_of
from loti_dash.upload.coded import Coded, together
from loti_dash.upload.columns import OK, Floats, pieces
from loti_dash.upload.problems import listed
from loti_dash.upload.sheet import Problem

_FURTHER_THAN = 0.2
_TIMES = 5
_ENOUGH = 20


def numerators_above_denominators(of: Coded) -> Iterator[Problem]:
    """Where people are counted, there are no more of them than in the denominator.

    Events may be more. Where it is not known here which are counted, this is only said.
    """
    above = of.figures & (of.numerator.rows > of.denominator.rows)
    for id_, places in of.by_indicator(np.flatnonzero(above)):
        kind = _kind(of, id_)
        if kind == "events_over_population":
            continue
        people = kind in ("persons_over_population", "subset_over_set")
        place = places[0]
        yield Problem(
            "numerators_above_denominators",
            tuple(of.rows[places].tolist()),
            of.numerator.of.place,
            f"{len(places):,} numerators are greater than their denominators, such as "
            f"{of.numerator.rows[place]:,.0f} of {of.denominator.rows[place]:,.0f} in row "
            f"{of.rows[place]} ({of.named(place)}). "
            + (
                "All of these must be in the denominator as well. Correct the counts."
                if people
                else "This is right for events only, such as searches. Correct counts of people."
            ),
            stops=people,
        )


def _kind(of: Coded, id_: str) -> str:
    """Return how the catalogue counts an indicator, or "" if it does not have it."""
    for one in of.catalogue.indicators.values():
        if id_ in (one.id, one.numerator.series):
            return one.denominator_type
    return ""


def denominators_beside_the_census(of: Coded) -> Iterator[Problem]:
    """A denominator is within 20% of the residents of that area and group in the Census.

    If it counts others, such as children or pupils, it is right that it differs.
    """
    if of.residents is None or not of.denominator.of.place:
        return
    expected = _expected(of)
    there = of.figures & (of.denominator.statuses == OK)
    apart = np.zeros(len(there), dtype=bool)
    for some in pieces(len(there)):
        residents = expected[of.area.rows[some], of.group[some]]
        further = np.abs(of.denominator.rows[some] - residents) > _FURTHER_THAN * residents
        apart[some] = further & there[some]
    for id_, places in of.by_indicator(np.flatnonzero(apart)):
        if _kind(of, id_) == "subset_over_set":
            continue
        place = places[0]
        residents = expected[of.area.rows[place], of.group[place]]
        yield Problem(
            "denominators_beside_the_census",
            tuple(of.rows[places].tolist()),
            of.denominator.of.place,
            f"{len(places):,} denominators differ from the residents in the Census by more than "
            f"20%: {of.denominator.rows[place]:,.0f} beside {residents:,.0f} in row "
            f"{of.rows[place]} ({of.named(place)}). Say in the data statement whom they count, or "
            "correct them.",
            stops=False,
        )


def _expected(of: Coded) -> Floats:
    """Return the residents of each area (lines) and group (columns), where they are known."""
    assert of.residents is not None
    values = {
        (area, group): value
        for area, group, value in of.residents[["area_code", "group_code", "value"]].itertuples(
            index=False, name=None
        )
    }
    parts = of.catalogue.parts
    groups = {group for _, group in values if group in parts}
    smallest = [g for g in groups if not any(parts[other] < parts[g] for other in groups)]
    found = np.full((max(len(of.area.meanings), 1), max(len(of.codes), 1)), np.nan)
    for g, code in enumerate(of.codes):
        if code not in parts:
            continue
        made = [code] if code in groups else made_of(code, smallest, parts)
        for a, area in enumerate(of.area.meanings):
            if made and all((area, each) in values for each in made):
                found[a, g] = sum(values[area, each] for each in made)
    return found


def neighbouring_periods(of: Coded) -> Iterator[Problem]:
    """A count is less than five times that of the period before or after.

    Unless both are below 20.
    """
    order = of.order if of.figures.all() else of.order[of.figures[of.order]]
    periods = max(len(of.period.meanings), 1)
    for column in (of.numerator, of.denominator):
        jumps = np.zeros(max(len(order) - 1, 0), dtype=bool)
        for some in pieces(len(jumps)):
            pair = order[some], order[some.start + 1 : some.stop + 1]
            one, other = (column.rows[rows] for rows in pair)
            more, less = np.maximum(one, other), np.minimum(one, other)
            series, next_series = (of.key[rows] // periods for rows in pair)
            # Whoever is not counted once is neither more nor less.
            jumps[some] = (series == next_series) & (more >= _ENOUGH) & (more >= _TIMES * less)
        after = dict(zip(order[:-1][jumps].tolist(), order[1:][jumps].tolist(), strict=True))
        for _, places in of.by_indicator(order[:-1][jumps]):
            first, second = int(places[0]), after[int(places[0])]
            both = {*places.tolist(), *(after[int(place)] for place in places)}
            yield Problem(
                "neighbouring_periods",
                tuple(of.rows[sorted(both)].tolist()),
                column.of.place,
                f"{len(places):,} counts are five times those of the period before or after, or "
                f"more, such as {column.rows[first]:,.0f} in row {of.rows[first]} "
                f"({of.named(first)}) and {column.rows[second]:,.0f} in row {of.rows[second]} "
                f"({of.period.meanings[int(of.period.rows[second])]}). Check that both count the "
                "same, and whole periods.",
                stops=False,
            )


def missing_rows(of: Coded) -> Iterator[Problem]:
    """An indicator has a row for each of its areas, periods and ethnic groups.

    Rows that are not there are taken as not available, never as 0.
    """
    for name, columns in _lacking(of):
        yield Problem("missing_rows", (), "", f"{name}: {columns}", stops=False)


def _lacking(of: Coded) -> Iterator[tuple[str, str]]:
    wanted = slice(None) if of.figures.all() else of.figures
    indicator = of.indicator.rows[wanted]
    many = [len(of.area.meanings), len(of.period.meanings), len(of.codes)]
    columns = [column[wanted] for column in (of.area.rows, of.period.rows, of.group)]
    there = [together(indicator, c, len(of.lists), m) for c, m in zip(columns, many, strict=True)]
    sizes = [grid.sum(axis=1) for grid in there]
    full = sizes[0] * sizes[1] * sizes[2]
    found = np.zeros(len(of.lists), dtype=np.int64)
    for some in pieces(len(indicator)):
        found += np.bincount(indicator[some], minlength=len(found))
    lacking: dict[str, list[str]] = {}
    for n in np.flatnonzero(found < full).tolist():
        words = (
            f"{full[n] - found[n]:,} of {full[n]:,} rows are missing, of {sizes[0][n]} areas, "
            f"{sizes[1][n]} periods and {sizes[2][n]} groups. Add them, with 0 where nobody was "
            "counted and [x] where nobody looked."
        )
        lacking.setdefault(words, []).append(of.indicator.meanings[n])
    yield from ((listed(ids), words) for words, ids in lacking.items())
