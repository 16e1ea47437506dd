"""How long all comparisons take: every indicator, area, period, level and group, all columns.

Beside two yardsticks in the same run: a bare sum of the same counts by DuckDB, and a loop over
statsmodels for a sample of the rows (rate, ratio, interval and p-value only, so less work).
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

import pandas as pd
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.rates import confint_poisson_2indep, test_poisson_2indep

from loti_dash import analysis, releases

# A loop over all rows would take many minutes; its time for each row does not depend on how many.
LOOPED = 300
REPEATS = 7


def measure() -> dict[str, float | int | str]:
    """Return rows, seconds of each, and the two ratios: medians of repeated paired runs."""
    store = releases.open_()
    table = analysis.compare_all(store)
    sample = table[table["ratio_low"].notna() & (table["numerator"] > 0)].sample(
        LOOPED, random_state=1
    )
    ours, bare, looped = [], [], []
    for _ in range(REPEATS):
        ours.append(_seconds(lambda: analysis.compare_all(store)))
        bare.append(_seconds(lambda: store.query("bare_sum")))
        looped.append(_seconds(lambda: _loop(sample)) / LOOPED)
    per_row = median(ours) / len(table)
    return {
        "release": store.release,
        "rows": len(table),
        "columns": len(table.columns),
        "ours, seconds": median(ours),
        "bare DuckDB sum, seconds": median(bare),
        "ours / bare sum (aim: at most 5)": median(o / b for o, b in zip(ours, bare, strict=True)),
        "ours, microseconds a row": per_row * 1e6,
        "statsmodels loop, microseconds a row": median(looped) * 1e6,
        "loop / ours, a row (aim: at least 100)": median(
            lo / (o / len(table)) for lo, o in zip(looped, ours, strict=True)
        ),
    }


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
