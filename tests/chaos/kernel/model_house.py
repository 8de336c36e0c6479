"""The real house that the model is held against: real supervisor, real actors, virtual time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeAlias, assert_never

from typing_extensions import override

from actors.kernel import (
    ActorFailedError,
    ActorKitError,
    ActorStoppedError,
    ActorSystem,
    AskTimeoutError,
    AsyncioActor,
    Backoff,
    ChildSpec,
    FatalError,
    InjectFault,
    MailboxFullError,
    Query,
)
from actors.kernel.exits import Exit

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Coroutine, Sequence

    from actors.kernel import ActorStatistics, RestartIntensity, Strategy
    from actors.testing import VirtualTimeLoop
    from tests.chaos.kernel.model_actor import Habits, Letter, LetterKind, StartPlan

SETTLE_S = 2e-5
"""Virtual time in which all that needs no time comes to rest."""
_FAR_S = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Query[int]):
    """Do as told: the model's letters, told or asked."""

    number: int
    kind: LetterKind
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SureOrder(Query[int]):
    """The same, to be redelivered."""

    idempotent: ClassVar[bool] = True
    number: int
    kind: LetterKind
    seconds: float


AnyOrder: TypeAlias = Order | SureOrder


class Worker(AsyncioActor[AnyOrder]):
    """Does what it is told, and keeps the diary."""

    def __init__(self, house: RealHouse, habits: Habits) -> None:
        super().__init__()
        self._house = house
        self._habits = habits
        house.counts[habits.name] = house.counts.get(habits.name, 0) + 1
        self._number = house.counts[habits.name]
        self._title = f"{habits.name}#{self._number}"

    @override
    async def on_start(self) -> None:
        self._house.life.append(f"starting {self._title}")
        plans = self._house.plans[self._habits.name]
        plan = plans.popleft() if plans else "ready"
        if plan == "hangs":
            await asyncio.Event().wait()
        await asyncio.sleep(self._habits.start_s)
        if plan == "fails":
            raise ConnectionError(self._title)
        self._house.life.append(f"started {self._title}")

    @override
    async def on_stop(self) -> None:
        self._house.life.append(f"stopping {self._title}")
        if self._kernel_run is not None and self._kernel_run.exit == Exit():
            self._house.orderly.append(self._habits.name)
        await asyncio.sleep(self._habits.stop_s)
        self._house.life.append(f"stopped {self._title}")

    @override
    async def on_receive(self, message: AnyOrder) -> int:
        if message.kind == "hang":
            await asyncio.Event().wait()
        if message.seconds:
            await asyncio.sleep(message.seconds)
        match message.kind:
            case "fail":
                raise ZeroDivisionError
            case "fatal":
                raise FatalError("The token is wrong.", exit_code=78)
            case "quit":
                self.stop()
            case "work" | "hang":
                pass
            case _:
                assert_never(message.kind)
        self._house.done[self._habits.name].append((message.number, self._number))
        return self._number


