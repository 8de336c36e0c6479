"""Keeps writes that cannot reach the database, and delivers them when it is back."""

from scooty.core.outbox.actor import Outbox
from scooty.core.outbox.persons import OutboxPersons

__all__ = ["Outbox", "OutboxPersons"]
