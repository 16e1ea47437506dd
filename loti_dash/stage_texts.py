"""Where in a process the ratio arises, rises and falls, in words; and what cannot be told.

Rows are those of the table of stages, of one ethnic group. Nothing is said of why, and equal
rates late in a process are never called fair: those selected differ.
"""

from dataclasses import replace
from math import isnan

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.caveat_view import listed
from loti_dash.definitions import Indicator
from loti_dash.figures import between, decimals, percent, ratio
from loti_dash.findings import CLEAR, finding
from loti_dash.stages import Stages, side
from loti_dash.wording import lower_first, people, place

SELECTED = (
    "Equal rates late in a process after an unequal entry are no evidence of fairness: those "
    "selected differ."
)
CLOSING = f"{SELECTED} A ratio shows a difference. It does not show why."


def selection(catalogue: Catalogue, of: Stages, rows: pd.DataFrame) -> str:
    """Repeat what is shown."""
    process, first = of.process, rows.iloc[0]
    population = f"against {process.population.label} and " if process.population.series else ""
    return (
        f"{process.title}. Shown for {place(str(first['area']))}, {first['period_label']}: each "
        f"step, set {population}against the step before it, for {who(catalogue, of, rows)} "
        f"compared with {reference(catalogue, of, rows)}."
    )


def headline(catalogue: Catalogue, of: Stages, rows: pd.DataFrame) -> str:
    """Return what is found: whether a difference is there at the first step, and what follows."""
    entry = side(rows, "population").iloc[0]
    where, when = place(str(entry["area"])), str(entry["period_label"])
    who_, they = who(catalogue, of, rows), reference(catalogue, of, rows)
    did = of.process.step(str(entry["step"])).finding
    ratio_is, between_ = much(entry), limits(entry)
    found = finding(entry)
    if found in CLEAR:
        first = (
            f"In {where}, {who_} {did} at {ratio_is} times the rate of {they} ({between_}), "
            f"{when}: the difference is there at the first step."
        )
    elif found == "depends":
        first = (
            f"In {where}, among {of.process.people} whose ethnicity is known, {who_} {did} at "
            f"{ratio_is} times the rate of {they} ({between_}), {when}. Those of unknown "
            "ethnicity could turn it round, so we cannot tell whether the difference is there at "
            "the first step."
        )
    elif found == "uncertain":
        first = (
            f"In {where}, we cannot tell whether {who_} {did} at a higher or a lower rate than "
            f"{they}, {when}. The ratio is {ratio_is}, and could be {between_}."
        )
    elif found == "no_interval":
        first = (
            f"In {where}, we cannot tell whether there is a difference at the first step, {when}: "
            f"the ratio is {ratio_is}, and there is no interval."
        )
    else:
        first = (
            f"In {where}, {when}, we cannot tell whether there is a difference at the first step: "
            f"{reason(entry)}"
        )
    return f"{first} {turns(rows)}"


def turns(rows: pd.DataFrame) -> str:
    """Say at which steps the ratio rises or falls against the step before, and where not known."""
    said = _turns(rows)
    parts = [
        *(f"rises at {listed(said['rises'])}" for _ in said["rises"][:1]),
        *(f"falls at {listed(said['falls'])}" for _ in said["falls"][:1]),
    ]
    sentences = [f"From one step to the next the ratio {' and '.join(parts)}."] if parts else []
    if said["unclear"]:
        unclear = listed(said["unclear"])
        it = "it" if parts else "the ratio"
        sentences.append(f"We cannot tell whether {it} rises or falls at {unclear}.")
    if said["none"] and len(sentences):
        sentences.append(f"There is no such ratio at {listed(said['none'])}.")
    return " ".join(sentences) or "No later step has a ratio against the step before."


def _turns(rows: pd.DataFrame, sizes: bool = True) -> dict[str, list[str]]:
    """Return the names of later steps by what their ratio does, with its size if it is clear."""
    later = side(rows, "previous")
    said: dict[str, list[str]] = {"rises": [], "falls": [], "unclear": [], "none": []}
    for _, row in later[later["of"] != ""].iterrows():
        name, found = lower_first(str(row["label"])), finding(row)
        how = {"higher": "rises", "lower": "falls", "no_ratio": "none"}.get(found, "unclear")
        size = f" ({much(row)} times)" if sizes and found in CLEAR else ""
        said[how].append(f"{name}{size}")
    return said


