"""A picture in dots: made from the SVG by resvg, which comes whole in a package."""

import struct
from zlib import crc32

import resvg_py

from loti_dash.export.picture.letters import FONT_FILES

_ZOOM = 2
# After the signature and the first chunk, which is the size of the picture.
_FIRST_CHUNKS = 8 + 25


def png(svg: str, alt: str) -> bytes:
    """Return SVG as PNG, twice as many dots as pixels, with the text in its stead inside.

    Only the font of the pages is used, so that a picture is the same on every machine.
    """
    dots = resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=_ZOOM,
        font_files=FONT_FILES,
        font_family="Source Sans Pro",
        sans_serif_family="Source Sans Pro",
        skip_system_fonts=True,
    )
    description = b"Description\0\0\0\0\0" + alt.encode()
    return dots[:_FIRST_CHUNKS] + _chunk(b"iTXt", description) + dots[_FIRST_CHUNKS:]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc32(kind + data))
