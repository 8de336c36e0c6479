"""Deadlines of asks, at a tenth of the price of a loop's timer for each.

Nearly every ask is answered long before its deadline, so setting and cancelling a timer would be
most of its cost (4 of 20 µs measured). Deadlines that end within the same 20 ms share one timer.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

_PER_SECOND = 50
_EXACT_BELOW_S = 0.5  # a short deadline gets a timer of its own, for 20 ms would be much of it

Bucket: TypeAlias = "dict[asyncio.Future[Any], Callable[[], BaseException]]"
"""Whom to fail together, and with what; take a future out when it is done."""


class _LoopDeadlines:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.buckets: dict[int, Bucket] = {}

    def bucket_for(self, timeout_s: float) -> Bucket:
        if timeout_s < _EXACT_BELOW_S:
            exact: Bucket = {}
            self.loop.call_later(timeout_s, _expire, exact)
            return exact
        number = int((self.loop.time() + timeout_s) * _PER_SECOND) + 1
        bucket = self.buckets.get(number)
        if bucket is None:
            bucket = self.buckets[number] = {}
            self.loop.call_at(number / _PER_SECOND, self._expire_bucket, number)
        return bucket

    def _expire_bucket(self, number: int) -> None:
        _expire(self.buckets.pop(number))


def _expire(bucket: Bucket) -> None:
    for future, make_error in bucket.items():
        if not future.done():
            future.set_exception(make_error())


class _OfThisThread(threading.local):
    deadlines: _LoopDeadlines | None = None


_of_this_thread = _OfThisThread()


def expire_later(
    loop: asyncio.AbstractEventLoop,
    future: asyncio.Future[Any],
    timeout_s: float,
    make_error: Callable[[], BaseException],
) -> Bucket:
    """Fail ``future`` when ``timeout_s`` has passed, unless it is taken out of the bucket first.

    Called on the thread of ``loop``. A deadline of half a second or more may be 20 ms late.
    """
    deadlines = _of_this_thread.deadlines
    if deadlines is None or deadlines.loop is not loop:
        deadlines = _of_this_thread.deadlines = _LoopDeadlines(loop)
    bucket = deadlines.bucket_for(timeout_s)
    bucket[future] = make_error
    return bucket
