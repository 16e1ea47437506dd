"""How long all measures of a comparison take for a million rows, beside statsmodels in a loop.

The counts are generated with a seed: they are synthetic, and say nothing about anybody. Both
sides calculate in the same run, and their numbers are compared on the looped rows. The loop
has less to do: limits of rate, ratio and difference, and the p-value. The rest is ours alone.
"""

import tracemalloc
from collections.abc import Callable
from functools import partial
from timeit import timeit
from typing import Any

import numpy as np
from statsmodels.stats import proportion, rates
from statsmodels.stats.multitest import multipletests

from loti_dash import measures
from loti_dash.measures import Kind, Rate
from loti_dash.measures.columns import Floats, Numbers
from loti_dash.measures.rates import BYAR_FROM, EVENTS, SUBSET

GROUPS = 4  # in each area, beside the reference group
FAMILY = 33 * GROUPS  # rows looked at together, of all boroughs: one family of q-values

# Each kind's share of the rows, and how many times faster than the loop we want to be.
WORK: dict[Kind, tuple[float, int]] = {
    EVENTS: (0.25, 1_000),
    "persons_over_population": (0.25, 1_000),
    SUBSET: (0.5, 100),
}
# The greatest relative difference of what counts as the same number. For limits of a ratio it
# is larger: statsmodels looks for Poisson's by descent, up to 1e-8 of absolute error, which is
# 1e-6 of a limit of 0.01; and its formula for Koopman's loses digits if the reference is large.
SAME, SAME_LIMIT_OF_RATIO = 1e-9, 1e-6


def measure(
    rows: int = 1_000_000, looped: int = 200, repeats: int = 5
) -> dict[str, float | int | str]:
    """Return microseconds a row on both sides, how many times faster, and if numbers agree.

    Medians of repeated paired runs: ours of all rows, statsmodels' of `looped` rows of each
    kind. Of these, rows without events on one side are left out: there statsmodels' search ends
    in nonsense, such as a lower limit of 3.6, equal to the upper one, for a ratio of 0.
    """
    figures: dict[str, float | int | str] = {"counts": "synthetic, generated with a seed"}
    for seed, (kind, (share, aim)) in enumerate(WORK.items()):
        name = kind.split("_")[0]
        random = np.random.default_rng(seed)
        table = _generated(kind, int(rows * share), random)
        drawn = table[:, random.permutation(table.shape[1])[:looped]]
        sample = drawn[:, (drawn[0] > 0) & (drawn[2] > 0)]
        works: list[Callable[[], object]] = [
            partial(_ours, kind, table),
            partial(measures.ratio_interval, Rate(*table[:2]), Rate(*table[2:4]), kind),
            partial(_their_intervals, kind, sample),
            partial(_their_others, kind, sample),
        ]
        peak = _peak_memory(works[0])  # it also is the first run, which takes longer
        seconds = np.array([[timeit(work, number=1) for work in works] for _ in range(repeats)])
        ours, ours_alone = (seconds[:, :2] / table.shape[1] * 1e6).T
        theirs_alone, others = (seconds[:, 2:] / sample.shape[1] * 1e6).T
        theirs = theirs_alone + others
        of_limits, of_others = _differences(kind, table, sample)
        same = (of_limits <= SAME_LIMIT_OF_RATIO).all() and (of_others <= SAME).all()
        figures |= {
            f"{name}: rows": table.shape[1],
            f"{name}: rows with a count of 0": int((table[[0, 2]] == 0).any(axis=0).sum()),
            f"{name}: rows with under 10 in the group": int((table[0] < BYAR_FROM).sum()),
            f"{name}: columns of ours": len(_ours(kind, sample)),
            f"{name}: peak memory of ours, MB": peak / 1e6,
            f"{name}: ours, µs a row": float(np.median(ours)),
            f"{name}: statsmodels, µs a row": float(np.median(theirs)),
            f"{name}: times faster (aim: {aim:,})": float(np.median(theirs / ours)),
            f"{name}, ratio interval: ours, µs": float(np.median(ours_alone)),
            f"{name}, ratio interval: statsmodels, µs": float(np.median(theirs_alone)),
            f"{name}, ratio interval: times faster": float(np.median(theirs_alone / ours_alone)),
            f"{name}: rows looped over": sample.shape[1],
            f"{name}: rows left out, a count of 0": drawn.shape[1] - sample.shape[1],
            f"{name}: numbers compared": len(of_limits) + len(of_others),
            f"{name}: difference, ratio limits (≤ {SAME_LIMIT_OF_RATIO})": float(of_limits.max()),
            f"{name}: difference, all others (≤ {SAME})": float(of_others.max()),
            f"{name}: the same numbers": "yes" if same else "no",
        }
    return figures


