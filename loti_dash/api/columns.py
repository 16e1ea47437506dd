"""What the columns of the comparison table mean and may hold, for programs that read it.

One list for the OpenAPI document and for the metadata of CSV.
"""

from dataclasses import dataclass
from typing import Literal

Type = Literal["string", "number"]


@dataclass(frozen=True)
class Column:
    """A column: its type, what it holds, and if it holds one of a few words, which."""

    type: Type
    says: str
    words: tuple[str, ...] = ()


def _text(says: str, *words: str) -> Column:
    return Column("string", says, words)


def _number(says: str) -> Column:
    return Column("number", says)


_EVIDENCE = ("higher", "lower", "uncertain", "none")

# The columns of analysis.COLUMNS, in their order.
TABLE: dict[str, Column] = {
    "release": _text("The release that the row is of."),
    "indicator": _text("Id of the indicator."),
    "area_code": _text("Code of the area: of the Office for National Statistics, or ODS."),
    "area": _text("Name of the area, with those that are published together with it."),
    "period": _text("Id of the period, such as 2021, 2023-24, 2023-Q3 or 2022-11."),
    "group_code": _text("Code of the ethnic group."),
    "group": _text("The ethnic group, in words."),
    "reference_code": _text("Whom the group is compared with, as a code."),
    "reference": _text("Whom the group is compared with, in words."),
    "numerator": _number("How many were counted in the group."),
    "denominator": _number("How many there are in the group that it could have happened to."),
    "rate": _number("Numerator divided by denominator, for every so many as the indicator says."),
    "rate_low": _number("Lower limit of the 95% interval of the rate."),
    "rate_high": _number("Upper limit of the 95% interval of the rate."),
    "reference_rate": _number("The rate of those compared with."),
    "ratio": _number("Rate of the group divided by that of those compared with; 1 is parity."),
    "ratio_low": _number("Lower limit of the 95% interval of the ratio."),
    "ratio_high": _number("Upper limit of the 95% interval of the ratio."),
    "ratio_method": _text(
        "How the interval of the ratio was made.",
        *("poisson_score", "koopman_score", "published", "none"),
    ),
    "p_value": _number("How often chance alone would give a ratio as far from 1, 0 to 1."),
    "q_value": _number("The same, adjusted for all areas and groups of the table."),
    "evidence": _text("What the interval of the ratio says of its direction.", *_EVIDENCE),
    "size_band": _text(
        "How large the ratio is. A screen, not a test.",
        *("within", "outside", "double", "triple", "none"),
    ),
    "rate_difference": _number("Rate of the group less that of those compared with."),
    "difference_low": _number("Lower limit of the 95% interval of the difference."),
    "difference_high": _number("Upper limit of the 95% interval of the difference."),
    "excess": _number("How many more than at the rate of those compared with."),
    "excess_low": _number("Lower limit of the 95% interval of the excess."),
    "excess_high": _number("Upper limit of the 95% interval of the excess."),
    "representation_ratio": _number("Share of the numerator divided by share of the denominator."),
    "unknown_share": _number("Part of all counted whose ethnicity is not known, 0 to 1."),
    "ratio_if_unknown_low": _number("The ratio if every unknown belonged to those compared with."),
    "ratio_if_unknown_high": _number("The ratio if every unknown belonged to the group."),
    "robust_to_unknown": _text(
        "Whether those of unknown ethnicity could not change the direction.",
        *("true", "false", "none"),
    ),
    "status": _text(
        "Whether there is a figure.",
        *("ok", "provisional", "low_counts", "suppressed", "not_available", "not_applicable"),
    ),
    "status_reason": _text("Why a measure is missing or uncertain."),
}
MISLEADS: dict[str, Column] = {
    "ratio_would_mislead": _text(
        "Why a ratio of this area would mislead, or empty. The pages show no ratio then."
    )
}
# What a row of CSV carries besides.
BESIDE: dict[str, Column] = MISLEADS | {
    "notices": _text("Corrections and withdrawals that concern the figures."),
    "period_label": _text("The period, in words."),
    "caveats": _text("What to know before using the row, the worst first, divided by ' | '."),
    "source": _text("Who published the figures, and where."),
    "licence": _text("The licence of the figures."),
    "link": _text("The page that shows them."),
}
