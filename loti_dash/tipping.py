"""What it would take of the people of unknown ethnicity to turn a finding round.

From the comparison table alone: its ratio and the two limits for the unknowns. No guess is made
about who the unknown are.
"""

from math import isclose, isnan
from typing import Literal

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Indicator
from loti_dash.figures import about, between, count, decimals, percent
from loti_dash.wording import as_officers_saw, being

Side = Literal["reference", "group", "others"]
_ALL = ("rest", "all")


def needed(catalogue: Catalogue, indicator: Indicator, row: pd.Series) -> tuple[Side, float]:
    """Return to whom the unknown would have to belong for parity, and what share of them.

    Over 1: even all of them would not do. With `reference`, none of the unknown belongs to the
    group, and with `group` none to the reference group: that share is the least there can be.
    Compared with everybody or all the rest, whoever is not in the group is one of the `others`.

    The share is missing where more would have to be known: for a part of a set, whose unknowns
    move both sides of a rate; where the reference group contains the group; and where there
    are more unknowns than people left.

    Source: the tipping point of methods.md, section 9, solved for the share of the unknowns.
    """
    ratio, low, high = (
        float(row[name]) for name in ("ratio", "ratio_if_unknown_low", "ratio_if_unknown_high")
    )
    reference = str(row["reference_code"])
    side: Side = "group" if ratio < 1 else "others" if reference in _ALL else "reference"
    if not high > low or _more_to_know(catalogue, indicator, row):
        return side, float("nan")
    if reference not in _ALL:
        return side, (1 - ratio) / (high - ratio) if ratio < 1 else (ratio - 1) / (ratio / low - 1)
    # As each moves from the others to the group, the ratio to all rises by as much.
    width = high - low
    if reference == "rest":
        width = high - ratio + (ratio / low - 1 if low > 0 else float("nan"))
    others = (high - 1) / width
    return side, 1 - others if ratio < 1 else others


def in_words(
    catalogue: Catalogue, indicator: Indicator, row: pd.Series, rows: pd.DataFrame
) -> str:
    """Return how far a clear finding depends on the unknown; "" where that is not known.

    `rows` are those of the view that the row is of: with them the unknown are counted.
    """
    still = "higher" if row["ratio"] > 1 else "lower"
    robust = row["robust_to_unknown"] == "true"
    side, share = needed(catalogue, indicator, row)
    unknown = rows["numerator"].sum(skipna=False) * row["unknown_share"]
    unknown /= 1 - row["unknown_share"]
    if isnan(share) or isnan(unknown) or robust != (share > 1):
        low, high = row["ratio_if_unknown_low"], row["ratio_if_unknown_high"]
        anywhere = between(low, high, decimals(low, low, high))
        if not robust or not anywhere:
            return ""
        return (
            "Counting those of unknown ethnicity the ratio could be anywhere from "
            f"{anywhere}: it would still be {still}."
        )
    group, reference = (_being(catalogue, indicator, row, it) for it in ("group", "reference"))
    many = round(unknown) > 1
    if robust and side == "others":
        so = f"none of the {count(unknown)}" if many else "the one"
        who = group if many else f"not {group}"
        return f"Even if {so} of unknown ethnicity were {who}, it would still be {still}."
    who, other = (reference, group) if side == "reference" else (group, reference)
    if robust:
        so = f"all {count(unknown)}" if many else "the one"
        return f"Even if {so} of unknown ethnicity were {who}, it would still be {still}."
    fewer = side == "others"
    share = 1 - share if fewer else share
    of = f"of the {about(unknown)} of unknown ethnicity"
    if share * unknown < 1:
        than = f"{'none' if fewer else 'just one'} {of}"
    else:
        than = f"{'fewer' if fewer else 'more'} than about {about(share * unknown)} {of}"
        than += f" ({percent(share, apart_from=1)})"
    none = "" if str(row["reference_code"]) in _ALL else f" and none {other}"
    return f"If {than} were {who}{none}, it would be the other way round."


def _being(catalogue: Catalogue, indicator: Indicator, row: pd.Series, of: str) -> str:
    """Return what somebody is who belongs to the group, or to the reference group."""
    if as_officers_saw(catalogue, indicator):
        return f"seen as {row[of]}"
    return being(str(row[f"{of}_code"]), str(row[of]))


def _more_to_know(catalogue: Catalogue, indicator: Indicator, row: pd.Series) -> bool:
    """Return whether parity depends on more than one number of the unknown."""
    if indicator.denominator_type == "subset_over_set":
        return True
    reference = str(row["reference_code"])
    if reference == "all":
        return False
    parts = catalogue.parts
    if reference != "rest" and parts[str(row["group_code"])] & parts[reference]:
        return True
    # Where there are more unknowns than people left in a group, a limit stops at all of them.
    full = row["rate"] / indicator.per, indicator.per / row["reference_rate"]
    limits = row["ratio_if_unknown_low"], row["ratio_if_unknown_high"]
    persons = indicator.denominator_type == "persons_over_population"
    return persons and any(
        limit > 0 and isclose(limit, most) for limit, most in zip(limits, full, strict=True)
    )
