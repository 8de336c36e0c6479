"""Processes that come to grief on purpose, for the lines that watch a whole process.

    python -m bench.actors.victims FATE SIDE

Each says what it has to say as JSON lines on standard output: the kernel's log, and its own words.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import structlog
from typing_extensions import override

from actors.kernel import ActorSystem, AsyncioActor, ChildSpec, Message
from bench.actors.stage import loop_factory

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.actors.line import LoopKind

__all__ = ["DRAIN_BUDGET_S", "QUEUED", "STUCK_LINE", "WORK_S", "say", "unused_port"]

QUEUED: Final = 2_000
DRAIN_BUDGET_S: Final = 1.0
WORK_S: Final = 0.002
STUCK_LINE: Final = "time.sleep(3600)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Message):
    """Work a little."""


def say(**words: Any) -> None:
    """Print one JSON line."""
    print(json.dumps(words), flush=True)


def unused_port() -> int:
    """Return a port of 127.0.0.1 on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class _Database(AsyncioActor[Job]):
    """Cannot do without a server that is down."""

    @override
    async def on_start(self) -> None:
        say(event="victim.start")
        await asyncio.open_connection("127.0.0.1", unused_port())


class _Desk(AsyncioActor[Job]):
    @override
    async def on_receive(self, message: Job) -> None:
        return


def _miss_dependency(kind: LoopKind) -> int:
    system = ActorSystem(loop_factory=loop_factory(kind))
    database = ChildSpec(name="database", start=_Database)
    return system.run([database, ChildSpec(name="desk", start=_Desk, after=("database",))])


class _Stuck(AsyncioActor[Job]):
    @override
    async def on_start(self) -> None:
        self.address.tell(Job())

    @override
    async def on_receive(self, message: Job) -> None:
        say(event="victim.stuck", at=time.monotonic())
        time.sleep(3600)  # noqa: ASYNC251 - holding the loop is the point


def _get_stuck(kind: LoopKind) -> int:
    system = ActorSystem(loop_factory=loop_factory(kind))
    return system.run([ChildSpec(name="stuck", start=_Stuck)])


class _Slow(AsyncioActor[Job]):
    begun = 0
    ended = 0

    @override
    async def on_receive(self, message: Job) -> None:
        _Slow.begun += 1
        await asyncio.sleep(WORK_S)
        _Slow.ended += 1


class _Flooding(AsyncioActor[Any]):
    """Fills the other's mailbox, then has the process asked to end."""

    def __init__(self, system: ActorSystem) -> None:
        super().__init__()
        self._slow = system.address("slow")

    @override
    async def on_start(self) -> None:
        accepted = sum(self._slow.tell(Job()) for _ in range(QUEUED))
        say(event="victim.queued", accepted=accepted)
        os.kill(os.getpid(), signal.SIGTERM)


def _drain(kind: LoopKind) -> int:
    system = ActorSystem(loop_factory=loop_factory(kind), drain_budget_s=DRAIN_BUDGET_S)
    slow = ChildSpec(name="slow", start=_Slow, mailbox_size=QUEUED)
    flooding = ChildSpec(name="flooding", start=lambda: _Flooding(system), after=("slow",))
    code = system.run([slow, flooding])
    report = system.drain_report
    say(
        event="victim.drained",
        left=report.left.get("slow", 0),
        cut_off=report.cut_off.get("slow", 0),
        duration_s=report.duration_s,
        begun=_Slow.begun,
        ended=_Slow.ended,
    )
    return code


_FATES: Final[dict[str, Callable[[LoopKind], int]]] = {
    "dependency": _miss_dependency,
    "stuck": _get_stuck,
    "drain": _drain,
}


def _main(fate: str, kind: LoopKind) -> int:
    structlog.configure(processors=[structlog.processors.JSONRenderer(default=repr)])
    return _FATES[fate](kind)


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1], "uvloop" if sys.argv[2] == "uvloop" else "asyncio"))
