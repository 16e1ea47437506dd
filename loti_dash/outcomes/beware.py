"""What to beware of in words that people write: a person in them, or a group without a name.

Warnings, never a block: the words stay as they are.
"""

import re
from collections.abc import Iterator

from loti_dash.outcomes.canvas import Canvas
from loti_dash.outcomes.questions import words_of
from loti_dash.upload import people

# Words for everybody but one group.
_CATCH_ALL = re.compile(
    r"\bB\.?A\.?M\.?E\b|\bBME\b|\bPOC\b|\bnon[\s‐‑–-]?white\b|\bpeople\sof\scolou?r\b"
    r"|\b(?:minority\sethnic|ethnic\sminorit(?:y|ies)|(?:visible|racial)\sminorit(?:y|ies))\b"
    r"|\bglobal\smajority\b|\b(?:all|every|diverse)\sethnic(?:\sgroups?|ities|ity)\b",
    re.IGNORECASE,
)


def of_text(text: str) -> list[str]:
    """Return what a text should be looked at again for, in words. Nothing of it is repeated.

    >>> of_text("Ask J on 020 7946 0958")
    ['It looks as if a telephone number is in it. Leave out what is about one person.']
    >>> of_text("Black Caribbean pupils in Year 9")
    []
    """
    found = [
        f"It looks as if {_a(rule)} is in it. Leave out what is about one person."
        for rule in people.RULES
        if people.holds(rule, text)
    ]
    if _CATCH_ALL.search(text):
        found.append(
            "It has a word for everybody outside one group. Name the groups: the method asks for "
            "specific people."
        )
    return found


def without_catch_all(text: str) -> str:
    """Return a text without the words that gather everybody outside one group."""
    return _CATCH_ALL.sub(" ", text)


def of_canvas(canvas: Canvas) -> Iterator[tuple[str, str]]:
    """Yield each place in a canvas with a warning: where, and what."""
    texts = [("Title", canvas.title)]
    texts += [(words_of(key), said) for key, said in canvas.answers.items()]
    texts += [("Actions", f"{each.what} {each.owner}") for each in canvas.actions]
    texts += [("Decisions log", each.said) for each in canvas.decisions]
    for where, said in texts:
        for warning in of_text(said):
            yield where, warning


def _a(rule: str) -> str:
    return f"{'an' if rule.startswith(('a', 'e', 'NHS')) else 'a'} {rule}"
