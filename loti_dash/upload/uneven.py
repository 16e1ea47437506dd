"""Rows with more or fewer cells than their table has columns, kept when pyarrow meets them."""

import csv
import io
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.csv

# So many rows that are too long are looked at for personal data; one is enough for a refusal.
_TOO_LONG_KEPT = 10_000


@dataclass
class Uneven:
    """Uneven rows of a table of a width, by their numbers among all rows, the first being 1.

    `filled` are the texts of short rows with the missing cells put in, empty, in the order of
    `numbers`. `too_long` are the cells of rows that have more than fit. `last` is the text of
    the last uneven row.
    """

    width: int
    separator: str
    numbers: list[int] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)
    too_long: dict[int, list[str]] = field(default_factory=dict)
    last: str = ""

    def keep(self, row: pa.csv.InvalidRow) -> str:
        """Take a row that pyarrow cannot, and tell it to go on."""
        self.last = row.text
        if row.actual_columns < self.width:
            self.numbers.append(row.number)
            missing = self.width - row.actual_columns
            self.filled.append(row.text + self.separator * missing)
        else:
            self._keep_long(row)
        return "skip"

    def _keep_long(self, row: pa.csv.InvalidRow) -> None:
        source = io.StringIO(row.text, newline="")
        cells = next(csv.reader(source, delimiter=self.separator))
        if any(cell.strip() for cell in cells[self.width :]):
            self.too_long[row.number] = cells if len(self.too_long) < _TOO_LONG_KEPT else []
        else:
            # Nothing but separators hangs over.
            out = io.StringIO(newline="")
            csv.writer(out, delimiter=self.separator, lineterminator="").writerow(
                cells[: self.width]
            )
            self.numbers.append(row.number)
            self.filled.append(out.getvalue())
