"""Many visitors at once on one server: what they wait, what goes wrong, and what memory it takes.

Each opens a page over the websocket as a browser does, reads it for a while, goes on to another,
asks the web API now and then, and closes the tab after some pages. Before they come, as many pages
are opened as the server remembers: its memory is that of a server after a day's use, so what it
grows by is what it loses.
"""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

import httpx
from websockets.exceptions import WebSocketException

from loti_dash import config, releases, serving
from loti_dash.visitor import visit

VISITORS, MINUTES = 50, 10.0
# How long a page is read, on average, and how many are before the tab is closed.
READING_SECONDS, PAGES = 20.0, 12
AIM_GROWTH = 5.0
_OTHERS = ("", "borough", "group", "stages", "data", "methods", "accessibility")
_SEED = 7
# The server lets go of a line after five idle seconds: not while something is being asked.
_LIMITS = httpx.Limits(keepalive_expiry=2)
# After about so many the memory of what is remembered grows no more.
_BEFORE, _AT_ONCE = 720, 4


@dataclass
class Seen:
    """What happened: seconds of each page and API answer, what failed, memory by the minute."""

    pages: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def measure(visitors: int = VISITORS, minutes: float = MINUTES) -> dict[str, float | int | str]:
    """Return what visitors of a server of its own found, and how its memory went."""
    with serving.served(config.ROOT / "app.py") as (base, _):
        seen = asyncio.run(_run(base, visitors, minutes))
    release = releases.open_().release
    of: dict[str, float | int | str] = {"visitors": visitors, "minutes": minutes}
    return {"release": release, **of, **figures(seen, minutes)}


def figures(seen: Seen, minutes: float) -> dict[str, float | int | str]:
    """Return what was seen by name.

    Memory is in megabytes, the first value after a minute; growth is to the most there ever was.
    """
    first, most = seen.memory[0], max(seen.memory)
    return {
        "pages drawn": len(seen.pages),
        "pages a second": len(seen.pages) / (minutes * 60),
        "page, median s": median(seen.pages),
        "page, 95 of 100 within s": quantiles(seen.pages, n=20)[-1],
        "answers of the web API": len(seen.answers),
        "answer, median s": median(seen.answers),
        "errors (aim: 0)": len(seen.errors),
        "the first error": seen.errors[0] if seen.errors else "none",
        "memory by the minute, MB": " ".join(f"{each:.0f}" for each in seen.memory),
        f"growth after the first minute, % (aim: under {AIM_GROWTH})": (most / first - 1) * 100,
    }


async def _run(base: str, visitors: int, minutes: float) -> Seen:
    seen = Seen()
    async with httpx.AsyncClient(base_url=base, timeout=60, limits=_LIMITS) as client:
        asked = (await client.get("/api/v1/indicators")).json()["indicators"]
        choices = [each for each in asked if each["periods"]]
        some = [_fill(base, client, choices, random.Random(n)) for n in range(_AT_ONCE)]
        await asyncio.gather(*some)
        until = time.monotonic() + minutes * 60
        watching = asyncio.create_task(_watch(client, seen, until))
        visiting = [
            _visitor(base, client, choices, seen, until, random.Random(_SEED + n))
            for n in range(visitors)
        ]
        await asyncio.gather(*visiting, watching)
    return seen


async def _fill(
    base: str,
    client: httpx.AsyncClient,
    choices: Sequence[dict[str, Any]],
    chance: random.Random,
) -> None:
    """Open pages one after the other, without reading, and ask the web API."""
    for _ in range(0, _BEFORE // _AT_ONCE, PAGES):
        async with visit(base) as tab:
            for _ in range(PAGES):
                await tab.open(*_somewhere(choices, chance))
                await _ask(client, choices, Seen(), chance)


async def _visitor(
    base: str,
    client: httpx.AsyncClient,
    choices: Sequence[dict[str, Any]],
    seen: Seen,
    until: float,
    chance: random.Random,
) -> None:
    # Nobody arrives at the same moment as everybody else.
    await asyncio.sleep(chance.uniform(0, READING_SECONDS))
    while time.monotonic() < until:
        try:
            async with visit(base) as tab:
                for _ in range(PAGES):
                    page, query = _somewhere(choices, chance)
                    drawn = await tab.open(page, query)
                    seen.pages.append(drawn.seconds)
                    if drawn.failed or not drawn.ended:
                        seen.errors.append(f"/{page}?{query}: {drawn.failed or 'not ended'}")
                    await _ask(client, choices, seen, chance)
                    await asyncio.sleep(chance.expovariate(1 / READING_SECONDS))
                    if time.monotonic() >= until:
                        break
        except (OSError, TimeoutError, WebSocketException, httpx.HTTPError) as error:
            seen.errors.append(f"{type(error).__name__}: {error}")


async def _ask(
    client: httpx.AsyncClient,
    choices: Sequence[dict[str, Any]],
    seen: Seen,
    chance: random.Random,
) -> None:
    """Ask the web API after every fifth page."""
    if chance.random() >= 0.2:
        return
    _, query = _of_indicator(choices, chance)
    began = time.perf_counter()
    found = await client.get(f"/api/v1/compare?{query}")
    seen.answers.append(time.perf_counter() - began)
    # Not every area has every period.
    if found.status_code not in (200, 400):
        seen.errors.append(f"{found.status_code}: {query}")


def _somewhere(choices: Sequence[dict[str, Any]], chance: random.Random) -> tuple[str, str]:
    """Return a page and its query: three of four times that of an indicator."""
    if chance.random() < 0.25:
        return chance.choice(_OTHERS), ""
    return _of_indicator(choices, chance)


def _of_indicator(choices: Sequence[dict[str, Any]], chance: random.Random) -> tuple[str, str]:
    one = chance.choice(choices)
    area, period = chance.choice(one["areas"])["code"], chance.choice(one["periods"][:4])["id"]
    return one["domain"], f"indicator={one['id']}&area={area}&period={period}"


async def _watch(client: httpx.AsyncClient, seen: Seen, until: float) -> None:
    """Note the memory of the server every minute, from the first on."""
    while (left := until - time.monotonic()) > 0:
        await asyncio.sleep(min(left, 60))
        found = (await client.get("/metrics")).text
        [resident] = [
            line.split()[1]
            for line in found.splitlines()
            if line.startswith("process_resident_memory_bytes ")
        ]
        seen.memory.append(float(resident) / 1e6)
