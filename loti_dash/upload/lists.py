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
from loti_dash.groups import UNKNOWN
from loti_dash.upload import structure
from loti_dash.upload.labels import Meaning
from loti_dash.upload.structure import Parts

# Helpers, not lists that a series can have.
_NO_LISTS = ("unknown_states", "bridge", "not_groups")
# Where several lists fit alike: the standard of the Government Statistical Service, then that of
# the last census, then in the order of ethnic_groups.csv.
_FIRST = ("harmonised_5", "census_2021_19")


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
        leaves = structure.leaves(codes, groups.parts)
        # Two labels of one meaning are two groups; a label beside its own code is that group.
        apart = len(set(choice)) == len(choice)
        readings.append(((apart, *_merit(codes, leaves, groups)), leaves, choice))
    best = max(merit for merit, _, _ in readings)
    found = [(leaves, choice) for merit, leaves, choice in readings if merit == best]
    if not (best[0] and best[1]):
        return _described(certain, tuple(uncertain), groups)
    fitting = [one for one in found if any(one[0] <= of for of in groups.lists.values())]
    said = {
        each: {choice[n] for _, choice in fitting or found} for n, each in enumerate(uncertain)
    }
    one = certain | {each: next(iter(of)) for each, of in said.items() if len(of) == 1}
    # Where no list has all groups, a label that could be another group is the first to be asked;
    # and who is left over is plain only where all others have rows.
    beyond = () if fitting else _described(one, (), groups).misfits
    everybody = structure.people(found[0][0], groups.parts)
    open_ = tuple(
        each
        for each in uncertain
        if each not in one or one[each] in beyond or not _whole(one[each], everybody, groups)
    )
    return _described({m: c for m, c in one.items() if m not in open_}, open_, groups)


def _whole(code: str, everybody: frozenset[str], groups: Groups) -> bool:
    """Return whether the larger groups that a group is in are there as a whole."""
    parts = groups.parts
    heads = [parts[head] for head in groups.heads if head in parts]
    return all(head <= everybody for head in heads if parts[code] <= head)


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
        structure.clear(codes, leaves, parts),
        len(structure.people(leaves, parts)),
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
    leaves = structure.leaves(there, parts)
    sums, beyond = structure.sums(there, leaves, parts)
    # A list that has all groups, better yet one of which no group is missing.
    fits = {name: (len(leaves - of), bool(of - leaves)) for name, of in lists.items()}
    nearest = min(lists, key=lambda name: fits[name])
    complete = not undecided and leaves <= lists[nearest] and bool(leaves)
    overlapping = structure.overlapping(leaves, parts)
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
