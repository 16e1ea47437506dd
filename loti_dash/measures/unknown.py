"""What a ratio could be if everybody's ethnicity were known.

Limits of what can be known, not confidence limits: draw them differently. No guess is made
about who the unknown are.
"""

import numpy as np

from loti_dash.measures.columns import Numbers, counts, like, positive, silently
from loti_dash.measures.rates import EVENTS, SUBSET, Kind, Rate, possible_counts


@silently
def unknown_bounds(
    group: Rate,
    reference: Rate,
    unknown: Numbers,
    kind: Kind,
    unknown_of: Numbers | None = None,
) -> tuple[Numbers, Numbers]:
    """Return the ratio if every unknown belonged to the reference group, and to the group.

    `unknown` are those in the numerator whose ethnicity is not known. Over a population, or
    where only the numerator has unknowns, the denominators stay as they are, and for persons
    and subsets a group is given no more unknowns than it has people left; the others then
    belong to neither. In a stage of a process the denominator has unknowns as well:
    `unknown_of` of them, `unknown` with the outcome. Those without it then go to the group
    for the low bound, and to the reference group for the high one.

    Without unknowns both bounds are the ratio. Missing where a count is missing or nobody is
    in either group; a bound whose reference group has no events; in a stage, where fewer
    are unknown than are unknown with the outcome. The reference must not contain the group.

    >>> unknown_bounds(Rate(20, 100), Rate(20, 200), 10, EVENTS)
    (1.3333333333333333, 3.0)
    >>> unknown_bounds(Rate(20, 100), Rate(20, 200), 10, "subset_over_set", 110)
    (0.7, 4.090909090909091)

    Source: Manski (2003), Partial Identification of Probability Distributions, Springer.
    """
    unknowns = [unknown] if unknown_of is None else [unknown, unknown_of]
    # Whoever is unknown in a stage is one of a set: there no events outnumber people.
    known = possible_counts(kind if unknown_of is None else SUBSET, group, reference)
    x, n, y, m, u, *of = counts(*known, *unknowns)
    n, m = positive(n), positive(m)
    if of:
        without = np.where(of[0] >= u, of[0] - u, np.nan)
        low = x * (m + u) / ((n + without) * positive(y + u))
        high = (x + u) * (m + without) / ((n + u) * positive(y))
    else:
        to_group, to_reference = x + u, y + u
        if kind != EVENTS:
            to_group, to_reference = np.minimum(to_group, n), np.minimum(to_reference, m)
        low = x * m / (n * positive(to_reference))
        high = to_group * m / (n * positive(y))
    given = *group, *reference, *unknowns
    return like(given, low), like(given, high)
