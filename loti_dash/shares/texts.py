"""What changed since a view was sent, in sentences: for the page and for packs alike."""

from loti_dash import notices
from loti_dash.export.papers import day
from loti_dash.shares.caution_changes import Changed
from loti_dash.shares.changes import SENTENCE, OfItem, Since
from loti_dash.shares.sent import Sent

# Words of people may repeat figures, and nobody but they can take them back.
BEFORE = "Figures were withdrawn since. What people wrote here, they wrote before that."
# More lines than these of one item are counted: its live page has them all.
MOST_LINES = 25


def as_sent(sent: Sent) -> str:
    """Return when something was sent, and from which release."""
    *others, last = sorted(sent.releases, key=notices.place)
    if not others:
        return f"As sent on {day(sent.day)} from release {last}."
    return (
        f"As sent on {day(sent.day)} from releases {', '.join(others)} and {last}: each figure "
        "says from which."
    )


def compared(sent: Sent, since: Since) -> str:
    """Return what it was compared with since, and whether anything is another."""
    if sent.releases == (since.release,):
        whole = "That is still the current release."
    else:
        whole = f"The current release is {since.release}."
    if since.nothing:
        return f"{whole} Figures and cautions are the same today."
    return f"{whole} This is what changed since; below, everything stands as it was sent."


def lines(of: OfItem) -> list[str]:
    """Return what changed in an item: its figures and why in one line, and each caveat in one."""
    if of.gone:
        return [gone(of)]
    figures = " ".join([*map(_figure, of.figures[:MOST_LINES]), *more(of), *why(of)])
    return [*([figures] if figures else []), *cautions(of)]


def gone(of: OfItem) -> str:
    """Return why an item is no longer there."""
    return f"These figures are not in the current release. {of.gone}"


def more(of: OfItem) -> list[str]:
    """Return how many figures are not listed, if any."""
    rest = len(of.figures) - MOST_LINES
    return [f"And {rest} more figures."] if rest > 0 else []


def why(of: OfItem) -> list[str]:
    """Return why figures changed, if any did."""
    return [f"Why: {' '.join(of.why)}"] if of.why else []


def cautions(of: OfItem) -> list[str]:
    """Return a line for each caveat that is another now."""
    return [_caution(each) for each in of.cautions]


def _figure(of: Changed) -> str:
    if of.what == SENTENCE:
        return f"As sent: {of.old} Now: {of.new}"
    return f"{of.what}: {of.old} as sent, {of.new} now."


def _caution(of: Changed) -> str:
    return {
        "added": f"A caution was added: {of.new}",
        "removed": f"A caution was removed: {of.old}",
        "reworded": f"A caution was reworded. As sent: {of.old} Now: {of.new}",
        "weighed anew": f"A caution weighs more or less than before. As sent: {of.old} "
        f"Now: {of.new}",
    }[of.what]
