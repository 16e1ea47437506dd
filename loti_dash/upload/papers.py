"""The papers of an upload in a file: its data statement, and what each id of the figures is."""

import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

from loti_dash.errors import LotiError
from loti_dash.strict import from_table
from loti_dash.upload import statement
from loti_dash.upload.description import Described


def read(path: Path) -> tuple[dict[str, str], list[Described]]:
    """Return the statement and the descriptions in a file.

    Raises LotiError if it cannot be read or has not all of both.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LotiError(f"{path} cannot be read: {error}.") from error
    said, figures = found.get("statement"), found.get("figures")
    if found.keys() != {"statement", "figures"} or not _tables(said, figures):
        asked = ", ".join(one.name for one in fields(Described) if one.name not in ("id", "owner"))
        raise LotiError(
            f"{path} needs the tables [statement] and [figures.ID], and no others; the latter "
            f"with {asked}."
        )
    assert isinstance(said, dict), "looked at just now"
    assert isinstance(figures, dict), "likewise"
    answers = statement.checked(said)
    owner = answers["owner"]
    described = [
        from_table(Described, {"id": id_, "owner": owner} | of, f"{path}: figures.{id_}")
        for id_, of in figures.items()
    ]
    return answers, described


def _tables(said: Any, figures: Any) -> bool:
    both = isinstance(said, dict) and isinstance(figures, dict)
    return both and all(isinstance(of, dict) for of in figures.values())
