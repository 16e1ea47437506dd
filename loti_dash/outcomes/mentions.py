"""Which ethnic groups a text names, by the words of the catalogue. None is guessed.

What may mean a group and is not read as one is said, so that nobody takes silence for none.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loti_dash.catalogue import Catalogue
from loti_dash.groups import normalised
from loti_dash.outcomes import beware, cohorts

_LEAVES_OUT = re.compile(
    r"\b(?:not|neither|nor|except(?:ing)?|exclud\w+|excl|without|outside|unless|never"
    r"|(?:other|rather) than|apart from|(?:all|any\w*|every\w*|nobody|none) but|no longer)\b"
    r"|\w+n't\b|(?<!\w)non[ -]"
)
# Asian and African of the compass are no groups of the lists, nor are places, things, mixtures.
_IS_NO_GROUP = re.compile(
    r"\b(?:(?:north|south|east|west|central)(?:[ -]?(?:east|west))?(?:ern)?|latin|native|american)"
    r"[ -]+(?:asian|african|indian|american|arab|irish)s?\b"
    r"|\bnorthern irish\b"
    r"|\b(?:white|black) (?:city|hart|chapel|horse|lion|prince|friars?|heath|wall|collar|papers?"
    r"|goods|mou?ld|history|cabs?|country|market|spots?|lives matter)\b"
    r"|\bmixed[ -](?:tenures?|use|ability|abilities|age|ages|sex|gender|incomes?|communit\w+"
    r"|methods?|economy|development|group of|cohort)\b"
)
# The union of two groups of the census, which services call by one name.
_GYPSY_ROMA_TRAVELLER = re.compile(
    r"\bgypsy(?:,| and | or |/| )+roma(?:,| and | or |/| )+(?:and |or )?(?:irish )?travell?ers?\b"
    r"|\bgrt\b"
)
_BOTH = ("white_gypsy_irish_traveller", "white_roma")
# Words of labels that mean no group when they stand alone.
_OF_ANY = frozenset(
    "and any background british english ethnic group groups multiple northern or other scottish "
    "welsh".split()
)
_PLURAL = {"travellers": "traveller", "gypsies": "gypsy"}


@dataclass(frozen=True)
class Names:
    """The words for groups: `alone` may be all of a text, `within` stand in it as whole words.

    `order` are the codes in the order they are offered in, `parts` the single words of labels.
    """

    alone: Mapping[str, str]
    within: Mapping[str, str]
    order: Sequence[str]
    parts: frozenset[str]


@dataclass(frozen=True)
class Named:
    """The codes of the groups that a text names, and what to look at in it, in words."""

    codes: tuple[str, ...]
    doubts: tuple[str, ...] = ()


def names(catalogue: Catalogue) -> Names:
    """Return the words for the groups that an outcome may be for."""
    offered = cohorts.offered(catalogue)
    labels = {
        normalised(group.label): group.code
        for group in catalogue.groups
        if group.code in offered and group.classification in cohorts.LISTS
    }
    short = {normalised(catalogue.short_labels[code]): code for code in offered}
    # As people say them: Irish, and White and Black Caribbean, without the group they are part of.
    said = {
        name.partition(" ")[2]: code
        for name, code in short.items()
        if code.startswith(("mixed_white_", "white_irish", "white_roma", "white_gypsy"))
    }
    other = {
        f"other {name.removesuffix(' other')}": code
        for name, code in short.items()
        if name.endswith(" other")
    }
    words = re.findall(r"\w+", " ".join([*labels, *short]))
    return Names(
        labels | {code: code for code in offered} | short,
        said | other | short,
        offered,
        frozenset(word for word in words if word not in _OF_ANY),
    )


def named(text: str, known: Names) -> Named:
    """Return the groups that a text names, in the order they are offered in.

    A group counts by its short label as whole words, and by its label or code alone. Words for
    everybody outside one group name none, and a text that leaves somebody out names none.
    """
    left = beware.without_catch_all(normalised(text)).strip()
    if left in known.alone:
        return Named((known.alone[left],))
    out = _LEAVES_OUT.search(left)
    if out:
        return Named(
            (), (f"“{out[0].strip()}” leaves somebody out, so no group is read from it.",)
        )
    left = re.sub(r"\s*[/+]\s*", " and ", left)
    doubts = [f"“{found[0]}” is read as no group." for found in _IS_NO_GROUP.finditer(left)]
    left, both = _GYPSY_ROMA_TRAVELLER.subn(" ", _IS_NO_GROUP.sub(" ", left))
    found = set(_BOTH) & set(known.order) if both else set()
    # The longest first: Black Caribbean is not Black.
    for name in sorted(known.within, key=len, reverse=True):
        code = known.within[name]
        left, many = re.subn(rf"(?<![\w-]){re.escape(name)}s?(?![\w-])(?! traveller)", " ", left)
        if many:
            found.add(code)
            if name.startswith("white and "):
                doubts.append(f"“{name}” is read as one group, which is Mixed.")
    if "mixed" in found and len(found) > 1:
        doubts.append("“mixed” stands beside other groups: one group may be meant.")
    words = (_PLURAL.get(word, word) for word in re.findall(r"\w+", left))
    more = dict.fromkeys(word for word in words if word.removesuffix("s") in known.parts)
    doubts += [f"“{word}” is read as no group." for word in more]
    return Named(tuple(code for code in known.order if code in found), tuple(doubts))
