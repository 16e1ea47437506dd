"""Which caveats are others now: indicator by indicator, in whatever order they stood."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loti_dash.shares.sent import Caution

_WEIGHTS = {1: "Context", 2: "Beside the figures", 3: "Limits their use"}


@dataclass(frozen=True)
class Changed:
    """One thing that is another now: what it is, its words as sent, and its words now."""

    what: str
    old: str
    new: str


@dataclass(frozen=True)
class _Said:
    """A caveat of one indicator, without the names of all that it applies to."""

    words: str
    severity: int
    title: str


# A caveat by its id and by the indicator that it is said of, "" where a view has only one.
_Key = tuple[str, str]


def changes(old: Sequence[Caution], new: Sequence[Caution]) -> list[Changed]:
    """Return the caveats that were added, taken away or reworded, or weigh more or less.

    What is said of several indicators is compared for each, and told once with their titles.
    """
    before, after = _by_indicator(old), _by_indicator(new)
    found: dict[Changed, list[str]] = {}
    for key in dict.fromkeys([*before, *after]):
        was, is_ = before.get(key, []), after.get(key, [])
        title = next(iter([*is_, *was])).title
        for each in _changes(was, is_):
            found.setdefault(each, []).append(title)
    return [_named(each, filter(None, dict.fromkeys(titles))) for each, titles in found.items()]


def _by_indicator(cautions: Sequence[Caution]) -> dict[_Key, list[_Said]]:
    found: dict[_Key, list[_Said]] = {}
    for each in cautions:
        text = each.text.removeprefix(f"{each.named}: ") if each.named else each.text
        words = f"{text} {each.effect}".strip()
        for indicator, title in (each.of or {"": ""}).items():
            found.setdefault((each.id, indicator), []).append(_Said(words, each.severity, title))
    return found


def _changes(old: Sequence[_Said], new: Sequence[_Said]) -> Iterable[Changed]:
    """Yield what changed of one caveat of one indicator: equal words belong together."""
    was, is_ = list(old), list(new)
    for each in old:
        same = next((other for other in is_ if other.words == each.words), None)
        if same is None:
            continue
        was.remove(each)
        is_.remove(same)
        yield from _weighed(each, same)
    for one, other in zip(was, is_, strict=False):
        yield Changed("reworded", one.words, other.words)
        yield from _weighed(one, other)
    for each in was[len(is_) :]:
        yield Changed("removed", each.words, "")
    for each in is_[len(was) :]:
        yield Changed("added", "", each.words)


def _weighed(old: _Said, new: _Said) -> Iterable[Changed]:
    if old.severity != new.severity:
        weights = (f"{_WEIGHTS[each.severity]}: {new.words}" for each in (old, new))
        yield Changed("weighed anew", *weights)


def _named(of: Changed, titles: Iterable[str]) -> Changed:
    """Return a change with the titles of the indicators that it is about in front."""
    about = "; ".join(titles)
    if not about:
        return of
    old, new = (f"{about}: {words}" if words else "" for words in (of.old, of.new))
    return Changed(of.what, old, new)