def chart_title(rows: pd.DataFrame) -> str:
    """Return the message of the chart: the first step, and where the ratio rises or falls."""
    entry = side(rows, "population").iloc[0]
    first = {
        "higher": "higher at the first step",
        "lower": "lower at the first step",
        "no_ratio": "no ratio at the first step",
    }.get(finding(entry), "cannot tell at the first step")
    said = _turns(rows, sizes=False)
    verbs = {"rises": "rises at", "falls": "falls at", "unclear": "cannot tell at"}
    later = [f"{verb} {listed(said[how])}" for how, verb in verbs.items() if said[how]]
    return "; ".join([f"{entry['group']} compared with {entry['reference']}: {first}", *later])


def alt(of: Stages, rows: pd.DataFrame) -> str:
    """Return the text that stands for the chart: its first ratio and its last, and the unknown."""
    known = rows[rows["ratio"].notna()]
    first = rows.iloc[0]
    text = (
        f"Chart of ratios by step in {place(str(first['area']))}, {first['period_label']}. "
        f"{of.process.title}. {first['group']} compared with {first['reference']}. "
    )
    for _, row in known.iloc[sorted({0, len(known) - 1})].iterrows() if len(known) else ():
        around = between(row["ratio_low"], row["ratio_high"], 2)
        size = ratio(row["ratio"], 2) + (f" ({around})" if around else "")
        text += f"{row['label']}, against {row['of']}: {size}. "
    return f"{text}{unknown(rows)} The same figures are in the table below.".replace("  ", " ")


def multiplied(of: Stages, group: str) -> str:
    """Say what the ratios of steps that nest multiply to, or why none are multiplied."""
    own = of.products[of.products["group_code"] == group]
    if own.empty:
        return f"The ratios of steps are not multiplied. {of.process.apart}"
    said = []
    for _, row in own.iterrows():
        first, last = (lower_first(of.process.step(row[end]).label) for end in ("first", "last"))
        if isnan(row["product"]):
            said.append(f"From {first} to {last} there is no product: a ratio is missing.")
            continue
        factors = " × ".join(ratio(each, 2) for each in row["ratios"])
        said.append(
            f"From {first} to {last} each step counts a part of the one before, so the ratios "
            f"multiply: {factors} = {ratio(row['product'], 2)}, the ratio over all of them."
        )
    return " ".join(said)


def unknown(rows: pd.DataFrame) -> str:
    """Say for how many of those counted at each step the ethnicity is not known."""
    steps = side(rows, "population")
    shares = [
        f"{percent(row['unknown_share'])} of {row['counted']}"
        for _, row in steps[steps["unknown_share"].notna()].iterrows()
    ]
    return f"Ethnicity is not known for {listed(shares)}." if shares else ""


def reason(row: pd.Series) -> str:
    """Return why a row has no ratio, inside a sentence."""
    return lower_first(str(row["status_reason"]) or "a count is missing or 0.")


def much(row: pd.Series) -> str:
    """Return a row's ratio with as many decimals as it needs, "" if there is none."""
    if isnan(row["ratio"]):
        return ""
    return ratio(row["ratio"], decimals(row["ratio"], row["ratio_low"], row["ratio_high"]))


def limits(row: pd.Series) -> str:
    """Return the interval of a row's ratio in words, "" if there is none."""
    if isnan(row["ratio"]):
        return ""
    digits = decimals(row["ratio"], row["ratio_low"], row["ratio_high"])
    return between(row["ratio_low"], row["ratio_high"], digits)


def _as_people(of: Stages) -> Indicator:
    return replace(of.indicators[0], people=of.process.people)


def who(catalogue: Catalogue, of: Stages, rows: pd.DataFrame) -> str:
    """Return the people of the group of some rows, in words."""
    code, label = (str(rows[name].iloc[0]) for name in ("group_code", "group"))
    return people(catalogue, _as_people(of), code, label)


def reference(catalogue: Catalogue, of: Stages, rows: pd.DataFrame) -> str:
    """Return the people whom the group of some rows is compared with, in words."""
    code, label = (str(rows[name].iloc[0]) for name in ("reference_code", "reference"))
    return people(catalogue, _as_people(of), code, label)
