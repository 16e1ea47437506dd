"""What the page and the document about methods say: the notes, and what docstrings hold.

The words on each measure are data, in measures.toml; thresholds are those of the modules that
use them.
"""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from loti_dash import measures
from loti_dash.caveat_rules import COMPLETENESS_FLOOR, LEAST_REFERENCE
from loti_dash.comparators import LEAST_POPULATION
from loti_dash.disclosure import POLICIES, protect, recoverable
from loti_dash.figures import SIGNS, count, percent
from loti_dash.measure_words import Measure, Section

SECTIONS: dict[Section, str] = {
    "rates": "Rates",
    "ratios": "Ratios",
    "differences": "Differences and excess",
    "evidence": "Evidence, size and many comparisons",
    "unknown": "Unknown ethnicity",
    "time": "Change over time",
    "areas": "Areas beside one another",
    "standardised": "Standardisation and decomposition",
    "summary": "One number for all groups",
}

LETTERS = (
    "In the formulas x of n are counted in the group, and y of m in the group compared with. z is "
    "1.96 for 95% limits (exactly, 1.959964), χ²(q; d) is the point below which chi-square with d "
    "degrees of freedom lies with probability q, and Σ adds up over groups, areas or periods."
)

NOTES = {
    "What is calculated": (
        "A **rate** divides those counted by those who could have been, for every so many: "
        "searches for every 1,000 residents. The **disproportionality ratio** divides the rate "
        "of an ethnic group by that of the group it is compared with, from counts that are not "
        "rounded; 1 is the same rate. The **rate difference** is the one rate less the other. "
        "The two are shown together because they can change in opposite directions."
    ),
    "How sure it is": (
        "Beside each ratio stand two limits. Made in this way, such limits hold the ratio behind "
        "the counts 19 times in 20, if only chance moves counts. Counts are complete, yet an "
        "interval is shown, because it describes the variability of the process that produced "
        "them. Where the limits lie on both sides of 1, we cannot tell whether the rate is higher "
        f"or lower. With fewer than {LEAST_REFERENCE} in the group compared with, no ratio is "
        "shown. Of 20 comparisons, one is expected to stand out by chance: the download has "
        "q-values, which allow for that."
    ),
    "Four flags, never merged": (
        "**Evidence** says whether a rate is higher or lower than chance explains. **Size** says "
        "how large the ratio is. **Robustness** says whether people of unknown ethnicity could "
        "turn the finding round. **Reliability** says what else to beware of, such as few "
        f"counted: a ratio marked [u] is {SIGNS['[u]']}. A large ratio can be uncertain, a small "
        "one certain, and a certain one not robust; so each flag stands on its own."
    ),
    "People whose ethnicity is not known": (
        "Ratios are of people whose ethnicity is known. The share not known stands beside them, "
        "with the ratio if everybody not known were in the group compared with, and if everybody "
        f"were in the group itself. If more than {COMPLETENESS_FLOOR:.0%} are not known, no rate, "
        "ratio or finding is shown."
    ),
    "Compared with other places": (
        "A borough is compared with the rest of London, the rest of Inner or Outer London, and "
        "five boroughs that are like it in who lives there and in deprivation. The rate here is "
        "divided by the rate there, and the ratio here by the ratio there, each with its own "
        "limits: whether two intervals overlap says neither. Inner and Outer London are those of "
        "the Office for National Statistics, in which Haringey and Newham are inner and Greenwich "
        "is outer."
    ),
    "Small and withheld counts": (
        "What a publisher withholds stays withheld, with all that could be worked out from it. "
        "What is published in full is not withheld again. No rate is shown for fewer than "
        f"{LEAST_POPULATION} residents."
    ),
    # In bold, because "- [x]" is a box to tick.
    "What the signs in tables mean": "\n".join(f"- **{sign}** {of}" for sign, of in SIGNS.items()),
    "What a ratio does not say": (
        "This shows a difference. It does not show why. Rates are not adjusted for age unless "
        "they say so. A figure about an area says nothing about any one person in it."
    ),
}

