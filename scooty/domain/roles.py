"""Who may do what in a team: captain over scout over reader."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["Role"]


class Role(IntEnum):
    """A member's role; a higher one may do all that a lower one may."""

    READER = 1
    """May look up."""
    SCOUT = 2
    """May report, and undo their own reports."""
    CAPTAIN = 3
    """May do everything; a server's administrators are always captains."""
