"""What people write: submissions, decisions, mappings and the audit, in one small database.

SQLite or PostgreSQL, by the same statements. Only this package knows SQLAlchemy and Alembic; who
may do what is decided above it.
"""

from sqlalchemy import Connection

from loti_dash.state.engine import reading, transaction

__all__ = ["Connection", "reading", "transaction"]
