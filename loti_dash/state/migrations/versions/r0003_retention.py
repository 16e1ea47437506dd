"""The oldest rows of the audit may be deleted, once a row that says so seals where they ended."""

from alembic import op

revision = "0003"
down_revision = "0002"

# Row 0 of audit_end is the last one that was deleted: what it is at, or before, may go.
_BEFORE = "coalesce((SELECT number FROM audit_end WHERE id = 0), 0)"
_NUMBERED = f"SELECT coalesce(max(number), {_BEFORE}) + 1 FROM audit"  # noqa: S608
_MESSAGE = "the audit can only be added to, row after row"
# The kind of error that SQLite makes of it too.
_REFUSED = f"RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'"
_SQLITE = (
    "DROP TRIGGER audit_in_order",
    "DROP TRIGGER audit_complete",
    f"CREATE TRIGGER audit_in_order BEFORE INSERT ON audit WHEN NEW.number <> ({_NUMBERED}) "
    f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END",
    f"CREATE TRIGGER audit_complete BEFORE DELETE ON audit WHEN OLD.number > {_BEFORE} "
    f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END",
)
_POSTGRESQL = (
    f"CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
    f"BEGIN IF TG_OP = 'DELETE' THEN IF OLD.number <= {_BEFORE} THEN RETURN OLD; END IF; END IF; "
    f"{_REFUSED}; END $$",
    f"CREATE OR REPLACE FUNCTION audit_next() RETURNS trigger LANGUAGE plpgsql AS $$ "
    f"BEGIN IF NEW.number <> ({_NUMBERED}) THEN {_REFUSED}; END IF; RETURN NEW; END $$",
)


def upgrade() -> None:
    """Change the triggers that keep the audit as it was written."""
    for statement in _POSTGRESQL if op.get_bind().dialect.name == "postgresql" else _SQLITE:
        op.execute(statement)
