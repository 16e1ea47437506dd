"""Other tables that agree with all that is shown: what keeps a hidden count from being known.

A change is a number for each cell, added to its count so that every sum still holds. Cells that
a change leaves alone may be shown; those that it moves have to be hidden.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from loti_dash.disclosure.sums import CLOSE, Booleans, Floats, Sums

# What it is worth to move a cell by 1: only what is free, what is cheap, or whatever it costs.
FREE, CHEAP, FAIR, MUST = 0.5, 4.0, 8.0, 1e6
# What it costs to move a cell that is hidden anyway: enough for a change to leave others alone.
LITTLE = 0.02


class Attacker:
    """Somebody from whom counts are kept: what they know, and the changes that mislead them.

    `room` and `need` have a row for up and a row for down: how far from its count a cell can be
    as far as the attacker knows, and how far a change has to take it for them to learn nothing.
    A range of possible counts as wide as `enough` will do as well.
    """

    def __init__(
        self, room: Floats, need: Floats, enough: float, found: Iterable[Floats] = ()
    ) -> None:
        """Take what the attacker knows, what is to be kept from them, and changes that help."""
        self.room, self.enough = room, enough
        self.need = np.minimum(need, room)
        self.found = list(found)
        together = np.stack([*self.found, np.zeros(room.shape[1])])
        self._reached = np.stack([together.max(axis=0), -together.min(axis=0)])

    @property
    def goal(self) -> Floats:
        """How far the changes take each cell, up and down, of what they have to."""
        goal: Floats = np.minimum(self.need, self._reached)
        return goal

    def mislead(self, change: Floats) -> None:
        """Keep a change that the attacker has to believe possible."""
        self.found.append(change)
        self._reached = np.maximum(self._reached, [change, -change])

    def width(self, cell: int) -> float:
        """Return how wide a range of numbers the attacker has to believe possible for a cell."""
        return float(self._reached[:, cell].sum())

    def left(self) -> Floats:
        """Return how far each cell is still to be taken, up and down: 0 where a change does."""
        wide = self._reached.sum(axis=0) >= self.enough - CLOSE
        return np.where((self.need - self._reached > CLOSE) & ~wide, self.need, 0.0)

    def within(self, reach: Floats) -> bool:
        """Return whether every cell may be taken as far as it has to be, if it can go so far."""
        wide = reach.sum(axis=0) >= self.enough - CLOSE
        return bool(((reach >= self.need - CLOSE).all(axis=0) | wide).all())

    def like(self, found: Iterable[Floats]) -> "Attacker":
        """Return an attacker who knows the same, with other changes."""
        return Attacker(self.room, self.need, self.enough, found)


class Changes:
    """Finds changes, with as few and as small cells moved as linear programmes can do."""

    def __init__(self, system: Sums, price: Floats) -> None:
        """Take the sums that every change keeps, and the price of hiding each cell."""
        self.price = price
        self._columns = sparse.csc_array(system.matrix)
        self._binds = abs(sparse.csr_array(system.matrix))
        entries = sparse.coo_array(system.matrix)
        self._equation, self._cell = entries.coords
        self._total = entries.data > 0

    def granting(
        self, wish: Floats, worth: float, room: Floats, hidden: Booleans, free: Booleans
    ) -> Floats:
        """Return the change that grants the wishes that are worth it, at the least price.

        `wish` has how far each cell should go, up or down; a step is `worth` that much. Only
        cells that are `free` move, and those `hidden` already at hardly a price.
        """
        which = np.flatnonzero(free)
        wishing = wish[which]
        up = np.where(wishing, np.maximum(wishing, 0), room[0, which])
        down = np.where(wishing, np.maximum(-wishing, 0), room[1, which])
        price = np.where(hidden, LITTLE, self.price)[which]
        columns = self._columns[:, which]
        moved = self._least(-worth * np.sign(wishing), price, columns, up, down)
        change = np.zeros(len(free))
        change[which] = np.where(np.abs(moved) > CLOSE, moved, 0.0)
        return change

    def reach(self, room: Floats, free: Booleans) -> Floats:
        """Return how far each cell can go at most, up and down, while only free cells move.

        What each sum by itself allows, passed on from sum to sum a few times: quick, and
        never too little.
        """
        up, down = np.where(free, room, 0.0)
        cell, total = self._cell, self._total
        for _ in range(6):
            # The others of a sum, all together: a part goes up by what they can make up for.
            rising = self._others(np.where(total, down[cell], up[cell]))
            falling = self._others(np.where(total, up[cell], down[cell]))
            np.minimum.at(up, cell, np.where(total, rising, falling))
            np.minimum.at(down, cell, np.where(total, falling, rising))
        return np.stack([up, down])

    def still_hidden(self, hidden: Booleans) -> Booleans:
        """Return the hidden cells without those that are the only hidden one of some sum."""
        while True:
            alone = self._binds @ hidden == 1
            known = hidden & (self._binds.T @ alone > 0)
            if not known.any():
                return hidden
            hidden = hidden & ~known

    def _others(self, far: Floats) -> Floats:
        """Return the sum over the other cells of its equation, for each entry of the matrix."""
        endless = np.isinf(far)
        finite = np.where(endless, 0.0, far)
        equations = self._binds.shape[0]
        total = np.bincount(self._equation, finite, equations)[self._equation] - finite
        many = np.bincount(self._equation, endless, equations)[self._equation] - endless
        return np.where(many > 0, np.inf, total)

    @staticmethod
    def _least(worth: Floats, price: Floats, columns: Any, up: Floats, down: Floats) -> Floats:
        """Return the moves of the least price less worth that keep every sum; 0 if none do."""
        many = len(worth)
        # Up and down are variables of their own, so that a move costs either way.
        # A mixed-integer programme without integers: SciPy's shortest way to HiGHS.
        answer = milp(
            np.concatenate([price + worth, price - worth]),
            bounds=Bounds(np.zeros(2 * many), np.concatenate([up, down])),
            constraints=LinearConstraint(sparse.hstack([columns, -columns], format="csc"), 0, 0),
        )
        if not answer.success:
            return np.zeros(many)
        change: Floats = np.subtract(answer.x[:many], answer.x[many:])
        return change


def wishes(left: Floats, turn: int) -> Floats:
    """Return where each cell should go next: up or down, as it still has to.

    Of those that have to go both ways half are sent up and half down, another half each turn:
    small cells that go opposite ways keep each other from being known at no price.
    """
    up, down = left
    first_up = np.random.default_rng(turn).random(len(up)) < 0.5
    goes_up = (up > 0) & ((down == 0) | first_up)
    wish: Floats = np.where(goes_up, up, -down)
    return wish


def wish_of(cell: int, far: float, many: int) -> Floats:
    """Return the wish of one cell alone."""
    wish = np.zeros(many)
    wish[cell] = far
    return wish
