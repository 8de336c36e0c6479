"""The repository actor: owns the database connection and calls SQL functions over it."""

from actors.repository.actor import Repository
from actors.repository.errors import (
    ConnectFailed,
    MigrationError,
    RepositoryError,
    SettingRefused,
)
from actors.repository.migration_script import migration_script
from actors.repository.migrations import SchemaFound, apply_migrations, inspect_schema
from actors.repository.postgres import PostgresConnection
from actors.repository.schema import Migrations, Step
from actors.repository.supabase_connection import SupabaseConnection
from actors.repository.supabase_history import Gate, SupabaseProject

__all__ = [
    "ConnectFailed",
    "Gate",
    "MigrationError",
    "Migrations",
    "PostgresConnection",
    "Repository",
    "RepositoryError",
    "SchemaFound",
    "SettingRefused",
    "Step",
    "SupabaseConnection",
    "SupabaseProject",
    "apply_migrations",
    "inspect_schema",
    "migration_script",
]
