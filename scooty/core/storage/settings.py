"""A team's settings: who may do what, where the bot posts, in what language, for how long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol

from typing_extensions import override

from scooty.core.call import Read
from scooty.domain.ids import GuildId
from scooty.domain.roles import TeamRoles

if TYPE_CHECKING:
    from scooty.core.calls import Calls


@dataclass(frozen=True, slots=True, kw_only=True)
class GuildSettings:
    """What a team has chosen; nothing, by default."""

    captain_role_ids: frozenset[int] = frozenset()
    scout_role_ids: frozenset[int] = frozenset()
    reader_role_ids: frozenset[int] = frozenset()
    admin_channel_id: int | None = None
    """Where captains are told what they should know."""
    digest_channel_id: int | None = None
    """Where the daily digest goes; None for no digest."""
    language: Literal["en", "fr"] | None = None
    """Of what is posted for all; answers to a person are in that person's own."""
    retention_days: int | None = None
    """How long what was scouted is kept; None for as long as the installation keeps it."""
    ethics_line: str | None = None
    """The team's own words beside "before you sit down only"; shown only after `escape`."""

    @property
    def roles(self) -> TeamRoles:
        """Which of the server's roles make somebody what in the team."""
        return TeamRoles(
            captains=self.captain_role_ids,
            scouts=self.scout_role_ids,
            readers=self.reader_role_ids,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsFound:
    """What the team has set."""

    outcome: Literal["settings"] = "settings"
    settings: GuildSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSettings(Read[SettingsFound]):
    """A team's settings."""

    function: ClassVar = "guild_settings"


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsChanged:
    """All is as asked."""

    outcome: Literal["changed"] = "changed"
    settings: GuildSettings
    """As they are now."""


class TeamSettings(Protocol):
    """Whoever knows teams' settings."""

    async def read(self, *, guild_id: GuildId) -> GuildSettings:
        """Return a team's settings.

        Raises:
            StorageUnavailable: The database is away, and nobody knows them.
        """
        ...


class NothingSet(TeamSettings):
    """No team has set anything: there are no settings to read."""

    @override
    async def read(self, *, guild_id: GuildId) -> GuildSettings:
        return GuildSettings()


class SettingsAsked(TeamSettings):
    """The settings as the database has them.

    Args:
        calls: The road to it.
    """

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    @override
    async def read(self, *, guild_id: GuildId) -> GuildSettings:
        return (await self._calls.read(guild_id, ReadSettings())).settings
