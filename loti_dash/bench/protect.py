"""How long it takes to protect a table of all boroughs, and how many cells that hides.

Tables of 33 areas and 19 groups with margins and five-group totals, from nearly empty to
dense; the counts are made up, from a fixed seed. Beside the usual rule that no line may have
a single hidden cell, which hides the next smallest, repeated until an attacker who only asks
whether a small count is known to the number is content.
"""

from statistics import median
from time import perf_counter

import numpy as np
import pandas as pd

from loti_dash.bench_lines import Figures, Line
from loti_dash.disclosure import PUBLIC, protect, recoverable
from loti_dash.disclosure.sums import Sums, cells, sums

BY = ["area", "group"]
FAMILIES = {"asian": 5, "black": 3, "mixed": 4, "white": 5, "other": 2}
# Persons in a usual cell: most cells small, many, some, few.
MEANS = (2, 6, 20, 100)
REPEATS = 3
QUICK = {"areas": 6, "repeats": 1}


def measure(areas: int = 33, means: tuple[float, ...] = MEANS, repeats: int = REPEATS) -> Figures:
    """Return seconds and hidden cells of each table, and what the rule of two would hide."""
    figures: Figures = {"figures": "made up, from a fixed seed"}
    for mean in means:
        table, totals = made_up(areas, mean)
        seconds = []
        for _ in range(repeats):
            start = perf_counter()
            safe = protect(table, by=BY, totals=totals)
            seconds.append(perf_counter() - start)
        hidden = int(safe["value"].isna().sum())
        start = perf_counter()
        rule = rule_of_two(table, totals)
        name = f"usual cell {mean:g}"
        figures |= {
            f"{name}: cells": len(table),
            f"{name}: small counts": int((safe["status_reason"] == "primary").sum()),
            f"{name}: hidden, ours": hidden,
            f"{name}: hidden, rule of two": rule,
            f"{name}: ours / rule": hidden / rule,
            f"{name}: seconds, ours": median(seconds),
            f"{name}: seconds, rule of two": perf_counter() - start,
        }
    return figures


def lines(of: Figures) -> list[Line]:
    """Return how near the aims are, for each kind of table."""
    said: list[Line] = []
    for name in [name.partition(":")[0] for name in of if name.endswith(": cells")]:
        hidden, rule = (
            float(of[f"{name}: hidden, ours"]),
            float(of[f"{name}: hidden, rule of two"]),
        )
        seconds = float(of[f"{name}: seconds, ours"])
        slow = float(of[f"{name}: seconds, rule of two"])
        ratio = float(of[f"{name}: ours / rule"])
        said += [
            Line(f"{name}, cells hidden", hidden, rule, ratio, 1.5, "", "rule of two"),
            Line(f"{name}, seconds", seconds, slow, seconds, 5.0, "s", "rule of two"),
        ]
    return said


def made_up(areas: int, mean: float) -> tuple[pd.DataFrame, dict[str, dict[str, list[str]]]]:
    """Return a table with a row for each area and group, its totals included, and the totals."""
    rng = np.random.default_rng(1)
    parts = {name: [f"{name}_{n}" for n in range(many)] for name, many in FAMILIES.items()}
    groups = [group for inside in parts.values() for group in inside]
    places = [f"a{n:02}" for n in range(areas)]
    size = rng.lognormal(np.log(mean), 1.5, (areas, 1)) * rng.lognormal(0, 1, (1, len(groups)))
    cube = pd.DataFrame(rng.poisson(size).astype(float), index=places, columns=groups)
    for name, inside in parts.items():
        cube[name] = cube[inside].sum(axis=1)
    cube["all"] = cube[list(parts)].sum(axis=1)
    cube.loc["London"] = cube.sum()
    table = cube.rename_axis("area").melt(ignore_index=False, var_name="group").reset_index()
    return table, {"group": {"all": list(parts), **parts}, "area": {"London": places}}


def rule_of_two(table: pd.DataFrame, totals: dict[str, dict[str, list[str]]]) -> int:
    """Return how many cells the usual rule hides before no small count is known to the number."""
    counts = cells(table, "value", BY)
    system = sums(table, counts, BY, totals)
    small = (counts > 0) & (counts < PUBLIC.threshold)
    hidden = small.copy()
    greatest = pd.Series(np.where(small, PUBLIC.threshold - 1, np.nan), index=table.index)
    least = pd.Series(np.where(small, 1.0, 0.0), index=table.index)
    while True:
        _no_line_of_one(system, counts, hidden)
        shown = table.assign(value=table["value"].mask(hidden))
        found = recoverable(shown, by=BY, totals=totals, least=least, greatest=greatest)
        known = found.index[found["exact"] & small[found.index]]
        if not any(_one_more(system, counts, hidden, cell) for cell in known[:1]):
            return int(hidden.sum())


def _no_line_of_one(system: Sums, counts: np.ndarray, hidden: np.ndarray) -> None:
    binds = abs(system.matrix)
    while True:
        alone = np.flatnonzero(binds @ hidden == 1)
        if not any(_hide_in(system, line, counts, hidden) for line in alone.tolist()):
            return


def _one_more(system: Sums, counts: np.ndarray, hidden: np.ndarray, cell: int) -> bool:
    lines = np.flatnonzero(system.matrix[:, [cell]].toarray())
    return any(_hide_in(system, line, counts, hidden) for line in lines.tolist())


def _hide_in(system: Sums, line: int, counts: np.ndarray, hidden: np.ndarray) -> bool:
    """Hide the smallest count of a line that is shown and not 0; return whether there is one."""
    start, end = system.matrix.indptr[line : line + 2]
    inside = system.matrix.indices[start:end]
    shown = inside[~hidden[inside] & (counts[inside] > 0)]
    if len(shown):
        hidden[shown[counts[shown].argmin()]] = True
    return len(shown) > 0
