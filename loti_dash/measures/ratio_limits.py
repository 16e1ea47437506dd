"""Confidence limits and score tests of the ratio of two rates, as arithmetic on arrays.

The group has `x` of `n`, the reference group `y` of `m`. Where no event is in the reference
group there is no upper limit, and it is missing; where there is none in either group there
is neither.
"""

from typing import TypeAlias

import numpy as np
from scipy import special
from scipy.optimize import elementwise

from loti_dash.measures.columns import Floats, positive

Pair: TypeAlias = tuple[Floats, Floats]

# Of the logarithm of a ratio: its limits are right to twelve significant figures.
TOLERANCE = 1e-12
# A Newton step this small leaves an error of about its square.
SETTLED = 1e-7


def poisson_score(x: Floats, n: Floats, y: Floats, m: Floats, z: float) -> Pair:
    """Return the score limits of a ratio of two rates of events.

    Given the sum of both counts, the count of the group is binomial: Wilson's limits of
    x / (x + y), turned into odds and divided by n / m. Written so that nothing cancels: the
    lower limit is as far below the ratio as the upper one is above it, as factors.

    >>> x, n, y, m = np.array([[30.0], [1_000.0], [40.0], [4_000.0]])
    >>> [round(limit.item(), 2) for limit in poisson_score(x, n, y, m, 1.959964)]
    [1.88, 4.8]

    Source: Wilson (1927), JASA 22, pages 209 to 212, applied to x / (x + y).
    """
    both, half = positive(x + y), z * z / 2
    root = z * np.sqrt(x * y / both + half / 2)
    product = (x + half + root) * (y + half + root) / (1 + z * z / both)
    exposure = positive(m) / positive(n)
    return x * x / product * exposure, product / positive(y * y) * exposure


def koopman(x: Floats, n: Floats, y: Floats, m: Floats, z: float) -> Pair:
    """Return the score limits of a ratio of two proportions.

    All ratios that the score test does not reject. Missing where a count is above its total.

    >>> x, n, y, m = np.array([[26.0], [304.0], [645.0], [11_111.0]])
    >>> [round(limit.item(), 3) for limit in koopman(x, n, y, m, 1.959964)]
    [1.01, 2.124]

    Source: Koopman (1984), Biometrics 40, pages 513 to 517.
    """
    n = np.where((x <= n) & (y <= m), n, np.nan)
    low, high = _koopman_by_formula(x, n, y, m, z)
    low, high = _refined(low, z, x, n, y, m), _refined(high, -z, x, n, y, m)
    # The few that have not settled are searched for.
    left = np.isnan(high) & (y > 0) & (n > 0)
    high[left] = _koopman_high(x[left], n[left], y[left], m[left], z)
    high[y == 0] = np.nan
    # Turned over, the ratio of the groups is that of the groups exchanged.
    left = np.isnan(low) & (x > 0) & (m > 0) & (n > 0)
    low[left] = 1 / _koopman_high(y[left], m[left], x[left], n[left], z)
    return np.where(x > 0, low, np.where((y > 0) & np.isfinite(high), 0.0, np.nan)), high


def log_normal(x: Floats, n: Floats, y: Floats, m: Floats, z: float, *, subset: bool) -> Pair:
    """Return limits that are symmetric about the logarithm of the ratio.

    For a subset of a set, the finite totals make them narrower. Missing where a count is 0.

    >>> x, n, y, m = np.array([[26.0], [304.0], [645.0], [11_111.0]])
    >>> [round(limit.item(), 3) for limit in log_normal(x, n, y, m, 1.959964, subset=True)]
    [1.012, 2.144]

    Source: Rothman and Greenland (1998), Modern Epidemiology, page 238; for a subset, Katz et
    al. (1978), Biometrics 34, pages 469 to 474.
    """
    x, y = positive(x), positive(y)
    variance = 1 / x + 1 / y - ((1 / n + 1 / m) if subset else 0.0)
    factor = np.exp(z * np.sqrt(np.maximum(variance, 0)))
    ratio = x * positive(m) / (positive(n) * y)
    return ratio / factor, ratio * factor


def exact(x: Floats, n: Floats, y: Floats, m: Floats, confidence: float) -> Pair:
    """Return the exact conditional limits of a ratio of two rates of events.

    Clopper and Pearson's limits of x / (x + y), turned into odds and divided by n / m.

    >>> x, n, y, m = np.array([[26.0], [304.0], [645.0], [11_111.0]])
    >>> [round(limit.item(), 3) for limit in exact(x, n, y, m, 0.95)]
    [0.955, 2.179]

    Source: Clopper and Pearson (1934), Biometrika 26, pages 404 to 413.
    """
    tail = (1 - confidence) / 2
    exposure = positive(m) / positive(n)
    # The odds of a beta variable: a share and its complement, each from its own function,
    # because 1 - share loses the digits of a small complement.
    share = special.betaincinv(positive(x), y + 1, tail)
    low = share / special.betaincinv(y + 1, positive(x), 1 - tail) * exposure
    share = special.betaincinv(x + 1, positive(y), 1 - tail)
    high = share / special.betaincinv(positive(y), x + 1, tail) * exposure
    return np.where((x == 0) & (y > 0), 0.0 * exposure, low), high


