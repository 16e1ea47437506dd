"""The commands: `python -m loti_dash COMMAND`. Each says what it did; errors say what to do.

Ends with 0 when all is well, 1 with a message a person can act on, 2 for wrong usage.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from loti_dash import (
    changed_command,
    config,
    keeping_commands,
    publishing_commands,
    reports_command,
)
from loti_dash.errors import LotiError, OutputError

# The columns of the printed table; with --group all are printed, one on a line.
MAIN = (
    "group numerator denominator rate ratio ratio_low ratio_high evidence reference "
    "unknown_share status"
).split()
COUNTS = ("numerator", "denominator")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], None] = options.run
    try:
        run(options)
        sys.stdout.flush()
    except LotiError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Somebody reads only the first lines, as in `... | head`.
        _say_no_more()
    except OSError as error:
        _say_no_more()
        print(f"error: {_unwritten(error)}", file=sys.stderr)
        return 1
    return 0


def check(_: argparse.Namespace) -> None:
    """Check the catalogue, the observations and their checksums; list reviews that are due."""
    from loti_dash import checks

    for line in checks.check(config.DATA):
        print(line)


def ingest(options: argparse.Namespace) -> None:
    """Read a publisher's files as downloaded into data/observations/, with a report."""
    from loti_dash import intake

    intake.take_in(options.source, options.files, config.DATA, options.accept or "", _say)


def build(options: argparse.Namespace) -> None:
    """Make a release of the observations and the catalogue."""
    from loti_dash import build, submissions

    if options.out:
        build.build(config.DATA, config.releases(), options.out, options.note, _say)
    else:
        # With what boroughs sent in and somebody accepted.
        submissions.rebuild(options.note, _say)


def releases(_: argparse.Namespace) -> None:
    """List the releases: id, date, note, what changed."""
    from loti_dash import releases

    table = releases.listing(config.releases())
    if table.empty:
        print("There is no release yet. Make one with `python -m loti_dash build`.")
    for row in table.itertuples():
        mark = "*" if row.current else " "
        when = f"{row.built_at:%d %B %Y %H:%M}"
        print(mark, row.release, when, str(row.note) or "no note", str(row.changed), sep="  ")


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


def bench(options: argparse.Namespace) -> None:
    """Run the benchmarks, or one of them, beside their yardsticks."""
    from loti_dash import bench

    for line in bench.run(options.name, options.format):
        print(line)


def docs(_: argparse.Namespace) -> None:
    """Write the documents that follow from the catalogue."""
    from loti_dash.documents import write

    for path in write(config.ROOT):
        print(f"wrote {path.relative_to(config.ROOT)}")


def _cell(column: str, value: Any) -> str:
    """Return a value as it is printed: counts in full, other numbers to four digits."""
    if isinstance(value, str):
        return value
    if value != value:
        return "-"
    if column in COUNTS:
        return f"{value:,.15g}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def _say(line: str) -> None:
    """Print a step of some work, which goes on when nobody reads any more."""
    try:
        print(line, flush=True)
    except BrokenPipeError:
        _say_no_more()
    except OSError as error:
        _say_no_more()
        raise OutputError(_unwritten(error)) from error


def _unwritten(error: OSError) -> str:
    return f"What there is to say cannot be written: {error}. Make room, or use another place."


def _say_no_more() -> None:
    """Let what is still to be printed go nowhere: Python would fail once more on leaving."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m loti_dash", description=__doc__)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(run: Callable[[argparse.Namespace], None]) -> argparse.ArgumentParser:
        added = commands.add_parser(run.__name__, help=run.__doc__, description=run.__doc__)
        added.set_defaults(run=run)
        return added

    command(check)
    taking = command(ingest)
    taking.add_argument("source", metavar="SOURCE", help="a name in data/catalogue/sources/")
    taking.add_argument("files", metavar="FILE", nargs="+", type=Path)
    taking.add_argument("--accept", metavar="REASON", help="use refused figures, and say why")
    building = command(build)
    building.add_argument(
        "--out", type=Path, metavar="FILE", help="write this file, of our own figures alone"
    )
    building.add_argument("--note", default="", help="what is new, for the list of releases")
    command(releases)
    comparing = command(compare)
    for name in ("indicator", "area", "period"):
        comparing.add_argument(f"--{name}", required=True)
    comparing.add_argument("--group", help="one ethnic group's code; without it, all")
    comparing.add_argument("--reference", default="white")
    comparing.add_argument("--classification", default="5", choices=("5", "19"))
    comparing.add_argument("--release", help="without it, the current one")
    comparing.add_argument("--format", default="table", choices=("table", "csv", "json"))
    measuring = command(bench)
    measuring.add_argument("name", nargs="?", help="a benchmark; without it, all")
    measuring.add_argument("--format", default="table", choices=("table", "json"))
    command(docs)
    for more in (publishing_commands, changed_command, reports_command, keeping_commands):
        more.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