class RealHouse:
    """One life of a system on a loop with virtual time.

    Args:
        habits: of the actors, in start order.
        plans: what each actor's next starts are to do; the test may add to them.
        strategy: as the system's.
        intensity: as the system's.
        drain_budget_s: as the system's.
        loop: to live on; it must have virtual time.
    """

    def __init__(  # noqa: PLR0913 - all that a life needs, by name
        self,
        habits: Sequence[Habits],
        *,
        plans: dict[str, deque[StartPlan]],
        strategy: Strategy,
        intensity: RestartIntensity,
        drain_budget_s: float,
        loop: VirtualTimeLoop,
    ) -> None:
        self.life: list[str] = []
        self.orderly: list[str] = []
        """Who ended in good order."""
        self.counts: dict[str, int] = {}
        self.plans = plans
        self.done: dict[str, list[tuple[int, int]]] = {each.name: [] for each in habits}
        self.asks: dict[int, asyncio.Task[str]] = {}
        self.system = ActorSystem(
            strategy=strategy, intensity=intensity, drain_budget_s=drain_budget_s
        )
        self._loop = loop
        self._release = asyncio.Event()
        specs = [self._spec(each) for each in habits]
        self._main = loop.create_task(self._live(specs))

    def _spec(self, habits: Habits) -> ChildSpec:
        return ChildSpec(
            name=habits.name,
            start=lambda: Worker(self, habits),
            after=habits.after,
            restart=habits.restart,
            mailbox_size=habits.mailbox_size,
            start_timeout_s=habits.start_timeout_s,
            stop_timeout_s=habits.stop_timeout_s,
            handle_timeout_s=habits.handle_timeout_s,
            backoff=Backoff(
                first_s=habits.first_backoff_s,
                factor=2.0,
                max_s=habits.max_backoff_s,
                jitter=0.0,
                reset_after_s=habits.reset_after_s,
            ),
        )

    async def _live(self, specs: list[ChildSpec]) -> None:
        try:
            async with self.system.running(specs):
                await self._release.wait()
        except ActorKitError:
            return  # it ended before all were ready; the exit code says how

    # --- Time -------------------------------------------------------------------------------

    def run(self, work: Coroutine[object, object, None]) -> None:
        """Run a coroutine, and whatever else is due meanwhile."""
        self._loop.run_until_complete(work)

    def wait(self, seconds: float) -> None:
        """Let virtual time pass."""
        self.run(asyncio.sleep(seconds))

    @property
    def exit_code(self) -> int | None:
        """How the system ended, if it has; before the block around it is left, too."""
        ended = self.system._ended
        return self.system._code_of(ended.result()) if ended is not None and ended.done() else None

    def run_to_its_end(self) -> None:
        """Run until the system has ended, in virtual time without bounds."""
        self.run(self._wait_for_end())

    async def _wait_for_end(self) -> None:
        async with asyncio.timeout(_FAR_S):
            await self.system.wait_stopped()
            self._release.set()  # not before: leaving the block stops at once
            await self._main
        await asyncio.sleep(SETTLE_S)

    # --- Deeds ------------------------------------------------------------------------------

    def crash(self, name: str) -> None:
        """Kill what runs."""
        self.run(self._inject(InjectFault(name=name, fault="crash")))

    def hang(self, name: str) -> None:
        """Hang what runs."""
        self.run(self._inject(InjectFault(name=name, fault="hang")))

    async def _inject(self, query: InjectFault) -> None:
        await self.system.supervisor.ask(query, timeout_s=1)

    def tell(self, name: str, letter: Letter) -> bool:
        """Send, and say whether it was taken."""
        accepted: list[bool] = []

        async def tell() -> None:
            accepted.append(self.system.address(name).tell(_order(letter)))  # type: ignore[arg-type]

        self.run(tell())
        return accepted[0]

    def ask(self, name: str, letter: Letter, timeout_s: float) -> None:
        """Begin an ask; its outcome is kept in words."""
        asking = self._ask(name, _order(letter), timeout_s)
        self.asks[letter.number] = self._loop.create_task(asking)

    async def _ask(self, name: str, order: AnyOrder, timeout_s: float) -> str:
        try:
            return f"value {await self.system.address(name).ask(order, timeout_s=timeout_s)}"
        except ActorFailedError as error:
            return f"failed {error.kind}"
        except ActorStoppedError:
            return "stopped"
        except MailboxFullError:
            return "full"
        except AskTimeoutError:
            return "timeout"

    def cancel(self, number: int) -> None:
        """Let an caller go away."""
        self.asks[number].cancel()

    def outcome(self, number: int) -> str | None:
        """Return what an caller saw; None while the ask is open."""
        task = self.asks[number]
        if not task.done():
            return None
        return "cancelled" if task.cancelled() else task.result()

    def statistics(self) -> dict[str, ActorStatistics]:
        """Return the kernel's own numbers."""
        return {cell.name: cell.statistics() for cell in self.system._state.order}


def _order(letter: Letter) -> AnyOrder:
    kind = SureOrder if letter.is_sure else Order
    return kind(number=letter.number, kind=letter.kind, seconds=letter.seconds)
