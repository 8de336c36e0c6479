"""How plain Pykka is put under an open load: the leanest way that it offers.

One thread sends each request as it arrives, another one waits for the replies, which come in
order. A coroutine's way, through an executor, would cost it two more changes of thread.
"""

from __future__ import annotations

import queue
import threading
import time
from typing import TYPE_CHECKING, Any, TypeAlias

import pykka

from bench.actors.arrivals import Served

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.actors.arrivals import Arrivals, Load

__all__ = ["serve_plainly"]

_Sent: TypeAlias = "tuple[float, float, pykka.Future[Any]] | None"


def serve_plainly(
    load: Load, send: Callable[[], pykka.Future[Any]], *, deadline_s: float
) -> tuple[list[Served], Arrivals]:
    """Call ``send`` for each arrival; return each that was answered.

    A request without a reply ``deadline_s`` after it was due is left out.
    """
    sent: queue.SimpleQueue[_Sent] = queue.SimpleQueue()
    served: list[Served] = []

    def collect() -> None:
        while (one := sent.get()) is not None:
            due, began, future = one
            try:
                future.get(timeout=max(0.0, due + deadline_s - time.monotonic()))
            except pykka.Timeout:
                continue
            served.append(Served(due, began, time.monotonic()))

    collector = threading.Thread(target=collect, name="collector")
    collector.start()
    with load.open() as arrivals:
        for due in arrivals:
            began = time.monotonic()
            sent.put((due, began, send()))
    sent.put(None)
    collector.join()
    return served, arrivals
