"""What operators are to know: troubles that last, and things that happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

TroubleKind: TypeAlias = Literal[
    "budget",
    "permissions",
    "scope",
    "commands",
    "database",
    "redis",
    "gateway",
    "unstable",
    "gave_up",
]
"""``budget``: an objective's error budget burns too fast; ``permissions`` and ``scope``: a server
does not grant them; ``commands``: somebody changed the slash commands; ``database``, ``redis`` and
``gateway``: out of reach; ``unstable``: an actor restarts again and again; ``gave_up``: it ended
for good."""

Fact: TypeAlias = str | int | float | tuple[str, ...]

PATIENCE_S: Final[Mapping[TroubleKind, float]] = {
    "database": 30.0,
    "redis": 30.0,
    "gateway": 60.0,
}
"""How long a trouble must last before anybody is told; those that are not here: not at all.

Each of these heals by itself within seconds, as a rule.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One thing that is not as it should be."""

    kind: TroubleKind
    about: str = ""
    """Which one, where there are several: the objective, the server's id, the actor."""
    level: int = 0
    """How bad; it is told once more when this rises."""
    facts: tuple[tuple[str, Fact], ...] = ()
    """What the sentence about it says, by placeholder. Names ending in ``_s`` are durations."""

    @property
    def key(self) -> tuple[TroubleKind, str]:
        """What makes it the same trouble at another moment."""
        return self.kind, self.about


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertLine:
    """One thing to tell."""

    state: Literal["began", "ended", "happened"]
    trouble: Trouble
    at: datetime
    """When it began; or when it happened."""
    lasted_s: float = 0.0
    """Of what ended."""
