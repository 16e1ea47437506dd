"""What to beware of where several indicators stand on one page."""

from collections.abc import Mapping, Sequence

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.caveats import FORBIDS_HEADLINE, Found
from loti_dash.definitions import Indicator
from loti_dash.evidence_order import by_indicator

NOT_A_SCORE = Found(
    "no_score",
    3,
    "transparency",
    "Different indicators are not to be added up or averaged.",
    "They count different things, at different times and places, and some count the same people: "
    "everybody who owns a home does not rent one. How many are higher is no score.",
    "",
)
# More indicators than these are counted in a caution, not named.
_MOST_NAMES = 3
# What rows say by themselves: why there is no ratio, and who could turn one round.
_OF_ROWS = (*FORBIDS_HEADLINE, "direction_depends_on_unknown")


def cautions(
    catalogue: Catalogue,
    rows: pd.DataFrame,
    of: Mapping[str, Sequence[Found]],
    least_severity: int = 3,
) -> list[Found]:
    """Return the caveats of some rows, each once with the indicators it applies to, worst first.

    A page shows those that limit use; what is taken away has more. First stands that indicators
    are not to be added up. What a row says itself is left out.
    """
    where: dict[Found, list[Indicator]] = {}
    for id_, _ in by_indicator(rows):
        for found in of[id_]:
            if found.severity >= least_severity and found.id not in _OF_ROWS:
                where.setdefault(found, []).append(catalogue.indicators[id_])
    worst = sorted(where.items(), key=lambda item: (-item[0].severity, -len(item[1])))
    return [NOT_A_SCORE, *(_named(found, indicators) for found, indicators in worst)]


def _named(found: Found, indicators: Sequence[Indicator]) -> Found:
    """Return a caveat with the indicators it applies to."""
    domains = {each.domain for each in indicators}
    what = f"{domains.pop()} indicators" if len(domains) == 1 else "indicators"
    many = len(indicators) > _MOST_NAMES
    where = f"{len(indicators)} {what}" if many else "; ".join(each.title for each in indicators)
    return Found(
        found.id,
        found.severity,
        found.factor,
        f"{where}: {found.text}",
        found.effect,
        found.reference,
        tuple(each.id for each in indicators),
        where,
    )
