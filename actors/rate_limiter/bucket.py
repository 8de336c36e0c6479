"""The token bucket's rule, in whole microseconds, without Redis and without actors.

A bucket is one number: the moment at which it will be full again. Spending a token moves that
moment later by the time that one token takes to grow back; a bucket is empty when it will be full
only after the time of all its tokens. One integer is enough, there are no fractions to round, and
a bucket that is full need not be stored. One request may spend from several buckets (a person's,
a server's): from all or from none. `acquire.lua` is the same rule inside Redis; a test proves the
two equal.

Source: ITU-T I.371, annex A (generic cell rate algorithm, virtual scheduling).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

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

    remaining: int
    """Whole tokens left afterwards, in the bucket with the fewest."""
    retry_after_us: int
    """0 when granted; else the microseconds until the same request would be granted."""
    refused_by: int | None = None
    """The place, from 0, of the bucket that makes the request wait longest; None when granted."""

    @property
    def granted(self) -> bool:
        """Whether the tokens were spent."""
        return self.refused_by is None


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenBucket:
    """A bucket's whole state. A bucket nobody knows is a full one: ``full_at_us=0``."""

    full_at_us: int = 0
    """When it will be full again, on whichever clock the caller keeps to."""

    def owed_us(self, limit: Limit, now_us: int) -> int:
        """The microseconds until it is full, never more than an empty bucket takes."""
        return min(max(self.full_at_us - now_us, 0), limit.full_after_us)

    def spend(self, limit: Limit, *, cost: int, now_us: int) -> tuple[TokenBucket, Decision]:
        """Take ``cost`` tokens of this one bucket if they are there, as `spend_all` does."""
        (bucket,), decision = spend_all((self,), (limit,), cost=cost, now_us=now_us)
        return bucket, decision


def spend_all(
    buckets: Sequence[TokenBucket], limits: Sequence[Limit], *, cost: int, now_us: int
) -> tuple[list[TokenBucket], Decision]:
    """Take ``cost`` tokens of every bucket if all have them, else of none.

    Args:
        buckets: At least one.
        limits: The limit that each bucket belongs to, in the same order.
        cost: Whole tokens, at least 1.
        now_us: The present moment. It may step back: a bucket then owes at most all its
            tokens, so nobody waits longer than an empty bucket takes.

    Returns:
        The buckets afterwards (unchanged tokens when refused) and the decision.
    """
    owed_us = [bucket.owed_us(limit, now_us) for bucket, limit in zip(buckets, limits, strict=True)]
    charges_us = [limit.charge_us(cost) for limit in limits]
    over_us = [
        owed + charge - limit.full_after_us
        for owed, charge, limit in zip(owed_us, charges_us, limits, strict=True)
    ]
    longest_us = max(over_us)
    granted = longest_us <= 0
    if granted:
        owed_us = [owed + charge for owed, charge in zip(owed_us, charges_us, strict=True)]
    full_at_us = [now_us + owed for owed in owed_us]
    if not granted:  # changed only after the clock stepped back
        full_at_us = [
            min(now, bucket.full_at_us) for now, bucket in zip(full_at_us, buckets, strict=True)
        ]
    decision = Decision(
        remaining=min(
            (limit.full_after_us - owed) // limit.token_us
            for owed, limit in zip(owed_us, limits, strict=True)
        ),
        retry_after_us=max(longest_us, 0),
        refused_by=None if granted else over_us.index(longest_us),
    )
    return [TokenBucket(full_at_us=moment) for moment in full_at_us], decision
