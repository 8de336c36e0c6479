"""Changes of a team's settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from typing_extensions import override

from scooty.core.call import Write
from scooty.core.storage.settings import SettingsChanged
from scooty.domain.roles import Role

if TYPE_CHECKING:
    from actors.repository.messages import JsonValue


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSettings(Write[SettingsChanged]):
    """Set some of the settings but the roles."""

    changes_settings: ClassVar = True

    changes: dict[str, int | str | None]
    """The new values, by the names of the fields of `GuildSettings`; None empties a setting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TooManyRoles:
    """A list would have more than 25 roles; nothing was changed."""

    outcome: Literal["too_many_roles"] = "too_many_roles"


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRoles(Write[SettingsChanged | TooManyRoles]):
    """Let roles of the server grant roles in the team."""

    changes_settings: ClassVar = True

    given: dict[Role, int]
    """One more role of the server for each."""
    cleared: tuple[Role, ...] = ()
    """Those that lose the ones they had, first."""

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {
            "cleared": [role.name.lower() for role in self.cleared],
            **{f"{role.name.lower()}_role_id": role_id for role, role_id in self.given.items()},
        }
