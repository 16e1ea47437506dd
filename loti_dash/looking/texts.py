"""What to look at in words: what changed between two releases, and what to conclude from it."""

from collections.abc import Iterable

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.figures import between, decimals, ratio
from loti_dash.findings import CLEAR, finding
from loti_dash.looking.evidence import KINDS, OF_ONE, Change, Kind, Looked
from loti_dash.measures import round_half_up
from loti_dash.sentences import headline
from loti_dash.wording import place

HEADINGS: dict[Kind, str] = {
    "reversed": "Turned round",
    "clear": "Became clear",
    "unclear": "No longer clear",
    "corrected": "As clear as before, on corrected figures",
    "new": "New comparisons",
    "withdrawn": "Withdrawn",
    "removed": "No longer there",
}
BASES = {
    "newer": "a newer period",
    "earlier": "an earlier period: the later release does not have the newer one",
    "corrected": "the same period, corrected",
    "same": "the same figures, with another definition or caution",
    "": "",
}
# Where an interval has 95%, one in so many without any difference is clear by chance.
_ONE_IN = 20
_ALONE = "This is clear on its own, not after allowing for all comparisons made together."
AMONG_ALL = 0.05
_TOLD = {"higher": "higher", "lower": "lower"}
_COUNTED: dict[Kind, str] = {
    "reversed": "turned round",
    "clear": "became clear",
    "unclear": "no longer clear",
    "corrected": "corrected",
    "new": "new",
    "withdrawn": "withdrawn",
    "removed": "no longer there",
}


def between_releases(of: Looked) -> str:
    """Return which two releases are looked at."""
    return f"From release {of.before} to release {of.after}."


def summary(catalogue: Catalogue, of: Looked) -> str:
    """Return in one sentence what changed in the evidence on a place.

    The comparisons that both releases have; those that only one has are counted elsewhere.
    """
    where = place(catalogue.areas[of.area].name)
    counts = {kind: len(of.of(kind)) for kind in KINDS[:3]}
    said = [f"{n:,} {_happened(kind, n)}" for kind, n in counts.items() if n]
    if not said:
        return f"In {where}, no comparison became clear, stopped being clear or turned round."
    number, _, rest = said[0].partition(" ")
    noun = "comparison" if number == "1" else "comparisons"
    return f"In {where}, {_listed([f'{number} {noun} {rest}', *said[1:]])}."


def title(of: Looked) -> str:
    """Return in a few words how much changed."""
    counts = {kind: len(of.of(kind)) for kind in _COUNTED}
    said = [f"{n:,} {_COUNTED[kind]}" for kind, n in counts.items() if n]
    return _listed(said) if said else "no change in the evidence"


def looked_at(of: Looked) -> list[str]:
    """Return how much was looked at, what stayed, and what chance alone would bring up."""
    if not of.looked:
        return ["There is no comparison with a ratio for this place in either release."]
    many = f"{of.looked:,} comparisons" if of.looked > 1 else "1 comparison"
    indicators = f"{of.indicators} indicators" if of.indicators > 1 else "1 indicator"
    lines = [
        f"Looked at: {many} of {indicators}, each ethnic group compared with White, at the newest "
        "figures that each release has of it."
    ]
    cannot_tell = sum(n for found, n in of.stayed.items() if found not in CLEAR)
    stayed = {
        "still higher": of.stayed.get("higher", 0),
        "still lower": of.stayed.get("lower", 0),
        "still not clear": cannot_tell,
    }
    stay = [f"{n:,} {name}" for name, n in stayed.items() if n]
    if stay:
        lines.append(f"As clear as they were: {_listed(stay)}.{_corrected(of)}")
    others = {kind: len(of.of(kind)) for kind in OF_ONE}
    other = [f"{n:,} {_COUNTED[kind]}" for kind, n in others.items() if n]
    if other:
        lines.append(f"In one release only: {_listed(other)}.")
    lines.append(_by_chance(of))
    return lines


