"""The audit: who did what when, in rows that are only ever added to, each sealing the one before.

The oldest go when the policy of retention says so; a row that stays says up to which.
It keeps codes, checksums, thresholds and numbers of cells. It never keeps the value of a cell.
"""

import hashlib
import json
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from loti_dash.errors import StateError
from loti_dash.state.engine import reading, transaction
from loti_dash.state.tables import AUDIT, AUDIT_END, now

# What the first row has for the hash of the one before.
_BEGINNING = "0" * 64

# Rows of audit_end: the last one that was deleted, and the last of all.
_DELETED, _END = 0, 1

PURGE = "purge the audit"

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
    last, previous = _place(connection, _END) or (0, _BEGINNING)
    number = last + 1
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
    _put(connection, _END, number, row["hash"])
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


def purge(connection: Connection, before: str, because: str) -> int:
    """Delete the rows from before a time, and return how many; a row that stays seals the rest."""
    kept = select(func.min(AUDIT.c.number)).where(AUDIT.c.at >= before)
    first = connection.execute(kept).scalar()
    end, _ = _place(connection, _END) or (0, "")
    last = end if first is None else first - 1
    row = connection.execute(select(AUDIT.c.hash).where(AUDIT.c.number == last)).one_or_none()
    if row is None:
        return 0
    whole = select(func.count()).where(AUDIT.c.number <= last)
    count: int = connection.execute(whole).scalar_one()
    seal = {"until": last, "hash": row.hash, "rows": count, "because": because}
    append(connection, "", PURGE, "audit", seal)
    _put(connection, _DELETED, last, row.hash)
    connection.execute(delete(AUDIT).where(AUDIT.c.number <= last))
    return count


def there(connection: Connection) -> bool:
    """Return whether anything was ever entered."""
    return _place(connection, _END) is not None


def verify() -> str:
    """Return a sentence on the whole audit, every row of which is as it was written.

    Raises StateError naming the first row that is not: changed, missing or out of order.
    Whoever can change the whole database can also seal it anew: keep the last hash elsewhere.
    """
    with reading() as connection:
        return verify_in(connection)


def verify_in(connection: Connection) -> str:
    """Return the sentence of `verify` on the audit that a connection sees."""
    deleted, previous = beginning = _place(connection, _DELETED) or (0, _BEGINNING)
    expected = deleted + 1
    said = (0, _BEGINNING)
    with closing(_rows(connection)) as rows:
        for row in rows:
            _check(row, expected, previous)
            expected, previous = expected + 1, row["hash"]
            if row["action"] == PURGE:
                detail = json.loads(row["detail"])
                said = detail["until"], detail["hash"]
    if beginning != said:
        raise _wrong(deleted + 1, "rows before it are missing, and no row says that they may be")
    if (_place(connection, _END) or (0, _BEGINNING)) != (expected - 1, previous):
        raise _wrong(expected, "the rows from here on are missing, or the end is another")
    count = expected - 1 - deleted
    if not count:
        return "The audit has no entries yet."
    gone = f"; {deleted:,} before it were deleted by the policy of retention" if deleted else ""
    return (
        f"The audit is as it was written: {count:,} {'entries' if count > 1 else 'entry'}{gone}, "
        f"the last with the hash {previous}."
    )


def _place(connection: Connection, which: int) -> tuple[int, str] | None:
    """Return the number and hash of a row of audit_end, or None."""
    found = connection.execute(
        select(AUDIT_END.c.number, AUDIT_END.c.hash).where(AUDIT_END.c.id == which)
    ).one_or_none()
    return (found.number, found.hash) if found else None


def _put(connection: Connection, which: int, number: int, hash_: str) -> None:
    there = update(AUDIT_END).where(AUDIT_END.c.id == which).values(number=number, hash=hash_)
    if not connection.execute(there).rowcount:
        connection.execute(insert(AUDIT_END).values(id=which, number=number, hash=hash_))


def _rows(connection: Connection) -> Generator[RowMapping, None, None]:
    every = select(AUDIT).order_by(AUDIT.c.number)
    with connection.execute(every, execution_options={"yield_per": 1_000}) as found:
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
