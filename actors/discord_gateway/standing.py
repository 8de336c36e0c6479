"""What a look at Discord found: whether the bot still has what it needs there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from actors.kernel import Message

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GuildGap:
    """What one server does not grant, and how somebody there grants it."""

    guild_id: int
    name: str
    """The server's; its id when Discord does not tell."""
    lacks_scope: bool
    """True without the scope applications.commands: no slash command can be registered there."""
    permissions: tuple[str, ...]
    """Those that the bot's roles lack, as Discord's English settings call them."""
    invitation: str
    """The link that grants all that is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandsRestored:
    """Somebody had changed or removed commands while the bot ran; they are as declared again."""

    at: datetime
    names: tuple[str, ...]
    """The commands that were missing, different or unknown, slash commands with their slash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The last look."""

    checked_at: datetime
    gaps: tuple[GuildGap, ...]
    """Only the servers that lack something."""
    restored: CommandsRestored | None
    """The last time that commands had to be registered again; None since this incarnation began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckStanding(Message):
    """Ask for a look now, besides those that come by themselves; `GatewayHealth` tells of it."""

    idempotent: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimited:
    """How often Discord answered 429 to one kind of request, in this incarnation."""

    route: str
    """The first part of its path, such as ``interactions`` or ``channels``."""
    scope: str
    """Whose limit it was: ``user``, ``global`` or ``shared``; ``unknown`` when it was not told."""
    count: int
