"""What the announcer understands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from actors.kernel import Query
from scooty.core.round_applied import RoundApplied


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRounds(Query[int]):
    """Ask to see to every round whose message or telling is missing; answers how many there are."""

    idempotent: ClassVar[bool] = True


AnnouncerMessage: TypeAlias = RoundApplied | CheckRounds
