"""The same fates as in `victims`, of plain Pykka actors.

python -m bench.actors.plain_victims FATE
"""

from __future__ import annotations

import socket
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import pykka
from typing_extensions import override

from bench.actors.victims import DRAIN_BUDGET_S, QUEUED, WORK_S, Job, say, unused_port

if TYPE_CHECKING:
    from collections.abc import Callable


class _Database(pykka.ThreadingActor):
    @override
    def on_start(self) -> None:
        say(event="victim.start")
        socket.create_connection(("127.0.0.1", unused_port()))


class _Desk(pykka.ThreadingActor):
    @override
    def on_receive(self, message: Any) -> None:
        return


def _miss_dependency() -> None:
    _Database.start()
    _Desk.start()  # its thread keeps the process alive, as a bot's does


class _Stuck(pykka.ThreadingActor):
    @override
    def on_receive(self, message: Any) -> None:
        say(event="victim.stuck", at=time.monotonic())
        threading.Event().wait()


def _get_stuck() -> None:
    _Stuck.start().tell(Job())


class _Slow(pykka.ThreadingActor):
    use_daemon_thread = True
    begun = 0
    ended = 0

    @override
    def on_receive(self, message: Any) -> None:
        _Slow.begun += 1
        time.sleep(WORK_S)
        _Slow.ended += 1


def _drain() -> None:
    slow = _Slow.start()
    for _ in range(QUEUED):
        slow.tell(Job())
    say(event="victim.queued", accepted=QUEUED)
    began = time.monotonic()
    with suppress(pykka.Timeout):  # which is all that it says
        slow.stop(timeout=DRAIN_BUDGET_S)
    say(
        event="victim.drained",
        left=0,
        cut_off=0,
        duration_s=time.monotonic() - began,
        begun=_Slow.begun,
        ended=_Slow.ended,
    )


_FATES: Final[dict[str, Callable[[], None]]] = {
    "dependency": _miss_dependency,
    "stuck": _get_stuck,
    "drain": _drain,
}

if __name__ == "__main__":
    _FATES[sys.argv[1]]()
