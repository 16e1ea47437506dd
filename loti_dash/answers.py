"""Answers to questions that were asked before, kept while there is room for them.

A release never changes, so what it answered once it answers again. What is kept belongs to one
store and goes with it: of somebody's own figures nothing outlives the visit.
"""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

# Bytes of all answers together, and of one: what pages ask of one indicator is far less, and
# what they ask of all together is kept as what follows from it.
MOST = 32_000_000
MOST_OF_ONE = 4_000_000


class Answers:
    """Tables by question, those that were asked for last. Safe for several threads.

    Kept as bytes: Streamlit collects all garbage after each run of a page, and goes through every
    column of every table that is kept as such. Nor can a caller change what others are given.
    """

    def __init__(self, most: int = MOST, most_of_one: int = MOST_OF_ONE) -> None:
        self._most, self._most_of_one = most, most_of_one
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def answer(self, question: Hashable, ask: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """Return the answer to a question, which is asked unless its answer is kept."""
        with self._lock:
            kept = self._kept.get(question)
            if kept is not None:
                self._kept.move_to_end(question)
        if kept is not None:
            table: pd.DataFrame = pickle.loads(kept)
            return table
        table = ask()
        # Whatever is far too large is not even written.
        if table.size * 8 <= 4 * self._most_of_one:
            self._keep(question, pickle.dumps(table, pickle.HIGHEST_PROTOCOL))
        return table

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._size = 0

    def _keep(self, question: Hashable, kept: bytes) -> None:
        with self._lock:
            if len(kept) > self._most_of_one or question in self._kept:
                return
            self._kept[question] = kept
            self._size += len(kept)
            while self._size > self._most:
                _, oldest = self._kept.popitem(last=False)
                self._size -= len(oldest)
