"""docs/performance.md, written from one run of all benchmarks: its figures, and what follows.

Every number in it is measured in that run, or worked out in the text from such numbers and from
the assumptions that are named there.
"""

from collections.abc import Iterable, Iterator, Mapping
from math import ceil
from typing import Any

from loti_dash import misses
from loti_dash.bench_lines import HEADS, Line, number

# How people read: named in the document, and easily put right by whoever knows better.
READING = 30  # seconds a visitor reads before asking for the next view
NOT_OPENED = 0.2  # part of views that nobody has opened before
BUSY = 0.6  # part of its time that a processor may work before visitors wait for one another
VISITORS = (10, 1_000, 100_000)
_PAGES = (
    "home justice care housing employment borough group stages upload data methods accessibility"
).split()


def document(of: Mapping[str, Any]) -> str:
    """Return the document of a run, as Markdown."""
    pages = of["figures"].get("pages", {})
    parts = [_head(of), _table(of["lines"]), _missed(of["lines"])]
    if "compare_all" in of["figures"]:
        parts.append(_same_numbers(of["figures"]["compare_all"]))
    if pages:
        parts += [_of_pages(pages), _sizing(pages)]
    return "\n".join(line for part in parts for line in [*part, ""]).rstrip() + "\n"


def _head(of: Mapping[str, Any]) -> Iterator[str]:
    yield "# Performance"
    yield ""
    yield (
        "Written by `python -m loti_dash bench all --write docs/performance.md`; "
        f"{of['seconds'] / 60:.0f} minutes in all. Every yardstick was measured in the same run, "
        "taking turns with ours; times are medians of repeated runs, and ratios medians of the "
        "ratios of paired runs."
    )
    if of["quick"]:
        yield ""
        yield "**With `--quick`: small sizes, to show that it works. Not to be quoted.**"
    yield ""
    yield from _rows(("Of this run", ""), of["machine"].items())


def _table(lines: list[dict[str, Any]]) -> Iterator[str]:
    yield "## Ours beside what else there is"
    yield ""
    cells = [(line["benchmark"], _line(line).cells(line["benchmark"])) for line in lines]
    yield from _rows(HEADS, ([row[head] for head in HEADS] for _, row in cells))


def _missed(lines: list[dict[str, Any]]) -> Iterator[str]:
    missed = [line for line in lines if not line["met"]]
    yield f"{len(lines) - len(missed)} of {len(lines)} aims are met."
    for line in missed:
        of = _line(line)
        yield (
            f"- Missed: {line['benchmark']}, {of.what}: {number(of.ratio)}, and the aim is "
            f"{'at least' if of.at_least else 'at most'} {number(of.aim)}. "
            + misses.why(line["benchmark"], of.what)
        )


def _same_numbers(of: Mapping[str, Any]) -> Iterator[str]:
    yield "## The same numbers"
    yield ""
    yield (
        f"Every comparison of release {of['release']}, with every reference and every digit, has "
        f"the SHA-256 `{of['sha256 of all rows, with every reference']}`. Whoever makes it faster "
        "runs `bench compare_all` on the same release before and after: it must not change."
    )


def _of_pages(pages: Mapping[str, Any]) -> Iterator[str]:
    yield "## Each page"
    yield ""
    yield (
        "Seconds from asking to the whole page, by one visitor over Streamlit's agent interface. "
        "First: in this visit, the first of the server included. Again: drawn anew, nothing "
        f"changed. The bare page with one chart takes {number(pages['bare: repeated, s'], 's')}."
    )
    yield ""
    rows = [
        (
            page,
            number(pages[f"{page}: first, s"], "s"),
            number(pages[f"{page}: repeated, s"], "s"),
            f"{number(pages[f'{page}: bytes'] / 1000)} kB",
        )
        for page in _PAGES
        if f"{page}: first, s" in pages
    ]
    yield from _rows(("page", "first", "again", "what it says"), rows)


def _sizing(pages: Mapping[str, Any]) -> Iterator[str]:
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
        f"({many} visitors at once), one that nobody opened before for {number(new, 's')}. "
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
    yield from _rows(
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


def _line(of: Mapping[str, Any]) -> Line:
    fields = {name: value for name, value in of.items() if name not in ("benchmark", "met")}
    return Line(**fields)


def _rows(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield a table in Markdown."""
    heads = list(heads)
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
