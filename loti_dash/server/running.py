"""What a server does besides answering, from its start to its end."""

import asyncio
import ctypes
import gc
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import cache
from importlib import import_module
from typing import Any

from loti_dash.server import logs
from loti_dash.server.sockets import send_at_once

_SECONDS = 30.0
# By then a server that was just started has answered whoever was waiting for it.
_SOON = 1.0


def running(*modules: str) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """Return the lifespan of a server, which loads some modules soon after its start.

    It sets up the sockets, and settles what lives long from time to time.
    """

    @asynccontextmanager
    async def lifespan(_app: Any) -> AsyncIterator[None]:
        send_at_once()
        beside = asyncio.create_task(_beside_answering(modules))
        try:
            yield
        finally:
            beside.cancel()
            with suppress(asyncio.CancelledError):
                await beside

    return lifespan


def settle() -> None:
    """Collect all garbage, and take what is left out of the collections in between.

    Streamlit collects all garbage after each run of a page, and looks through everything that is
    alive: with 50 visitors that was four fifths of the processor's time. What has died meanwhile
    among what was taken out is found the next time. What nobody needs any more goes back to the
    system, where the library that gives it out can do so.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    trim = _trim()
    if trim is not None:
        trim(0)


async def _beside_answering(modules: Iterable[str]) -> None:
    await asyncio.sleep(_SOON)
    await asyncio.to_thread(_load, modules)
    seen = -1
    while True:
        if _collections() != seen:
            settle()
            seen = _collections()
        await asyncio.sleep(_SECONDS)


def _load(modules: Iterable[str]) -> None:
    """Load modules, one after the other. Whoever needs one that fails is told so then."""
    for name in modules:
        try:
            import_module(name)
        except Exception:
            logs.write_failure("not loaded", module=name)


@cache
def _trim() -> Callable[[int], int] | None:
    """Return what gives unused memory back: glibc alone has it."""
    with suppress(OSError, AttributeError, TypeError):
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
        return found
    return None


def _collections() -> int:
    """Return how often everything was looked through: as often as a page was drawn."""
    return int(gc.get_stats()[2]["collections"])
