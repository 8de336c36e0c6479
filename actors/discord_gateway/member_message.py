"""A message to a person outside of any interaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from actors.discord_gateway.messages import Answered, AnswerNotDelivered
from actors.kernel import Query

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class SendToMember(Query[Answered | AnswerNotDelivered]):
    """Ask to write to a person privately; where they take no private messages, in a channel.

    It is never ephemeral: a private message is seen by the person alone, one in a channel by all
    who can read there, and there the person, and nobody else, is mentioned.
    """

    user_id: int
    reply: Reply
    """For the person's eyes."""
    channel_id: int | None = None
    """Where to write when they take no private messages; None for nowhere."""
    in_channel: Reply | None = None
    """What to write there, for everybody's eyes."""
    nonce: str | None = None
    """Up to 25 characters. Of messages with the same one Discord shows the first, for minutes."""
