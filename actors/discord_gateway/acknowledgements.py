"""What was already sent for each interaction of the last 15 minutes.

Forgetting is harmless: an unknown interaction is answered by a callback, and when Discord says that
it was acknowledged already (40060) the answer becomes an edit.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from actors.discord_gateway.incoming import DEFAULT_ATTACHMENT_LIMIT

if TYPE_CHECKING:
    from actors.kernel import Clock

TOKEN_LIFE_S: Final = 900.0
"""Source: discord-api-docs, interactions/receiving-and-responding, "valid for 15 minutes"."""


@dataclass(slots=True, kw_only=True)
class Acknowledgement:
    """How far the answering of one interaction is; the gateway actor's own, never sent."""

    received_at_s: float
    """The monotonic clock's time."""
    attachment_size_limit: int
    """Bytes."""
    state: Literal["pending", "deferred", "answered"] = "pending"
    original_is_source: bool = False
    """True when ``@original`` is the message whose button was used, not a message of ours."""
    newest_edit: int = 0
    """The number of the edit that was asked for last; older ones that still wait are skipped."""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while a request of this interaction is under way, so that an edit follows its defer."""


class Acknowledgements:
    """The acknowledgement states by interaction id, bounded by age and number.

    Args:
        clock: Tells the age.
        capacity: The oldest are forgotten beyond this many (about 0.5 KiB each).
    """

    def __init__(self, clock: Clock, *, capacity: int = 4_096) -> None:
        self._clock = clock
        self._capacity = capacity
        self._by_id: dict[int, Acknowledgement] = {}  # in order of receipt

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, interaction_id: int) -> bool:
        return interaction_id in self._by_id

    def add(self, interaction_id: int, *, attachment_size_limit: int) -> None:
        """Note that an interaction arrived just now and waits for an answer."""
        self._by_id[interaction_id] = Acknowledgement(
            received_at_s=self._clock.monotonic_s(), attachment_size_limit=attachment_size_limit
        )
        self._prune()

    def find(self, interaction_id: int) -> Acknowledgement:
        """Find an interaction's state; one of an earlier incarnation is taken for pending."""
        if interaction_id not in self._by_id:
            self.add(interaction_id, attachment_size_limit=DEFAULT_ATTACHMENT_LIMIT)
        return self._by_id[interaction_id]

    def forget(self, interaction_id: int) -> None:
        """Drop an interaction after which nothing more is sent."""
        self._by_id.pop(interaction_id, None)

    def has_expired(self, acknowledgement: Acknowledgement) -> bool:
        """Tell whether Discord no longer takes anything for it."""
        return self._clock.monotonic_s() - acknowledgement.received_at_s > TOKEN_LIFE_S

    def _prune(self) -> None:
        while self._by_id:
            oldest_id, oldest = next(iter(self._by_id.items()))
            if len(self._by_id) <= self._capacity and not self.has_expired(oldest):
                return
            del self._by_id[oldest_id]
