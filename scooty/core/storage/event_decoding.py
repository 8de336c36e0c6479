"""Outcomes of what is asked of any event; those that are not declared yet need it."""

from __future__ import annotations

from typing import Final

from scooty.core.storage.decoding import OUTCOMES
from scooty.core.storage.event_values import EventUnknown

OF_ANY_EVENT: Final = OUTCOMES.extended({"event_unknown": lambda _: EventUnknown()})
"""Of what `OUTCOMES` says of the active event, asked of any other."""
