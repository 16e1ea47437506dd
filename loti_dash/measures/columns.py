"""What goes into a measure and what comes out: numbers, numpy arrays or pandas Series.

Inside, every measure works on numpy arrays; here they are taken in and given back. What is
no count at all (negative, infinite) is missing, and no result that leaves is infinite.
"""

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

# A number, a numpy array or a pandas Series, and the same comes out. A union would make
# every caller prove which of the three it gets back.
Numbers: TypeAlias = Any
Floats: TypeAlias = NDArray[np.float64]

# Every division by nobody is answered by `like`, which makes it missing.
silently = np.errstate(all="ignore")


def floats(*values: Numbers) -> list[Floats]:
    """Return arrays of one length, in the order given, with missing values as NaN.

    >>> [array.tolist() for array in floats(pd.Series([1, None]), 2)]
    [[1.0, nan], [2.0, 2.0]]
    """
    _assert_one_index(values)
    return [np.atleast_1d(array) for array in np.broadcast_arrays(*map(_array, values))]


def counts(*values: Numbers) -> list[Floats]:
    """Return arrays of one length, with whatever is negative or infinite missing.

    Counts need not be whole: weighted and averaged ones are not.

    >>> [array.tolist() for array in counts([3, -1], 2.5)]
    [[3.0, nan], [2.5, 2.5]]
    """
    return [
        np.where(np.isfinite(array) & (array >= 0), array, np.nan) for array in floats(*values)
    ]


def positive(values: Floats) -> Floats:
    """Return the values that can be divided by; any other is missing.

    >>> positive(np.array([2.0, 0.0])).tolist()
    [2.0, nan]
    """
    return np.where(values > 0, values, np.nan)


def like(given: Iterable[Numbers], result: Floats) -> Numbers:
    """Return a result in the shape of what was given, infinite values as missing.

    A Series if any of the given is one, with its index; a number if all of them are numbers.

    >>> like([pd.Series([1, 2], index=["a", "b"]), 5], np.array([0.5, np.inf])).to_dict()
    {'a': 0.5, 'b': nan}
    >>> like([1, 2], np.array([0.5]))
    0.5
    """
    return shaped(given, np.where(np.isfinite(result), result, np.nan))


def shaped(given: Iterable[Numbers], result: NDArray[Any]) -> Numbers:
    """Return a result of any type in the shape of what was given.

    >>> shaped([1.5], np.array(["within"]))
    'within'
    """
    given = list(given)
    for value in given:
        if isinstance(value, pd.Series):
            return pd.Series(result, index=value.index)
    return result if any(np.ndim(value) for value in given) else result.item()


def per_row(result: Floats) -> Numbers:
    """Return what is left after a sum over the last axis, infinite values as missing.

    A number where a list came in, an array with a value for each row where a table did.

    >>> per_row(np.array([[1, 2], [3, np.inf]]).sum(axis=-1)).tolist()
    [3.0, nan]
    >>> per_row(np.array([1, 2]).sum(axis=-1))
    3.0
    """
    finite = np.where(np.isfinite(result), result, np.nan)
    return finite if finite.ndim else finite.item()


def _array(value: Numbers) -> Floats:
    if isinstance(value, pd.Series):
        return value.to_numpy(dtype=np.float64, na_value=np.nan)
    # float(pd.NA) is an error, and float(None) too.
    return np.asarray(np.nan if value is None or value is pd.NA else value, dtype=np.float64)


def _assert_one_index(values: tuple[Numbers, ...]) -> None:
    indexes = [value.index for value in values if isinstance(value, pd.Series)]
    for index in indexes[1:]:
        assert index is indexes[0] or index.equals(indexes[0]), (
            "measures take Series with one index: align them first"
        )
