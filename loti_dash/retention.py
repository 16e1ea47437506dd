"""How long what people write is kept, and why: one table, and the one place that deletes by it.

Figures that were published and notices stay until somebody takes them back, and outcomes until
somebody deletes them. The audit
still proves itself afterwards.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from loti_dash.state import Connection, audit, canvases, old, reading, transaction


@dataclass(frozen=True)
class Rule:
    """What goes, how many days after what, and the reason. `delete` returns how many went."""

    what: str
    days: int
    after: str
    because: str
    delete: Callable[[Connection, str, str], int]


RULES = (
    Rule(
        "figures that nobody decided on",
        30,
        "they were sent in",
        "nobody decided within 30 days, and unpublished figures are not kept for longer",
        old.waiting,
    ),
    Rule(
        "records of figures that were sent back or not decided on",
        365,
        "that was decided",
        "whoever sent them in can look up why for a year",
        old.closed,
    ),
    Rule(
        "names of who sent in and decided on figures, and names of files",
        365,
        "the decision",
        "who did it can be asked for a year; what was decided stays on record without names",
        old.names,
    ),
    Rule(
        "names of who began an outcome and who saved its versions",
        365,
        "that was done",
        "who did it can be asked for a year; the outcome stays until somebody deletes it",
        lambda db, before, _: canvases.forget_names(db, before),
    ),
    Rule(
        "shared views",
        90,
        "they ended or were taken back",
        "a board can ask for an ended link to be made anew for three months",
        lambda db, before, _: (
            old.rows(db, "share", "expires_on", before[:10])
            + old.rows(db, "share", "revoked_at", before)
        ),
    ),
    Rule(
        "reports of problems",
        365,
        "they were answered",
        "an answer can be looked up for a year",
        lambda db, before, _: old.rows(db, "report", "answered_at", before),
    ),
    Rule(
        "reports of problems that nobody answered",
        730,
        "they were made",
        "after two years the figure has been replaced",
        lambda db, before, _: old.rows(db, "report", "made_at", before, unless="answered_at"),
    ),
    # Last, so that what the others enter in it is there.
    Rule(
        "entries of the audit",
        365,
        "they were made",
        "twelve months, as the standards of this project say",
        audit.purge,
    ),
)


def purge(today: date) -> list[str]:
    """Delete all that has been kept for long enough, and return in sentences what went.

    All of it goes or none. Raises StateError if the database cannot be written.
    """
    with reading() as db:
        if not audit.there(db):
            # Where nothing was ever written, nothing is made either.
            return []
    said = []
    with transaction() as db:
        for rule in RULES:
            before = (today - timedelta(days=rule.days)).isoformat()
            count = rule.delete(db, before, rule.because)
            if count:
                said.append(f"deleted {count:,}: {rule.what}, {rule.days} days after {rule.after}")
                if rule.delete is not audit.purge:
                    detail = {"rows": count, "days": rule.days}
                    audit.append(db, "", "purge", rule.what, detail)
    return said


def table() -> list[tuple[str, str, str]]:
    """Return the policy as rows for readers: what, how long, why."""
    return [(rule.what, f"{rule.days} days after {rule.after}", rule.because) for rule in RULES]
