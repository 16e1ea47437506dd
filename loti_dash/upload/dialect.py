"""In which encoding and with which separator a file was saved, found out and said.

It decides on bytes and on the first rows alone, and understands no value.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from loti_dash.errors import UploadRefused

SEPARATORS = (",", ";", "\t")
# Above a header stand a few lines of title at most; more are a report, not a table.
ROWS_LOOKED_AT = 20
_BYTES_LOOKED_AT = 1 << 16
_PIECE = 1 << 20
_AGAIN = 'Save it again as "CSV UTF-8" and upload that file.'


@dataclass(frozen=True)
class Text:
    """A file as UTF-8: its bytes, where its text starts in them, and what it was saved as."""

    utf8: bytes
    start: int
    encoding: str


@dataclass(frozen=True)
class Layout:
    """The first rows of a file, and how its columns are separated.

    `rows` are the rows up to the header, which is the last and names so many `names` of columns.
    Where `names` is 0 no row looks like a header, and they are the first rows. `data` is where in
    the bytes of the text the rows after the header start, or all rows where there is none.
    `width` is how many columns the header, or the first row after it, has. `separator_named` says
    whether a line before all rows, which is none itself, names the separator.
    """

    separator: str
    rows: tuple[tuple[str, ...], ...]
    names: int
    data: int
    width: int
    separator_named: bool = False


def as_utf8(content: bytes) -> Text:
    """Return a file's text as UTF-8, from UTF-8, UTF-16 or Windows-1252.

    Raises UploadRefused for bytes that are none of these.
    """
    if content.startswith(codecs.BOM_UTF8):
        _refuse_unless(_is_utf8(content), "says that it is UTF-8 and is not")
        text = Text(content, len(codecs.BOM_UTF8), "UTF-8 with BOM")
    elif encoding := _utf_16(content):
        text = Text(_recoded(content, *encoding), 0, encoding[1])
    elif content.isascii() or _is_utf8(content):
        text = Text(content, 0, "UTF-8")
    else:
        # Letters of UTF-8 among others: two files were joined, or one was damaged. As
        # Windows-1252 they would be read as two wrong letters each.
        _refuse_unless(
            not re.search(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}", content),
            "is partly UTF-8 and partly something else",
        )
        text = Text(_recoded(content, "cp1252", "Windows-1252"), 0, "Windows-1252")
    _refuse_unless(b"\0" not in text.utf8, "has bytes in it that are no text")
    # Nobody sees it on a screen, and no label that it stands in is known.
    # Most files have nothing but ASCII in them, and there it cannot be.
    _refuse_unless(
        text.utf8.isascii() or text.utf8.find(codecs.BOM_UTF8, text.start) < 0,
        "has the mark of a file's start in its middle, as files that were joined have",
    )
    return text


def layout(text: Text, known: Callable[[tuple[str, ...]], int]) -> Layout:
    """Return how a text is laid out: its separator, and its header wherever that stands.

    `known` counts the columns that a row of headings names: the header is the first row that
    names the most, and at least two.

    Raises UploadRefused for a separator that the file names and that cannot be used.
    """
    head = text.utf8[text.start : text.start + _BYTES_LOOKED_AT].decode("utf-8", "ignore")
    # Excel's own line for its own use: spreadsheets do not count it as a row.
    named = re.match(r'"?sep=([^\r\n])"?[,;\t]*(?:\r\n|\r|\n)', head, re.IGNORECASE)
    if named and named[1] not in SEPARATORS:
        raise UploadRefused(
            f"The first line says that the columns are separated by {named[1]!r}. "
            "Save the file with comma, semicolon or tab between them."
        )
    skipped = named.end() if named else 0
    cut_short = len(text.utf8) - text.start > _BYTES_LOOKED_AT
    tried = [
        _laid_out(head[skipped:], separator, cut_short, known)
        for separator in (named[1] if named else SEPARATORS)
    ]
    best = max(tried, key=lambda found: (found.names, found.width))
    # Only a line of ASCII was skipped, so its characters are its bytes.
    start = text.start + skipped
    return replace(best, data=start + best.data, separator_named=bool(named))


def _laid_out(
    head: str, separator: str, cut_short: bool, known: Callable[[tuple[str, ...]], int]
) -> Layout:
    """Return the layout that a separator gives, `data` counted from the head's first byte."""
    found = list(islice(_rows(head, separator), ROWS_LOOKED_AT + 1))
    if cut_short and len(found) <= ROWS_LOOKED_AT:
        # The last row may go on behind the piece that was looked at.
        found = found[:-1]
    rows = [row for row, _ in found]
    names = [known(row) for row in rows[:ROWS_LOOKED_AT]]
    most = max(names, default=0)
    if most < 2:
        return Layout(separator, tuple(rows), 0, 0, max(map(len, rows), default=0))
    at = names.index(most)
    data = len(head[: found[at][1]].encode())
    width = max(len(row) for row in rows[at : at + 2])
    return Layout(separator, tuple(rows[: at + 1]), most, data, width)


def _rows(head: str, separator: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield each row of a text, and where it ends."""
    taken = 0

    def lines() -> Iterator[str]:
        nonlocal taken
        for line in io.StringIO(head, newline=""):
            taken += len(line)
            yield line

    for row in csv.reader(lines(), delimiter=separator):
        yield tuple(cell.strip() for cell in row), taken


def _utf_16(content: bytes) -> tuple[str, str] | None:
    """Return the codec and name of UTF-16, by its mark or by every other byte being zero."""
    if content.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le", "UTF-16"
    if content.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be", "UTF-16"
    first, second = content[:4096:2], content[1:4096:2]
    for codec, zeros, others in (("utf-16-le", second, first), ("utf-16-be", first, second)):
        if zeros.count(0) > len(zeros) / 2 and not others.count(0):
            return codec, "UTF-16 without a mark"
    return None


def _recoded(content: bytes, codec: str, name: str) -> bytes:
    """Return content as UTF-8, piece by piece so that it is never held as characters whole."""
    decoder = codecs.getincrementaldecoder(codec)()
    pieces = []
    try:
        for start in range(0, len(content), _PIECE):
            last = start + _PIECE >= len(content)
            pieces.append(decoder.decode(content[start : start + _PIECE], last).encode())
    except UnicodeDecodeError:
        # The error holds the bytes: it must not stay behind the refusal.
        pieces = []
    _refuse_unless(bool(pieces), f"looks like {name} and is not")
    return b"".join(pieces).removeprefix(codecs.BOM_UTF8)


def _is_utf8(content: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(content), _PIECE):
            decoder.decode(content[start : start + _PIECE], start + _PIECE >= len(content))
    except UnicodeDecodeError:
        return False
    return True


def _refuse_unless(right: bool, what: str) -> None:
    if not right:
        raise UploadRefused(f"The file {what}. {_AGAIN}")
