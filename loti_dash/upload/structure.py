"""How the groups of an indicator lie in one another: which are sums of which, and who is twice."""

from collections.abc import Collection, Mapping

from loti_dash.groups import UNKNOWN, made_of

TOTAL = "total"
TOTAL_KNOWN = "total_known"
NOBODY = "does_not_apply"
_COMBINED = "combined_"

Parts = Mapping[str, frozenset[str]]


def leaves(codes: Collection[str], parts: Parts) -> frozenset[str]:
    """Return the groups that are not made of others beside them."""
    groups = {code for code in codes if code in parts and not code.startswith(_COMBINED)}
    return frozenset(code for code in groups if not _inside(code, groups, parts))


def sums(
    there: Collection[str], leaves: Collection[str], parts: Parts
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Return what stands for several rows, with these, and what cannot be made of them."""
    groups = sorted(leaves)
    states = [code for code in there if code.startswith(f"{UNKNOWN}_")]
    unknown = states or [code for code in there if code == UNKNOWN]
    found: dict[str, tuple[str, ...]] = {}
    for code in there:
        if code == TOTAL:
            found[code] = (*groups, *unknown)
        elif code == TOTAL_KNOWN:
            found[code] = tuple(groups)
        elif code == UNKNOWN and states:
            found[code] = tuple(states)
        elif code in parts and code not in leaves:
            found[code] = tuple(made_of(code, groups, parts) or ())
    return (
        {code: of for code, of in found.items() if of},
        tuple(code for code, of in found.items() if not of),
    )


def clear(codes: Collection[str], leaves: frozenset[str], parts: Parts) -> bool:
    """Return whether nobody is in two groups, and no sum has only a part of another's people."""
    groups = [parts[code] for code in codes if code in parts and not code.startswith(_COMBINED)]
    across = any(
        one & other and not one <= other and not other <= one for one in groups for other in groups
    )
    return not across and not overlapping(leaves, parts)


def overlapping(leaves: Collection[str], parts: Parts) -> tuple[tuple[str, str], ...]:
    """Return the pairs of groups that have people in common."""
    ordered = sorted(leaves)
    return tuple(
        (one, other)
        for place, one in enumerate(ordered)
        for other in ordered[place + 1 :]
        if parts[one] & parts[other]
    )


def people(codes: Collection[str], parts: Parts) -> frozenset[str]:
    """Return the smallest parts of groups together."""
    return frozenset[str]().union(*(parts[code] for code in codes))


def _inside(code: str, groups: Collection[str], parts: Parts) -> list[str]:
    """Return the smaller groups that a group is made of, if it is made of any."""
    smaller = [group for group in groups if parts[group] < parts[code]]
    return made_of(code, smaller, parts) or []
