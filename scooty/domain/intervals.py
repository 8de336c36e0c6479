"""How far a share that was counted may be from the true one."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

_Z_95: Final = 1.959963984540054
"""The standard normal distribution's quantile at 0.975."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Shares between which the true one lies with 95 % confidence."""

    low: float
    high: float


def wilson_interval(hits: int, trials: int) -> Interval:
    """Return the Wilson score interval: honest for few trials, never outside of 0 to 1.

    Args:
        hits: From 0 to ``trials``.
        trials: With none, nothing is known: 0 to 1.

    Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference,
        Journal of the American Statistical Association 22 (1927), 209-212.
    """
    if trials == 0:
        return Interval(low=0.0, high=1.0)
    share, square = hits / trials, _Z_95 * _Z_95
    scale = 1 + square / trials
    centre = (share + square / (2 * trials)) / scale
    reach = _Z_95 * sqrt(share * (1 - share) / trials + square / (4 * trials * trials)) / scale
    return Interval(
        low=0.0 if hits == 0 else max(0.0, centre - reach),
        high=1.0 if hits == trials else min(1.0, centre + reach),
    )
