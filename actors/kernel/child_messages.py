"""What a supervisor is asked about its own children while it runs: start, stop, restart one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from actors.kernel.address import Address  # noqa: TC001 - dataclasses resolve it at run time
from actors.kernel.messages import Message, Query
from actors.kernel.spec import ChildSpec, SupervisorSpec  # noqa: TC001 - the same
from actors.kernel.supervision import StopSystem, SystemQuery

M = TypeVar("M", bound=Message)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildStarted(Generic[M]):
    """The child exists; what is sent to it from now on waits until it is ready."""

    address: Address[M]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyStarted(Generic[M]):
    """This supervisor has a child of that name, which goes on as it is."""

    address: Address[M]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildRefused:
    """Nothing was done; ``reason`` is a sentence that says why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartChild(Query[ChildStarted[M] | AlreadyStarted[M] | ChildRefused], Generic[M]):
    """Ask for one more child, last in start order; it is there after a restart of the supervisor.

    A name that was stopped may be started again, and addresses that were taken before lead to it.
    """

    spec: ChildSpec[M]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupStarted:
    """The supervisor exists and starts its children."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartGroup(Query[GroupStarted | ChildRefused]):
    """Ask for one more supervisor under this one."""

    spec: SupervisorSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppingChild:
    """It takes nothing more. Whoever does `Watch` it is told when it has ended."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopChild(Query[StoppingChild | ChildRefused]):
    """Ask that a child, or a group, end after what it has in hand, and be forgotten.

    What waits in its mailbox is left as dead letters.
    """

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RestartingChild:
    """Another incarnation follows; it is not counted as a failure."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RestartChild(Query[RestartingChild | ChildRefused]):
    """Ask for another incarnation: at once, after a stop in good order, or after the last end."""

    name: str


ChildQuery: TypeAlias = StartChild[Any] | StartGroup | StopChild | RestartChild
SupervisorMessage: TypeAlias = SystemQuery | ChildQuery | StopSystem
"""All that a supervisor understands."""
