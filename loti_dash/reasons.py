"""The status of a row of the comparison table, and the reason for it in words for readers."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loti_dash.caveat_rules import LEAST_REFERENCE
from loti_dash.codes import chosen, coded
from loti_dash.comparators import LEAST_POPULATION, Sides

# Numerators below this are shown and marked as unreliable (methods.md, section 2).
LOW_COUNT = 10

_WITHHELD = {
    "suppressed": "The count is withheld so that nobody can be recognised.",
    "not_available": "The source has no figure here.",
    "not_applicable": "This does not apply here.",
}


def statuses(
    counts: pd.DataFrame, kinds: pd.Categorical, of: Sides
) -> tuple[pd.Categorical, pd.Categorical]:
    """Return the status and the reason of every row; the first case that fits decides.

    A row whose count is known and that still has no rate is `not_available`.
    """
    numerator, denominator = (
        counts[name].to_numpy(float) for name in ("numerator", "denominator")
    )
    n_status, d_status = (coded(counts[f"{n}_status"]) for n in ("numerator", "denominator"))
    provisional = (n_status == "provisional") | (d_status == "provisional")
    no_ratio = np.isnan(of.reference.numerator) & ~of.same
    reference = of.reference.numerator
    cases: list[tuple[NDArray[np.bool_], str, str]] = [
        *((n_status == status, status, text) for status, text in _WITHHELD.items()),
        (
            ~counts["matched"].to_numpy(bool),
            "not_available",
            "The figures to divide by do not count this group on its own, so there is no rate.",
        ),
        (d_status == "suppressed", "suppressed", "The denominator is withheld by its source."),
        (np.isnan(denominator), "not_available", "There is no denominator for this area."),
        (
            ((kinds == "persons_over_population") | (kinds == "subset_over_set"))
            & (numerator > denominator),
            "not_available",
            "More are counted than there are: the two figures do not belong together.",
        ),
        (
            np.isnan(of.group.denominator),
            "not_available",
            f"Fewer than {LEAST_POPULATION} people in the denominator: no rate is calculated.",
        ),
        (
            (reference > 0) & (reference < LEAST_REFERENCE),
            "low_counts",
            "The reference group is too small to compare with.",
        ),
        (
            reference == 0,
            "low_counts",
            "Nobody is counted in the reference group, so there is no ratio.",
        ),
        (
            numerator < LOW_COUNT,
            "low_counts",
            f"Fewer than {LOW_COUNT} counted: this may change a lot by chance.",
        ),
        (
            reference < LOW_COUNT,
            "low_counts",
            f"Fewer than {LOW_COUNT} counted in the reference group: this may change a lot by "
            "chance.",
        ),
        (provisional & no_ratio, "provisional", "The reference group's rate is not known."),
        (no_ratio, "ok", "The reference group's rate is not known."),
        (provisional, "provisional", "The publisher may still revise this."),
    ]
    place = np.select([case[0] for case in cases], range(len(cases)), len(cases))
    status = chosen(place, [*(case[1] for case in cases), "ok"])
    return status, chosen(place, [*(case[2] for case in cases), ""])