def sentence(before: Catalogue, after: Catalogue, of: Change, moved: str) -> str:
    """Return what the later release says of a comparison, and what the earlier one said.

    `moved` says whether the ratio itself moved, if that was looked at.
    """
    catalogue = before if of.after is None else after
    indicator = catalogue.indicators[str(of.row["indicator"])]
    group = str(of.row["group_code"])
    said = headline(catalogue, indicator, of.row.to_frame().T, group, None)
    if of.after is None:
        return f"Before: {said}"
    if of.before is None:
        return said
    then = state(of.before)
    when = before.period(
        before.indicators[str(of.before["indicator"])], str(of.before["period"])
    ).label
    rests = f"This rests on {BASES[of.basis]}."
    alone = _ALONE if finding(of.row) in CLEAR and not among_all(of) else ""
    itself = f"The ratio itself: {moved}." if moved else ""
    return " ".join(filter(None, [said, f"Before: {then}, {when}.", rests, itself, alone]))


def state(row: pd.Series) -> str:
    """Return how clear a comparison is, with its ratio and interval, in a few words."""
    found = finding(row)
    if found == "no_ratio":
        return "no ratio to show"
    digits = decimals(row["ratio"], row["ratio_low"], row["ratio_high"])
    limits = between(row["ratio_low"], row["ratio_high"], digits)
    much = f"{ratio(row['ratio'], digits)}{f' ({limits})' if limits else ''}"
    clear = {"no_interval": "no interval"}.get(found, _TOLD.get(found, "we could not tell"))
    return f"{clear}, {much}"


def among_all(of: Change) -> bool:
    """Return whether what is clear is so after allowing for all comparisons made together."""
    return bool(of.row["q_value"] <= AMONG_ALL)


def _corrected(of: Looked) -> str:
    """Return how many of those that are as clear as they were are so on corrected figures."""
    n = len(of.of("corrected"))
    if not n:
        return ""
    rest = (
        "1 of them rests on corrected figures and is"
        if n == 1
        else f"{n:,} of them rest on corrected figures and are"
    )
    return f" {rest} below, the ratio that moved most first."


def _by_chance(of: Looked) -> str:
    """Return what to expect of so many comparisons, and how many stand up to it."""
    with_interval = of.looked - of.stayed.get("no_interval", 0)
    shown = [each for each in of.changes if each.kind in ("reversed", "clear")]
    alone = sum(not among_all(each) for each in shown)
    by_chance = round_half_up(with_interval / _ONE_IN)
    said = (
        f"With so many, some are clear by chance: of comparisons without any difference, about 1 "
        f"in {_ONE_IN} is, which would be {by_chance:.0f} of these if none differed."
    )
    if not shown:
        return said
    if not alone:
        return f"{said} What became clear here is so after allowing for all comparisons too."
    return (
        f"{said} Of the {len(shown):,} that became clear or turned round, {alone:,} "
        f"{'is' if alone == 1 else 'are'} so on {'its' if alone == 1 else 'their'} own and not "
        "after allowing for all comparisons of the indicator together."
    )


def _happened(kind: Kind, n: int) -> str:
    """Return what happened to so many comparisons.

    >>> _happened("unclear", 1), _happened("unclear", 2), _happened("clear", 2)
    ('is no longer clear', 'are no longer clear', 'became clear')
    """
    return f"{'is' if n == 1 else 'are'} {_COUNTED[kind]}" if kind == "unclear" else _COUNTED[kind]


def _listed(texts: Iterable[str]) -> str:
    """Return texts as a list inside a sentence.

    >>> _listed(["1 new", "2 withdrawn", "3 no longer there"])
    '1 new, 2 withdrawn and 3 no longer there'
    """
    *others, last = texts
    return f"{', '.join(others)} and {last}" if others else last


def notices(of: Looked) -> list[str]:
    """Return a line for each indicator whose figures somebody took back from the later release."""
    return [f"{title}: {words}" for title, words in of.withdrawn]
