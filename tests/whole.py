"""What takes long and is much alike: every run looks at a part, and LOTI_WHOLE=1 at all of it."""

import os
from collections.abc import Sequence
from typing import TypeVar

import pytest

WHOLE = bool(os.environ.get("LOTI_WHOLE"))
T = TypeVar("T")

by_hand = pytest.mark.skipif(not WHOLE, reason="takes long: LOTI_WHOLE=1 runs it")


def some(of: Sequence[T], every: int = 3) -> Sequence[T]:
    """Return every third of many cases that are alike, the first of them always."""
    return of if WHOLE else of[::every]
