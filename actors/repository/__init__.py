"""The repository actor: owns the database connection and calls SQL functions over it."""

from actors.repository.actor import Repository
from actors.repository.errors import (
    ConnectFailed,
    MigrationError,
    RepositoryError,
    SettingRefused,
)
from actors.repository.migration_script import migration_script
from actors.repository.migrations import apply_migrations
from actors.repository.postgres import PostgresConnection
from actors.repository.schema import Migrations, Step

__all__ = [
    "ConnectFailed",
    "MigrationError",
    "Migrations",
    "PostgresConnection",
    "Repository",
    "RepositoryError",
    "SettingRefused",
    "Step",
    "apply_migrations",
    "migration_script",
]
