"""How a scope's commands differ from the declared ones, by name: pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actors.discord_gateway.command_schema import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from actors.discord_gateway.payload import JsonObject

_SLASH = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandDifferences:
    """Names of commands, slash commands with their slash, each in one of four places."""

    equal: tuple[str, ...]
    missing: tuple[str, ...]
    """Declared, and not there."""
    different: tuple[str, ...]
    """There with another description, option, choice, translation or permission."""
    unknown: tuple[str, ...]
    """There, and not declared."""

    @property
    def is_none(self) -> bool:
        """True when there is nothing to register."""
        return not (self.missing or self.different or self.unknown)


def compare_commands(
    wanted: Iterable[JsonObject], present: Iterable[Mapping[str, Any]], *, is_global: bool
) -> CommandDifferences:
    """Compare declared bodies with what Discord lists.

    Args:
        wanted: As built for the bulk overwrite.
        present: As ``GET .../commands?with_localizations=true`` lists them.
        is_global: Whether the fields that only global commands have are compared.
    """
    ours = {_key(body): fingerprint([body], is_global=is_global) for body in wanted}
    theirs = {_key(body): fingerprint([body], is_global=is_global) for body in present}
    both = ours.keys() & theirs.keys()
    return CommandDifferences(
        equal=_names(key for key in both if ours[key] == theirs[key]),
        missing=_names(ours.keys() - theirs.keys()),
        different=_names(key for key in both if ours[key] != theirs[key]),
        unknown=_names(theirs.keys() - ours.keys()),
    )


def _key(body: Mapping[str, Any]) -> tuple[int, str]:
    return int(body.get("type", _SLASH)), str(body["name"])


def _names(keys: Iterable[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(f"/{name}" if kind == _SLASH else name for kind, name in sorted(keys))
