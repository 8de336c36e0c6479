"""The token bucket's rule, in whole microseconds, without Redis and without actors.

A bucket is one number: the moment at which it will be full again. Spending a token moves that
moment later by the time that one token takes to grow back; a bucket is empty when it will be full
only after the time of all its tokens. One integer is enough, there are no fractions to round, and
a bucket that is full need not be stored. `acquire.lua` is the same rule inside Redis; a test
proves the two equal.

Source: ITU-T I.371, annex A (generic cell rate algorithm, virtual scheduling).
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Decision", "Limit", "TokenBucket"]

_MICROSECONDS = 1_000_000
_LONGEST_REFILL_US = 30 * 24 * 3600 * _MICROSECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How much of something one key may do.

    Raises:
        ValueError: When a field is out of its range.
    """

    name: str
    """What requests call this limit by."""
    capacity: int
    """Tokens in a full bucket, at least 1: the largest burst."""
    refill_per_s: float
    """Tokens that grow back in a second, above 0: the lasting rate.

    Kept as whole microseconds per token; an empty bucket is full again within 30 days.
    """

    def __post_init__(self) -> None:
        """Refuse limits that could never be kept."""
        if self.capacity < 1:
            raise ValueError(f"limit {self.name!r}: capacity must be at least 1")
        if not 0 < self.refill_per_s <= _MICROSECONDS:
            raise ValueError(f"limit {self.name!r}: refill_per_s must be above 0, at most 1000000")
        if self.full_after_us > _LONGEST_REFILL_US:
            raise ValueError(f"limit {self.name!r}: an empty bucket must refill within 30 days")

    @property
    def token_us(self) -> int:
        """The microseconds in which one token grows back, at least 1."""
        return max(1, round(_MICROSECONDS / self.refill_per_s))

    @property
    def full_after_us(self) -> int:
        """The microseconds in which an empty bucket becomes full."""
        return self.capacity * self.token_us

    def charge_us(self, cost: int) -> int:
        """The time that ``cost`` tokens take to grow back.

        A cost above the capacity counts as a full bucket, or it could never be granted.
        """
        return min(cost, self.capacity) * self.token_us


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the rule says to one request."""

    granted: bool
    remaining: int
    """Whole tokens left afterwards."""
    retry_after_us: int
    """0 when granted; else the microseconds until the same request would be granted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenBucket:
    """A bucket's whole state. A bucket nobody knows is a full one: ``full_at_us=0``."""

    full_at_us: int = 0
    """When it will be full again, on whichever clock the caller keeps to."""

    def spend(self, limit: Limit, *, cost: int, now_us: int) -> tuple[TokenBucket, Decision]:
        """Take ``cost`` tokens if they are there.

        Args:
            limit: The limit that this bucket belongs to.
            cost: Whole tokens, at least 1.
            now_us: The present moment. It may step back: a bucket then owes at most all its
                tokens, so nobody waits longer than an empty bucket takes.

        Returns:
            The bucket afterwards (unchanged tokens when denied) and the decision.
        """
        charge_us = limit.charge_us(cost)
        owed_us = min(max(self.full_at_us - now_us, 0), limit.full_after_us)
        over_us = owed_us + charge_us - limit.full_after_us
        granted = over_us <= 0
        if granted:
            owed_us += charge_us
        decision = Decision(
            granted=granted,
            remaining=(limit.full_after_us - owed_us) // limit.token_us,
            retry_after_us=max(over_us, 0),
        )
        return TokenBucket(full_at_us=now_us + owed_us), decision
