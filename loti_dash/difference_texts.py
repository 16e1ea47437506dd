"""What differs between two releases in sentences, and as tables for readers."""

from collections.abc import Sequence
from math import isnan

import pandas as pd

# How many rows a table on a page has at most: the file has all.
MOST_ROWS = 50
_WHAT = ("added", "removed", "changed")
_ABOUT = {
    "caution": ("caution", "cautions"),
    "factor": ("factor of a data set", "factors of data sets"),
    "indicator": ("part of an indicator's definition", "parts of indicators' definitions"),
    "series": ("part of a series' definition", "parts of series' definitions"),
    "group": ("part of a list of ethnic groups", "parts of lists of ethnic groups"),
}
_SIGNS = {"suppressed": "[c]", "not_available": "[x]", "not_applicable": "[z]"}


def sentences(figures: pd.DataFrame, caveats: pd.DataFrame) -> list[str]:
    """Return what differs between two releases, a sentence for each series and kind of words.

    `figures` and `caveats` are those of differences.py.
    """
    said = []
    for _, of in figures.groupby("series_id", sort=False):
        said.append(f"{of['series'].iloc[0]}: {_counted(of['what'], 'figure', 'figures', _WHAT)}.")
    said = said or ["Every published figure is the same in both."]
    kinds = ("added", "removed", "reworded", "severity changed")
    words = [
        f"{_counted(of['what'], *_ABOUT[str(about)], kinds)}."
        for about, of in caveats.groupby("about", sort=False)
    ]
    return [*said, *(words or ["Cautions, definitions and lists of groups are the same in both."])]


def by_figure(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the table of figures that differ, the first of them, as readers see it."""
    first = figures.head(MOST_ROWS)
    table = {
        "Period": first["period"],
        "Area": first["area"],
        "Ethnicity": first["group"],
        "Before": _cells(first["old"], first["old_status"]),
        "After": _cells(first["new"], first["new_status"]),
    }
    return pd.DataFrame(table).set_index(pd.Index(first["series"], name="Series"))


def by_words(caveats: pd.DataFrame) -> pd.DataFrame:
    """Return the table of words that differ, as readers see it."""
    what = [
        f"{what}: {part}" if part not in ("", "severity") else what
        for part, what in zip(caveats["part"], caveats["what"], strict=True)
    ]
    table = {
        "What": what,
        "Before": caveats["old"].replace("", "none"),
        "After": caveats["new"].replace("", "none"),
    }
    return pd.DataFrame(table).set_index(pd.Index(caveats["subject"], name="About"))


def _counted(what: pd.Series, one: str, many: str, kinds: Sequence[str]) -> str:
    """Return how many of each kind there are, in words.

    >>> _counted(pd.Series(["added", "changed", "added"]), "figure", "figures", _WHAT)
    '2 figures added, 1 figure changed'
    """
    counts = {kind: int((what == kind).sum()) for kind in kinds}
    said = []
    for kind, count in counts.items():
        name = one if count == 1 else many
        said += [f"{count:,} {name} {_PAST.get(kind, kind)}"] if count else []
    return ", ".join(said)


_PAST = {"severity changed": "with another severity"}


def _cells(values: pd.Series, statuses: pd.Series) -> list[str]:
    """Return values in full, or the sign that says why there is none."""
    return [
        _SIGNS.get(status, "no row" if not status else "[x]")
        if isnan(value)
        else f"{value:,.15g}{' [p]' if status == 'provisional' else ''}"
        for value, status in zip(values, statuses, strict=True)
    ]
