"""What may be chosen where one area or one ethnic group is looked at in every indicator.

A code that is unknown never breaks a page: it is replaced, and one line says so.
"""

from dataclasses import replace

import pandas as pd

from loti_dash import options
from loti_dash.analysis import REFERENCES
from loti_dash.catalogue import Catalogue
from loti_dash.groups import UNKNOWN
from loti_dash.selection import IN_LONDON, USUAL_GROUP, Selection, said

_LIST_OF_FIVE = "harmonised_5"
# In the place of a group: every one of the five that is not compared with.
ALL_FIVE = "all_five"
EVERY_GROUP = "All five groups"


def five(catalogue: Catalogue) -> list[str]:
    """Return the five ethnic groups, in the standard order."""
    of = [each.code for each in catalogue.groups if each.classification == _LIST_OF_FIVE]
    return [code for code in of if code != UNKNOWN]


def level_of(group: str, catalogue: Catalogue) -> str:
    """Return the level at which a group is shown: 5, or 19 for detailed ones."""
    return "5" if group in (ALL_FIVE, *five(catalogue)) else "19"


def authorities(catalogue: Catalogue) -> list[str]:
    """Return the 33 local authorities of London by name: 32 boroughs and the City."""
    areas = [area for area in catalogue.areas.values() if area.level == "borough"]
    return [area.area_code for area in sorted(areas, key=lambda area: area.name)]


def areas(catalogue: Catalogue) -> list[str]:
    """Return the areas that may be looked at: London, then its authorities by name."""
    return [options.LONDON, *authorities(catalogue)]


def compared(group: str, reference: str, catalogue: Catalogue) -> bool:
    """Return whether a group can be compared with a reference: it may not contain it."""
    parts = catalogue.parts
    return reference not in parts or group == ALL_FIVE or not parts[group] >= parts[reference]


def of_five(group: str, reference: str, catalogue: Catalogue) -> list[str]:
    """Return the groups of a choice: itself, or all of the five that can be compared."""
    if group != ALL_FIVE:
        return [group]
    return [code for code in five(catalogue) if compared(code, reference, catalogue)]


def detailed(catalogue: Catalogue, choices: pd.DataFrame) -> list[str]:
    """Return the detailed groups that a source with figures for boroughs counts.

    By the group of the five that they are a part of, then by name, what is left over last.
    """
    there = choices[choices["area_code"].isin(authorities(catalogue)) & (choices["level"] == "19")]
    lists = {
        catalogue.series[catalogue.indicators[id_].numerator.series].classification
        for id_ in there["indicator_id"].unique()
    }
    whole = five(catalogue)
    codes = {code for list_ in lists for code in catalogue.shown.get((list_, "19"), ())} - set(
        whole
    )

    def place(code: str) -> tuple[int, bool, str]:
        name = catalogue.short_labels[code]
        return whole.index(parent(code, catalogue)), "ther" in name, name

    return sorted(codes, key=place)


def parent(group: str, catalogue: Catalogue) -> str:
    """Return the one of the five groups that a group belongs to; the usual one if to none."""
    whole = five(catalogue)
    if group in whole:
        return group
    parents = [each.parent_code for each in catalogue.groups if each.code == group]
    return next((code for code in parents if code in whole), USUAL_GROUP)


def carried(last: Selection, groups: list[str], catalogue: Catalogue) -> Selection:
    """Return what the selection of another page means here; what it does not stays behind."""
    known = last.area in catalogue.areas and catalogue.areas[last.area].level in IN_LONDON
    return Selection(
        area=last.area if known else "",
        group=last.group if last.group in groups else "",
        reference=last.reference if last.reference in REFERENCES else "",
    )


def honoured(
    asked: Selection, groups: list[str], catalogue: Catalogue
) -> tuple[Selection, list[str]]:
    """Return the nearest area, group and reference there are, and a line for each not honoured.

    `groups` are those that may be chosen. A group that contains the reference is compared with
    all others instead: the group is what the reader came for.
    """
    area = asked.area if asked.area in areas(catalogue) else options.LONDON
    kin = (asked.group, parent(asked.group, catalogue), USUAL_GROUP)
    group = next(code for code in kin if code in groups)
    reference = asked.reference if asked.reference in REFERENCES else "white"
    # Who did not ask for a reference is not told which was not taken.
    wanted = asked.reference
    if not compared(group, reference, catalogue):
        reference = "rest"
    shown = {
        "area": ("There are no figures for {} here.", catalogue.areas[area].name),
        "group": ("The group {} is not shown here.", name_of(group, catalogue)),
        "reference": (
            "A comparison with {} is not offered here.",
            f"compared with {REFERENCES[reference]}",
        ),
    }
    taken = replace(asked, area=area, group=group, reference=reference)
    lines = [
        f"{text.format(said(getattr(asked, field), catalogue))} Shown: {name}."
        for field, (text, name) in shown.items()
        if getattr(asked, field) not in ("", getattr(taken, field))
    ]
    if not wanted and reference == "rest":
        lines.append(
            f"{name_of(group, catalogue)} is compared with all other ethnic groups combined."
        )
    return taken, lines


def name_of(group: str, catalogue: Catalogue) -> str:
    """Return the name of a choice of group."""
    return EVERY_GROUP if group == ALL_FIVE else catalogue.short_labels[group]
