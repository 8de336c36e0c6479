"""A team's settings: who may do what, where the bot posts, in what language, for how long."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias

from typing_extensions import override

from scooty.core.storage.book import Book
from scooty.core.storage.json_fields import (
    number_or_none,
    numbers,
    object_of,
    text_or_none,
    unexpected,
)
from scooty.core.storage.outcomes import Outcomes
from scooty.domain.ids import GuildId
from scooty.domain.roles import Role, TeamRoles

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from actors.repository.messages import JsonValue
    from scooty.core.call import Caller

Language: TypeAlias = Literal["en", "fr"]

_LANGUAGES: Final[Mapping[str, Language]] = {"en": "en", "fr": "fr"}

_CHANGE: Final = "change_settings"
_GRANT: Final = "grant_roles"
SETTINGS_FUNCTIONS: Final = frozenset({_CHANGE, _GRANT})
"""The SQL functions that may change settings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuildSettings:
    """What a team has chosen; nothing, by default."""

    roles: TeamRoles = field(default_factory=TeamRoles)
    admin_channel_id: int | None = None
    """Where captains are told what they should know."""
    digest_channel_id: int | None = None
    """Where the daily digest goes; None for no digest."""
    language: Language | None = None
    """Of what is posted for all; answers to a person are in that person's own."""
    retention_days: int | None = None
    """How long what was scouted is kept; None for as long as the installation keeps it."""
    ethics_line: str | None = None
    """The team's own words beside "before you sit down only"; shown only after `escape`."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsChanged:
    """All is as asked."""

    settings: GuildSettings
    """As they are now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TooManyRoles:
    """A list would have more than 25 roles; nothing was changed."""


class SettingsBook(Book, TeamSettings):
    """The settings as the database has them."""

    @override
    async def read(self, *, guild_id: GuildId) -> GuildSettings:
        value = await self._calls.read("guild_settings", guild_id=guild_id)
        return settings_of(object_of(value, "the answer").get("settings"))

    async def change(
        self, caller: Caller, *, changes: Mapping[str, int | str | None]
    ) -> SettingsChanged:
        """Set some of the settings but the roles, by the names of `GuildSettings`' fields.

        Args:
            caller: Who does it, and whose they are.
            changes: The new values; None empties a setting.
        """
        value = await self._write(_CHANGE, caller, changes=dict(changes))
        return _OUTCOMES.decode(value, SettingsChanged)

    async def grant(
        self,
        caller: Caller,
        *,
        given: Mapping[Role, int],
        cleared: Collection[Role] = (),
    ) -> SettingsChanged | TooManyRoles:
        """Let roles of the server grant roles in the team.

        Args:
            caller: Who does it, and whose they are.
            given: One more role of the server for each.
            cleared: Those that lose the ones they had, first.
        """
        value = await self._write(
            _GRANT,
            caller,
            cleared=[role.name.lower() for role in sorted(cleared)],
            **{f"{role.name.lower()}_role_id": role_id for role, role_id in given.items()},
        )
        return _OUTCOMES.decode(value, SettingsChanged, TooManyRoles)


def changed_settings(value: JsonValue) -> GuildSettings:
    """Decode the settings as a change has left them."""
    return _OUTCOMES.decode(value, SettingsChanged).settings


def settings_of(value: JsonValue) -> GuildSettings:
    """Decode settings.

    Raises:
        StorageError: They have another shape.
    """
    fields = object_of(value, "settings")
    return GuildSettings(
        roles=TeamRoles(
            captains=frozenset(numbers(fields, "captain_role_ids")),
            scouts=frozenset(numbers(fields, "scout_role_ids")),
            readers=frozenset(numbers(fields, "reader_role_ids")),
        ),
        admin_channel_id=number_or_none(fields, "admin_channel_id"),
        digest_channel_id=number_or_none(fields, "digest_channel_id"),
        language=_language(text_or_none(fields, "language")),
        retention_days=number_or_none(fields, "retention_days"),
        ethics_line=text_or_none(fields, "ethics_line"),
    )


def settings_as_json(settings: GuildSettings) -> dict[str, JsonValue]:
    """Encode settings as the database does."""
    return {
        "captain_role_ids": [*sorted(settings.roles.captains)],
        "scout_role_ids": [*sorted(settings.roles.scouts)],
        "reader_role_ids": [*sorted(settings.roles.readers)],
        "admin_channel_id": settings.admin_channel_id,
        "digest_channel_id": settings.digest_channel_id,
        "language": settings.language,
        "retention_days": settings.retention_days,
        "ethics_line": settings.ethics_line,
    }


def _language(text: str | None) -> Language | None:
    if text is None:
        return None
    language = _LANGUAGES.get(text)
    if language is None:
        raise unexpected("language", "one that there is")
    return language


_OUTCOMES: Final = Outcomes(
    {
        "changed": lambda fields: SettingsChanged(settings=settings_of(fields.get("settings"))),
        "too_many_roles": lambda _: TooManyRoles(),
    }
)
