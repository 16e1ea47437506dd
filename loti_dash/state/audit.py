"""The audit: who did what when, in rows that are only ever added to, each sealing the one before.

It keeps codes, checksums, thresholds and numbers of cells. It never keeps the value of a cell.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from loti_dash.errors import StateError
from loti_dash.state.engine import reading, transaction
from loti_dash.state.tables import AUDIT, AUDIT_END, now

# What the first row has for the hash of the one before.
_BEGINNING = "0" * 64

_SEALED = ("number", "at", "who", "action", "subject", "detail")


@dataclass(frozen=True)
class Entry:
    """A row of the audit. `at` is in UTC."""

    number: int
    at: str
    who: str
    action: str
    subject: str
    detail: Mapping[str, Any]


def append(
    connection: Connection, who: str, action: str, subject: str, detail: Mapping[str, Any]
) -> int:
    """Add a row within the caller's transaction, and return its number."""
    end = connection.execute(select(AUDIT_END.c.number, AUDIT_END.c.hash)).one_or_none()
    number, previous = (end.number + 1, end.hash) if end else (1, _BEGINNING)
    row: dict[str, Any] = {
        "number": number,
        "at": now(),
        "who": who,
        "action": action,
        "subject": subject,
        "detail": _canonical(detail),
    }
    row |= {"previous": previous, "hash": _seal(previous, row)}
    connection.execute(insert(AUDIT).values(row))
    last = {"number": number, "hash": row["hash"]}
    connection.execute((update(AUDIT_END) if end else insert(AUDIT_END)).values(id=1, **last))
    return number


def record(who: str, action: str, subject: str, detail: Mapping[str, Any]) -> int:
    """Add a row in a transaction of its own, and return its number."""
    with transaction() as connection:
        return append(connection, who, action, subject, detail)


def entries(last: int = 100) -> list[Entry]:
    """Return the last entries, the newest first."""
    with reading() as connection:
        rows = connection.execute(
            select(*(AUDIT.c[name] for name in _SEALED))
            .order_by(AUDIT.c.number.desc())
            .limit(last)
        )
        return [Entry(**{**row, "detail": json.loads(row["detail"])}) for row in rows.mappings()]


def first(connection: Connection, action: str, subject: str) -> Mapping[str, Any]:
    """Return the detail of the first time that something was done to a subject, or {}."""
    detail = connection.execute(
        select(AUDIT.c.detail)
        .where(AUDIT.c.action == action, AUDIT.c.subject == subject)
        .order_by(AUDIT.c.number)
        .limit(1)
    ).scalar()
    found: dict[str, Any] = json.loads(detail) if detail else {}
    return found


def verify() -> str:
    """Return a sentence on the whole audit, every row of which is as it was written.

    Raises StateError naming the first row that is not: changed, missing or out of order.
    Whoever can change the whole database can also seal it anew: keep the last hash elsewhere.
    """
    with reading() as connection:
        expected, previous = 1, _BEGINNING
        for row in _rows(connection):
            _check(row, expected, previous)
            expected, previous = expected + 1, row["hash"]
        end = connection.execute(select(AUDIT_END.c.number, AUDIT_END.c.hash)).one_or_none()
    count = expected - 1
    if (end.number, end.hash) != (count, previous) if end else count:
        raise _wrong(expected, "the rows from here on are missing, or the end is another")
    if not count:
        return "The audit has no entries yet."
    return (
        f"The audit is as it was written: {count:,} {'entries' if count > 1 else 'entry'}, "
        f"the last with the hash {previous}."
    )


def _rows(connection: Connection) -> Iterator[RowMapping]:
    found = connection.execution_options(yield_per=1_000).execute(
        select(AUDIT).order_by(AUDIT.c.number)
    )
    yield from found.mappings()


def _check(row: RowMapping, expected: int, previous: str) -> None:
    if row["number"] != expected:
        raise _wrong(expected, f"it is missing; the next row is {row['number']}")
    if row["previous"] != previous:
        raise _wrong(expected, "it does not follow the row before: one of them was put in later")
    if row["hash"] != _seal(previous, row):
        raise _wrong(expected, "it was changed after it was written")


def _wrong(number: int, why: str) -> StateError:
    return StateError(
        f"The audit is not as it was written. Row {number}: {why}. "
        "Keep the database as it is for whoever looks into it, and restore a back-up."
    )


def _seal(previous: str, row: Mapping[str, Any] | RowMapping) -> str:
    sealed = _canonical({name: row[name] for name in _SEALED})
    return hashlib.sha256((previous + sealed).encode()).hexdigest()


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
