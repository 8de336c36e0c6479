"""Hurts any actor from a test, without a line of the actor's code.

The injector wraps what a child spec builds: each new incarnation's ``on_start`` and ``on_receive``
look whether a fault is armed for them. An actor without an armed fault behaves as ever.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar, overload

from actors.kernel import AsyncioActor, ChildSpec, Message, SupervisorSpec, ThreadActor
from actors.kernel.loops import call_on
from actors.testing.faults import (
    CancelInFactory,
    CrashInStart,
    HandlerFault,
    InjectedCrashError,
    InjectedFault,
    StartFault,
)
from actors.testing.hurting import hurt_asyncio_actor, hurt_thread_actor

if TYPE_CHECKING:
    from collections.abc import Callable

    from actors.kernel.kind import Kind

F = TypeVar("F")
M = TypeVar("M", bound=Message)


class FaultInjector:
    """Arms faults for the actors of the specs that it wrapped; usable from any thread.

    An armed fault waits for the next message, or the next start, of the actor and is spent by it.
    Faults of one actor are spent in the order in which they were armed.
    """

    def __init__(self) -> None:
        self._armed: dict[str, deque[HandlerFault]] = {}
        self._starts: dict[str, deque[StartFault]] = {}
        self._in_hand: dict[str, dict[asyncio.Task[Any], asyncio.AbstractEventLoop]] = defaultdict(
            dict
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The actors that can be hurt, in the order in which they were wrapped."""
        return tuple(self._armed)

    @overload
    def wrap(self, spec: ChildSpec[M]) -> ChildSpec[M]: ...
    @overload
    def wrap(self, spec: SupervisorSpec) -> SupervisorSpec: ...
    @overload
    def wrap(self, spec: ChildSpec | SupervisorSpec) -> ChildSpec | SupervisorSpec: ...

    def wrap(self, spec: ChildSpec | SupervisorSpec) -> ChildSpec | SupervisorSpec:
        """Return the same spec with actors that can be hurt; a group with all its children."""
        if isinstance(spec, SupervisorSpec):
            return replace(spec, children=tuple(self.wrap(child) for child in spec.children))
        self._armed.setdefault(spec.name, deque())
        self._starts.setdefault(spec.name, deque())
        return replace(spec, start=self._wrap_start(spec.name, spec.start))

    def arm(self, name: str, fault: InjectedFault, *, times: int = 1) -> None:
        """Let the next ``times`` messages, or starts, of an actor suffer ``fault``.

        Raises:
            ValueError: no wrapped spec has that name.
        """
        if name not in self._armed:
            wrapped = ", ".join(self.names) or "none"
            raise ValueError(f"no wrapped spec has the name {name}; wrapped are: {wrapped}")
        if isinstance(fault, StartFault):
            self._starts[name].extend([fault] * times)
        else:
            self._armed[name].extend([fault] * times)

    def armed(self, name: str) -> tuple[InjectedFault, ...]:
        """Return the faults that an actor has still before it."""
        return (*self._starts.get(name, ()), *self._armed.get(name, ()))

    def disarm(self) -> None:
        """Take all armed faults back."""
        for name in self.names:
            self._armed[name].clear()
            self._starts[name].clear()

    def cancel_in_hand(self, name: str) -> int:
        """Cancel every message that an actor has in hand, and return how many those are.

        To the actor this is a ``CancelledError`` out of nowhere. Threads cannot be cancelled.
        """
        in_hand = self._in_hand[name]

        def cancel(task: asyncio.Task[Any]) -> None:
            if task in in_hand:  # else it is between two messages by now
                task.cancel()

        tasks = list(in_hand.items())
        for task, loop in tasks:
            call_on(loop, cancel, task)
        return len(tasks)

    def _wrap_start(self, name: str, start: Callable[[], Kind[Any]]) -> Callable[[], Kind[Any]]:
        def build() -> Kind[Any]:
            fault = _next_of(self._starts[name])
            if isinstance(fault, CancelInFactory):
                raise asyncio.CancelledError
            actor = start()
            if isinstance(actor, ThreadActor):
                hurt_thread_actor(
                    actor,
                    next_fault=lambda: _next_of(self._armed[name]),
                    after_start=lambda: _after_start(name, fault),
                )
            elif isinstance(actor, AsyncioActor):
                hurt_asyncio_actor(
                    actor,
                    next_fault=lambda: _next_of(self._armed[name]),
                    after_start=lambda: _after_start(name, fault),
                    in_hand=self._in_hand[name],
                )
            return actor

        return build


def _after_start(name: str, fault: StartFault | None) -> None:
    if isinstance(fault, CrashInStart):
        raise InjectedCrashError(f"{name}: on_start was told to fail")


def _next_of(faults: deque[F]) -> F | None:
    try:
        return faults.popleft()
    except IndexError:  # empty, or another worker was faster
        return None
