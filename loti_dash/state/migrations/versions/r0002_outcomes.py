"""Outcome canvases with their versions, shared views, and reports of wrong figures."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "canvas",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("made_by", sa.String(320), nullable=False),
    )
    op.create_table(
        "canvas_version",
        sa.Column("canvas_id", sa.String(32), sa.ForeignKey("canvas.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("saved_at", sa.String(32), nullable=False),
        sa.Column("saved_by", sa.String(320), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
    )
    op.create_table(
        "share",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("made_by", sa.String(320), nullable=False, index=True),
        sa.Column("expires_on", sa.String(10), nullable=False),
        sa.Column("revoked_at", sa.String(32)),
        sa.Column("release", sa.String(64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
    )
    op.create_table(
        "report",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("made_by", sa.String(320), nullable=False, index=True),
        sa.Column("view", sa.JSON(), nullable=False),
        sa.Column("release", sa.String(64), nullable=False),
        sa.Column("standing", sa.String(16), nullable=False, index=True),
        sa.Column("words", sa.Text()),
        sa.Column("answer", sa.Text()),
        sa.Column("answered_at", sa.String(32)),
        sa.Column("answered_by", sa.String(320)),
    )
