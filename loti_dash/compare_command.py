"""The command `compare`: the comparison table of an indicator, an area and a period."""

import argparse
import json
import sys
from typing import Any

# The columns of the printed table; with --group all are printed, one on a line.
MAIN = (
    "group numerator denominator rate ratio ratio_low ratio_high evidence reference "
    "unknown_share status"
).split()
COUNTS = ("numerator", "denominator")


def compare(options: argparse.Namespace) -> None:
    """Print the comparison table of an indicator, area and period."""
    from loti_dash import analysis, releases
    from loti_dash.errors import UnknownCode

    table = analysis.compare(
        releases.open_(options.release),
        options.indicator,
        options.period,
        classification=options.classification,
        reference=options.reference,
        areas=[options.area],
    )
    if options.group:
        if options.group not in set(table["group_code"]):
            raise UnknownCode("group", options.group, set(table["group_code"]))
        table = table[table["group_code"] == options.group]
    if options.format == "csv":
        table.to_csv(sys.stdout, index=False)
    elif options.format == "json":
        rows = table.astype(object).where(table.notna(), None).to_dict("records")
        print(json.dumps(rows, ensure_ascii=False))
    elif options.group:
        for name, value in table.iloc[0].items():
            print(f"{name:<21}  {_cell(str(name), value)}")
    else:
        shown = table[MAIN].apply(lambda column: column.map(lambda v: _cell(str(column.name), v)))
        print(shown.to_string(index=False))


def add(commands: Any) -> None:
    """Add the command to those of the command line."""
    comparing = commands.add_parser("compare", help=compare.__doc__, description=compare.__doc__)
    comparing.set_defaults(run=compare)
    for name in ("indicator", "area", "period"):
        comparing.add_argument(f"--{name}", required=True)
    comparing.add_argument("--group", help="one ethnic group's code; without it, all")
    comparing.add_argument("--reference", default="white")
    comparing.add_argument("--classification", default="5", choices=("5", "19"))
    comparing.add_argument("--release", help="without it, the current one")
    comparing.add_argument("--format", default="table", choices=("table", "csv", "json"))


def _cell(column: str, value: Any) -> str:
    """Return a value as it is printed: counts in full, other numbers to four digits."""
    if isinstance(value, str):
        return value
    if value != value:
        return "-"
    if column in COUNTS:
        return f"{value:,.15g}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
