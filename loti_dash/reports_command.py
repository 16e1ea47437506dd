"""The command `reports`: which reports of problems wait for an answer."""

import argparse
from typing import Any


def reports(_: argparse.Namespace) -> None:
    """List the reports of problems with figures that wait for an answer: number, view, release."""
    # Only now: other commands need none of it.
    from loti_dash import access
    from loti_dash import reports as all_reports
    from loti_dash.views import View

    waiting = all_reports.waiting(access.viewer_of_account(access.account()))
    for one in waiting:
        view = View.from_dict(one.view)
        print(one.number, view.address(), view.figure or "main figure", one.release, sep="  ")
    if not waiting:
        print("no report is waiting")


def add(commands: Any) -> None:
    """Add the command to those of the command line."""
    commands.add_parser("reports", help=reports.__doc__, description=reports.__doc__).set_defaults(
        run=reports
    )
