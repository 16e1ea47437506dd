"""Which list of groups a set of labels is, and what each label means in it (standards, 1.6).

"White Other" is all of White that the list does not name, "Asian" has Chinese in it unless
Chinese stands beside it: a label is settled by those beside it. Of all readings in which no
person is in two groups, the one that leaves out fewest people counts, if it is the only one
and its groups are those of one list. Everything else is for the analyst to say.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import product

from loti_dash.catalogue import Catalogue
from loti_dash.groups import UNKNOWN, made_of
from loti_dash.upload.labels import Meaning

TOTAL = "total"
TOTAL_KNOWN = "total_known"
NOBODY = "does_not_apply"
_COMBINED = "combined_"
# Helpers, not lists that a series can have.
_NO_LISTS = ("unknown_states", "bridge", "not_groups")
# Where several lists fit alike: the standard of the Government Statistical Service, then that of
# the last census, then in the order of ethnic_groups.csv.
_FIRST = ("harmonised_5", "census_2021_19")

Parts = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Groups:
    """All lists of groups, the preferred first, and what groups are made of.

    Lists are without the states of unknown. `heads` are the groups that others roll up to.
    """

    lists: Mapping[str, frozenset[str]]
    parts: Parts
    heads: frozenset[str]


@dataclass(frozen=True)
class Settled:
    """What the labels of one indicator mean together.

    `codes` has the meanings that are settled, `undecided` the others. `sums` are codes that
    stand for several others beside them, and those; `beyond` those whose parts are not all there.
    `overlapping` are groups that have people in common. `classification` is the list, or "" if
    none has all groups; then `misfits` are those that the closest list `nearest` does not have.
    `alike` are further lists that have the same groups, `without` the groups of the list that
    have no label.
    """

    codes: Mapping[Meaning, str]
    undecided: tuple[Meaning, ...]
    sums: Mapping[str, tuple[str, ...]]
    beyond: tuple[str, ...]
    overlapping: tuple[tuple[str, str], ...]
    classification: str
    nearest: str
    alike: tuple[str, ...]
    misfits: tuple[str, ...]
    without: tuple[str, ...]


def groups_of(catalogue: Catalogue) -> Groups:
    """Return the groups of the catalogue, list by list."""
    found: dict[str, set[str]] = {name: set() for name in _FIRST}
    for group in catalogue.groups:
        if group.classification not in _NO_LISTS and not group.code.startswith(UNKNOWN):
            found.setdefault(group.classification, set()).add(group.code)
    return Groups(
        {name: frozenset(codes) for name, codes in found.items() if codes},
        catalogue.parts,
        frozenset(group.parent_code for group in catalogue.groups),
    )


def settled(meanings: Collection[Meaning], groups: Groups) -> Settled:
    """Return what labels mean together. The states of unknown must be settled before."""
    certain = {each: next(iter(each)) for each in meanings if len(each) == 1}
    uncertain = sorted((each for each in meanings if len(each) > 1), key=sorted)
    readings = []
    for choice in product(*map(sorted, uncertain)):
        codes = {*certain.values(), *choice}
        leaves = _leaves(codes, groups.parts)
        # Two labels of one meaning are two groups; a label beside its own code is that group.
        apart = len(set(choice)) == len(choice)
        readings.append(((apart, *_merit(codes, leaves, groups)), leaves, choice))
    best = max(merit for merit, _, _ in readings)
    found = [
        choice
        for merit, leaves, choice in readings
        if merit == best and any(leaves <= of for of in groups.lists.values())
    ]
    if not found or not (best[0] and best[1]):
        return _described(certain, tuple(uncertain), groups)
    said = {each: {choice[n] for choice in found} for n, each in enumerate(uncertain)}
    one = certain | {each: next(iter(of)) for each, of in said.items() if len(of) == 1}
    return _described(one, tuple(each for each in uncertain if each not in one), groups)


def _merit(
    codes: Collection[str], leaves: frozenset[str], groups: Groups
) -> tuple[bool, int, int, int]:
    """Return how good a reading is: nobody twice, everybody there, and sums that are usual.

    Of two sums of the same rows the wider is meant: "Asian" over five groups has Chinese in it.
    """
    parts = groups.parts
    listed = [code for code in codes if code in parts]
    unusual = [code for code in listed if code not in leaves and code not in groups.heads]
    return (
        _clear(codes, leaves, parts),
        len(frozenset[str]().union(*(parts[leaf] for leaf in leaves))),
        -len(unusual),
        sum(len(parts[code]) for code in listed),
    )


def _described(
    codes: Mapping[Meaning, str],
    undecided: tuple[Meaning, ...],
    groups: Groups,
) -> Settled:
    lists, parts = groups.lists, groups.parts
    there = sorted(set(codes.values()))
    leaves = _leaves(there, parts)
    sums, beyond = _sums(there, leaves, parts)
    # A list that has all groups, better yet one of which no group is missing.
    fits = {name: (len(leaves - of), bool(of - leaves)) for name, of in lists.items()}
    nearest = min(lists, key=lambda name: fits[name])
    complete = not undecided and leaves <= lists[nearest] and bool(leaves)
    overlapping = _overlapping(leaves, parts)
    return Settled(
        codes,
        undecided,
        sums,
        beyond,
        overlapping,
        nearest if complete and not overlapping else "",
        nearest,
        tuple(name for name in fits if fits[name] == fits[nearest] and name != nearest),
        tuple(sorted(leaves - lists[nearest])),
        tuple(sorted(lists[nearest] - leaves)),
    )


def _leaves(codes: Collection[str], parts: Parts) -> frozenset[str]:
    """Return the groups that are not made of others beside them."""
    groups = {code for code in codes if code in parts and not code.startswith(_COMBINED)}
    return frozenset(code for code in groups if not _inside(code, groups, parts))


def _inside(code: str, groups: Collection[str], parts: Parts) -> list[str]:
    """Return the smaller groups that a group is made of, if it is made of any."""
    smaller = [group for group in groups if parts[group] < parts[code]]
    return made_of(code, smaller, parts) or []


def _sums(
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


def _clear(codes: Collection[str], leaves: frozenset[str], parts: Parts) -> bool:
    """Return whether nobody is in two groups, and no sum has only a part of another's people."""
    groups = [parts[code] for code in codes if code in parts and not code.startswith(_COMBINED)]
    across = any(
        one & other and not one <= other and not other <= one for one in groups for other in groups
    )
    return not across and not _overlapping(leaves, parts)


def _overlapping(leaves: Collection[str], parts: Parts) -> tuple[tuple[str, str], ...]:
    ordered = sorted(leaves)
    return tuple(
        (one, other)
        for place, one in enumerate(ordered)
        for other in ordered[place + 1 :]
        if parts[one] & parts[other]
    )
