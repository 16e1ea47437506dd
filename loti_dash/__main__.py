"""The commands: `python -m loti_dash COMMAND`. Each says what it did; errors say what to do.

Ends with 0 when all is well, 1 with a message a person can act on, 2 for wrong usage.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from loti_dash import (
    changed_command,
    compare_command,
    config,
    keeping_commands,
    publishing_commands,
    reports_command,
)
from loti_dash.errors import LotiError, OutputError, in_full


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], None] = options.run
    try:
        run(options)
        sys.stdout.flush()
    except LotiError as error:
        print(f"error: {in_full(error)}", file=sys.stderr)
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


def bench(options: argparse.Namespace) -> None:
    """Run the benchmarks, or one of them, beside their yardsticks."""
    from loti_dash import bench

    for line in bench.run(options.name, options.format, options.quick, options.write):
        print(line)


def docs(_: argparse.Namespace) -> None:
    """Write the documents that follow from the catalogue."""
    from loti_dash.documents import write

    for path in write(config.ROOT):
        print(f"wrote {path.relative_to(config.ROOT)}")


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
    measuring = command(bench)
    measuring.add_argument(
        "name", nargs="?", help="a benchmark; all: those with aims; without it, each of them"
    )
    measuring.add_argument("--format", default="table", choices=("table", "json"))
    measuring.add_argument("--quick", action="store_true", help="small, to see that they work")
    measuring.add_argument(
        "--write", type=Path, metavar="FILE", help="with all: write docs/performance.md"
    )
    command(docs)
    for more in (
        compare_command,
        publishing_commands,
        changed_command,
        reports_command,
        keeping_commands,
    ):
        more.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
