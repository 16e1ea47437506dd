"""Columns of codes as categories: each distinct code is looked at once, however many rows."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

# Of the few hundred rows of a page, Python's own texts are taken out quicker than Arrow's.
pd.set_option("mode.string_storage", "python")


def coded(column: pd.Series) -> "pd.Categorical[Any]":
    """Return a column as a categorical of the codes that are in it."""
    return pd.Categorical(column).remove_unused_categories()


def mapped(codes: "pd.Categorical[Any]", names: Callable[[Any], str]) -> "pd.Categorical[Any]":
    """Return the names of codes, calling `names` once for each distinct code.

    >>> mapped(pd.Categorical(["a", "b", "a"]), str.upper).tolist()
    ['A', 'B', 'A']
    """
    return chosen(codes.codes, [names(code) for code in codes.categories])


def repeated(codes: "pd.Categorical[Any]", times: int) -> "pd.Categorical[Any]":
    """Return codes so many times, one after the other.

    >>> repeated(pd.Categorical(["a", "b"]), 2).tolist()
    ['a', 'b', 'a', 'b']
    """
    return pd.Categorical.from_codes(np.tile(codes.codes, times), dtype=codes.dtype)


def joined(columns: Sequence["pd.Categorical[Any]"]) -> "pd.Categorical[Any]":
    """Return columns of the same categories, one below the other.

    >>> joined([pd.Categorical(["a"]), pd.Categorical(["a"])]).tolist()
    ['a', 'a']
    """
    first = columns[0].dtype
    assert all(column.dtype == first for column in columns), "of one list of categories"
    return pd.Categorical.from_codes(np.concatenate([c.codes for c in columns]), dtype=first)


def chosen(places: NDArray[np.integer[Any]], names: Iterable[str]) -> "pd.Categorical[Any]":
    """Return the name at each place of a list in which names may stand twice.

    >>> chosen(np.array([0, 2, 1]), ["no", "yes", "no"]).tolist()
    ['no', 'no', 'yes']
    """
    listed = list(names)
    distinct = sorted(set(listed))
    of = np.array([distinct.index(name) for name in listed], np.intp)
    return pd.Categorical.from_codes(of[places], categories=pd.Index(distinct, dtype=str))


def marked(codes: "pd.Categorical[Any]", test: Callable[[Any], bool]) -> NDArray[np.bool_]:
    """Return where a test of the code holds, calling it once for each distinct code.

    >>> marked(pd.Categorical(["a", "b"]), "a".__eq__).tolist()
    [True, False]
    """
    answers: NDArray[np.bool_] = np.array([test(code) for code in codes.categories], bool)
    of_rows: NDArray[np.bool_] = answers[codes.codes]
    return of_rows
