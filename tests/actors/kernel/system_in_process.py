"""A small system in a process of its own, for tests that end the process; ``argv`` says how."""

from __future__ import annotations

import asyncio
import os
import sys
import time
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from typing_extensions import override

from actors.kernel import (
    ActorSystem,
    AsyncioActor,
    Backoff,
    ChildSpec,
    FatalError,
    Message,
    RestartIntensity,
)

if TYPE_CHECKING:
    from collections.abc import Callable

MODE = sys.argv[1]
QUEUED = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Message):
    pass


class Subject(AsyncioActor[Work]):
    def __init__(self, system: ActorSystem) -> None:
        super().__init__()
        self.system = system
        self.handled = 0

    @override
    async def on_start(self) -> None:
        match MODE:
            case "broken":
                raise ConnectionError("the dependency is down")
            case "fatal":
                raise FatalError("The token is wrong; set DISCORD_TOKEN.", exit_code=78)
            case "stuck":
                self.spawn(self.hold_the_loop(), name="hold")
            case "supervisor_stuck":
                root = self.system._root
                assert root is not None
                root.order[0].cell.report = hold_the_supervisor(self.system)
            case "suspended":
                self.address.tell(Work())
            case "fork":
                self.spawn(self.fork(), name="fork")
                return
            case "drain" | "hang_at_stop":
                for _ in range(QUEUED):
                    self.address.tell(Work())
            case _:
                pass
        sys.stdout.write("ready\n")
        sys.stdout.flush()

    async def fork(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # there are threads: not for long
            child = os.fork()
        if not child:
            time.sleep(60)  # noqa: ASYNC251 - of a process that only waits to be terminated
            os._exit(0)
        sys.stdout.write(f"\nforked {child}\n")
        sys.stdout.flush()
        _, status = await asyncio.to_thread(os.waitpid, child, 0)
        sys.stdout.write(f"\nended by {os.WTERMSIG(status)}\n")
        sys.stdout.flush()

    async def be_suspended(self) -> None:
        me = os.getpid()
        await asyncio.create_subprocess_shell(f"kill -STOP {me}; sleep 3; kill -CONT {me}")
        for _ in range(5):
            await asyncio.sleep(0.1)

    async def hold_the_loop(self) -> None:
        await asyncio.sleep(0.1)
        time.sleep(60)  # noqa: ASYNC251 - this is the line that the watchdog must name

    @override
    async def on_receive(self, message: Work) -> None:
        del message
        if MODE == "suspended":
            await self.be_suspended()
            sys.stdout.write("\nworked\n")
            sys.stdout.flush()
        await asyncio.sleep(0.002)
        self.handled += 1

    @override
    async def on_stop(self) -> None:
        sys.stdout.write(f"handled {self.handled}\n")
        if MODE == "hang_at_stop":
            await asyncio.sleep(3600)


def hold_the_supervisor(system: ActorSystem) -> Callable[[object], None]:
    def hold(report: object) -> None:
        del report
        loop = system._state.supervisor_loop
        assert loop is not None
        loop.call_soon_threadsafe(time.sleep, 60)

    return hold


def main() -> int:
    structlog.configure(processors=[structlog.processors.JSONRenderer()])
    system = ActorSystem(
        intensity=RestartIntensity(restarts=2, within_s=5),
        drain_budget_s=0.5,
        stuck_after_s=1.0,
    )
    spec = ChildSpec(
        name="subject",
        start=lambda: Subject(system),
        mailbox_size=QUEUED,
        backoff=Backoff(first_s=0.01),
        stop_timeout_s=30,
        handle_timeout_s=1 if MODE == "suspended" else 30,
    )
    return system.run([spec])


if __name__ == "__main__":
    sys.exit(main())
