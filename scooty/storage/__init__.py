"""Typed calls of the SQL functions, the SQL itself, and a cache in front of it."""

from scooty.storage.cached import CachedStorage
from scooty.storage.port import Storage
from scooty.storage.sql_storage import SqlStorage

__all__ = ["CachedStorage", "SqlStorage", "Storage"]
