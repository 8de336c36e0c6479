"""What members contributed to an event."""

from __future__ import annotations

from dataclasses import dataclass

from scooty.domain.ids import MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoutCount:
    """What one member has contributed to an event, of what still counts."""

    member_id: MemberId
    reports: int
    players: int
    """How many different players they are of."""
