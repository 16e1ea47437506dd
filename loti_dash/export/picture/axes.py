"""The axes of a chart as numbers: where a value is, and which ticks stand where."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import ceil, floor, isnan, log10
from typing import Any

_MOST_TICKS = 6
_DAY = 86_400
_STEPS_OF_MONTHS = (1, 3, 6, 12, 24, 60, 120)


class NotDrawn(Exception):
    """A chart uses what pictures cannot show yet."""


@dataclass(frozen=True)
class Axis:
    """An axis of a chart: `of` as the chart describes it, `names` its categories if it has any.

    It goes from `low` to `high` in numbers, and from `start` to `end` in pixels.
    """

    of: dict[str, Any]
    kind: str
    low: float
    high: float
    names: tuple[str, ...] = ()
    start: float = 0.0
    end: float = 1.0

    def number(self, value: Any) -> float:
        """Return a value of the data as a number on this axis; NaN where there is none."""
        return _number(value, self.kind, self.names)

    def pixel(self, number: float) -> float:
        """Return where a number on this axis is."""
        return self.start + (number - self.low) / (self.high - self.low) * (self.end - self.start)

    def at(self, value: Any) -> float:
        """Return where a value of the data is; NaN where there is none."""
        return self.pixel(self.number(value))

    def ticks(self) -> list[tuple[float, str]]:
        """Return the ticks inside the axis, as numbers, each with its words."""
        if self.of.get("tickvals") is not None:
            values = list(self.of["tickvals"])
            words = list(self.of.get("ticktext") or map(self._written, values))
            marks = [(self.number(value), str(w)) for value, w in zip(values, words, strict=True)]
        elif self.kind == "category":
            marks = list(enumerate(self.names))
        else:
            marks = [(self.number(value), self._written(value)) for value in self._usual()]
        least, most = sorted((self.low, self.high))
        room = (most - least) * 1e-9
        return [(n, words) for n, words in marks if least - room <= n <= most + room]

    def _usual(self) -> list[Any]:
        least, most = sorted((self.low, self.high))
        count = int(self.of.get("nticks") or _MOST_TICKS)
        if self.kind == "date":
            return _months(least, most, count)
        if self.kind == "log":
            decades = range(floor(least), ceil(most) + 1)
            return [10.0**n for n in decades]
        step = float(self.of.get("dtick") or _nice((most - least) / count))
        first = float(self.of.get("tick0") or 0)
        nearest, last = (least - first) / step - 1e-9, (most - first) / step + 1e-9
        return [first + n * step for n in range(ceil(nearest), floor(last) + 1)]

    def _written(self, value: Any) -> str:
        form = str(self.of.get("tickformat") or "")
        if self.kind == "date":
            return _moment(value).strftime(form or "%b<br>%Y")
        # 0.1 + 0.2 is 0.3 to a reader, and there is no -0.
        said = format(round(float(value), 12) + 0.0, _format(form)).replace("-", "−")
        return f"{self.of.get('tickprefix', '')}{said}{self.of.get('ticksuffix', '')}"


def axis(of: dict[str, Any], values: Sequence[Any], from_zero: bool) -> Axis:
    """Return the axis that shows some values of the data, or the range that it has of its own."""
    kind = str(of.get("type") or _kind(values))
    names = tuple(dict.fromkeys(map(str, of.get("categoryarray") or values)))
    names = names if kind == "category" else ()
    if of.get("range") is not None:
        first, last = (float(e) if kind != "date" else _number(e, kind) for e in of["range"])
        return Axis(of, kind, first, last, names)
    numbers = [n for n in (_number(value, kind, names) for value in values) if not isnan(n)]
    if kind == "category":
        low, high = -0.5, len(names) - 0.5
    else:
        zero = [0.0] if from_zero or of.get("rangemode") in ("tozero", "nonnegative") else []
        low, high = min([*numbers, *zero], default=0.0), max([*numbers, *zero], default=1.0)
        room = (high - low) * 0.05 or 0.5
        low, high = (low if low in zero else low - room), (high if high in zero else high + room)
    backwards = of.get("autorange") == "reversed"
    first, last = (high, low) if backwards else (low, high)
    return Axis(of, kind, first, last, names)


def _number(value: Any, kind: str, names: tuple[str, ...] = ()) -> float:
    if value is None or value != value:
        return float("nan")
    if kind == "date":
        return _moment(value).timestamp() / _DAY
    if kind == "category" and isinstance(value, str):
        return float(names.index(value))
    if kind == "log":
        return log10(value) if value > 0 else float("nan")
    return float(value)


def _kind(values: Sequence[Any]) -> str:
    words = [value for value in values if isinstance(value, str)]
    if not words:
        return "date" if any(isinstance(value, date) for value in values) else "linear"
    try:
        for word in words:
            _moment(word)
    except ValueError:
        return "category"
    return "date"


def _moment(value: Any) -> datetime:
    """Return a day or a moment, of which only the distance to others counts."""
    return datetime.fromisoformat(f"{str(value)[:10]}T00:00:00+00:00")


def _format(of_the_chart: str) -> str:
    """Return how Python writes what a chart has written by the rules of d3.

    >>> [format(1234.5, _format(each)) for each in ("", ",~r", ",d", ".0%")]
    ['1,234.5', '1,234.5', '1,234', '123450%']
    """
    found = re.fullmatch(r"(,?)(\.\d+)?~?([dfgr%]?)", of_the_chart)
    if found is None:
        raise NotDrawn(f"numbers written as {of_the_chart}")
    comma, digits, kind = found.groups()
    if kind in ("f", "%"):
        return f"{comma}{digits or ''}{kind}"
    return ",.0f" if kind == "d" else f"{comma or ','}{digits or '.10'}g"


def _months(least: float, most: float, count: int) -> list[str]:
    """Return the first days of months, as many as have room."""
    first, last = (datetime.fromtimestamp(n * _DAY, tz=UTC) for n in (least, most))
    all_ = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    step = next((s for s in _STEPS_OF_MONTHS if len(all_) / s <= count), _STEPS_OF_MONTHS[-1])
    return [f"{n // 12:04}-{n % 12 + 1:02}-01" for n in all_ if n % step == 0]


def _nice(step: float) -> float:
    """Return the next step of 1, 2 or 5 that is no smaller.

    >>> _nice(0.13), _nice(3.0)
    (0.2, 5.0)
    """
    power = 10.0 ** floor(log10(step))
    return next(float(n * power) for n in (1, 2, 5, 10) if n * power >= step * (1 - 1e-9))
