"""docs/performance.md, written from one run of all benchmarks: its figures, and what follows.

Every number in it is measured in that run, or worked out in the text from such numbers and from
the assumptions that are named there; but for the shares in `misses`, which are of profiles.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from loti_dash import capacity, misses
from loti_dash.bench_lines import HEADS, Line, markdown, number

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
        parts += [_of_pages(pages), capacity.lines(pages)]
    return "\n".join(line for part in parts for line in [*part, ""]).rstrip() + "\n"


def _head(of: Mapping[str, Any]) -> Iterator[str]:
    yield "# Performance"
    yield ""
    yield (
        "Written by `python -m loti_dash bench all --write docs/performance.md`; "
        f"{of['seconds'] / 60:.0f} minutes in all. Every yardstick was measured in the same run, "
        "taking turns with ours; times are medians of repeated runs, and ratios medians of the "
        "ratios of paired runs. What takes a minute or more ran once. Where an aim is missed, the "
        "shares of time that are given are those of profiles made by hand."
    )
    if of["quick"]:
        yield ""
        yield "**With `--quick`: small sizes, to show that it works. Not to be quoted.**"
    yield ""
    yield from markdown(("Of this run", ""), of["machine"].items())


def _table(lines: list[dict[str, Any]]) -> Iterator[str]:
    yield "## Ours beside what else there is"
    yield ""
    cells = [(line["benchmark"], _line(line).cells(line["benchmark"])) for line in lines]
    yield from markdown(HEADS, ([row[head] for head in HEADS] for _, row in cells))


def _missed(lines: list[dict[str, Any]]) -> Iterator[str]:
    missed = [line for line in lines if not line["met"]]
    yield f"{len(lines) - len(missed)} of {len(lines)} aims are met."
    for line in missed:
        of = _line(line)
        yield (
            f"- Missed: {line['benchmark']}, {of.what}: {of.ratio:.4g}, and the aim is "
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
    yield from markdown(("page", "first", "again", "what it says"), rows)


def _line(of: Mapping[str, Any]) -> Line:
    fields = {name: value for name, value in of.items() if name not in ("benchmark", "met")}
    return Line(**fields)
