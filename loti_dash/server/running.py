"""What a server does besides answering, from its start to its end."""

import asyncio
import ctypes
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import cache
from typing import Any

from loti_dash.server import logs
from loti_dash.server.sockets import send_at_once

_SECONDS = 30.0
# By then a server that was just started has answered whoever was waiting for it.
_SOON = 1.0


def running(get_ready: Callable[[], None]) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """Return what a server does from its start to its end.

    It sets up the sockets, calls `get_ready` in a thread soon after the start, and settles what
    lives long from time to time.
    """

    @asynccontextmanager
    async def lifespan(_app: Any) -> AsyncIterator[None]:
        send_at_once()
        beside = asyncio.create_task(_beside_answering(get_ready))
        try:
            yield
        finally:
            beside.cancel()
            with suppress(asyncio.CancelledError):
                await beside

    return lifespan


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


async def _beside_answering(get_ready: Callable[[], None]) -> None:
    await asyncio.sleep(_SOON)
    try:
        await asyncio.to_thread(get_ready)
    except Exception:
        # Whoever opens a page that needs what is wrong there is told so then.
        logs.write_failure("not ready")
    while True:
        settle()
        await asyncio.sleep(_SECONDS)


@cache
def _trim() -> Callable[[int], int] | None:
    """Return what gives unused memory back: glibc alone has it."""
    with suppress(OSError, AttributeError, TypeError):
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
        return found
    return None
