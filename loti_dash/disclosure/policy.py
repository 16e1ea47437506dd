"""What is withheld, by who may read it: every threshold of disclosure control, and nothing else.

A change here changes what the next release withholds; releases that exist stay as they are.
"""

from dataclasses import dataclass
from typing import Literal

from loti_dash.measures import round_half_up
from loti_dash.measures.columns import Numbers

Mode = Literal["public", "partner", "internal"]


@dataclass(frozen=True)
class Policy:
    """The thresholds of one way to release figures.

    Counts from 1 to `threshold` - 1 are withheld; a threshold of 1 withholds nothing.
    `sensitive_threshold` is that of sensitive subjects: custody of children, mental health,
    homelessness of small groups. What is shown is rounded to the nearest `rounding_base`;
    1 is not at all. Where more than the share `coarser_from` of all cells would be withheld,
    coarser groups, areas or longer periods are offered first.
    """

    threshold: int
    sensitive_threshold: int
    rounding_base: int
    coarser_from: float


POLICIES: dict[Mode, Policy] = {
    "public": Policy(threshold=5, sensitive_threshold=6, rounding_base=1, coarser_from=0.2),
    "partner": Policy(threshold=3, sensitive_threshold=3, rounding_base=1, coarser_from=0.2),
    "internal": Policy(threshold=1, sensitive_threshold=1, rounding_base=1, coarser_from=1.0),
}
PUBLIC = POLICIES["public"]


def rounded(counts: Numbers, base: int) -> Numbers:
    """Return counts rounded to the nearest multiple of a base, halves up; missing stays missing.

    >>> rounded(12.0, 5), rounded(285.0, 10), rounded(7.0, 1)
    (10.0, 290.0, 7.0)
    """
    assert base >= 1, f"counts are rounded to 1 or more, not to {base!r}"
    return round_half_up(counts / base) * base
