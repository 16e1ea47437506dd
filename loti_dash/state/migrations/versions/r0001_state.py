"""Submissions, decisions, mappings, and an audit that can only be added to."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NUMBERED = "SELECT coalesce(max(number), 0) + 1 FROM audit"
_MESSAGE = "the audit can only be added to, row after row"
# REPLACE, in SQLite, deletes without asking the trigger on DELETE: so the number is checked too.
_SQLITE = (
    f"CREATE TRIGGER audit_in_order BEFORE INSERT ON audit WHEN NEW.number <> ({_NUMBERED}) "
    f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END",
    f"CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit "
    f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END",
    f"CREATE TRIGGER audit_complete BEFORE DELETE ON audit "
    f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END",
)
_POSTGRESQL = (
    f"CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
    f"BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$",
    f"CREATE FUNCTION audit_next() RETURNS trigger LANGUAGE plpgsql AS $$ "
    f"BEGIN IF NEW.number <> ({_NUMBERED}) THEN RAISE EXCEPTION '{_MESSAGE}'; END IF; "
    f"RETURN NEW; END $$",
    "CREATE TRIGGER audit_in_order BEFORE INSERT ON audit "
    "FOR EACH ROW EXECUTE FUNCTION audit_next()",
    "CREATE TRIGGER audit_unchanged BEFORE UPDATE OR DELETE ON audit "
    "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_complete BEFORE TRUNCATE ON audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
)


def upgrade() -> None:
    """Make the tables, and the triggers that keep the audit as it was written."""
    op.create_table(
        "submission",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("submitted_at", sa.String(32), nullable=False),
        sa.Column("submitted_by", sa.String(320), nullable=False),
        sa.Column("standing", sa.String(16), nullable=False, index=True),
        sa.Column("indicators", sa.JSON(), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("hidden_primary", sa.Integer(), nullable=False),
        sa.Column("hidden_secondary", sa.Integer(), nullable=False),
        sa.Column("replaces", sa.String(32), sa.ForeignKey("submission.id")),
        sa.Column("statement", sa.JSON()),
        sa.Column("mapping", sa.JSON()),
    )
    op.create_table(
        "package",
        sa.Column(
            "submission_id", sa.String(32), sa.ForeignKey("submission.id"), primary_key=True
        ),
        sa.Column("content", sa.Text(), nullable=False),
    )
    op.create_table(
        "decision",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column(
            "submission_id",
            sa.String(32),
            sa.ForeignKey("submission.id"),
            nullable=False,
            index=True,
        ),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("decided_at", sa.String(32), nullable=False),
        sa.Column("decided_by", sa.String(320), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("release", sa.String(64)),
        sa.Column("builds_after", sa.String(64)),
    )
    op.create_table(
        "mapping",
        sa.Column("indicator", sa.String(128), primary_key=True),
        sa.Column("label", sa.String(512), primary_key=True),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("submission_id", sa.String(32), sa.ForeignKey("submission.id"), nullable=False),
    )
    _audit()


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("who", sa.String(320), nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(256), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "audit_end",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    for statement in _POSTGRESQL if op.get_bind().dialect.name == "postgresql" else _SQLITE:
        op.execute(statement)
