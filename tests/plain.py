"""Every measure once more, slow and plain, to check the fast ones against.

One row at a time, with the math module, straight from the definition; limits are found by
halving an interval, probabilities by adding them up. None is what is missing.
"""

import math
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest

EVENTS = "events_over_population"
SUBSET = "subset_over_set"


def agree(found, expected, **tolerance):
    """Say whether numbers, or pairs of them, are equal or missing together."""
    if isinstance(expected, tuple):
        pairs = zip(found, expected, strict=True)
        return all(agree(one, other, **tolerance) for one, other in pairs)
    if expected is None:
        return math.isnan(found)
    return found == pytest.approx(expected, **({"rel": 1e-9, "abs": 1e-12} | tolerance))


def normal_quantile(probability):
    return halved(lambda z: (1 + math.erf(z / math.sqrt(2))) / 2 - probability, -10, 10)


def halved(rising, low, high):
    """Return where a rising function crosses 0."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (low, middle) if rising(middle) > 0 else (middle, high)
    return (low + high) / 2


def z_of(confidence):
    return normal_quantile((1 + confidence) / 2)


def impossible(kind, x, n):
    return n == 0 or (kind != EVENTS and x > n)


def per(population, x, n):
    return x / n * population if n else None


def poisson_up_to(x, mean):
    """Return the probability of at most x events where so many are expected."""
    if mean == 0:
        return 1.0
    return math.fsum(
        math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(x + 1)
    )


def garwood(x, confidence):
    tail = (1 - confidence) / 2
    most = 10 * x + 50
    low = halved(lambda mean: 1 - poisson_up_to(x - 1, mean) - tail, 0, most) if x else 0.0
    return low, halved(lambda mean: tail - poisson_up_to(x, mean), 0, most)


def byar(x, confidence):
    z, more = z_of(confidence), x + 1
    high = more * (1 - 1 / (9 * more) + z / (3 * math.sqrt(more))) ** 3
    low = x * (1 - 1 / (9 * x) - z / (3 * math.sqrt(x))) ** 3 if x else -1
    return low if low >= 0 else None, high


def count_interval(x, method, confidence):
    if method == "exact" or (method == "ohid" and x < 10):
        return garwood(x, confidence)
    return byar(x, confidence)


def proportion_interval(x, n, confidence):
    if impossible(SUBSET, x, n):
        return None, None
    z2 = z_of(confidence) ** 2
    reach = math.sqrt(z2) * math.sqrt(x * (n - x) / n + z2 / 4)
    return (x + z2 / 2 - reach) / (n + z2), (x + z2 / 2 + reach) / (n + z2)


def rate_interval(x, n, kind, confidence):
    if impossible(kind, x, n):
        return None, None
    if kind != EVENTS:
        return proportion_interval(x, n, confidence)
    low, high = count_interval(x, "ohid", confidence)
    return None if low is None else low / n, high / n


def ratio(x, n, y, m):
    return (x / n) / (y / m) if n and m and y else None


def poisson_test(rho, x, n, y, m):
    """Return how many standard errors x is from what is expected if rho is the ratio."""
    share = rho * n / (rho * n + m)
    both = x + y
    return (x - both * share) / math.sqrt(both * share * (1 - share))


def koopman_test(rho, x, n, y, m):
    """Return the same for proportions, the likelihood maximised by search, not by formula."""
    if x / n == rho * y / m:
        return 0.0

    def falling(p):  # the slope of the log likelihood, times p * (1 - p) * (1 - rho * p)
        return (x + y) * (1 - p) * (1 - rho * p) - p * (
            (m - y) * (1 - rho * p) + (n - x) * rho * (1 - p)
        )

    p = halved(lambda p: -falling(p), 0, min(1, 1 / rho))
    variance = rho * p * (1 - rho * p) / n + rho**2 * p * (1 - p) / m
    return (x / n - rho * y / m) / math.sqrt(variance)


def score_interval(x, n, y, m, kind, confidence):
    test = koopman_test if kind == SUBSET else poisson_test
    z = z_of(confidence)

    def where(target):
        return math.exp(
            halved(lambda log: target - test(math.exp(log), x, n, y, m), math.log(1e-9), 25)
        )

    return where(z) if x else 0.0, where(-z) if y else None


def binomial_up_to(x, n, p):
    if p in (0, 1):
        return 1.0 if p == 0 or x >= n else 0.0
    return math.fsum(math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(x + 1))


def exact_interval(x, n, y, m, confidence):
    tail, both = (1 - confidence) / 2, x + y
    low = halved(lambda p: 1 - binomial_up_to(x - 1, both, p) - tail, 0, 1) if x else 0.0
    high = halved(lambda p: tail - binomial_up_to(x, both, p), 0, 1) if y else None
    return low / (1 - low) * m / n, None if high is None else high / (1 - high) * m / n


def log_interval(x, n, y, m, kind, confidence):
    if not (x and y):
        return None, None
    variance = 1 / x + 1 / y
    if kind == SUBSET:
        variance = 1 / x - 1 / n + 1 / y - 1 / m
    reach = z_of(confidence) * math.sqrt(max(variance, 0))
    middle = math.log(ratio(x, n, y, m))
    return math.exp(middle - reach), math.exp(middle + reach)


def ratio_interval(x, n, y, m, kind, method, confidence):
    if impossible(kind, x, n) or impossible(kind, y, m) or x + y == 0:
        return None, None
    if method == "log":
        return log_interval(x, n, y, m, kind, confidence)
    if method == "exact":
        return exact_interval(x, n, y, m, confidence)
    return score_interval(x, n, y, m, kind, confidence)


def ratio_p_value(x, n, y, m, kind):
    if impossible(kind, x, n) or impossible(kind, y, m) or x + y == 0:
        return None
    if kind != SUBSET:
        return math.erfc(abs(poisson_test(1, x, n, y, m)) / math.sqrt(2))
    if x == n and y == m:
        return 1.0
    chi_square = 0.0
    for observed, row, column in (
        (x, n, x + y),
        (n - x, n, n + m - x - y),
        (y, m, x + y),
        (m - y, m, n + m - x - y),
    ):
        expected = row * column / (n + m)
        chi_square += (observed - expected) ** 2 / expected
    return math.erfc(math.sqrt(chi_square / 2))


def to_all(rho, share):
    """Return the ratio to all where the rest has a rate of 1."""
    return rho / (share * rho + (1 - share) * 1)


def representation_ratio(x, n, every_x, every_n):
    return (x / every_x) / (n / every_n) if n and every_x and every_n else None


def rate_difference(x, n, y, m):
    return x / n - y / m if n and m else None


def difference_interval(x, n, y, m, kind, confidence):
    if impossible(kind, x, n) or impossible(kind, y, m):
        return None, None
    p, q = x / n, y / m
    if kind == EVENTS and x >= 10 and y >= 10:
        reach = z_of(confidence) * math.sqrt(x / n**2 + y / m**2)
        return p - q - reach, p - q + reach
    if kind == EVENTS:
        (l1, u1), (l2, u2) = garwood(x, confidence), garwood(y, confidence)
        l1, u1, l2, u2 = l1 / n, u1 / n, l2 / m, u2 / m
    else:
        l1, u1 = proportion_interval(x, n, confidence)
        l2, u2 = proportion_interval(y, m, confidence)
    return (
        p - q - math.sqrt((p - l1) ** 2 + (u2 - q) ** 2),
        p - q + math.sqrt((u1 - p) ** 2 + (q - l2) ** 2),
    )


def excess_count(x, n, y, m):
    return x - n * (y / m) if n and m else None


def unknown_bounds(x, n, y, m, u, kind, v=None):
    """Return the least and the greatest ratio of all allocations, each one tried.

    u events of unknown people, or of v unknown people in the set. Each belongs to the group,
    to the reference group, or to neither. A bound is missing where the ratio that it would
    be has no events in its reference group.
    """
    if v is not None:
        kind = SUBSET
    if impossible(kind, x, n) or impossible(kind, y, m) or (v is not None and v < u):
        return None, None
    tried = []
    without = 0 if v is None else v - u
    for with_group in range(u + 1):
        for with_reference in range(u - with_group + 1):
            for without_group in range(without + 1):
                for without_reference in range(without - without_group + 1):
                    a, b, people, others = x + with_group, y + with_reference, n, m
                    if v is not None:
                        people += with_group + without_group
                        others += with_reference + without_reference
                    if kind != EVENTS and (a > people or b > others):
                        continue
                    found = ratio(a, people, b, others)
                    tried.append(math.inf if found is None else found)
    low, high = min(tried), max(tried)
    return None if low == math.inf else low, None if high == math.inf else high


def adjusted(p_values, method):
    """Return the adjusted p-values of one family, from the definition of each method."""
    known = [p for p in p_values if p is not None]
    size = len(known)
    penalty = sum(1 / k for k in range(1, size + 1)) if method == "by" else 1

    def one(p):
        if p is None:
            return None
        # As many as are not above it; as many as are below it, for the step-down method.
        if method == "holm":
            steps = [
                (size - sum(k < other for k in known)) * other for other in known if other <= p
            ]
            return min(1, max(steps))
        steps = [
            size * penalty * other / sum(k <= other for k in known)
            for other in known
            if other >= p
        ]
        return min(1, *steps, 1)

    return [one(p) for p in p_values]


def evidence(low, high):
    if low is None or high is None:
        return "none"
    return "higher" if low > 1 else "lower" if high < 1 else "uncertain"


def size_band(x):
    if x is None:
        return "none"
    if 0.8 <= x <= 1.25:
        return "within"
    return "triple" if x >= 3 else "double" if x >= 2 else "outside"


def round_half_up(number, digits):
    with localcontext() as context:
        context.prec = 400
        step = Decimal(10) ** -digits
        steps = abs(Decimal(repr(number))) / step
        whole = steps.to_integral_value(rounding=ROUND_HALF_UP)
        return math.copysign(float(whole * step), number)
