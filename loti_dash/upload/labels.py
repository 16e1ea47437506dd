"""What labels of ethnic groups in an upload can mean, before the list they stand in is known.

A label is looked up in the spellings of every source at once, so it may mean several groups:
which of them is settled by lists.py, from the labels beside it. No label is guessed.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from loti_dash.catalogue import Catalogue
from loti_dash.groups import Labels, normalised
from loti_dash.upload.values import Refused, closest, quoted

# Of labels of the catalogue only: no word of an upload may outlast it.
_published = lru_cache(maxsize=4096)(normalised)

# What a label can mean: one code, or several.
Meaning = frozenset[str]

NOT_RECORDED = "unknown_blank"
# "Not known" is a failure to ask in the tables of the NHS and nobody's word for why elsewhere.
_STATES = "unknown_"
# The list of helpers that are totals.
_NOT_GROUPS = "not_groups"


@dataclass(frozen=True)
class Known:
    """All spellings of ethnic groups, and the codes they have in one source or another."""

    catalogue: Catalogue
    labels: Labels
    mapping: Mapping[str, str]

    @cached_property
    def codes(self) -> frozenset[str]:
        """All codes of ours: these always mean themselves."""
        return frozenset(group.code for group in self.catalogue.groups)

    @cached_property
    def by_source(self) -> dict[str, dict[str, str]]:
        """Of each source, the code of each spelling."""
        table = self.labels.table
        found: dict[str, dict[str, str]] = {}
        for source, label, code in zip(
            table["source"], table["label_as_published"], table["code"], strict=True
        ):
            found.setdefault(source, {})[_published(label)] = code
        return found

    @cached_property
    def meanings(self) -> dict[str, Meaning]:
        """Of each spelling, all codes it has, without letters that mean another group each time.

        One source counts "Mixed" as unknown, for its list has no such group: a file with such
        rows has one.
        """
        found: dict[str, set[str]] = {}
        for spellings in self.by_source.values():
            for spelling, code in spellings.items():
                found.setdefault(spelling, set()).add(code)
        for group in self.catalogue.groups:
            for words in (group.label, group.short_label):
                found.setdefault(_published(words), {group.code})
        plain = {
            spelling: frozenset(codes & self.catalogue.parts.keys() or codes)
            for spelling, codes in found.items()
            if not re.fullmatch(r"[^\W\d_]", spelling)
        }
        wider = _wider(plain.values(), self.catalogue)
        return {
            spelling: codes.union(*(wider.get(c, ()) for c in codes if "other" in spelling))
            for spelling, codes in plain.items()
        }

    @cached_property
    def suggested(self) -> dict[str, Meaning]:
        """The spellings that unmatched labels are compared with: those of single groups."""
        sums = {g.code for g in self.catalogue.groups if g.classification == _NOT_GROUPS}
        return {words: codes for words, codes in self.meanings.items() if not codes & sums}


def _wider(meanings: Collection[Meaning], catalogue: Catalogue) -> dict[str, set[str]]:
    """Return what else a label may mean that says "other": all who have no row of their own.

    Of a smallest group, the residual groups that some label confuses with it: "Other White" is
    White Other with or without Roma, whether or not a source was seen to use these very words.
    """
    parts = catalogue.parts
    heads = {group.parent_code for group in catalogue.groups}
    found: dict[str, set[str]] = {}
    for codes in meanings:
        for code in codes:
            if len(parts.get(code, ())) == 1:
                wide = {c for c in codes if parts.get(c, frozenset()) > parts[code]} - heads
                found.setdefault(code, set()).update(wide)
    return found


def meaning(label: str, known: Known) -> Meaning | Refused:
    """Return all codes that a label can have, by the analyst's mapping before all else."""
    if not label:
        return frozenset({NOT_RECORDED})
    if re.fullmatch(r"[A-Za-z]", label):
        return Refused(
            f"{quoted(label)} is a code of one letter, which is one group to the NHS and another "
            "to the police. Write the name of the group."
        )
    if re.fullmatch(r"(?:IC)?[ -]?[0-9]", label, re.IGNORECASE):
        return Refused(
            f"{quoted(label)} is a police code for how somebody looked to an officer. Such codes "
            "have no Mixed group, and not all forces count Chinese in the same one. Use figures "
            "by what people said of themselves, or write the group that the officer recorded."
        )
    if label in known.mapping:
        return _mapped(label, known)
    if label in known.codes:
        return frozenset({label})
    found = known.meanings.get(normalised(label))
    if found is None:
        return Refused(
            f"{quoted(label)} is no ethnic group that is known here. Choose what it means on the "
            "page, or write the name of the group in the sheet.",
            like=label,
        )
    return found


def _mapped(label: str, known: Known) -> Meaning | Refused:
    code = known.mapping[label]
    if code in known.codes:
        return frozenset({code})
    return Refused(
        f"{quoted(label)} was said to be {quoted(code)}, which is no group. Choose another."
    )


def same_people(codes: Collection[str], known: Known) -> list[str]:
    """Return codes, and those of lists of groups that are made of the same people as one."""
    parts = known.catalogue.parts
    alike = {parts[code] for code in codes if code in parts}
    listed = {g.code for g in known.catalogue.groups if g.classification != _NOT_GROUPS}
    return sorted({*codes, *(code for code in listed if parts.get(code) in alike)})


def closest_groups(label: str, known: Known) -> tuple[tuple[str, str], ...]:
    """Return up to three groups that a label may be: the words on screen, and the code."""
    words = known.catalogue.short_labels
    codes = [
        code
        for spelling in closest(label, known.suggested, cutoff=0.7)
        for code in sorted(known.suggested[spelling])
    ]
    return tuple((words[code], code) for code in dict.fromkeys(codes))[:3]


def states_settled(
    meanings: Collection[Meaning], spellings: Collection[str], known: Known
) -> tuple[dict[Meaning, str], dict[Meaning, str]]:
    """Return which state of unknown an uncertain label is, and those where it remains a reading.

    It is what the label means in the sources that have all spellings of the file. Where these
    say different things it is read as in most files, and the second mapping has it: whoever is
    unknown stays unknown, and only the reason why may be another.
    """
    settled: dict[Meaning, str] = {}
    unsure: dict[Meaning, str] = {}
    explaining = [
        source for source in known.by_source.values() if all(word in source for word in spellings)
    ]
    for each in meanings:
        if len(each) < 2 or not all(code.startswith(_STATES) for code in each):
            continue
        words = [word for word in spellings if known.meanings.get(word) == each]
        said = {source[word] for source in explaining for word in words}
        usual = {known.by_source["common"].get(word, "") for word in words} & each
        if len(said) == 1:
            settled[each] = said.pop()
        else:
            unsure[each] = settled[each] = min(usual or each)
    return settled, unsure
