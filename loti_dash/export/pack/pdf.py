"""A board pack as a PDF that programs can read aloud (PDF/UA-1), laid out by typst.

Words reach typst as data and are never part of its code, so that no sign in them means anything.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import font_source_sans_pro
import typst

from loti_dash.export.pack.blocks import Block, Grid, Link, Paragraph, Picture
from loti_dash.export.pack.contents import contents
from loti_dash.export.pack.model import Pack
from loti_dash.export.pack.pdf_tables import with_row_heads
from loti_dash.export.pack.running import footing, limits
from loti_dash.export.pack.texts import plain

_LAYOUT = Path(__file__).with_name("pack.typ")
_GONE = "\N{REPLACEMENT CHARACTER}"
# Everything up to here is in the font of the pages.
_IN_EVERY_FONT = "\x7f"
_NOT_PRINTED = (
    f"Signs that this file has no letters for are shown as {_GONE}. They are in the Word file and "
    "on the web page of this pack."
)


def pdf(pack: Pack) -> bytes:
    """Return a pack as a tagged PDF in British English. It names no author and no machine."""
    blocks = contents(pack)
    data = {
        "title": plain(pack.title),
        "day": [pack.made_on.year, pack.made_on.month, pack.made_on.day],
        "footing": footing(pack),
        "limits": limits(pack),
        "parts": [_part(block) for block in blocks],
    }
    whole = json.dumps(data, ensure_ascii=False)
    said = _printable(whole)
    if said.count(_GONE) > whole.count(_GONE):
        first = json.dumps(_part(Paragraph(_NOT_PRINTED, "note")), ensure_ascii=False)
        said = said.replace('"parts": [', f'"parts": [{first}, ', 1)
    made = _compiled(_LAYOUT.read_bytes(), pack=said)
    return with_row_heads(made, [block.named for block in blocks if isinstance(block, Grid)])


def _part(block: Block) -> dict[str, Any]:
    """Return a block as data: its kind, and what it holds."""
    of: Mapping[str, Any] = vars(block)
    if isinstance(block, Link):
        of = {**of, "target": block.target}
    if isinstance(block, Picture):
        of = {**of, "chart": block.chart.svg(), "share": block.chart.share}
    return {"kind": type(block).__name__} | dict(of)


def _printable(words: str) -> str:
    """Return words with a sign in the place of each letter that no font at hand has."""
    missing = {each for each in set(words) if each > _IN_EVERY_FONT and not _has(each)}
    return words.translate({ord(each): _GONE for each in missing})


@cache
def _has(letter: str) -> bool:
    """Return whether typst finds a letter in its fonts: its standard forbids empty boxes."""
    try:
        _compiled(b'#set document(title: "One letter")\n#sys.inputs.letter', letter=letter)
    except typst.TypstError:
        return False
    return True


def _compiled(layout: bytes, **data: str) -> bytes:
    """Return a layout as PDF. The clock and the fonts of the machine are left out of it."""
    return typst.compile(
        layout,
        sys_inputs=data,
        pdf_standards=["ua-1"],
        font_paths=[font_source_sans_pro.font_directory],
        ignore_system_fonts=True,
    )
