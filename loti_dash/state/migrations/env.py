"""How Alembic reaches the database: over the connection, and in the transaction, of its caller."""

from alembic import context

from loti_dash.state.tables import METADATA


def migrate() -> None:
    """Run the missing steps, all or none of them."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=METADATA,
        # SQLite can, and Alembic does not expect it to.
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


# The name under which Alembic runs this file; doctest imports it too, and has no database.
if __name__ == "env_py":
    migrate()
