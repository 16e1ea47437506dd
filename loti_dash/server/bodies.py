"""How much may be sent: files to the upload, little to Streamlit, nothing to the web API."""

from starlette.datastructures import Headers
from starlette.types import Message, Receive

from loti_dash.server.places import machine_readable

MEGABYTE = 1024 * 1024
# Streamlit takes files of 200 megabytes, and says so itself from there on. The form around it is
# not a megabyte.
UPLOAD = 201 * MEGABYTE
_OTHERWISE = MEGABYTE


class TooLarge(Exception):
    """More was sent than may be."""


def most(path: str) -> int:
    """Return how many bytes may be sent to a path."""
    if machine_readable(path):
        return 0
    return UPLOAD if path.startswith("/_stcore/upload_file/") else _OTHERWISE


def fits(headers: Headers, bytes_: int) -> bool:
    """Return whether what is announced may be sent: where nothing may, no body at all."""
    declared = headers.get("content-length", "0")
    # Python refuses to read numbers of thousands of digits.
    if not (declared.isdecimal() and len(declared) < 12 and int(declared) <= bytes_):
        return False
    return bytes_ > 0 or "transfer-encoding" not in headers


def limited_to(bytes_: int, receive: Receive) -> Receive:
    """Return what receives a body, and raises TooLarge once there is more of it than may be.

    Whoever does not say beforehand how much is coming is counted as it comes.
    """
    got = 0

    async def counted() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > bytes_:
            raise TooLarge
        return message

    return counted
