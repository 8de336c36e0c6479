"""Keeps writes that cannot reach the database, and delivers them when it is back."""

from scooty.outbox.actor import Outbox
from scooty.outbox.persons import OutboxPersons
from scooty.outbox.storage import OutboxStorage

__all__ = ["Outbox", "OutboxPersons", "OutboxStorage"]
