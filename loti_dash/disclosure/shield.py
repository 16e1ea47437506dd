"""Which cells to hide: the fewest and smallest that leave no attacker any the wiser.

Two attackers are kept out. One knows which hidden cells are small counts, so that these are 1
to threshold - 1, and is to see each of them able to be any of these, or any of as many as 1 to 4.
The other does not know, and is to see that each could also be 0: a hole does not tell whether
anybody is counted.
"""

import numpy as np

from loti_dash.disclosure.alternatives import (
    CHEAP,
    FAIR,
    FREE,
    MUST,
    Attacker,
    Changes,
    wish_of,
    wishes,
)
from loti_dash.disclosure.fewest import fewest
from loti_dash.disclosure.sums import CLOSE, Booleans, Floats, Sums

# How many numbers a small count has to be able to be, for those who know that it is small.
POSSIBLE = 4
# A 0 or a total is hidden only where nothing else helps.
LAST = 1e3
# Rounds of linear programmes that move many cells at once, by what a step is worth.
ROUNDS = (FREE,) * 4 + (CHEAP,) * 4 + (FAIR,) * 4


def to_hide(
    system: Sums,
    counts: Floats,
    small: Booleans,
    withheld: Booleans,
    known: Booleans,
    before: Booleans,
    most: Floats,
    threshold: int,
) -> Booleans:
    """Return which cells to hide: the small, the withheld, those hidden before, the fewest more.

    `counts` has some possible count where one is withheld. A cell that is `known` from
    elsewhere stays where it is in every table that anybody would believe: hiding it is no use.
    `most` is the greatest that anybody would believe of each cell.
    """
    price = 1 + 0.3 * counts / max(counts.max(initial=0), 1)
    price += LAST * (system.depth + (counts == 0))
    must = small | withheld | before
    free = ~known
    changes = Changes(system, price)
    knowing, doubting = _attackers(counts, small & free, withheld & free, most, threshold)
    hidden = _protected_from(knowing, changes, must, free)
    # Whoever knows less believes every table that one who knows more believes.
    doubting = doubting.like(knowing.found)
    hidden = _protected_from(doubting, changes, hidden, free)
    hidden, knowing, doubting = _shown_again(knowing, doubting, changes, hidden, must, free)
    hidden = fewest(system, price, [knowing, doubting], must, free, hidden)
    return _wide_enough(knowing, changes, hidden, must, free)


def _attackers(
    counts: Floats, small: Booleans, withheld: Booleans, most: Floats, threshold: int
) -> tuple[Attacker, Attacker]:
    """Return who knows which cells are small, and who does not, in this order."""
    endless = np.maximum(most - counts, 0)
    up = np.where(small, np.minimum(threshold - 1 - counts, endless), endless)
    down = np.where(small, counts - 1, counts)
    need = np.where(small, [up, down], 0.0)
    # What a source withholds may be anything: it is enough that it can be several numbers.
    need[0] = np.where(withheld, max(threshold - 2, 1), need[0])
    anything = np.stack([endless, counts])
    doubtful = np.where(small, [up, counts], 0.0)
    knowing = Attacker(np.stack([up, down]), need, enough=POSSIBLE - 1)
    return knowing, Attacker(anything, doubtful, enough=np.inf)


def _protected_from(
    attacker: Attacker, changes: Changes, hidden: Booleans, free: Booleans
) -> Booleans:
    """Return the cells to hide, those hidden already included, so that an attacker is misled.

    A cell that cannot be taken as far as it should, even if everything were hidden (four
    cells of 1 with a total of 4, all known to be small), is taken as far as it can be.
    """
    for turn, worth in enumerate(ROUNDS):
        left = attacker.left()
        if not left.any():
            return hidden
        change = changes.granting(wishes(left, turn), worth, attacker.room, hidden, free)
        attacker.mislead(change)
        hidden = hidden | (change != 0)
    for row, sign in enumerate((1, -1)):
        for cell in np.flatnonzero(attacker.left()[row]).tolist():
            far = attacker.left()[row, cell]
            if far:
                wish = wish_of(cell, sign * far, len(hidden))
                change = changes.granting(wish, MUST, attacker.room, hidden, free)
                attacker.mislead(change)
                hidden = hidden | (change != 0)
                attacker.need[row, cell] = abs(change[cell])
    return hidden


def _shown_again(
    knowing: Attacker,
    doubting: Attacker,
    changes: Changes,
    hidden: Booleans,
    must: Booleans,
    free: Booleans,
) -> tuple[Booleans, Attacker, Attacker]:
    """Return the hidden cells without those that the others can do without, dearest first."""
    more = np.flatnonzero(hidden & ~must)
    for cell in more[np.argsort(-changes.price[more], kind="stable")]:
        if not hidden[cell]:
            continue
        fewer = hidden.copy()
        fewer[cell] = False
        fewer = changes.still_hidden(fewer) | (fewer & must & ~free)
        if (must & ~fewer).any():
            continue
        shown = hidden & ~fewer
        one = _without(knowing, changes, shown, fewer & free)
        other = one and _without(doubting, changes, shown, fewer & free)
        if one and other:
            hidden, knowing, doubting = fewer, one, other
    return hidden, knowing, doubting


def _wide_enough(
    knowing: Attacker,
    changes: Changes,
    hidden: Booleans,
    must: Booleans,
    free: Booleans,
) -> Booleans:
    """Return the hidden cells, and more where a further one could be known to the number.

    The further ones are no small counts, but a hole that says what is in it is none.
    """
    width = 1.0
    knowing = knowing.like(change for change in knowing.found if not change[~hidden].any())
    waiting = np.flatnonzero(hidden & ~must).tolist()
    for cell in waiting:
        for sign in (1, -1):
            if knowing.width(cell) < width - CLOSE:
                wish = wish_of(
                    cell, sign * min(width, knowing.room[int(sign < 0), cell]), len(free)
                )
                change = changes.granting(wish, MUST, knowing.room, hidden, free)
                knowing.mislead(change)
                waiting += np.flatnonzero((change != 0) & ~hidden).tolist()
                hidden = hidden | (change != 0)
    return hidden


def _without(
    attacker: Attacker, changes: Changes, shown: Booleans, free: Booleans
) -> Attacker | None:
    """Return an attacker with changes that mislead just as well and leave some cells alone.

    None if there are none. Only cells that are `free` move.
    """
    if not attacker.within(changes.reach(attacker.room, free)):
        return None
    again = attacker.like(change for change in attacker.found if not change[shown].any())
    for change in attacker.found:
        if not change[shown].any():
            continue
        up, down = again.left()
        wish = np.where((up > 0) & (change >= up - CLOSE), up, 0.0)
        wish -= np.where((down > 0) & (-change >= down - CLOSE), down, 0.0)
        if not wish.any():
            continue
        again.mislead(changes.granting(wish, MUST, attacker.room, free, free))
        for cell in np.flatnonzero(wish).tolist():
            row = int(wish[cell] < 0)
            if again.left()[row, cell]:
                alone = wish_of(cell, wish[cell], len(wish))
                again.mislead(changes.granting(alone, MUST, attacker.room, free, free))
                if again.left()[row, cell]:
                    return None
    return again
