"""Which groups an outcome may be for: named ones, never a catch-all."""

from collections.abc import Iterable

from loti_dash.catalogue import Catalogue, shown_groups
from loti_dash.groups import UNKNOWN

WHY_NAMED = (
    "The method asks for a specific person or cohort. What helps one group may pass another by, "
    "and a figure for everybody together can rise while a group falls behind. So an outcome names "
    "its groups: words for everybody outside one group, and “Other”, gather people who have "
    "little in common but a form."
)
# Whoever found no box of their own: not people who could be asked what they need.
CATCH_ALL = (UNKNOWN, "other", "other_any")
# The five groups and the newest list of detailed ones.
LISTS = ("harmonised_5", "census_2021_19")


def offered(catalogue: Catalogue) -> list[str]:
    """Return the codes of the groups to choose from: each of the five, then what is in it."""
    table = shown_groups(catalogue.groups)
    of_lists = table[table["classification"].isin(LISTS)].sort_values("position")
    five = of_lists.loc[of_lists["level"] == "5", "group_code"].drop_duplicates()
    parents = {group.code: group.parent_code for group in catalogue.groups}
    detailed = of_lists.loc[of_lists["level"] == "19", "group_code"].drop_duplicates()
    ordered = [
        code for root in five for code in (root, *(d for d in detailed if parents[d] == root))
    ]
    return [code for code in ordered if code not in CATCH_ALL]


def are_named(groups: Iterable[str], catalogue: Catalogue) -> bool:
    """Return whether there are groups, and each is one of the catalogue and no catch-all."""
    codes = set(groups)
    return bool(codes) and all(is_named(code, catalogue) for code in codes)


def is_named(code: str, catalogue: Catalogue) -> bool:
    """Return whether a code is that of a group of people with a name of their own.

    Unions made to compare lists with one another are none.
    """
    lists = {group.classification for group in catalogue.groups if group.code == code}
    return code in catalogue.parts and code not in CATCH_ALL and bool(lists - {"bridge"})
