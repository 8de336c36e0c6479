"""The guilds, people, channels and messages: plain state, no rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from sandbox.wire import LOADING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sandbox.wire import JsonObject, Snowflake

ChannelKind: TypeAlias = Literal["general", "live", "admin", "dm"]
PersonRole: TypeAlias = Literal["captain", "scout", "reader", "stranger", "bot"]


@dataclass(slots=True, kw_only=True)
class User:
    """Somebody with an account: a person of the demo world, or the bot."""

    id: Snowflake
    username: str
    name: str
    """The display name."""
    role: PersonRole
    locale: str = "en-US"
    takes_direct_messages: bool = True
    """Whether people and apps of a common server may write to them privately."""


@dataclass(slots=True, kw_only=True)
class Role:
    """A role of a guild; the one with the guild's own id is @everyone."""

    id: Snowflake
    name: str
    permissions: int
    position: int
    colour: int = 0
    managed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Overwrite:
    """What a channel allows or denies to a role, over the role's own permissions."""

    role_id: Snowflake
    allow: int = 0
    deny: int = 0


@dataclass(slots=True, kw_only=True)
class Member:
    """A user in a guild."""

    user_id: Snowflake
    role_ids: tuple[Snowflake, ...]
    joined_at: str


@dataclass(slots=True, kw_only=True)
class Message:
    """A message with the object that Discord would send of it."""

    body: JsonObject
    """Discord's message object, changed in place by edits."""
    ephemeral_to: Snowflake | None = None
    """The only person that sees it; None is public."""
    interaction_name: str | None = None
    interaction_user_id: Snowflake | None = None
    deleted: bool = False

    @property
    def id(self) -> Snowflake:
        """The message's id."""
        return str(self.body["id"])

    @property
    def loading(self) -> bool:
        """True while it only says "thinking…"."""
        return bool(self.body["flags"] & LOADING)


@dataclass(slots=True, kw_only=True)
class Channel:
    """A text channel of a guild, or a direct conversation with the bot."""

    id: Snowflake
    name: str
    kind: ChannelKind
    guild_id: Snowflake | None
    position: int = 0
    topic: str | None = None
    overwrites: tuple[Overwrite, ...] = ()
    recipient_id: Snowflake | None = None
    messages: dict[Snowflake, Message] = field(default_factory=dict)
    ephemerals: dict[Snowflake, Message] = field(default_factory=dict)
    pins: list[tuple[Snowflake, str]] = field(default_factory=list)
    """Pinned message ids with the moment of pinning, the newest first."""

    def find(self, message_id: Snowflake) -> Message | None:
        """Return a public or ephemeral message that is still kept."""
        return self.messages.get(message_id) or self.ephemerals.get(message_id)


@dataclass(slots=True, kw_only=True)
class Guild:
    """A server."""

    id: Snowflake
    name: str
    owner_id: Snowflake
    locale: str
    roles: dict[Snowflake, Role]
    members: dict[Snowflake, Member]
    channels: dict[Snowflake, Channel]
    allows_commands: bool = True
    """Whether the bot was invited with the scope applications.commands."""


@dataclass(slots=True, kw_only=True)
class World:
    """Everything that exists in this Discord."""

    users: dict[Snowflake, User]
    guilds: dict[Snowflake, Guild]
    direct: dict[Snowflake, Channel] = field(default_factory=dict)
    """Direct conversations, by channel id."""

    def find_channel(self, channel_id: Snowflake) -> Channel | None:
        """Return a guild's channel or a direct conversation."""
        for guild in self.guilds.values():
            channel = guild.channels.get(channel_id)
            if channel is not None:
                return channel
        return self.direct.get(channel_id)

    def find_direct(self, recipient_id: Snowflake) -> Channel | None:
        """Return the conversation with a person, if one was ever opened."""
        return next(
            (each for each in self.direct.values() if each.recipient_id == recipient_id), None
        )

    def list_people(self) -> Iterator[User]:
        """Yield everybody but the bot."""
        return (user for user in self.users.values() if user.role != "bot")

    def list_channels(self) -> Iterator[Channel]:
        """Yield every channel, direct conversations last."""
        for guild in self.guilds.values():
            yield from guild.channels.values()
        yield from self.direct.values()
