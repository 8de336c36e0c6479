"""A message of the bot's own that stays in a channel and is changed there, and who can read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from actors.discord_gateway.channel_message import NotPosted
from actors.kernel import Query

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAsAsked:
    """The message is as it was asked to be: edited, pinned or gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditInChannel(Query[KeptAsAsked | NotPosted]):
    """Ask to put another content in the place of a message's. It mentions nobody."""

    idempotent: ClassVar[bool] = True

    channel_id: int
    message_id: int
    reply: Reply
    """Without files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PinInChannel(Query[KeptAsAsked | NotPosted]):
    """Ask to pin a message; one that is pinned stays so."""

    idempotent: ClassVar[bool] = True

    channel_id: int
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteInChannel(Query[KeptAsAsked | NotPosted]):
    """Ask to take a message of the bot's own away; one that is gone already is as asked."""

    idempotent: ClassVar[bool] = True

    channel_id: int
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSeen:
    """A channel as it was a moment ago."""

    guild_id: int | None
    """The server that it is in; None when it is in none."""
    takes_messages: bool
    """Whether people write there: a text or an announcement channel."""
    open_to_everyone: bool
    """Whether every member of its server can read it."""
    locale: str | None = None
    """The server's own language, such as ``fr``; None when it is in no server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAtChannel(Query[ChannelSeen | NotPosted]):
    """Ask what a channel is, whether everybody can read it, and in which language."""

    idempotent: ClassVar[bool] = True

    channel_id: int


ChannelQuery: TypeAlias = EditInChannel | PinInChannel | DeleteInChannel | LookAtChannel
