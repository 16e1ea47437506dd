"""Ethnic groups: what a published label means, and which groups are made of the same people.

Which groups there are is data (data/catalogue/ethnic_group*.csv), never code: a new list of
groups is new rows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from loti_dash.errors import LotiError

if TYPE_CHECKING:
    import pandas as pd

UNKNOWN = "unknown"


def normalised(label: str) -> str:
    """Return a label as it is compared: no case, one kind of dash and quote, no footnote digits.

    Nothing else is forgiven: AOTH and BOTH differ by one letter and mean two groups.

    >>> normalised("Not known2") == normalised("not  known")
    True
    >>> normalised("Mixed / Multiple") == normalised("Mixed/multiple")
    True
    """
    text = unicodedata.normalize("NFKC", label).casefold()
    text = re.sub(r"[‘’‛`´]", "'", text)
    text = re.sub(r"[“”„]", '"', text)
    text = re.sub(r"[‐‑‒–—―−]", "-", text).replace("&", " and ")
    text = re.sub(r"\s*([/:,-])\s*", r"\1", text)
    text = re.sub(r"\s+", " ", text).strip()
    return re.sub(r"([^\W\d_]{4,})\d{1,2}\b", r"\1", text)


@dataclass(frozen=True)
class Labels:
    """Every spelling a source uses, and its code: rows of ethnic_group_labels.csv."""

    table: pd.DataFrame  # source, label_as_published, code

    @cached_property
    def _by_source(self) -> dict[str, dict[str, str]]:
        return {
            str(source): dict(
                zip(map(normalised, rows["label_as_published"]), rows["code"], strict=True)
            )
            for source, rows in self.table.groupby("source")
        }

    def codes(self, source: str, labels: Iterable[str]) -> dict[str, str]:
        """Return the code of each distinct label, by the spellings of one source.

        Raises LotiError, listing all labels that match nothing: none is guessed.
        """
        known = self._by_source[source]
        wanted = sorted(set(labels))
        unmatched = [label for label in wanted if normalised(label) not in known]
        if unmatched:
            raise LotiError(
                f"ethnic_group_labels.csv has no code for these labels of {source}: "
                + ", ".join(map(repr, unmatched))
                + ". Add a row for each, or correct the file."
            )
        return {label: known[normalised(label)] for label in wanted}


def made_of(
    code: str, groups: Iterable[str], parts: Mapping[str, frozenset[str]]
) -> list[str] | None:
    """Return the groups that together are exactly the people of a code, or None.

    >>> parts = {"a": frozenset("xy"), "x": frozenset("x"), "y": frozenset("y")}
    >>> made_of("a", ["x", "y"], parts)
    ['x', 'y']
    >>> made_of("a", ["x"], parts) is None
    True
    """
    inside = [group for group in groups if parts[group] <= parts[code]]
    covered = frozenset[str]().union(*(parts[group] for group in inside))
    return inside if inside and covered == parts[code] else None
