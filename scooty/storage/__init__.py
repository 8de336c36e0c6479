"""Typed calls of the SQL functions, and the SQL itself."""

from scooty.storage.port import Storage
from scooty.storage.sql_storage import SqlStorage

__all__ = ["SqlStorage", "Storage"]
