"""The words that go with a funnel plot: its message, how to read it, its stead and its table."""

from math import isnan

import pandas as pd

from loti_dash.definitions import Indicator
from loti_dash.figures import count, percent, rate
from loti_dash.funnels import Funnel

_LIES = {
    "above": "above the 99.8% limits",
    "high": "above the 95% limits only",
    "within": "within the limits",
    "low": "below the 95% limits only",
    "below": "below the 99.8% limits",
}


def title(of: Funnel, group: str) -> str:
    """Return the message of a funnel."""
    total, outside = len(of.areas), len(of.outside)
    if not outside:
        return f"{group}: chance alone could explain how the rates of {total} boroughs differ"
    return (
        f"{group}: in {outside} of {total} boroughs the rate lies further from London's "
        "than chance alone explains"
    )


def how_to_read(of: Funnel) -> str:
    """Return how to read a funnel: its middle, its limits, and what being outside says."""
    chance = max(1, round(len(of.areas) / 20))
    of_london = of.benchmark != of.together
    middle = "London's as published, with every borough in it" if of_london else "that of them all"
    both = (
        f" The {len(of.areas)} boroughs drawn have {rate(of.together)} together; London's may "
        "count boroughs that are not drawn, and what was counted in none."
    )
    said = (
        f"The line in the middle is the rate that boroughs are held against: {middle}, "
        f"{rate(of.benchmark)} for every {of.per:,}.{both if of_london else ''} Chance alone "
        f"would put about {chance} of {len(of.areas)} outside the inner limits (95%, broken "
        "lines), and hardly any outside the outer ones (99.8%, solid lines). Open circle: "
        "within. Filled circle: outside the inner limits. Filled diamond: outside the outer ones."
    )
    if of.overdispersed:
        said += (
            " Most boroughs lie outside, so they differ by more than chance: perhaps because of "
            "ages, or of how things are counted. Being outside is then no sign that one borough "
            "stands apart from the others, and only the borough looked at is named."
        )
    return f"{said} Those of unknown ethnicity are in none of these rates."


def alt(of: Funnel, indicator: Indicator, rows: pd.DataFrame) -> str:
    """Return the text that stands for a funnel."""
    return (
        f"Funnel plot of rates by borough around {rate(of.benchmark)} for every {of.per:,}. "
        f"{indicator.title}. {rows['group'].iloc[0]}: {len(of.outside)} of {len(of.areas)} "
        f"boroughs lie outside the 95% limits. {_unknown(rows)}"
        "The same figures are in the table below."
    )


def table(of: Funnel) -> pd.DataFrame:
    """Return the rows of a funnel as words, by name."""
    areas = of.areas.sort_values("area", key=lambda names: names.astype(str))
    lines = [
        {
            "Where it lies": _LIES[str(row["lies"])],
            "Count": count(row["numerator"]),
            "Out of": count(row["denominator"]),
            f"Rate for every {of.per:,}": rate(row["rate"]),
            "95% limits": f"{rate(row['low_95'])} to {rate(row['high_95'])}",
            "99.8% limits": f"{rate(row['low_998'])} to {rate(row['high_998'])}",
        }
        for _, row in areas.iterrows()
    ]
    return pd.DataFrame(lines, index=pd.Index(areas["area"].astype(str), name="Area"))


def _unknown(rows: pd.DataFrame) -> str:
    low, high = rows["unknown_share"].min(), rows["unknown_share"].max()
    if isnan(high):
        return ""
    shares = percent(high) if low == high else f"{percent(low)} to {percent(high)}"
    return f"Ethnicity not known: {shares}. "
