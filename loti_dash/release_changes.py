"""How many published figures differ between two releases."""

from functools import lru_cache
from pathlib import Path

import duckdb

from loti_dash.attaching import attach
from loti_dash.errors import ReleaseError
from loti_dash.store import SQL


# Releases never change, and the list of them, which anybody may ask for, compares them all.
@lru_cache(maxsize=1000)
def changes(before: Path, after: Path) -> dict[str, int]:
    """Return how many published figures were added, removed or changed between two releases.

    Raises ReleaseError if one of them cannot be read.
    """
    sql = (SQL / "changes.sql").read_text(encoding="utf-8")
    try:
        with duckdb.connect() as db:
            for alias, path in {"before": before, "after": after}.items():
                attach(db, path, alias)
            counted = db.execute(sql).fetchone()
    except duckdb.Error as error:
        raise ReleaseError(
            f"The releases {before.stem} and {after.stem} cannot be compared: {error}. Take the "
            "damaged one out of the folder."
        ) from error
    assert counted is not None, "a sum has one row"
    return dict(zip(("added", "removed", "changed"), counted, strict=True))


def in_words(counts: dict[str, int]) -> str:
    """Return the counts of `changes` in words.

    >>> in_words({"added": 2, "removed": 0, "changed": 1})
    'figures: 2 added, 1 changed'
    """
    said = [f"{count:,} {what}" for what, count in counts.items() if count]
    return f"figures: {', '.join(said)}" if said else "the same figures"
