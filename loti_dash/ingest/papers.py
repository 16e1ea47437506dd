"""The papers of a source: which files its figures are from, and what was accepted, and why.

They are the source's definition in data/catalogue/sources/, whose other lines stay as they are.
"""

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from loti_dash.definitions import Source
from loti_dash.errors import CatalogueError
from loti_dash.ingest.reading import Reading
from loti_dash.strict import from_table


def definition(path: Path) -> tomlkit.TOMLDocument:
    """Return a source's definition as it stands. Raises CatalogueError if it is damaged."""
    try:
        found = tomlkit.parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, TOMLKitError) as error:
        raise CatalogueError(f"{path} cannot be read: {error}. Nothing was written.") from error
    from_table(Source, {"id": path.stem} | found.unwrap(), str(path))
    return found


def renewed(papers: tomlkit.TOMLDocument, reading: Reading, accept: str) -> str:
    """Return a definition with file names, sha256 and any accepted reason added."""
    known = {each["name"]: dict(each) for each in papers["files"].unwrap()}
    for file in reading.files:
        sha256 = hashlib.sha256(file.path.read_bytes()).hexdigest()
        known[file.path.name] = {"name": file.path.name, "sha256": sha256, "rows": file.rows_read}
    papers["files"] = _tables([known[name] for name in sorted(known)])
    if reading.refusals:
        today: date = datetime.now(UTC).date()
        problems = [each.message for each in reading.refusals]
        accepted = [
            *papers["accepted"].unwrap(),
            {"on": today, "reason": accept, "problems": problems},
        ]
        papers["accepted"] = _tables(accepted)
    return tomlkit.dumps(papers)


def _tables(rows: list[dict[str, object]]) -> tomlkit.items.Array:
    """Return a list with one inline table a line, so that a difference shows one file."""
    array = tomlkit.array()
    for row in rows:
        table = tomlkit.inline_table()
        table.update(row)
        array.append(table)
    return array.multiline(bool(rows))
