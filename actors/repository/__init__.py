"""The repository actor: owns the database connection and calls SQL functions over it."""

from actors.repository.actor import Repository
from actors.repository.errors import ConnectFailed, MigrationError, RepositoryError
from actors.repository.migrations import Migrations, Step, apply_migrations

__all__ = [
    "ConnectFailed",
    "MigrationError",
    "Migrations",
    "Repository",
    "RepositoryError",
    "Step",
    "apply_migrations",
]
