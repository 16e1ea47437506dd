"""How the database of state came to be what it is, step by step, as Alembic runs them."""
