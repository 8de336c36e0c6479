"""A seeded driver that hurts the actors of a running system, and writes down what it did.

The seed fixes who is hurt, how, in which order and with which pauses; what the hurt does depends
on what the actor is doing at that moment.
"""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, assert_never, get_args

from actors.kernel import InjectFault
from actors.testing.faults import Cancel, CancelInFactory, CancelLate, CrashInStart, Delay, Stall

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from actors.kernel import ActorSystem
    from actors.testing.injector import FaultInjector

ChaosFault: TypeAlias = Literal[
    "crash",
    "cancel",
    "cancel_late",
    "hang",
    "crash_in_start",
    "cancel_in_factory",
    "tell_nonsense",
    "delay",
    "stall",
]
"""``crash`` ends the incarnation in the middle of what it does; ``cancel`` cancels the messages in
hand, or the next one; ``cancel_late`` cancels the task of the next one as its handler returns;
``hang`` lets the next message hang; ``crash_in_start`` is a crash whose restart fails once, and
``cancel_in_factory`` one whose restart is cancelled before there is an actor; ``tell_nonsense``
tells what is no message; ``delay`` and ``stall`` hold up the next message, the latter with its
loop."""

CHAOS_FAULTS: tuple[ChaosFault, ...] = get_args(ChaosFault)

_ASK_TIMEOUT_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaosEntry:
    """One hurt: what was planned, and when it was done."""

    number: int
    """From 0 in each run."""
    due_s: float
    """When it was to be done, in seconds since the start; fixed by the seed."""
    done_s: float
    """When it was done."""
    name: str
    fault: ChaosFault


def chaos_plan(
    *, seed: int, rate_per_s: float, faults: Sequence[ChaosFault], names: Sequence[str]
) -> Iterator[tuple[float, str, ChaosFault]]:
    """Yield, for ever, when (seconds since the start), whom and how to hurt.

    Pauses are drawn evenly from half to one and a half of ``1 / rate_per_s``.
    """
    draw = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    due_s = 0.0
    while True:
        due_s += draw.uniform(0.5, 1.5) / rate_per_s
        yield due_s, draw.choice(names), draw.choice(faults)


class ChaosDriver:
    """Hurts the actors of ``injector`` while `run` is awaited, from any event loop.

    Args:
        system: the running system.
        injector: what wrapped the specs; only actors that it wrapped are hurt.
        seed: fixes the plan.
        rate_per_s: how many hurts a second, on average.
        faults: what to draw from.
        names: whom to hurt; everybody that was wrapped when not given.
        pause_s: how long a delay or a stall lasts.

    Raises:
        ValueError: the rate is not above 0, there is nothing to draw from, or somebody is named
            whom the injector did not wrap.
    """

    def __init__(  # noqa: PLR0913 - independent settings, given by name
        self,
        system: ActorSystem,
        injector: FaultInjector,
        *,
        seed: int,
        rate_per_s: float,
        faults: Sequence[ChaosFault] = CHAOS_FAULTS,
        names: Sequence[str] | None = None,
        pause_s: float = 0.05,
    ) -> None:
        if rate_per_s <= 0:
            raise ValueError(f"rate_per_s is {rate_per_s:g}, must be more than 0")
        self.seed = seed
        self.journal: list[ChaosEntry] = []
        """What was done, in order."""
        self._system = system
        self._supervisor = system.supervisor
        self._injector = injector
        self._rate_per_s = rate_per_s
        self._faults = tuple(faults)
        self._names = injector.names if names is None else tuple(names)
        self._pause_s = pause_s
        if not self._names or not self._faults:
            raise ValueError("a chaos driver needs at least one actor and one fault")
        if strangers := sorted(set(self._names) - set(injector.names)):
            raise ValueError(f"the injector did not wrap {', '.join(strangers)}")

    async def run(self, duration_s: float) -> None:
        """Hurt for ``duration_s``, then take back every fault that has not struck yet."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        plan = chaos_plan(
            seed=self.seed, rate_per_s=self._rate_per_s, faults=self._faults, names=self._names
        )
        try:
            for number, (due_s, name, fault) in enumerate(plan):
                if due_s > duration_s:
                    break
                await asyncio.sleep(max(began + due_s - loop.time(), 0.0))
                await self._hurt(name, fault)
                self.journal.append(
                    ChaosEntry(
                        number=number,
                        due_s=due_s,
                        done_s=loop.time() - began,
                        name=name,
                        fault=fault,
                    )
                )
            await asyncio.sleep(max(began + duration_s - loop.time(), 0.0))
        finally:
            self._injector.disarm()

    def describe(self) -> str:
        """Return the journal for people: the seed, then a line for each hurt."""
        lines = [
            f"  {entry.number:>4}  due {entry.due_s:7.3f} s  done {entry.done_s:7.3f} s"
            f"  {entry.fault:<14}  {entry.name}"
            for entry in self.journal
        ]
        return "\n".join([f"chaos seed {self.seed}, {len(lines)} hurts", *lines])

    async def _hurt(self, name: str, fault: ChaosFault) -> None:
        match fault:
            case "crash" | "hang":
                await self._supervisor.ask(
                    InjectFault(name=name, fault=fault), timeout_s=_ASK_TIMEOUT_S
                )
            case "crash_in_start":
                self._injector.arm(name, CrashInStart())
                await self._hurt(name, "crash")
            case "cancel_in_factory":
                self._injector.arm(name, CancelInFactory())
                await self._hurt(name, "crash")
            case "cancel_late":
                self._injector.arm(name, CancelLate())
            case "tell_nonsense":
                nonsense: Any = "nonsense"
                with suppress(TypeError):
                    self._system.address(name).tell(nonsense)
            case "cancel":
                if not self._injector.cancel_in_hand(name):
                    self._injector.arm(name, Cancel())
            case "delay":
                self._injector.arm(name, Delay(seconds=self._pause_s))
            case "stall":
                self._injector.arm(name, Stall(seconds=self._pause_s))
            case _:
                assert_never(fault)