def poisson_statistic(x: Floats, n: Floats, y: Floats, m: Floats) -> Floats:
    """Return how many standard errors two rates of events are apart, if they are equal.

    Positive where the group's is higher; missing where neither group has events.

    >>> poisson_statistic(*np.array([[9.0], [100.0], [1.0], [100.0]])).round(2).item()
    2.53

    Source: the test whose limits are `poisson_score`; Wilson (1927), JASA 22.
    """
    n, m = positive(n), positive(m)
    return (x * m - y * n) / np.sqrt(positive(x + y) * n * m)


def koopman_statistic(x: Floats, n: Floats, y: Floats, m: Floats) -> Floats:
    """Return how many standard errors two proportions are apart, if they are equal.

    Its square is Pearson's chi-square without continuity correction. 0 where everybody in
    both groups is counted; missing where nobody is.

    >>> koopman_statistic(*np.array([[30.0], [100.0], [20.0], [100.0]])).round(2).item()
    1.63

    Source: the test whose limits are `koopman`; Koopman (1984), Biometrics 40.
    """
    return _koopman_test(np.ones_like(x), x, positive(n), np.where(x + y > 0, y, np.nan), m)[0]


def _koopman_test(ratio: Floats, x: Floats, n: Floats, y: Floats, m: Floats) -> Pair:
    """Return the score statistic of a ratio, and its slope against the ratio's logarithm."""
    one, other, cross = ratio * (n + y), x + m, 2 * ratio * (n - x) * (m - y)
    # The discriminant of Koopman's quadratic, written as a sum of what cannot be negative;
    # and its smaller root so that rare events keep their digits.
    root = np.sqrt((one - other) ** 2 + 2 * cross)
    expected = 2 * (x + y) / (one + other + root)
    # p (1 - p) / n + ratio² q (1 - q) / m, with p = ratio * q and that root put in for q.
    spread = np.maximum(x + y - (x + ratio * y) * expected, 0)
    variance = ratio * spread / (n * m)
    error = np.sqrt(positive(variance))
    difference = x / n - ratio * y / m
    statistic = np.where(difference == 0, 0.0 * variance, difference / error)
    rise = -expected * (one + ((one - other) * one + cross) / root) / (one + other + root)
    growth = 1 - (ratio * y * expected + (x + ratio * y) * rise) / spread
    return statistic, -ratio * y / m / error - statistic * growth / 2


def _koopman_by_formula(x: Floats, n: Floats, y: Floats, m: Floats, z: float) -> Pair:
    """Return both limits in closed form, some digits of which are lost to rounding.

    Source: Nam (1995), Biometrical Journal 37, pages 375 to 379.
    """
    # The reference's proportion at a limit is one of the lesser two roots of a cubic. The
    # greatest one is taken out first, because by its formula the others would lose more digits.
    both, people, square = x + y, n + m, z * z
    first = m * people * x + n * (m + x) * square
    second = (n * m * both + 2 * people * x * y + n * (m + y + 2 * x) * square) / first
    third = (y * (2 * n * m * both + people * x * y) + n * m * both * square) / (m * first)
    fourth = n * y * y * both / (m * first)
    centre = second / 3
    reach = centre * centre - third / 3
    angle = (centre * (centre * centre - third / 2) + fourth / 2) / (reach * np.sqrt(reach))
    greatest = centre + 2 * np.sqrt(reach) * np.cos(np.arccos(np.clip(angle, -1, 1)) / 3)
    product = fourth / greatest
    middle = (third - product) / greatest / 2
    larger = middle + np.sqrt(np.maximum(middle * middle - product, 0))
    roots = larger, product / larger  # the larger proportion belongs to the lower ratio
    low, high = ((both - (m + x) * p) / (p * (y + n - people * p)) for p in roots)
    return low, high


def _refined(start: Floats, target: float, x: Floats, n: Floats, y: Floats, m: Floats) -> Floats:
    """Return the ratio whose statistic is the target, missing where one step is not enough."""
    statistic, slope = _koopman_test(start, x, n, y, m)
    step = (target - statistic) / slope
    # Where everybody is counted the slope has no bounds, and a small step says nothing.
    settled = (np.abs(step) + np.abs(1 - statistic / target) < SETTLED) & ((x < n) | (y < m))
    return np.where(settled, start * (1 + step), np.nan)


def _koopman_high(x: Floats, n: Floats, y: Floats, m: Floats, z: float) -> Floats:
    # The binomial variance is the Poisson variance less (x + ratio * y) * expected, so the
    # limit lies inside Poisson's; and outside the ratio, or if that is 0, outside the limit
    # for a proportion of 0 of n against one that is known.
    _, outer = poisson_score(x, n, y, m, z)
    inner = np.where(x > 0, x * m / (n * y), outer * n / (n + z * z) * (1 - 1e-9))
    found = elementwise.find_root(
        lambda log_ratio, *counts: _koopman_test(np.exp(log_ratio), *counts)[0] + z,
        (np.log(inner), np.log(outer * (1 + 1e-9))),
        args=(x, n, y, m),
        tolerances={"xatol": TOLERANCE, "xrtol": 0, "fatol": 0, "frtol": 0},
    )
    return np.where(found.success, np.exp(found.x), np.nan)
