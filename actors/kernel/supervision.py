"""What the supervisor understands and what it tells: commands, queries and events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from actors.kernel.address import Address
from actors.kernel.dead_letters import DeadLetter  # noqa: TC001 - resolved at run time
from actors.kernel.messages import Message, Query
from actors.kernel.statistics import SystemStatistics

Fault: TypeAlias = Literal["crash", "hang"]


# --- Events -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorStarted(Message):
    """An incarnation became ready for the first time in this actor's life."""

    name: str
    incarnation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRestarted(Message):
    """A later incarnation became ready."""

    name: str
    incarnation: int
    kind: str
    """The type name of the failure that ended the one before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorGaveUp(Message):
    """An actor failed and will not be restarted."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorStopped(Message):
    """An actor ended in good order and will not be restarted."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorEnded(Message):
    """An incarnation of a watched actor is over; told to those who asked to `Watch` it."""

    name: str
    incarnation: int
    kind: str | None
    """The type name of its failure; None when it ended in good order."""
    is_final: bool
    """Whether no other incarnation will follow."""


LifeEvent: TypeAlias = ActorStarted | ActorRestarted | ActorGaveUp | ActorStopped


def _check_type(value: object, kind: type) -> None:
    """Refuse in the asker's hands what would end the supervisor."""
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is no {kind.__name__}")


# --- Queries ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class GetStatistics(Query[SystemStatistics]):
    """Ask for every actor's numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoSuchActor:
    """The system has no actor of that name."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultInjected:
    """The fault is on its way to the actor's present incarnation."""

    name: str
    fault: Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectFault(Query[FaultInjected | NoSuchActor]):
    """Hurt an actor on purpose, to see the system heal."""

    name: str
    fault: Fault

    def __post_init__(self) -> None:
        _check_type(self.name, str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribed:
    """The subscriber gets every `LifeEvent` from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribe(Query[Subscribed]):
    """Ask that every `LifeEvent` be told to ``subscriber``."""

    subscriber: Address[LifeEvent]

    def __post_init__(self) -> None:
        _check_type(self.subscriber, Address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watching:
    """The watcher gets every `ActorEnded` of that actor from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch(Query[Watching | NoSuchActor]):
    """Ask that every end of an incarnation of ``name`` be told to ``watcher``."""

    name: str
    watcher: Address[ActorEnded]

    def __post_init__(self) -> None:
        _check_type(self.name, str)
        _check_type(self.watcher, Address)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribeDeadLetters(Query[Subscribed]):
    """Ask that every `DeadLetter` be told to ``subscriber``."""

    subscriber: Address[DeadLetter]

    def __post_init__(self) -> None:
        _check_type(self.subscriber, Address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsubscribed:
    """The subscriber gets no more events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsubscribe(Query[Unsubscribed]):
    """Take a `Subscribe` back; harmless without one."""

    subscriber: Address[LifeEvent]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsubscribeDeadLetters(Query[Unsubscribed]):
    """Take a `SubscribeDeadLetters` back; harmless without one."""

    subscriber: Address[DeadLetter]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwatched:
    """The watcher is told no more of that actor's ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwatch(Query[Unwatched]):
    """Take a `Watch` back; harmless without one."""

    name: str
    watcher: Address[ActorEnded]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """From now on each fails when the other does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Query[Linked | NoSuchActor]):
    """Ask that a failure of one actor end the present incarnation of the other, both ways.

    The other's failure is of the kind ``LinkedActorFailed``, and is followed by a restart like any.
    """

    one: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlinked:
    """Each goes on when the other fails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlink(Query[Unlinked]):
    """Take a `Link` back; harmless without one."""

    one: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppingSystem:
    """The drain has begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopSystem(Query[StoppingSystem]):
    """Ask the system to drain and stop, as SIGTERM does."""


SystemQuery: TypeAlias = (
    GetStatistics
    | InjectFault
    | Subscribe
    | Unsubscribe
    | SubscribeDeadLetters
    | UnsubscribeDeadLetters
    | Watch
    | Unwatch
    | Link
    | Unlink
)
