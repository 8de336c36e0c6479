"""What the bot must be allowed in a server, and the link by which somebody allows it: pure.

Answers to interactions need no permission, wherever they are asked for: they go out by the
interaction's token. What needs some is a message of the bot's own in a channel: to somebody who
takes no private messages (`actors.discord_gateway.member_delivery`), and to operators and teams
(`actors.discord_gateway.channel_delivery`).

Source: https://discord.com/developers/docs/topics/permissions and
https://discord.com/developers/docs/topics/oauth2#bot-authorization-flow
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_ADMINISTRATOR: Final = 1 << 3
_VIEW_CHANNEL: Final = 1 << 10
_EVERYTHING: Final = -1
"""All bits: an administrator may do what Discord has not thought of yet."""

SCOPES: Final = ("bot", "applications.commands")
"""What a server's administrator agrees to: a member of its own, and slash commands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """One permission, and what is not done without it."""

    bit: int
    name: str
    """As Discord's English settings call it."""
    without: str


VIEW_CHANNELS: Final = Permission(
    bit=_VIEW_CHANNEL,
    name="View Channels",
    without="nobody is told in a channel what became of a report that had to wait",
)
SEND_MESSAGES: Final = Permission(
    bit=1 << 11,
    name="Send Messages",
    without="nobody is told in a channel what became of a report that had to wait",
)
SEND_IN_THREADS: Final = Permission(
    bit=1 << 38,
    name="Send Messages in Threads",
    without="the same in a thread",
)
EMBED_LINKS: Final = Permission(
    bit=1 << 14,
    name="Embed Links",
    without="such a message arrives without its card",
)
NEEDED: Final = (VIEW_CHANNELS, SEND_MESSAGES, SEND_IN_THREADS, EMBED_LINKS)
PIN_MESSAGES: Final = Permission(
    bit=1 << 51,
    name="Pin Messages",
    without="a live board is in its channel without being pinned",
)
"""Asked for by the invitation, and not missed where it is not granted.

Source: https://discord.com/developers/docs/change-log, "Permission Changes Going into Effect
February 2026": Manage Messages no longer lets anybody pin.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overwrite:
    """What a channel allows or denies to a role or a member, over the roles' permissions."""

    target_id: int
    allow: int
    deny: int


def list_missing(bits: int) -> tuple[Permission, ...]:
    """List the needed permissions that are not among ``bits``."""
    if bits & _ADMINISTRATOR:
        return ()
    return tuple(permission for permission in NEEDED if not bits & permission.bit)


def permissions_in_channel(
    bits: int,
    overwrites: Iterable[Overwrite],
    *,
    guild_id: int,
    role_ids: Collection[int],
    user_id: int,
) -> int:
    """Return what somebody with ``bits`` in a server may do in one of its channels.

    Source: https://discord.com/developers/docs/topics/permissions#permission-overwrites
    """
    if bits & _ADMINISTRATOR:
        return _EVERYTHING
    by_target = {overwrite.target_id: overwrite for overwrite in overwrites}
    # The role @everyone has the server's own id.
    for group in ([guild_id], role_ids, [user_id]):
        found = [by_target[target] for target in group if target in by_target]
        for overwrite in found:
            bits &= ~overwrite.deny
        for overwrite in found:
            bits |= overwrite.allow
    return bits if bits & _VIEW_CHANNEL else 0


def invitation_link(application_id: int, *, guild_id: int | None = None) -> str:
    """Return the link that grants all of `SCOPES`, `NEEDED` and `PIN_MESSAGES`.

    Args:
        application_id: Whose.
        guild_id: The server to grant it in; None lets the person choose. Following the link in a
            server that has the bot already grants what is missing there.
    """
    query: dict[str, str | int] = {
        "client_id": application_id,
        "scope": " ".join(SCOPES),
        "permissions": sum(permission.bit for permission in (*NEEDED, PIN_MESSAGES)),
    }
    if guild_id is not None:
        query["guild_id"] = guild_id
    return f"https://discord.com/oauth2/authorize?{urlencode(query)}"
