"""What reading a publisher's file gives: observations, and all that a checker wants to know.

Every module of this package has one function,
`read(files: Sequence[Path], labels: Labels) -> Reading`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from loti_dash.errors import LotiError, SourceFileError
from loti_dash.groups import Labels

# Sums of averages with decimals differ in their last digits: that is no difference.
DECIMALS = 6


@dataclass(frozen=True)
class FileRead:
    """A file, how many rows of figures it holds, and how many of them are used."""

    path: Path
    rows_read: int
    rows_kept: int


@dataclass(frozen=True)
class Total:
    """A sum of ours beside the publisher's own total.

    `tolerance` is how far apart rounding by the publisher can bring them. `expected_short`
    says why a sum may lawfully fall short (boroughs that sent nothing), or is "".
    """

    what: str
    ours: float
    published: float
    tolerance: float = 0
    expected_short: str = ""

    @property
    def apart(self) -> float:
        """How much more ours is than the published one."""
        return round(self.ours - self.published, DECIMALS)

    @property
    def reconciles(self) -> bool:
        """Whether the two agree, within the tolerance or short for the reason given."""
        return abs(self.apart) <= self.tolerance or (bool(self.expected_short) and self.apart < 0)


def codes_of(labels: Labels, source: str, published: Iterable[str], where: str) -> dict[str, str]:
    """Return the code of each distinct label that a source published.

    Raises SourceFileError, with `where` in front, for labels that nothing is known by.
    """
    try:
        return labels.codes(source, published)
    except LotiError as error:
        raise SourceFileError(f"{where}: {error}") from None


def sums_beside_totals(
    groups: pd.DataFrame,
    published: pd.DataFrame,
    tolerance: Callable[[str, int], float] = lambda area_code, parts: 0,
) -> list[Total]:
    """Return the sum of the groups of each series, period and area beside the published total.

    Both tables are observations. `tolerance` is given the area's code and the number of parts.
    Where a part is missing the sum may fall short; where the total is missing there is none.

    Raises SourceFileError for an area without a row of its total: nothing would be checked.
    """
    keys = ["series_id", "period_id", "area_code"]
    theirs = published.groupby(keys)["value"].max()
    ours = groups.groupby(keys)["value"].agg(["sum", "size", "count"])
    without = ours.index.difference(theirs.index)
    if len(without):
        raise SourceFileError(
            f"There is no row of the total of {', '.join(without[0])} ({len(without)} such totals "
            "are missing): the file is cut short or filtered. Download it again."
        )
    ours = ours.join(theirs)
    found = []
    for row in ours[ours["value"].notna()].reset_index().to_dict("records"):
        missing = int(row["size"] - row["count"])
        found.append(
            Total(
                ", ".join(row[key] for key in keys),
                row["sum"],
                row["value"],
                tolerance(row["area_code"], row["size"]),
                f"{missing} counts are withheld or missing" if missing else "",
            )
        )
    return found


@dataclass(frozen=True)
class Refusal:
    """A reason not to use what was read. `problem` is a short code, `message` says it whole."""

    problem: str
    message: str


@dataclass
class Reading:
    """What a source's files hold.

    `observations` has the columns of observation.COLUMNS. `labels` says what became of every
    label as published: a code, or "left out: why". `facts` are counts worth stating, such as
    exact duplicates kept. `missing` are periods looked for and not found, with the reason.
    """

    observations: pd.DataFrame
    files: list[FileRead] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    totals: list[Total] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)

    def refuse_unreconciled(self) -> None:
        """Add a refusal for each total that does not reconcile."""
        for total in self.totals:
            if not total.reconciles:
                self.refusals.append(
                    Refusal(
                        "total",
                        f"{total.what}: the parts add up to {total.ours:,.10g}, "
                        f"the publisher says {total.published:,.10g}",
                    )
                )
