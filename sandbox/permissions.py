"""Discord's permission bits and how roles and channel overwrites combine.

Source: https://discord.com/developers/docs/topics/permissions#permission-hierarchy
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sandbox.world import Channel, Guild, Member

ADMINISTRATOR: Final = 1 << 3
ADD_REACTIONS: Final = 1 << 6
VIEW_CHANNEL: Final = 1 << 10
SEND_MESSAGES: Final = 1 << 11
MANAGE_MESSAGES: Final = 1 << 13
EMBED_LINKS: Final = 1 << 14
ATTACH_FILES: Final = 1 << 15
READ_MESSAGE_HISTORY: Final = 1 << 16
MENTION_EVERYONE: Final = 1 << 17
USE_APPLICATION_COMMANDS: Final = 1 << 31
SEND_MESSAGES_IN_THREADS: Final = 1 << 38
PIN_MESSAGES: Final = 1 << 51

EVERYDAY: Final = (
    VIEW_CHANNEL
    | SEND_MESSAGES
    | ADD_REACTIONS
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | USE_APPLICATION_COMMANDS
    | SEND_MESSAGES_IN_THREADS
)
"""What @everyone may do in a new server, as far as the sandbox knows about it."""
ALL: Final = (1 << 53) - 1


def effective(guild: Guild, member: Member, channel: Channel | None) -> int:
    """Return the permission bits of a member, in a channel when one is given."""
    bits = guild.roles[guild.id].permissions
    for role_id in member.role_ids:
        bits |= guild.roles[role_id].permissions
    if bits & ADMINISTRATOR or member.user_id == guild.owner_id:
        return ALL
    return bits if channel is None else _with_overwrites(bits, guild, member, channel)


def _with_overwrites(bits: int, guild: Guild, member: Member, channel: Channel) -> int:
    allow = deny = 0
    for overwrite in channel.overwrites:
        if overwrite.role_id == guild.id:
            bits = (bits & ~overwrite.deny) | overwrite.allow
        elif overwrite.role_id in member.role_ids:
            allow |= overwrite.allow
            deny |= overwrite.deny
    bits = (bits & ~deny) | allow
    return bits if bits & VIEW_CHANNEL else 0
