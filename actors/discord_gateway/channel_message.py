"""A message of the bot's own in a channel, to nobody in particular."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from actors.kernel import Query

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """The message is in the channel."""

    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPosted:
    """Discord has not done it: nobody has seen anything of it."""

    reason: Literal["forbidden", "unknown_channel", "unknown_message", "refused", "not_connected"]
    """``not_connected`` is worth another try later; the others need a person first."""
    detail: str
    """For operators' logs; no text of the message."""
    lacking: tuple[str, ...] = ()
    """When forbidden: the permissions of which one at least is not granted in that channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostToChannel(Query[Posted | NotPosted]):
    """Ask to write into a channel. It mentions nobody, whatever the text contains.

    May be repeated: of messages with the same nonce Discord shows the first, for minutes.
    """

    idempotent: ClassVar[bool] = True

    channel_id: int
    reply: Reply
    """For everybody who can read there; without files."""
    nonce: str
    """1 to 25 characters, the same in every repetition and in nothing else."""