DISCLOSURE = (
    "Official figures stay as their publishers show them: to withhold them a second time would "
    "protect nobody and hide disparity. What boroughs upload is protected once, before anything "
    "is calculated. **`protect`** hides each small count, and then the fewest others, so that "
    "nobody can work out a hidden one from totals or from an earlier release; rates, ratios and "
    "limits go with the count. **`recoverable`** is the attack on it: the least and the most that "
    "a hidden count can be for somebody who can add up. It cannot see what somebody knows from "
    "elsewhere, such as a neighbour or another publication."
)


@dataclass(frozen=True)
class Docstring:
    """The parts of a docstring, in its own order: paragraphs, examples as code, the source."""

    summary: str
    body: tuple[str, ...]
    doctest: str
    source: str


def public() -> dict[str, Callable[..., Any]]:
    """Return the functions of loti_dash.measures that others may call, by name."""
    found = {name: getattr(measures, name) for name in measures.__all__}
    return {name: each for name, each in found.items() if inspect.isfunction(each)}


def docstring(function: Callable[..., Any]) -> Docstring:
    """Return the parts of a function's docstring, each paragraph on one line.

    >>> docstring(measures.max_min).source
    'World Health Organization, Health Equity Assessment Toolkit (D and R).'
    """
    parts = re.split(r"\n\s*\n", inspect.getdoc(function) or "")
    lines = [" ".join(part.split()) for part in parts]
    code = [part for part in parts if part.startswith(">>>")]
    sources = [line.removeprefix("Source: ") for line in lines if line.startswith("Source: ")]
    body = [line for line in lines[1:] if not line.startswith((">>>", "Source: "))]
    return Docstring(lines[0], tuple(body), "\n".join(code), " ".join(sources))


def by_section(explained: Mapping[str, Measure]) -> Iterator[tuple[str, list[Measure]]]:
    """Yield the title of each section and its measures, in the order of the file."""
    for section, title in SECTIONS.items():
        yield title, [each for each in explained.values() if each.section == section]


def thresholds() -> pd.DataFrame:
    """Return what is withheld, by who may read it, as a table for readers."""
    rows = [
        (
            mode.capitalize(),
            _withheld(policy.threshold),
            _withheld(policy.sensitive_threshold),
            "no" if policy.rounding_base == 1 else f"to {policy.rounding_base}",
            "never"
            if policy.coarser_from >= 1
            else f"more than {percent(policy.coarser_from)} would be withheld",
        )
        for mode, policy in POLICIES.items()
    ]
    head = ("Readers", "Withheld", "Withheld, sensitive subjects", "Rounded", "Coarser offered if")
    return pd.DataFrame(rows, columns=list(head)).set_index("Readers")


@cache
def protected() -> pd.DataFrame:
    """Return an invented table before and after protection, and what could be worked out.

    Worked out once, by the functions that protect what boroughs upload.
    """
    codes = ["Group 1", "Group 2", "Group 3", "All"]
    table = pd.DataFrame({"group": codes, "value": [2.0, 30.0, 9.0, 41.0]})
    bound: Any = {"by": ["group"], "totals": {"group": {"All": codes[:-1]}}}
    small = table.assign(value=table["value"].mask(table["value"] < POLICIES["public"].threshold))
    shown = protect(table, **bound)
    columns = {"Counted": [count(value) for value in table["value"]]}
    for name, hidden in (("Only the small count hidden", small), ("As protected", shown)):
        found = recoverable(hidden, **bound)
        could_be = {
            code: f"[c], must be {count(least)}"
            if exact
            else f"[c], could be {count(least)} to {count(greatest)}"
            for code, least, greatest, exact in found.itertuples(index=False, name=None)
        }
        columns[name] = [
            could_be.get(code, "") or count(value)
            for code, value in zip(codes, hidden["value"], strict=True)
        ]
    return pd.DataFrame(columns, index=pd.Index(codes, name="Invented counts"))


def _withheld(threshold: int) -> str:
    return "none" if threshold == 1 else f"counts from 1 to {threshold - 1}"
