"""What is answered of an event that is not there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class EventUnknown:
    """The guild has no event of that id."""

    outcome: Literal["event_unknown"] = "event_unknown"
