"""A PostgreSQL of the bot's own, reached over a socket in its data folder only."""

from actors.postgres_server.actor import PostgresServer
from actors.postgres_server.folder import dsn_for

__all__ = ["PostgresServer", "dsn_for"]
