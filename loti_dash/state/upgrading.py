"""Bringing the tables of state to what a version of the program knows, by the migrations."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError as Failure
from sqlalchemy import Connection

__all__ = ["Failure", "revision", "upgrade"]


def upgrade(connection: Connection, to: str) -> None:
    """Run the steps that are missing up to a revision, within the caller's transaction.

    Raises Failure if this program knows no such revision, or not the one that is there.
    """
    steps = Config()
    steps.set_main_option("script_location", "loti_dash.state:migrations")
    steps.attributes["connection"] = connection
    command.upgrade(steps, to)


def revision(connection: Connection) -> str:
    """Return the revision that a database is at, or "" if it has no tables."""
    return MigrationContext.configure(connection).get_current_revision() or ""
