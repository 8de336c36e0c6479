"""Percentiles of handling times at a fixed cost: one addition to one bucket for each message."""

from __future__ import annotations

import math
from array import array

__all__ = ["LatencyHistogram"]

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
        counts = self._counts.tolist()
        total = sum(counts)
        return tuple(self._find_ms(counts, share * total) if total else None for share in shares)

    @staticmethod
    def _find_ms(counts: list[int], rank: float) -> float:
        seen = 0
        chosen = 0
        for bucket, count in enumerate(counts):
            seen += count
            if seen >= rank and count:
                chosen = bucket
                break
        middle = (chosen + 0.5) / _SCALE
        return _FIRST_S * math.exp(middle) * 1000.0
