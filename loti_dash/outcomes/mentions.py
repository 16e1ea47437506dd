"""Which ethnic groups a text names, by the words of the catalogue. None is guessed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loti_dash.catalogue import Catalogue
from loti_dash.groups import normalised
from loti_dash.outcomes import beware, cohorts


@dataclass(frozen=True)
class Names:
    """The words for groups: `alone` may be all of a text, `within` stand in it as whole words.

    `order` are the codes in the order they are offered in.
    """

    alone: Mapping[str, str]
    within: Mapping[str, str]
    order: Sequence[str]


def names(catalogue: Catalogue) -> Names:
    """Return the words for the groups that an outcome may be for."""
    offered = cohorts.offered(catalogue)
    labels = {
        normalised(group.label): group.code
        for group in catalogue.groups
        if group.code in offered and group.classification in cohorts.LISTS
    }
    short = {normalised(catalogue.short_labels[code]): code for code in offered}
    return Names(labels | {code: code for code in offered} | short, short, offered)


def groups(text: str, known: Names) -> list[str]:
    """Return the codes of the groups that a text names, in the order they are offered in.

    A group counts by its short label as whole words, and by its label or code alone. Words for
    everybody outside one group name none.
    """
    left = beware.without_catch_all(normalised(text)).strip()
    if left in known.alone:
        return [known.alone[left]]
    found = set()
    # The longest first: Black Caribbean is not Black.
    for name in sorted(known.within, key=len, reverse=True):
        left, many = re.subn(rf"(?<![\w-]){re.escape(name)}(?![\w-])", " ", left)
        if many:
            found.add(known.within[name])
    return [code for code in known.order if code in found]