def _generated(kind: Kind, rows: int, random: np.random.Generator) -> Floats:
    """Return a column for each row: counts of group, reference, everybody and the unknown.

    Populations of about 6,000 in a group and rare events, or sets of about 300; everything is
    spread over some orders of magnitude, and the groups of an area share a reference group.
    """
    shape = rows // GROUPS, 1 + GROUPS
    typical, rarest, commonest = (300, 0.02, 0.4) if kind == SUBSET else (6_000, 0.0003, 0.05)
    people = np.ceil(typical * random.lognormal(0, 1.2, shape)).astype(np.int64)
    people[:, 0] *= 4
    risk = rarest * (commonest / rarest) ** random.uniform(size=(len(people), 1))
    risk = np.minimum(risk * random.lognormal(0, 0.5, shape), 0.95)
    counted = random.poisson(people * risk) if kind == EVENTS else random.binomial(people, risk)
    totals = counted.sum(axis=1), people.sum(axis=1)
    unknown = random.poisson(0.08 * totals[0])
    of_unknown = unknown + random.poisson(0.08 * totals[1])
    once = [counted[:, 0], people[:, 0], *totals, unknown, of_unknown]
    spread = [np.repeat(column, GROUPS) for column in once]
    return np.array([counted[:, 1:].ravel(), people[:, 1:].ravel(), *spread], dtype=np.float64)


def _ours(kind: Kind, table: Floats) -> dict[str, Numbers]:
    """Return every column that `loti_dash.measures` gives for a comparison."""
    x, n, y, m, every_x, every_n, unknown, of_unknown = table
    pair = group, reference = Rate(x, n), Rate(y, m)
    ratio = measures.disproportionality_ratio(*pair)
    p_value = measures.ratio_p_value(*pair, kind)
    two = {
        "rate": measures.rate_interval(group, kind),
        "ratio": measures.ratio_interval(*pair, kind),
        "difference": measures.difference_interval(*pair, kind),
        "excess": measures.excess_interval(*pair, kind),
        "ratio_if_unknown": measures.unknown_bounds(
            *pair, unknown, kind, of_unknown if kind == SUBSET else None
        ),
    }
    return {
        "rate": measures.per(1, group),
        "reference_rate": measures.per(1, reference),
        "ratio": ratio,
        "p_value": p_value,
        "q_value": measures.adjust_p_values(p_value, family=np.arange(len(x)) // FAMILY),
        "evidence": measures.evidence(*two["ratio"]),
        "size_band": measures.size_band(ratio),
        "rate_difference": measures.rate_difference(*pair),
        "excess": measures.excess_count(*pair),
        "representation_ratio": measures.representation_ratio(x, n, every_x, every_n),
        **{f"{name}_low": limits[0] for name, limits in two.items()},
        **{f"{name}_high": limits[1] for name, limits in two.items()},
    }


def _their_intervals(kind: Kind, sample: Floats) -> list[tuple[float, float]]:
    how: dict[str, Any] = {"compare": "ratio", "method": "score"}
    of_one = rates.confint_poisson_2indep
    if kind == SUBSET:
        of_one, how["correction"] = proportion.confint_proportions_2indep, False
    return [of_one(*row, **how) for row in sample[:4].T.tolist()]


def _their_others(kind: Kind, sample: Floats) -> list[tuple[float, ...]]:
    """Return limits of the rate, the p-value, and limits of the difference, row by row."""
    found = []
    for row in sample[:4].T.tolist():
        x, n, y, _ = row
        if kind == EVENTS:
            few = min(x, y) < BYAR_FROM
            how = {"method": "mover", "method_mover": "exact-c"} if few else {"method": "wald"}
            rate = rates.confint_poisson(x, n, method="exact-c")
            limits = rates.confint_poisson_2indep(*row, compare="diff", **how)
        else:
            rate = proportion.proportion_confint(x, n, method="wilson")
            limits = proportion.confint_proportions_2indep(*row, compare="diff", method="newcomb")
        if kind == SUBSET:
            of = {"compare": "ratio", "method": "score", "correction": False}
            test = proportion.test_proportions_2indep(*row, **of)
        else:
            test = rates.test_poisson_2indep(*row, method="score")
        found.append((*rate, test.pvalue, *limits))
    return found


def _differences(kind: Kind, table: Floats, sample: Floats) -> tuple[Floats, Floats]:
    """Return relative differences to statsmodels: of limits of ratios, and of all else."""
    ours = _ours(kind, sample)
    limits = np.array([ours["ratio_low"], ours["ratio_high"]]).T
    of_limits = _apart(limits, np.array(_their_intervals(kind, sample)))
    names = "rate_low rate_high p_value difference_low difference_high".split()
    others = np.array([ours[name] for name in names]).T
    # From 10 events our limits of a rate are Byar's, which statsmodels does not have.
    comparable = np.full(others.shape, True)
    comparable[:, :2] = ((kind != EVENTS) | (sample[0] < BYAR_FROM))[:, None]
    of_others = _apart(others, np.array(_their_others(kind, sample)))[comparable]
    p_value, q_value = (_ours(kind, table[:, :FAMILY])[name] for name in ("p_value", "q_value"))
    known = ~np.isnan(p_value)
    of_family = _apart(q_value[known], multipletests(p_value[known], method="fdr_bh")[1])
    return of_limits.ravel(), np.concatenate([of_others, of_family])


def _apart(ours: Floats, theirs: Floats) -> Floats:
    """Return how far numbers are apart, as a part of the second; infinite if one is missing."""
    apart = np.abs(ours - theirs) / np.where(theirs == 0, 1, np.abs(theirs))
    return np.where(np.isnan(apart), np.inf, apart)


def _peak_memory(work: Callable[[], object]) -> int:
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak
