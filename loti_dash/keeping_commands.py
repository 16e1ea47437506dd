"""The commands for whoever keeps a server: backup, restore, purge.

They need what the program itself needs, the home folder and the database: who can use these can
read everything in them anyway, so the operating system decides who may.
"""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from loti_dash import retention


def make_backup(options: argparse.Namespace) -> None:
    """Write everything, figures and what people wrote, to one file, while work goes on."""
    from loti_dash import backup

    backup.make(options.file, print)
    print(
        f"wrote {options.file}, {options.file.stat().st_size:,} bytes; it holds what is not public"
    )


def restore(options: argparse.Namespace) -> None:
    """Put a back-up into an empty home folder and an empty database."""
    from loti_dash import restoring

    restoring.restore(options.file, print)


def purge(options: argparse.Namespace) -> None:
    """Delete what has been kept for as long as the policy says."""
    if options.policy:
        for what, how_long, why in retention.table():
            print(what, how_long, why, sep="  ")
        return
    for line in retention.purge(date.today()) or ["nothing has been kept for long enough to go"]:
        print(line)


def add(commands: Any) -> None:
    """Add these commands to those of the command line."""
    for name, run in (("backup", make_backup), ("restore", restore)):
        keeping = commands.add_parser(name, help=run.__doc__, description=run.__doc__)
        keeping.set_defaults(run=run)
        keeping.add_argument("file", type=Path, metavar="FILE")
    purging = commands.add_parser("purge", help=purge.__doc__, description=purge.__doc__)
    purging.set_defaults(run=purge)
    purging.add_argument("--policy", action="store_true", help="say what goes when, and why")
