"""The faults that a `FaultInjector` puts into an actor, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


class InjectedCrashError(Exception):
    """What a hurt handler or ``on_start`` raises; nobody else raises it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crash:
    """The handler raises `InjectedCrashError`."""

    after_work: bool = False
    """Raise when the handler has done its work, so that only the answer is lost. This is what an
    idempotent message must bear: it will be handled again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel:
    """The handler ends by ``asyncio.CancelledError``, though no asker gave up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelLate:
    """The handler's task is cancelled in the turn after the handler returned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hang:
    """The handler waits for ever; the watch ends it after the spec's ``handle_timeout_s``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stall:
    """The handler holds its event loop, or its thread, for real seconds, then does its work."""

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """The handler waits before it works, so it answers late; nobody else is held up.

    The wait goes by the actor's own clock, except on a thread, which sleeps in real time.
    """

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CrashInStart:
    """``on_start`` raises `InjectedCrashError` after its own work, with all that it opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelInFactory:
    """What builds the actor raises ``asyncio.CancelledError``."""


HandlerFault: TypeAlias = Crash | Cancel | CancelLate | Hang | Stall | Delay
"""A fault of the next message that the actor handles."""

StartFault: TypeAlias = CrashInStart | CancelInFactory
"""A fault of the actor's next start."""

InjectedFault: TypeAlias = HandlerFault | StartFault
