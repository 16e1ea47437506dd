"""Numbers of publications and of other people's libraries, and how ours are held to them.

Each topic is a file of inputs and expected outputs, where they are at hand. A test says what
our measures answer to the inputs of a case; here the answers are compared, name by name.
"""

import json
from pathlib import Path

import numpy as np
import pytest

ORACLES = Path(__file__).parents[1] / ".." / "shared" / "oracles"

at_hand = pytest.mark.skipif(not ORACLES.is_dir(), reason="the oracles are not at hand")


def cases(topic):
    return json.loads((ORACLES / f"{topic}.json").read_text(encoding="utf-8"))["cases"]


def values_compared(topic, answers):
    """Return how many values of a topic were compared, after making sure that they agree."""
    return sum(values_agreeing(case, answers(case["inputs"])) for case in cases(topic))


def values_agreeing(case, found):
    return sum(
        assert_agrees(found[name], expected, case, name)
        for name, expected in case["expected"].items()
        if name in found
    )


def limits(before, interval, after=""):
    return {f"{before}lower{after}": interval[0], f"{before}upper{after}": interval[1]}


def assert_agrees(found, expected, case, name):
    """Return how many values were compared, after making sure that they agree."""
    place = f"{case['id']}, {name}: {found!r}, not {expected!r}"
    if isinstance(expected, list):
        assert len(found) == len(expected), place
        return sum(
            assert_agrees(one, other, case, name)
            for one, other in zip(found, expected, strict=True)
        )
    if expected is None or expected == "Infinity":
        assert np.isnan(found), place
    elif isinstance(expected, str | bool):
        assert found == expected, place
    else:
        allowed = max(case["tol_abs"], case["tol_rel"] * abs(expected))
        assert abs(found - expected) <= allowed, place
    return 1
