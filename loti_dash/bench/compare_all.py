"""How long all comparisons take: every indicator, area, period, level and group, all columns.

Beside three yardsticks in the same run: a bare sum of the same counts by DuckDB; a loop over
statsmodels for a sample of the rows (rate, ratio, interval and p-value only, so less work); and
fairlearn for a sample of areas and periods, for the rates and their ratios alone. It wants a row
for each person, so counts are laid out as people first, which is not a part of its time.
"""

import hashlib
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd
from fairlearn.metrics import MetricFrame, selection_rate
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.rates import confint_poisson_2indep, test_poisson_2indep

from loti_dash import analysis, releases
from loti_dash.bench_lines import Figures, Line
from loti_dash.store import Store

# A loop over all rows would take many minutes; its time for each row does not depend on how many.
LOOPED = 300
# Areas and periods laid out as people, at most so many people in all.
FRAMES, PEOPLE = 12, 1_000_000
REPEATS = 7
QUICK = {"repeats": 1}


def measure(repeats: int = REPEATS) -> Figures:
    """Return rows, seconds of each, and the three ratios: medians of repeated paired runs."""
    store = releases.open_()
    table = analysis.compare_all(store)
    sample = table[table["ratio_low"].notna() & (table["numerator"] > 0)].sample(
        LOOPED, random_state=1
    )
    people = _people(table)
    framed_rows = sum(len(of.drop_duplicates("group")) for of in people)
    ours, bare, looped, framed = [], [], [], []
    for _ in range(repeats):
        ours.append(_seconds(lambda: analysis.compare_all(store)))
        bare.append(_seconds(lambda: store.query("bare_sum")))
        looped.append(_seconds(lambda: _loop(sample)) / LOOPED)
        framed.append(_seconds(lambda: [*map(_frame, people)]) / framed_rows)
    per_row = median(ours) / len(table)
    return {
        "release": store.release,
        "rows": len(table),
        "columns": len(table.columns),
        "sha256 of all rows, with every reference": digest(store),
        "ours, seconds": median(ours),
        "bare DuckDB sum, seconds": median(bare),
        "ours / bare sum": median(o / b for o, b in zip(ours, bare, strict=True)),
        "ours, microseconds a row": per_row * 1e6,
        "statsmodels loop, microseconds a row": median(looped) * 1e6,
        "fairlearn, microseconds a row": median(framed) * 1e6,
        "fairlearn, people laid out": sum(map(len, people)),
        "loop / ours, a row": _median_a_row(looped, ours, len(table)),
        "fairlearn / ours, a row": _median_a_row(framed, ours, len(table)),
    }


def digest(store: Store) -> str:
    """Return the SHA-256 of every comparison with every reference, each value in full.

    The same before and after a change of the code means that no figure moved, by not a digit.
    """
    whole = hashlib.sha256()
    for reference in analysis.REFERENCES:
        table = analysis.compare_all(store, reference)
        for name in table.columns:
            values = table[name].astype(object).where(table[name].notna(), "")
            whole.update(name.encode())
            whole.update("\n".join(map(repr, values.tolist())).encode())
    return whole.hexdigest()


def lines(of: Figures) -> list[Line]:
    """Return how near the aims are."""
    row = float(of["ours, microseconds a row"]) / 1e6
    loop = float(of["statsmodels loop, microseconds a row"]) / 1e6
    frame = float(of["fairlearn, microseconds a row"]) / 1e6
    seconds, bare = float(of["ours, seconds"]), float(of["bare DuckDB sum, seconds"])
    times, framed = float(of["loop / ours, a row"]), float(of["fairlearn / ours, a row"])
    return [
        Line("every comparison", seconds, bare, float(of["ours / bare sum"]), 3, beside="DuckDB"),
        Line("one row", row, loop, times, 300, beside="statsmodels loop", at_least=True),
        Line("one row", row, frame, framed, 50, beside="fairlearn", at_least=True),
    ]


def _median_a_row(yardstick: list[float], ours: list[float], rows: int) -> float:
    return median(each / (o / rows) for each, o in zip(yardstick, ours, strict=True))


def _people(table: pd.DataFrame) -> list[pd.DataFrame]:
    """Return some areas and periods with a row for each person: group, and whether counted."""
    known = table[(table["numerator"] <= table["denominator"]) & table["ratio"].notna()]
    keys = ["indicator", "period", "area_code"]
    found: list[pd.DataFrame] = []
    for _, rows in known.sample(frac=1, random_state=1).groupby(keys, sort=False, observed=True):
        rows = rows.drop_duplicates("group_code")
        size = rows["denominator"].round().sum() + sum(map(len, found))
        if len(rows) > 2 and size <= PEOPLE and len(found) < FRAMES:
            found.append(_laid_out(rows))
    return found


def _laid_out(rows: pd.DataFrame) -> pd.DataFrame:
    counted = rows["numerator"].round().astype(int).to_numpy()
    others = rows["denominator"].round().astype(int).to_numpy() - counted
    groups = rows["group_code"].astype(str).to_numpy()
    return pd.DataFrame(
        {
            "group": np.repeat(np.concatenate([groups, groups]), [*counted, *others]),
            "counted": np.repeat([1, 0], [counted.sum(), others.sum()]),
        }
    )


def _frame(people: pd.DataFrame) -> tuple[pd.Series, float]:
    """Return the rates of groups, and the least of their ratios, as fairlearn has them."""
    frame = MetricFrame(
        metrics=selection_rate,
        y_true=people["counted"],
        y_pred=people["counted"],
        sensitive_features=people["group"],
    )
    return frame.by_group, frame.ratio()


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def _loop(rows: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Return rate, ratio, interval and p-value of each row, one after the other."""
    found: list[tuple[Any, ...]] = []
    for row in rows.to_dict("records"):
        n, d = float(row["numerator"]), float(row["denominator"])
        # The reference's counts are not in the table; only the time matters here.
        r_n, r_d = max(n, 1.0) * 2, d * 2
        if row["ratio_method"] == "koopman_score":
            low, high = confint_proportions_2indep(
                n, d, r_n, r_d, compare="ratio", method="score", correction=False
            )
            rate_low, rate_high = proportion_confint(n, d, method="wilson")
            p = 0.0
        else:
            low, high = confint_poisson_2indep(n, d, r_n, r_d, compare="ratio", method="score")
            rate_low, rate_high = proportion_confint(n, max(n, d), method="wilson")
            p = float(test_poisson_2indep(n, d, r_n, r_d, method="score").pvalue)
        found.append((n / d, rate_low, rate_high, (n / d) / (r_n / r_d), low, high, p))
    return found
