"""Attackers on tables of counts, plain and slow, and random tables for them to work on.

Written from the definition, without the code they test: equations are looked up row by row, and
small tables are attacked by trying every number.
"""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

BY = ["area", "group", "period"]
ENDLESS = (0, None)


def equations(table, by, totals):
    """Yield (row of the total, rows of its parts) for every sum that binds rows of a table."""
    rows = {tuple(map(str, codes)): n for n, codes in enumerate(table[by].itertuples(index=False))}
    for column, of in (totals or {}).items():
        place = by.index(column)
        for total, parts in of.items():
            for codes, row in rows.items():
                if codes[place] == total:
                    others = [(*codes[:place], part, *codes[place + 1 :]) for part in parts]
                    there = [rows[other] for other in others if other in rows]
                    if there:
                        yield row, there


def unknowns(table, by, totals, extra=()):
    """Return the rows of the missing counts, and what binds them: equations as lines and right.

    `extra` are more equations as ({row: factor}, right) that an attacker has from elsewhere.
    """
    values = table["value"].to_numpy(float)
    hidden = np.flatnonzero(np.isnan(values))
    place = {row: n for n, row in enumerate(hidden)}
    lines, right = [], []
    wholes = [
        ({whole: 1.0} | dict.fromkeys(parts, -1.0), 0.0)
        for whole, parts in equations(table, by, totals)
    ]
    for factors, constant in [*wholes, *extra]:
        line = np.zeros(len(hidden))
        for row, factor in factors.items():
            if row in place:
                line[place[row]] = factor
            else:
                constant -= factor * values[row]
        if line.any():
            lines.append(line)
            right.append(constant)
    return place, lines, right


def farthest(cell, sign, lines, right, known):
    """Return a linear programme's answer: the least of a cell, or with -1 the greatest."""
    aim = np.zeros(len(known))
    aim[cell] = sign
    return linprog(
        aim,
        A_eq=np.array(lines) if lines else None,
        b_eq=np.array(right) if lines else None,
        bounds=known,
    )


def inferred(table, by, totals, bounds, extra=(), of=None):
    """Return the least and the greatest of each missing count, by two linear programmes each.

    `bounds` is {row: (least, greatest)} for the missing ones, `extra` as in `unknowns`. `of` are
    the rows asked for.
    """
    place, lines, right = unknowns(table, by, totals, extra)
    known = [bounds[row] for row in place]
    found = {}
    for row in place if of is None else of:
        ends = []
        for sign in (1, -1):
            answer = farthest(place[row], sign, lines, right, known)
            ends.append(
                sign * answer.fun if answer.status == 0 else (-np.inf if sign == 1 else np.inf)
            )
        found[row] = tuple(ends)
    return found


def narrowed(table, by, totals, bounds, extra, of, wide, seen):
    """Return the rows of which an attacker can tell that they do not reach both ends of `wide`.

    `seen` gets every table that a linear programme finds to agree with all that is shown. What
    one of them has is possible, and needs no programme of its own.
    """
    place, lines, right = unknowns(table, by, totals, extra)
    known = [bounds[row] for row in place]
    short = []
    for row in of:
        for sign, end in zip((1, -1), wide, strict=True):
            if any(sign * one[place[row]] <= sign * end + 1e-5 for one in seen):
                continue
            answer = farthest(place[row], sign, lines, right, known)
            if answer.status == 0:
                seen.append(answer.x)
                if answer.fun > sign * end + 1e-5:
                    short.append(row)
    return list(dict.fromkeys(short))


def tried(table, by, totals, most):
    """Return the least and the greatest of each missing count, by trying each number to `most`."""
    values = table["value"].to_numpy(float, copy=True)
    hidden = np.flatnonzero(np.isnan(values))
    sums = list(equations(table, by, totals))
    possible = []
    for numbers in product(range(most + 1), repeat=len(hidden)):
        values[hidden] = numbers
        if all(values[whole] == sum(values[part] for part in parts) for whole, parts in sums):
            possible.append(numbers)
    columns = np.array(possible)
    return {row: (columns[:, n].min(), columns[:, n].max()) for n, row in enumerate(hidden)}


