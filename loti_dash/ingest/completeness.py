"""Whether a month of searches is all there, seen from the months around it.

The police publish months of which most records are missing, without saying so. Such a month is
named here, with the figures; whether it is refused or left out is up to the source. A month is
never corrected or estimated.
"""

import pandas as pd

NEIGHBOURS = 4

# A category that neighbours use is missing, and not just rare, if at their share of it ten
# searches or more were to be expected: by chance there would be none once in 20,000 months.
EXPECTED = 10

# Every whole month of the Metropolitan Police has hundreds of each of these. They are asked for
# even if the months around are just as incomplete, in any month with this many searches.
LARGE = 1_000
ALWAYS = [
    ("officer_defined", "asian"),
    ("officer_defined", "black"),
    ("officer_defined", "other"),
    ("officer_defined", "white"),
    ("self_defined", "unknown_not_stated"),
]


def incomplete(months: pd.DataFrame, others: pd.DataFrame | None = None) -> dict[str, str]:
    """Return what is wrong with each month that is not all there.

    A row of `months` is a month (2018-04), a column is a category: a pair such as
    ("officer_defined", "white"); the values count searches. `others` has further months, to
    compare with and not to be judged. A month is not all there if it has less than half of
    the median of its nearest four months, or none of a category that those have.
    """
    known = months
    if others is not None:
        known = pd.concat([months, others[~others.index.isin(months.index)]])
    known = known.fillna(0)
    self_defined = [column for column in known.columns if column[0] == "self_defined"]
    totals = known[self_defined].sum(axis=1)
    shares = known.div(totals, axis=0)
    reasons = {str(month): _reasons(month, known, totals, shares) for month in months.index}
    return {month: "; ".join(found) for month, found in reasons.items() if found}


def _reasons(
    month: str, known: pd.DataFrame, totals: pd.Series, shares: pd.DataFrame
) -> list[str]:
    near = _nearest(month, known.index)
    found, usual = totals[month], totals[near].median()
    here = known.loc[month]
    reasons = []
    if found < usual / 2:
        reasons.append(
            f"{found:,.0f} searches of people are less than half of {usual:,.0f}, the median of "
            f"{', '.join(sorted(near))}"
        )
    expected = shares.loc[near].median() * found
    absent = set(here.index[(here == 0) & (expected >= EXPECTED)])
    if found >= LARGE:
        absent |= {category for category in ALWAYS if not here.get(category, 0)}
    if absent:
        named = ", ".join(f"{code} ({kind.replace('_', '-')})" for kind, code in sorted(absent))
        reasons.append(f"not one of {found:,.0f} searches is recorded as {named}")
    return reasons


def _nearest(month: str, known: pd.Index) -> list[str]:
    def distance(other: str) -> tuple[int, str]:
        return abs(_number(other) - _number(month)), other

    return sorted(known.drop(month), key=distance)[:NEIGHBOURS]


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:])
