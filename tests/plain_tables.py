"""The measures of several rows at once, slow and plain: areas, periods, strata, groups.

As `plain`: one row after the other, from the definition; None is what is missing.
"""

import math

from plain import EVENTS, byar, halved, impossible, ratio, z_of


def gamma_up_to(shape, mean):
    """Return how likely so many events or more are, for a number that need not be whole."""
    if mean == 0 or shape == 0:
        return 0.0 if shape else 1.0
    first = shape * math.log(mean) - mean
    return math.fsum(
        math.exp(first + k * math.log(mean) - math.lgamma(shape + k + 1))
        for k in range(int(2 * mean) + 200)
    )


def funnel_limits(benchmark, n, kind, coverage):
    if impossible(EVENTS, 0, n) or (kind != EVENTS and benchmark > 1):
        return None, None
    if kind != EVENTS:
        reach = z_of(coverage) * math.sqrt(benchmark * (1 - benchmark) / n)
        return max(benchmark - reach, 0), min(benchmark + reach, 1)
    tail, mean = (1 - coverage) / 2, benchmark * n
    most = 10 * mean + 50
    # At most x events is all but x + 1 or more.
    low = halved(lambda x: 1 - gamma_up_to(x + 1, mean) - tail, 0, most)
    high = halved(lambda x: tail - gamma_up_to(x, mean), 0, most)
    return low / n, high / n


def shrink(rows):
    known = [(x, n) for x, n in rows if x is not None and n]
    if not known:
        return [None] * len(rows)
    people = math.fsum(n for _, n in known)
    mean = math.fsum(x for x, _ in known) / people
    spread = math.fsum(n * (x / n - mean) ** 2 for x, n in known) / people
    between = max(0, spread - mean / (people / len(known)))

    def one(x, n):
        if x is None or not n:
            return None
        if between == 0:
            return mean
        return mean + (x / n - mean) * between / (between + mean / n)

    return [one(x, n) for x, n in rows]


def trend_test(rows):
    """Return chi-square and p, as the square of a regression slope over its standard error."""
    if len(rows) < 3 or any(x is None or not n or x > n for x, n in rows):
        return None, None
    people = sum(n for _, n in rows)
    share = sum(x for x, _ in rows) / people
    if share in (0, 1):
        return None, None
    middle = math.fsum(score * n for score, (_, n) in enumerate(rows, 1)) / people
    spread = math.fsum(n * (score - middle) ** 2 for score, (_, n) in enumerate(rows, 1))
    slope = (
        math.fsum(n * (score - middle) * (x / n - share) for score, (x, n) in enumerate(rows, 1))
        / spread
    )
    chi_square = slope**2 / (share * (1 - share) / spread)
    return chi_square, math.erfc(math.sqrt(chi_square / 2))


def change_in_ratio(before, after, confidence):
    """Return the change from two times four numbers: counts and people of both groups."""
    if not all((*before, *after)):
        return None, None, None
    change = math.log(ratio(*after)) - math.log(ratio(*before))
    (x, _, y, _), (later_x, _, later_y, _) = before, after
    reach = z_of(confidence) * math.sqrt(1 / x + 1 / y + 1 / later_x + 1 / later_y)
    return math.exp(change), math.exp(change - reach), math.exp(change + reach)


def directly_standardised(rows, confidence):
    """Return rate and limits of rows of count, people and weight."""
    total = sum(w for _, _, w in rows)
    events = sum(x for x, _, _ in rows)
    if total == 0 or events < 10 or any(n == 0 for _, n, _ in rows):
        return None, None, None
    rate = math.fsum(w / total * (x / n) for x, n, w in rows)
    variance = math.fsum((w / total) ** 2 * (x / n**2) for x, n, w in rows)
    low, high = byar(events, confidence)
    scale = math.sqrt(variance / events)
    return rate, rate + scale * (low - events), rate + scale * (high - events)


def mean_of(values, weights):
    total = math.fsum(weights)
    if total == 0:
        return None
    return math.fsum(w / total * y for y, w in zip(values, weights, strict=True))


def kitagawa(rows):
    """Return composition and rate effect of rows of rate and weight, before and after."""
    total_1, total_2 = sum(w for _, w, _, _ in rows), sum(w for _, _, _, w in rows)
    if total_1 == 0 or total_2 == 0:
        return None, None
    return (
        math.fsum((w2 / total_2 - w1 / total_1) * (r1 + r2) / 2 for r1, w1, r2, w2 in rows),
        math.fsum((r2 - r1) * (w1 / total_1 + w2 / total_2) / 2 for r1, w1, r2, w2 in rows),
    )


def theil(rates, weights):
    mean = mean_of(rates, weights)
    if not mean:
        return None
    return 1_000 * mean_of([y / mean * math.log(y / mean) if y else 0 for y in rates], weights)


def index_of_disparity(rates, weights):
    mean = mean_of(rates, weights)
    return 100 * mean_of([abs(y - mean) for y in rates], weights) / mean if mean else None


def weighted_mean_difference(rates, weights, reference):
    return mean_of([abs(y - reference) for y in rates], weights)


def max_min(rates):
    ordered = sorted(rates)
    return ordered[-1] - ordered[0], ordered[-1] / ordered[0] if ordered[0] else None
