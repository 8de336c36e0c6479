"""What becomes of the message that tells a team of a round."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundAnnounced:
    """The team's channel has the round's message, as the pairings are now."""

    channel_id: int
    message_id: int
    was_edited: bool
    """It stood there before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NowhereToAnnounce:
    """The team has neither a live board nor a channel for captains."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotNews:
    """A newer round is up, or the event is over: nothing is announced."""
