"""What several features' functions answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Decklists: TypeAlias = Literal["open", "closed"]
"""Whether players are handed their opponents' decklists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoActiveEvent:
    """The guild has no event to report to or to look up in."""

    outcome: Literal["no_active_event"] = "no_active_event"
