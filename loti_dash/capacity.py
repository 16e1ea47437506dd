"""How many visitors a processor bears: arithmetic that is shown, from what was measured."""

from collections.abc import Iterator, Mapping
from math import ceil
from typing import Any

from loti_dash.bench_lines import markdown, number

# How people read: named in the document, and easily put right by whoever knows better.
READING = 30  # seconds a visitor reads before asking for the next view
NOT_OPENED = 0.2  # part of views that nobody has opened before
BUSY = 0.6  # part of its time that a processor may work before visitors wait for one another
VISITORS = (10, 1_000, 100_000)


def lines(pages: Mapping[str, Any]) -> Iterator[str]:
    """Yield how many visitors a processor bears, worked out from figures of `bench pages`."""
    many = max(int(name.split()[0]) for name in pages if name.endswith("visitors, ours: a second"))
    again = float(pages[f"{many} visitors, ours: processor, s an answer"])
    new = float(pages["new selection, s"])
    view = (1 - NOT_OPENED) * again + NOT_OPENED * new
    # 599.9999999 is 600: only what is left of a whole visitor is cut off.
    in_all = int(round(BUSY / view * READING, 6))
    base = float(pages["1 visitors, ours: memory of the server, MB"])
    more = float(pages[f"{many} visitors, ours: memory of the server, MB"]) - base
    visit = max(more / max(many - 1, 1), 0.1)
    yield "## How many visitors a processor bears"
    yield ""
    yield (
        f"Measured: a view that is drawn again keeps a processor busy for {number(again, 's')} "
        f"({many} visitors at once); one that nobody opened before takes {number(new, 's')} from "
        "question to answer, nearly all of it the processor's. "
        f"Assumed: a visitor reads for {READING} seconds before the next view, one view in "
        f"{1 / NOT_OPENED:.0f} is one that nobody opened before, and a processor may be busy "
        f"{BUSY:.0%} of the time before visitors notice one another. Then"
    )
    yield ""
    both = f"{1 - NOT_OPENED:.0%} × {again:.4f} s + {NOT_OPENED:.0%} × {new:.4f} s"
    yield f"    one view: {both} = {view:.4f} s"
    yield f"    views a second: {BUSY:.0%} ÷ {view:.4f} s = {BUSY / view:.1f}"
    yield f"    visitors a processor: {BUSY / view:.1f} a second × {READING} s = {in_all:,}"
    yield ""
    yield (
        "**The rule: one server process, on one processor, for every "
        f"{in_all:,} visitors who read at the same time.** A process runs Python on one processor "
        f"at a time, so more processors need more processes. Each needs {number(base)} MB, and "
        f"about {visit:.1f} MB for each open visit."
    )
    yield ""
    yield from markdown(
        ("visitors at once", "views a second", "processes", "memory", "what happens"),
        (_at(visitors, in_all, base, visit, view) for visitors in VISITORS),
    )
    yield ""
    yield (
        "Processes share nothing but the folder of releases, which are files for reading only, "
        "and the database of what people write. A proxy must send a visitor to the same process "
        "for the length of a visit. What visits share is worked out once in each process, so "
        f"{NOT_OPENED:.0%} holds for each of them. Beyond one machine the arithmetic is the same; "
        "it was not tried there."
    )


def _at(visitors: int, in_all: int, base: float, visit: float, view: float) -> tuple[str, ...]:
    processes = ceil(visitors / in_all)
    memory = (processes * base + visitors * visit) / 1000
    busy = visitors / READING * view
    if processes == 1:
        happens = f"one process is busy {busy:.0%} of the time"
    else:
        happens = (
            f"one process alone would need {busy:,.1f} seconds of work for each second, and fall "
            f"behind; {processes:,} on as many processors are busy {busy / processes:.0%}"
        )
    return (
        f"{visitors:,}",
        f"{visitors:,} ÷ {READING} s = {number(visitors / READING)}",
        f"{processes:,}",
        f"{processes:,} × {number(base)} MB + {visitors:,} × {visit:.1f} MB = {number(memory)} GB",
        happens,
    )
