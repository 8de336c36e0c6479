"""What the observer is told, and what it knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, Literal, TypeAlias

from actors.kernel import Message, Query

if TYPE_CHECKING:
    from datetime import datetime

    from scooty.domain.objectives import Burn, ObjectiveState

Outcome: TypeAlias = Literal["ok", "refused", "failed", "unavailable", "not_delivered"]

DURATION_BOUNDS_S: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.5, 5.0, 10.0)
"""Upper bounds of the histogram's buckets; 1.5 s is the objective's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InteractionHandled(Message):
    """The desk is done with an interaction. Nobody's name and nothing typed is in it."""

    command: str
    kind: str
    """``command``, ``autocomplete``, ``button`` and so on."""
    outcome: Outcome
    began_at: datetime
    """When it arrived at the desk."""
    duration_s: float
    """From then to Discord's word that the answer is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandCount:
    """How often a command ended so."""

    command: str
    kind: str
    outcome: Outcome
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandDurations:
    """A histogram of one command."""

    command: str
    kind: str
    counts: tuple[int, ...]
    """One a bound of `DURATION_BOUNDS_S`, and one for all that took longer; not cumulative."""
    sum_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurements:
    """Everything since the observer started."""

    commands: tuple[CommandCount, ...]
    durations: tuple[CommandDurations, ...]
    objectives: tuple[ObjectiveState, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GetMeasurements(Query[Measurements]):
    """Ask for all that was measured."""

    idempotent: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarms:
    """The objectives whose budget burned too fast at the last look, ten seconds ago at most."""

    burns: tuple[Burn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GetAlarms(Query[Alarms]):
    """Ask for the alarms alone; answered from memory."""

    idempotent: ClassVar[bool] = True


ObserverMessage: TypeAlias = InteractionHandled | GetMeasurements | GetAlarms
