"""The registered application commands, global and of each guild."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sandbox.permissions import ADMINISTRATOR

if TYPE_CHECKING:
    from sandbox.wire import JsonObject, Snowflake


@dataclass(slots=True)
class CommandBook:
    """Commands by scope; a scope is a guild's id, or None for the global one."""

    scopes: dict[Snowflake | None, dict[Snowflake, JsonObject]] = field(default_factory=dict)

    def scope(self, guild_id: Snowflake | None) -> dict[Snowflake, JsonObject]:
        """Return the commands of a scope by id; changing the dict registers them."""
        return self.scopes.setdefault(guild_id, {})

    def list_for(self, guild_id: Snowflake | None) -> list[JsonObject]:
        """Return what people of a guild can pick from: its own commands, then the global ones."""
        own = self.scope(guild_id) if guild_id is not None else {}
        return [*own.values(), *self.scope(None).values()]

    def list_usable(self, guild_id: Snowflake | None, permissions: int) -> list[JsonObject]:
        """Return those that somebody with ``permissions`` is offered."""
        return [each for each in self.list_for(guild_id) if _may_use(each, permissions)]

    def find(
        self, guild_id: Snowflake | None, name: str, permissions: int, kind: int = 1
    ) -> JsonObject | None:
        """Return a usable command by name; kind 1 is slash, 2 user, 3 message."""
        for command in self.list_usable(guild_id, permissions):
            if command["name"] == name and command["type"] == kind:
                return command
        return None


def _may_use(command: JsonObject, permissions: int) -> bool:
    # The string "0" leaves administrators only; see application-commands, "permissions".
    required = command["default_member_permissions"]
    if required is None or permissions & ADMINISTRATOR:
        return True
    return int(required) != 0 and permissions & int(required) == int(required)
