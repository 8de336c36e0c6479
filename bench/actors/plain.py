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

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.actors.arrivals import Arrivals, Load

__all__ = ["serve_plainly"]

_Sent: TypeAlias = "tuple[float, pykka.Future[Any]] | None"


def serve_plainly(
    load: Load, send: Callable[[], pykka.Future[Any]], *, deadline_s: float
) -> tuple[list[tuple[float, float]], Arrivals]:
    """Call ``send`` for each arrival; return when each was due and its latency from then.

    A request without a reply ``deadline_s`` after it was due is left out.
    """
    sent: queue.SimpleQueue[_Sent] = queue.SimpleQueue()
    latencies: list[tuple[float, float]] = []

    def collect() -> None:
        while (pair := sent.get()) is not None:
            due, future = pair
            try:
                future.get(timeout=max(0.0, due + deadline_s - time.monotonic()))
            except pykka.Timeout:
                continue
            latencies.append((due, time.monotonic() - due))

    collector = threading.Thread(target=collect, name="collector")
    collector.start()
    with load.open() as arrivals:
        for due in arrivals:
            sent.put((due, send()))
    sent.put(None)
    collector.join()
    return latencies, arrivals
