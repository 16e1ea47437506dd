"""Coroutines in a thread of their own: after a browser was driven, this one has a loop already."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run(what: Coroutine[Any, Any, Any]) -> Any:
    """Return what a coroutine returns."""
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(asyncio.run, what).result()
