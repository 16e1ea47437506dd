"""What there is of a series, in words and as tables; and the five factors of its statement."""

from itertools import groupby

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.data_coverage import DataCoverage
from loti_dash.definitions import FACTORS, SourceCaveats

SEVERITY = {3: "limits use", 2: "caution", 1: "context"}
_STATES = {
    "whole": "Every group has a count",
    "withheld": "Some counts withheld",
    "in_part": "Some groups without a count",
    "none": "No group has a count",
    "no_row": "Not in the file",
}


def title(of: DataCoverage) -> str:
    """Return the message: how many of the counts that there could be are published."""
    totals = of.totals
    return f"{totals['published']:,} of {totals.sum():,} counts are published{_rest(of)}"


def sentence(of: DataCoverage) -> str:
    """Return what the counts are of, and which times are missing altogether."""
    size = ", ".join(
        (
            _many(len(of.areas), "area"),
            _many(len(of.periods), "period"),
            _many(len(of.groups), "ethnic group"),
        )
    )
    unknown = ", Unknown among them" if "unknown" in set(of.groups["group_code"]) else ""
    return f"{of.series.title}: {size}{unknown}. {' '.join(gaps(of))}".rstrip()


def gaps(of: DataCoverage) -> list[str]:
    """Return a sentence for each time in between of which there is nothing at all."""
    return [
        f"There is nothing between {of.periods[place - 1].label} and {of.periods[place].label}."
        for place in of.after_gaps
    ]


def alt(of: DataCoverage) -> str:
    """Return the text that stands for the picture."""
    return (
        f"Picture of which counts there are, by area and period. {of.series.title}. {title(of)}. "
        "The same is in the table below."
    )


def by_area(of: DataCoverage) -> pd.DataFrame:
    """Return a row for each area: its periods by what there is, as a table for readers."""
    states = of.places.set_index("area_code")["state"]
    columns = [state for state in _STATES if states.eq(state).any()]
    rows = []
    for code in of.areas:
        here = states.loc[[code]].to_list()
        rows.append([_when(of, here, state) for state in columns])
    names = pd.Index(of.names, name="Area")
    return pd.DataFrame(rows, columns=[_STATES[state] for state in columns], index=names)


def by_group(of: DataCoverage, catalogue: Catalogue) -> pd.DataFrame:
    """Return a row for each ethnic group: its counts by what has become of them."""
    names = [catalogue.short_labels[code] for code in of.groups["group_code"]]
    heads = {
        "published": "Published",
        "withheld": "Withheld [c]",
        "not_available": "Not available [x]",
        "no_row": "Not in the file",
    }
    cells = {head: [f"{n:,}" for n in of.groups[column]] for column, head in heads.items()}
    return pd.DataFrame(cells, index=pd.Index(names, name="Ethnicity"))


def factors(of: SourceCaveats) -> list[str]:
    """Return a line for each of the five factors: what to know, how much it matters, says who."""
    said = {factor: getattr(of, factor) for factor in FACTORS}
    return [
        f"**{factor.capitalize()}** ({SEVERITY[each.severity]}). {each.text} "
        f"Source: {each.reference}."
        for factor, each in said.items()
    ]


def _rest(of: DataCoverage) -> str:
    totals = of.totals
    said = [
        f"{totals[column]:,} {words}"
        for column, words in (
            ("withheld", "withheld"),
            ("not_available", "not available"),
            ("no_row", "not in the file"),
        )
        if totals[column]
    ]
    return f"; {', '.join(said)}" if said else ""


def _when(of: DataCoverage, states: list[str], wanted: str) -> str:
    """Return the periods in which an area has a state: each run of them by its ends."""
    if not any(state == wanted for state in states):
        return "none"
    if all(state == wanted for state in states):
        return "all periods" if len(states) > 1 else of.periods[0].label
    runs = []
    for state, run in groupby(zip(states, of.periods, strict=True), key=lambda pair: pair[0]):
        labels = [each.label for _, each in run]
        if state == wanted:
            ends = f"{labels[0]} up to {labels[-1]} ({len(labels)} periods)"
            runs.append(labels[0] if len(labels) == 1 else ends)
    return "; ".join(runs)


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
