"""The tables of state, as the newest migration leaves them.

Times are text in UTC (ISO 8601, six decimals): they sort, and hash, alike in every database.
"""

from datetime import UTC, datetime

from sqlalchemy import JSON, Column, ForeignKey, Integer, MetaData, String, Table, Text

METADATA = MetaData()

_JSON = JSON(none_as_null=True)

# What somebody sent in. The statement and the mapping are missing once they had to be deleted.
SUBMISSION = Table(
    "submission",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("submitted_at", String(32), nullable=False),
    Column("submitted_by", String(320), nullable=False),
    Column("standing", String(16), nullable=False, index=True),
    Column("indicators", _JSON, nullable=False),
    Column("areas", _JSON, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("hidden_primary", Integer, nullable=False),
    Column("hidden_secondary", Integer, nullable=False),
    Column("replaces", String(32), ForeignKey("submission.id")),
    Column("statement", _JSON),
    Column("mapping", _JSON),
)

# Its protected figures: apart, so that lists are read without them, and a row less is enough.
PACKAGE = Table(
    "package",
    METADATA,
    Column("submission_id", String(32), ForeignKey("submission.id"), primary_key=True),
    Column("content", Text, nullable=False),
)

# What was decided about it. `release` is missing as long as one has to be built for it, and empty
# where none has to; `builds_after` is the newest release there was when that build began.
DECISION = Table(
    "decision",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("submission_id", String(32), ForeignKey("submission.id"), nullable=False, index=True),
    Column("what", String(16), nullable=False),
    Column("decided_at", String(32), nullable=False),
    Column("decided_by", String(320), nullable=False),
    Column("because", Text, nullable=False),
    Column("release", String(64)),
    Column("builds_after", String(64)),
)

# Which group a series means by a label that the catalogue does not list.
MAPPING = Table(
    "mapping",
    METADATA,
    Column("indicator", String(128), primary_key=True),
    Column("label", String(512), primary_key=True),
    Column("code", String(64), nullable=False),
    Column("submission_id", String(32), ForeignKey("submission.id"), nullable=False),
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("who", String(320), nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject", String(256), nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

# The last row of the audit once more, as 1: a chain alone does not show that its end was cut off.
# As 0, the last row that was deleted when it was old, which is where the chain begins.
AUDIT_END = Table(
    "audit_end",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

# An outcome canvas, and every version that was saved of it. Of an export nothing is kept.
CANVAS = Table(
    "canvas",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("made_at", String(32), nullable=False),
    Column("made_by", String(320), nullable=False),
)

CANVAS_VERSION = Table(
    "canvas_version",
    METADATA,
    Column("canvas_id", String(32), ForeignKey("canvas.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("saved_at", String(32), nullable=False),
    Column("saved_by", String(320), nullable=False),
    Column("content", Text, nullable=False),
)

# A shared view. Its address has the id; here is only what the id hashes to, so that whoever reads
# the database cannot open what was shared.
SHARE = Table(
    "share",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("made_at", String(32), nullable=False),
    Column("made_by", String(320), nullable=False, index=True),
    Column("expires_on", String(10), nullable=False),
    Column("revoked_at", String(32)),
    Column("release", String(64), nullable=False),
    Column("content", Text, nullable=False),
)

# Somebody says that a figure is wrong: of which view and release, and what was answered, or why it
# was closed without. The words are missing once somebody has decided: nobody needs them then.
REPORT = Table(
    "report",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("made_at", String(32), nullable=False),
    Column("made_by", String(320), nullable=False, index=True),
    Column("view", _JSON, nullable=False),
    Column("release", String(64), nullable=False),
    Column("standing", String(16), nullable=False, index=True),
    Column("words", Text),
    Column("answer", Text),
    Column("answered_at", String(32)),
    Column("answered_by", String(320)),
)


def now() -> str:
    """Return the time in UTC, as it is kept."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