def random_table(seed, areas=4, families=(2, 3), periods=1, mean=None):
    """Return a table of counts by area, group and period with all its totals, and the totals.

    Sparse for some seeds and dense for others; groups on two levels; London; all years.
    """
    rng = np.random.default_rng(seed)
    mean = mean or rng.choice([1, 3, 8, 25])
    parts = {f"g{n}": [f"g{n}_{m}" for m in range(k)] for n, k in enumerate(families)}
    groups = [group for inside in parts.values() for group in inside]
    places, years = [f"a{n}" for n in range(areas)], [f"y{n}" for n in range(periods)]
    size = rng.lognormal(np.log(mean), 1, (areas, 1, 1)) * rng.lognormal(0, 1, (1, len(groups), 1))
    counts = rng.poisson(np.broadcast_to(size, (areas, len(groups), periods)))
    index = pd.MultiIndex.from_product([places, groups, years], names=["area", "group", "period"])
    cube = pd.Series(counts.ravel().astype(float), index=index).unstack("group")
    for family, inside in parts.items():
        cube[family] = cube[inside].sum(axis=1)
    cube["all"] = cube[list(parts)].sum(axis=1)
    cube = cube.stack().unstack("area")
    cube["London"] = cube.sum(axis=1)
    cube = cube.stack().unstack("period")
    totals = {"group": {"all": list(parts), **parts}, "area": {"London": places}}
    if periods > 1:
        cube["years"] = cube.sum(axis=1)
        totals["period"] = {"years": years}
    return cube.stack().rename("value").reset_index(), totals


def by_group(*values, total=None):
    names = [f"g{n}" for n in range(len(values))]
    whole = sum(values) if total is None else total
    table = pd.DataFrame({"group": [*names, "all"], "value": [*values, whole]})
    return table, {"group": {"all": names}}


def hidden_rows(safe):
    return np.flatnonzero(safe["status_reason"].isin(["primary", "secondary"]))


def bounds(safe, threshold=5):
    """Return what somebody knows of the hidden rows who can tell which of them are small."""
    primary = (safe["status_reason"] == "primary").to_numpy()
    rows = np.flatnonzero(safe["value"].isna())
    return {row: (1, threshold - 1) if primary[row] else ENDLESS for row in rows}


def assert_nobody_is_the_wiser(table, safe, by, totals, threshold=5, extra=()):
    """Make sure of every hidden count of a table, against both kinds of attacker.

    `extra` is what they know from elsewhere, whatever this table hides.
    """
    primary = np.flatnonzero(safe["status_reason"] == "primary").tolist()
    small = (table["value"] > 0) & (table["value"] < threshold)
    assert set(primary) == set(np.flatnonzero(small))
    shown = safe["value"].notna()
    assert (safe.loc[shown, "value"] == table.loc[shown, "value"]).all()
    rows = dict.fromkeys(bounds(safe))
    seen = []
    # Who knows which are small, and who does not: a hole might be a 0 to them. The other comes
    # second, and believes every table that the first has to believe.
    for known, everything in (
        (
            bounds(safe, threshold),
            {row: (1, threshold - 1) if small.iloc[row] else ENDLESS for row in safe.index},
        ),
        (dict.fromkeys(rows, ENDLESS), dict.fromkeys(safe.index, ENDLESS)),
    ):
        wide = (known[primary[0]][0], threshold - 1) if len(primary) else ()
        narrow = narrowed(safe, by, totals, known, extra, primary, wide, seen)
        # Whoever learns more than that learns no more than if nothing at all were shown.
        if narrow:
            found = inferred(safe, by, totals, known, extra, narrow)
            at_best = inferred(safe.assign(value=np.nan), by, totals, everything, extra, narrow)
            for row in narrow:
                assert found[row] == pytest.approx(at_best[row], abs=1e-5), table.iloc[row]
