"""The command `changed`: what changed in the evidence on a place between two releases."""

import argparse
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from loti_dash import config

if TYPE_CHECKING:
    from loti_dash.looking.answer import Answer


def changed(options: argparse.Namespace) -> None:
    """Say what changed in the evidence on a place between two releases."""
    # Only now: other commands need none of it.
    from loti_dash import releases
    from loti_dash.export.cells import as_csv
    from loti_dash.looking import pairs, tables
    from loti_dash.looking.answer import answer

    before, after = pairs.pair(config.releases(), options.release or "", options.since or "")
    found = answer(releases.open_(before), releases.open_(after), options.area)
    if options.format == "text":
        for line in _lines(found):
            print(line)
    elif options.format == "csv":
        sys.stdout.write(as_csv(tables.rows(found)))
    else:
        of, rows = found.looked, tables.rows(found)
        whole = {
            "area_code": of.area,
            "release_before": of.before,
            "release_after": of.after,
            "looked": of.looked,
            "indicators": of.indicators,
            "stayed": dict(of.stayed),
            "withdrawn": [{"indicator": title, "why": why} for title, why in of.withdrawn],
            "changes": rows.astype(object).where(rows.notna(), None).to_dict("records"),
        }
        print(json.dumps(whole, ensure_ascii=False))


def add(commands: Any) -> None:
    """Add the command to those of the command line."""
    adding: argparse.ArgumentParser = commands.add_parser(
        "changed", help=changed.__doc__, description=changed.__doc__
    )
    adding.set_defaults(run=changed)
    adding.add_argument("--area", default="E12000007", help="a code; without it, London")
    adding.add_argument("--since", metavar="RELEASE", help="without it, the one before")
    adding.add_argument("--release", help="without it, the current one")
    adding.add_argument("--format", default="text", choices=("text", "csv", "json"))


def _lines(found: "Answer") -> Iterator[str]:
    """Yield what changed, a line for each change, and what to beware of."""
    from loti_dash import profile_tables
    from loti_dash.looking import beware, evidence, texts

    before, after = found.catalogues
    yield texts.between_releases(found.looked)
    yield texts.summary(after, found.looked)
    yield from texts.looked_at(found.looked)
    yield from texts.notices(found.looked)
    for kind in evidence.KINDS:
        changes = found.of(kind)
        if changes:
            yield f"\n{texts.HEADINGS[kind]}"
        for change, moved in changes:
            yield f"  {texts.sentence(before, after, change, moved)}"
            of = before if change.after is None else after
            yield f"    {profile_tables.link(of, change.row)}"
    yield ""
    yield from beware.in_words(after, found.looked, found.cautions)
