"""The comparison table as page and download show it: without the ratios that would mislead.

Counts, the share of unknown ethnicity and, where they mean something, the limits for the
unknowns stay; a hidden disparity helps nobody (standards, section 4.3).
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from loti_dash.caveats import FORBIDS_LIMITS, Found, headline_forbidden

# All that says how large or how sure a difference is.
_MEASURES = (
    "rate rate_low rate_high reference_rate ratio ratio_low ratio_high p_value q_value "
    "rate_difference difference_low difference_high excess excess_low excess_high "
    "representation_ratio"
).split()
_VERDICTS = ("ratio_method", "evidence", "size_band", "robust_to_unknown")
_LIMITS = ("ratio_if_unknown_low", "ratio_if_unknown_high")


def as_shown(table: pd.DataFrame, cautions: Mapping[str, Sequence[Found]]) -> pd.DataFrame:
    """Return the comparison table without the measures of areas whose ratios would mislead.

    `cautions` are the caveats that apply to each area. `status_reason` says why measures are
    missing, unless there were none.
    """
    forbidden = {area: headline_forbidden(found) for area, found in cautions.items()}
    reasons = {area: each.text for area, each in forbidden.items() if each is not None}
    if not reasons:
        words = (*_VERDICTS, "status_reason")
        return table.assign(**{name: table[name].astype(str) for name in words})
    areas = table["area_code"].astype(str)
    gone = areas.isin(list(reasons))
    no_limits = areas.isin(
        [area for area in reasons if any(each.id in FORBIDS_LIMITS for each in cautions[area])]
    )
    had = gone & table["rate"].notna()
    shown = table.assign(
        **{name: table[name].mask(gone) for name in _MEASURES},
        **{name: table[name].mask(no_limits) for name in _LIMITS},
        **{name: table[name].astype(str).mask(gone, "none") for name in _VERDICTS},
    )
    reason = table["status_reason"].astype(str).mask(had, areas.map(reasons))
    return shown.assign(status_reason=reason)
