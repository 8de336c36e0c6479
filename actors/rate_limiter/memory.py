"""Buckets of this process alone, for when no Redis is there to share them."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from actors.rate_limiter.bucket import Decision, Limit, TokenBucket, spend_all

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_BUCKETS = 10_000


class InMemoryBuckets:
    """A bounded set of token buckets.

    Args:
        max_buckets: Above it the bucket that was used longest ago is forgotten, which makes it
            full: with more callers than that the limits get looser, the memory does not grow.
    """

    def __init__(self, *, max_buckets: int = MAX_BUCKETS) -> None:
        self._max_buckets = max_buckets
        self._buckets: OrderedDict[tuple[str, str], TokenBucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def acquire(self, buckets: Sequence[tuple[Limit, str]], *, cost: int, now_us: int) -> Decision:
        """Spend from every bucket, given by limit and key, or from none, as `spend_all` says."""
        names = [(limit.name, key) for limit, key in buckets]
        known = [self._buckets.pop(name, TokenBucket()) for name in names]
        limits = [limit for limit, _ in buckets]
        afterwards, decision = spend_all(known, limits, cost=cost, now_us=now_us)
        self._buckets.update(zip(names, afterwards, strict=True))
        while len(self._buckets) > self._max_buckets:
            self._buckets.popitem(last=False)
        return decision
