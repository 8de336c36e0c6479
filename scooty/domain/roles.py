"""Who may do what in a team: captain over scout over reader."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


class Role(IntEnum):
    """A member's role; a higher one may do all that a lower one may."""

    READER = 1
    """May look up."""
    SCOUT = 2
    """May report, and undo their own reports."""
    CAPTAIN = 3
    """May do everything; a server's administrators are always captains."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRoles:
    """Which of a server's own roles make somebody what in the team; by ids."""

    captains: frozenset[int] = frozenset()
    scouts: frozenset[int] = frozenset()
    readers: frozenset[int] = frozenset()

    @property
    def are_set(self) -> bool:
        """Whether the team has chosen any; until then everybody may report."""
        return bool(self.captains or self.scouts or self.readers)

    def granted(self, role_ids: Collection[int], *, is_administrator: bool) -> Role | None:
        """Return what somebody may do; None for nothing.

        Args:
            role_ids: The server's roles that they have. The role @everyone, which Discord does
                not list among them, has to be named too where it may have been chosen.
            is_administrator: Of the server.
        """
        if is_administrator:
            return Role.CAPTAIN
        if not self.are_set:
            return Role.SCOUT
        for role in sorted(Role, reverse=True):
            if not self.ids_of(role).isdisjoint(role_ids):
                return role
        return None

    def ids_of(self, role: Role) -> frozenset[int]:
        """Return the server's roles that grant ``role``."""
        match role:
            case Role.CAPTAIN:
                return self.captains
            case Role.SCOUT:
                return self.scouts
            case Role.READER:
                return self.readers
