"""A cache in front of the database: answers that are right whenever they are used."""

from scooty.core.cached.cached import Cached

__all__ = ["Cached"]
