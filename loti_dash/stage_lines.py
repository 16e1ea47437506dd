"""What each step of a process says, in a line of its own: its two ratios and how sure they are."""

from math import isnan

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.findings import finding
from loti_dash.stage_counts import AGAINST
from loti_dash.stage_texts import limits, much, reason, reference, who
from loti_dash.stages import Stages, side


def lines(catalogue: Catalogue, of: Stages, rows: pd.DataFrame) -> list[str]:
    """Return a line for each step: its two ratios, how sure, and what to know of its counts."""
    group, they = who(catalogue, of, rows), reference(catalogue, of, rows)
    group = group[0].upper() + group[1:]
    said = []
    for _, both in rows.groupby("step", sort=False):
        step = of.process.step(str(both["step"].iloc[0]))
        population, previous = (side(both, name).iloc[0] for name in AGAINST)
        texts = [
            _against_population(population, group, step.finding, they)
            if population["of_period"]
            else "",
            _against_previous(previous) if step.before else "",
            *dict.fromkeys(
                str(row["status_reason"])
                for row in (population, previous)
                if row["status"] == "low_counts" and not isnan(row["ratio"])
            ),
            step.note if not isnan(previous["ratio"]) else "",
        ]
        reasons = {reason(row) for row in (population, previous)}
        if isnan(population["numerator"]):
            texts = [str(population["status_reason"])]
        elif both["ratio"].isna().all() and len(reasons) == 1:
            texts = [f"There is no ratio: {reasons.pop()}"]
        text = " ".join(filter(None, texts)) or "The figures begin here: there is no ratio."
        said.append(f"**{step.label}.** {text}")
    return said


def _against_population(row: pd.Series, group: str, did: str, they: str) -> str:
    size, around, of = much(row), limits(row), row["of"]
    clear = f"{group} {did} at {size} times the rate of {they} ({around}), set against {of}."
    return {
        "higher": clear,
        "lower": clear,
        "depends": f"Set against {of}, the ratio is {size} ({around}) among those of known "
        "ethnicity, but those of unknown ethnicity could turn it round.",
        "uncertain": f"Set against {of}, the ratio is {size}, and could be {around}: we cannot "
        "tell whether it is higher or lower.",
        "no_interval": f"Set against {of}, the ratio is {size}, and there is no interval.",
        "no_ratio": f"Set against {of}, there is no ratio: {reason(row)}",
    }[finding(row)]


def _against_previous(row: pd.Series) -> str:
    size, around, of = much(row), limits(row), row["of"]
    ratio_is = f"Set against {of}, the step before, the ratio is {size}"
    unclear = "we cannot tell whether it rises or falls here."
    return {
        "higher": f"{ratio_is} ({around}): it rises here.",
        "lower": f"{ratio_is} ({around}): it falls here.",
        "depends": f"{ratio_is} ({around}) among those of known ethnicity, but those of unknown "
        f"ethnicity could turn it round: {unclear}",
        "uncertain": f"{ratio_is}, and could be {around}: {unclear}",
        "no_interval": f"{ratio_is}, and there is no interval: {unclear}",
        "no_ratio": f"Set against {of}, the step before, there is no ratio: {reason(row)}",
    }[finding(row)]
