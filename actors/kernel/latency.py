"""Percentiles of handling times at a fixed cost: one addition to one bucket for each message."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from itertools import accumulate

_FIRST_S = 1e-6
_BUCKETS_PER_OCTAVE = 8  # each bucket is 2 ** (1/8) = 1.09 times as wide as the one before
_BUCKET_COUNT = 26 * _BUCKETS_PER_OCTAVE  # up to a bit over a minute
_SCALE = _BUCKETS_PER_OCTAVE / math.log(2.0)


class LatencyHistogram:
    """Counts durations in logarithmic buckets from 1 µs to 67 s; 832 bytes, no allocation."""

    __slots__ = ("_counts",)

    def __init__(self) -> None:
        self._counts = array("I", bytes(4 * _BUCKET_COUNT))

    def record(self, seconds: float) -> None:
        """Count one duration."""
        if seconds <= _FIRST_S:
            self._counts[0] += 1
            return
        bucket = int(math.log(seconds / _FIRST_S) * _SCALE)
        self._counts[bucket if bucket < _BUCKET_COUNT else _BUCKET_COUNT - 1] += 1

    def percentiles_ms(self, *shares: float) -> tuple[float | None, ...]:
        """Return the durations, in ms, below which each share (0 to 1) of all lies."""
        seen = list(accumulate(self._counts))
        total = seen[-1]
        if not total:
            return (None,) * len(shares)
        return tuple(_middle_ms(bisect_left(seen, max(share * total, 1))) for share in shares)


def _middle_ms(bucket: int) -> float:
    return _FIRST_S * math.exp((bucket + 0.5) / _SCALE) * 1000.0
