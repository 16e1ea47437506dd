"""A sheet of survey answers, one a row, becomes drafts of canvases: read, shown, then made.

Nothing of it is made here. What could not be understood is said, with its row and what to do.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loti_dash.catalogue import Catalogue
from loti_dash.errors import UploadRefused
from loti_dash.options import LONDON
from loti_dash.outcomes import beware, mentions
from loti_dash.outcomes.canvas import STATUSES, Action, Canvas
from loti_dash.outcomes.questions import MOST_LETTERS
from loti_dash.outcomes.sheet_words import COLUMN_OF, SPELLINGS, STATUS_OF
from loti_dash.upload import addresses, boroughs, dialect, formats
from loti_dash.upload.headings import without_signs
from loti_dash.upload.values import Refused

COLUMNS = ("borough", "theme", "action", "cohort", "owner", "status")
_NEEDED = ("theme", "action")
MOST_ROWS, _MOST_BYTES = 200, 2_000_000


@dataclass(frozen=True)
class Draft:
    """A row as a canvas, with its number in the sheet, and what to look at in it, in words."""

    row: int
    canvas: Canvas
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Answers:
    """A sheet as drafts, and what is to be said of it as a whole."""

    drafts: tuple[Draft, ...]
    read_as: tuple[str, ...]


def read(content: bytes, catalogue: Catalogue) -> Answers:
    """Return the drafts of a sheet (CSV). Raises UploadRefused, saying what to do."""
    if len(content) > _MOST_BYTES:
        raise UploadRefused(
            f"The file has {len(content) / 1e6:.1f} MB; answers of a survey have "
            f"{_MOST_BYTES / 1e6:.0f} MB at most. Take out what is no answer."
        )
    formats.refuse_other_formats(content)
    layout = dialect.layout(text := dialect.as_utf8(content), _columns_named)
    if not layout.names:
        raise UploadRefused(
            f"None of the first {dialect.ROWS_LOOKED_AT} rows is a header. Give the columns "
            f"{addresses.listed(COLUMNS)}, in any order, in the first row."
        )
    header = layout.rows[-1]
    at, said = _placed(header)
    found = _rows(text, layout)
    if not 0 < len(found) <= MOST_ROWS:
        raise UploadRefused(
            f"The sheet has {len(found):,} rows of answers under its header; it may have 1 to "
            f"{MOST_ROWS}. Split it, or save the whole sheet."
        )
    places, names = boroughs.places(catalogue), mentions.names(catalogue)
    drafts = [
        _draft(number, _cells(cells, at), _shifted(cells, header, at), catalogue, places, names)
        for number, cells in found
    ]
    return Answers(tuple(drafts), (f"Read as {text.encoding}, {len(found)} rows.", *said))


def _rows(text: dialect.Text, layout: dialect.Layout) -> list[tuple[int, list[str]]]:
    """Return the rows under the header that have something in them, each with its number."""
    body = io.StringIO(text.utf8[layout.data :].decode("utf-8"), newline="")
    try:
        rows = list(csv.reader(body, delimiter=layout.separator))
    except csv.Error as error:
        raise UploadRefused(
            f"The rows under the header cannot be read: {error}. Look for a quotation mark that "
            "is opened and not closed."
        ) from None
    numbered = enumerate(rows, len(layout.rows) + 1)
    return [(number, cells) for number, cells in numbered if any(map(str.strip, cells))]


def _columns_named(headings: Sequence[str]) -> int:
    return len({COLUMN_OF.get(without_signs(each)) for each in headings} - {None})


def _placed(header: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    """Return where each column stands, and what is to be said of the others."""
    at: dict[str, int] = {}
    left_out = []
    for position, heading in enumerate(header):
        column = COLUMN_OF.get(without_signs(heading), "")
        if column and column not in at:
            at[column] = position
        elif heading.strip():
            left_out.append(f"{addresses.letter(position)} ({heading[:40]!r})")
    missing = [column for column in _NEEDED if column not in at]
    if missing:
        raise UploadRefused(
            f"The sheet has no column {addresses.listed(missing)}. Its headings may be spelt "
            f"{'; or '.join(SPELLINGS[column] for column in missing)}."
        )
    said = [f"Left out: columns {', '.join(left_out)}."] if left_out else []
    absent = [column for column in COLUMNS if column not in at]
    said += [f"Not in the sheet: {addresses.listed(absent)}."] if absent else []
    return at, said


def _shifted(cells: Sequence[str], header: Sequence[str], at: Mapping[str, int]) -> list[str]:
    """Return what to look at in a row that does not fit its header: columns may have moved."""
    if any(map(str.strip, cells[len(header) :])):
        return [
            f"It has {len(cells)} cells and the header {len(header)}: an answer with a separator "
            "in it may have moved the others. Put that answer in quotation marks."
        ]
    if len(cells) <= max(at.values()):
        return [f"It has {len(cells)} cells and the header {len(header)}: the last are empty."]
    return []


def _cells(cells: Sequence[str], at: Mapping[str, int]) -> dict[str, str]:
    return {
        column: " ".join(cells[at[column]].split())
        if column in at and at[column] < len(cells)
        else ""
        for column in COLUMNS
    }


def _draft(
    row: int,
    whole: Mapping[str, str],
    shifted: Sequence[str],
    catalogue: Catalogue,
    places: boroughs.Places,
    names: mentions.Names,
) -> Draft:
    said = {column: words[:MOST_LETTERS] for column, words in whole.items()}
    problems = [*shifted, *(f"There is no {column}." for column in _NEEDED if not said[column])]
    problems += [
        f"The {column} has {len(words):,} letters: what comes after {MOST_LETTERS:,} is left out."
        for column, words in whole.items()
        if len(words) > MOST_LETTERS
    ]
    area = _area(said["borough"], places, problems)
    groups = _groups(said["cohort"], names, problems)
    status = _status(said["status"], problems)
    for column in COLUMNS:
        problems += [f"{column.capitalize()}: {each}" for each in beware.of_text(said[column])]
    name = catalogue.areas[area].name if area else said["borough"]
    title = ": ".join(filter(None, [said["theme"], said["action"]]))[:160]
    canvas = Canvas(
        title=f"{title or 'No theme'}{f', {name}' if name else ''}",
        groups=groups,
        area=area,
        actions=(Action(said["action"], said["owner"], "", status),) if said["action"] else (),
    )
    answers = {
        "desired": said["theme"],
        "better_off": said["cohort"],
        "intervention": said["action"],
        "owner": said["owner"],
    }
    for key, words in answers.items():
        canvas = canvas.answered(key, words)
    return Draft(row, canvas, tuple(dict.fromkeys(problems)))


def _area(text: str, places: boroughs.Places, problems: list[str]) -> str:
    if not text:
        problems.append("There is no borough: choose a place in the draft.")
        return ""
    if without_signs(text) in ("london", "greaterlondon", "alllondon", "panlondon"):
        return LONDON
    found = boroughs.area(text, places)
    if isinstance(found, Refused):
        problems.append(f"{text[:60]!r} is no London borough: choose a place in the draft.")
        return ""
    return found


def _groups(text: str, names: mentions.Names, problems: list[str]) -> tuple[str, ...]:
    found = mentions.named(text, names)
    problems += [f"Cohort: {each}" for each in found.doubts]
    if not found.codes:
        named = "names no ethnic group" if text else "is empty"
        problems.append(f"The cohort {named}: choose one in the draft.")
    return found.codes


def _status(text: str, problems: list[str]) -> str:
    found = STATUS_OF.get(without_signs(text))
    if text and not found:
        problems.append(f"The status {text[:40]!r} is not known: taken as “{STATUSES[0]}”.")
    return found or STATUSES[0]
