"""What a call to Redis answers that did not succeed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NotDone:
    """The call did not succeed; when Redis was lost in the middle it may have taken effect."""

    reason: str
