"""One line of the table of benchmarks: ours, what it is measured beside, and whether it is near.

Nothing is measured here; a benchmark says which of its figures have an aim.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

# What a benchmark measures, by name.
Figures = dict[str, float | int | str]
HEADS = ("benchmark", "what", "ours", "yardstick", "ratio", "aim", "met")


@dataclass(frozen=True)
class Line:
    """What was measured, beside a yardstick of the same run.

    `ratio` is the median of the ratios of paired runs, ours to the yardstick or, where the aim is
    to be so many times faster, the yardstick to ours. `aim` is the most it may be, or with
    `at_least` the least. Without a yardstick, `ratio` is ours itself.
    """

    what: str
    ours: float
    yardstick: float | None
    ratio: float
    aim: float
    unit: str = "s"
    beside: str = ""
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the aim is met."""
        return self.ratio >= self.aim if self.at_least else self.ratio <= self.aim

    def cells(self, benchmark: str) -> dict[str, str]:
        """Return the line in words, by the heads of the table."""
        beside = f" ({self.beside})" if self.beside else ""
        yardstick = "" if self.yardstick is None else number(self.yardstick, self.unit) + beside
        sign = "≥" if self.at_least else "≤"
        return {
            "benchmark": benchmark,
            "what": self.what,
            "ours": number(self.ours, self.unit),
            "yardstick": yardstick,
            "ratio": number(self.ratio),
            "aim": f"{sign} {number(self.aim)}",
            "met": "yes" if self.met else "no",
        }

    def to_dict(self) -> dict[str, Any]:
        """Return the line as it stands in JSON."""
        return asdict(self) | {"met": self.met}


def number(value: float, unit: str = "") -> str:
    """Return a number in three significant figures, with its unit.

    >>> number(0.012345, "s"), number(1234.5), number(0.0)
    ('12.3 ms', '1,230', '0')
    """
    if unit == "s" and abs(value) < 1:
        value, unit = value * 1000, "ms"
    written = f"{float(f'{value:.3g}'):,.12g}"
    return f"{written} {unit}".rstrip()


def table(rows: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """Yield a table of lines as text, its columns as wide as they need."""
    rows = [dict(zip(HEADS, HEADS, strict=True)), *rows]
    widths = {head: max(len(row[head]) for row in rows) for head in HEADS}
    for row in rows:
        yield "  ".join(row[head].ljust(widths[head]) for head in HEADS).rstrip()


def markdown(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield a table in Markdown."""
    heads = list(heads)
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
