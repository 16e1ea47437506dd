"""The cautions of all steps of a process together, no more often than needed and none lost."""

from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.caveat_view import listed
from loti_dash.caveats import Found
from loti_dash.findings import WIDE, finding
from loti_dash.wording import lower_first

# What these say of one step is said of others by their names.
_SAME = (
    "denominator_from_another_period",
    "events_not_people",
    "place_of_event_not_residence",
    "not_adjusted_for_age",
    "small_numbers",
    "unknown_not_published",
    "recorded_by_others",
)
# These name ethnic groups, which are others at every step.
_OF_GROUPS = ("direction_depends_on_unknown", "wide_interval")


class OfStep(NamedTuple):
    """A caveat, and the label of the step whose ratio it is about."""

    label: str
    found: Found


def together(
    catalogue: Catalogue, cautions: list[OfStep], table: pd.DataFrame, people: str
) -> list[Found]:
    """Return the cautions of all steps, the worst first.

    `table` are the rows as they are shown; `people` is whom they are compared with. What several
    steps have in common is said once, with their names.
    """
    by_id: dict[str, list[OfStep]] = {}
    for each in cautions:
        by_id.setdefault(each.found.id, []).append(each)
    merged: list[Found] = []
    for id_, same in by_id.items():
        first = same[0].found
        if id_ in _OF_GROUPS:
            text = catalogue.caveats[id_].text.format(
                reference_people=people, groups=_groups(table, id_)
            )
            merged.append(replace(first, text=text))
        elif id_ in _SAME:
            others = [each.label for each in same if each.label != same[0].label]
            also = listed(map(lower_first, dict.fromkeys(others))) if others else ""
            more = f" The same goes for: {also}." if also else ""
            merged.append(replace(first, text=first.text + more))
        elif id_ == "unknown_ethnicity_is_large":
            shares = [each.found.text.partition(". ") for each in same]
            text = ". ".join([*dict.fromkeys(share for share, _, _ in shares), shares[0][2]])
            merged.append(replace(first, text=text))
        else:
            merged += {each.found.text: each.found for each in same}.values()
    return sorted(merged, key=lambda each: -each.severity)


def _groups(table: pd.DataFrame, id_: str) -> str:
    """Return the groups that a caveat is about, by step and what it is set against."""
    said = []
    for (label, of), rows in table.groupby(["label", "of"], sort=False):
        concerned = [
            str(row["group"])
            for _, row in rows.iterrows()
            if (
                finding(row) == "depends"
                if id_ == "direction_depends_on_unknown"
                else row["ratio_high"] > WIDE * row["ratio_low"]
            )
        ]
        if concerned:
            said.append(f"{lower_first(str(label))} against {of} ({listed(concerned)})")
    return "; ".join(said)
