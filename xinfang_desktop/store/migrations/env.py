"""Alembic's door into the migrations: the connection comes from ``store.schema``."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=False)
context.run_migrations()
