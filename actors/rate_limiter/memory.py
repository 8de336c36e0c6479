"""Buckets of this process alone, for when no Redis is there to share them."""

from __future__ import annotations

from collections import OrderedDict

from actors.rate_limiter.bucket import Decision, Limit, TokenBucket

__all__ = ["MAX_BUCKETS", "InMemoryBuckets"]

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

    def acquire(self, limit: Limit, key: str, *, cost: int, now_us: int) -> Decision:
        """Spend from the bucket of ``limit`` and ``key`` as `TokenBucket.spend` says."""
        bucket = self._buckets.pop((limit.name, key), TokenBucket())
        self._buckets[limit.name, key], decision = bucket.spend(limit, cost=cost, now_us=now_us)
        if len(self._buckets) > self._max_buckets:
            self._buckets.popitem(last=False)
        return decision
