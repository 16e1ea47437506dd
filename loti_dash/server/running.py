"""What a server does besides answering, from its start to its end."""

import asyncio
import ctypes
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import cache
from typing import Any

from loti_dash.server.sockets import send_at_once

_SECONDS = 30.0


@asynccontextmanager
async def running(_app: Any) -> AsyncIterator[None]:
    """Set up the sockets, and settle what lives long from time to time."""
    send_at_once()
    settling = asyncio.create_task(_settle_now_and_then())
    try:
        yield
    finally:
        settling.cancel()
        with suppress(asyncio.CancelledError):
            await settling


def settle() -> None:
    """Collect all garbage, and take what is left out of the collections in between.

    Streamlit would collect all garbage after each run of a page, and look through everything that
    is alive: with 50 visitors that was four fifths of the processor's time, and is turned off in
    its settings. What has died meanwhile among what was taken out is found the next time. What
    nobody needs any more goes back to the system, where the library that gives it out can do so.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    trim = _trim()
    if trim is not None:
        trim(0)


async def _settle_now_and_then() -> None:
    seen = -1
    while True:
        await asyncio.sleep(_SECONDS)
        if _collections() != seen:
            settle()
            seen = _collections()


@cache
def _trim() -> Callable[[int], int] | None:
    """Return what gives unused memory back: glibc alone has it."""
    with suppress(OSError, AttributeError, TypeError):
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
        return found
    return None


def _collections() -> int:
    """Return how often Python itself looked for garbage among what is not new any more."""
    return int(gc.get_stats()[1]["collections"])
