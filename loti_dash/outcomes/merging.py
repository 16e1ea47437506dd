"""Two people change one canvas: what both did is kept, unless they changed the same thing.

Like a merge of three: what each changed is told by what the canvas was before.
"""

from dataclasses import dataclass, fields, replace

from loti_dash.outcomes.canvas import Canvas
from loti_dash.outcomes.questions import words_of

# Lists that two people may both add to.
_ADDED_TO = ("insights", "actions", "decisions")
_WORDS = {
    "title": "Title",
    "groups": "Groups",
    "area": "Place",
    "baseline": "Baseline",
    "insights": "Insights",
    "actions": "Actions",
    "decisions": "Decisions",
}


@dataclass(frozen=True)
class Merged:
    """A canvas with the changes of both, and what both changed, each in another way, in words.

    Of the latter it has what `theirs` has.
    """

    canvas: Canvas
    both: tuple[str, ...]


def merged(before: Canvas, theirs: Canvas, mine: Canvas) -> Merged:
    """Return what becomes of a canvas that was changed twice since it was read."""
    found, both = theirs, list[str]()
    for name in (one.name for one in fields(Canvas) if one.name not in ("answers", "preset")):
        was, other, own = (getattr(each, name) for each in (before, theirs, mine))
        if own in (was, other):
            continue
        if name in _ADDED_TO and own[: len(was)] == was and other[: len(was)] == was:
            added = tuple(each for each in own[len(was) :] if each not in other)
            found = replace(found, **{name: other + added})
        elif other == was:
            found = replace(found, **{name: own})
        elif name == "complete":
            found = replace(found, complete=False)
        else:
            both.append(_WORDS[name])
    for key in dict.fromkeys([*before.answers, *theirs.answers, *mine.answers]):
        was, other, own = (each.answer(key) for each in (before, theirs, mine))
        if own in (was, other):
            continue
        if other == was:
            found = found.answered(key, own)
        else:
            both.append(words_of(key))
    return Merged(found, tuple(both))
