"""Declared commands as Discord's API takes them, and a fingerprint of what both sides have: pure.

Source: https://discord.com/developers/docs/interactions/application-commands
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

import orjson

from actors.discord_gateway.declarations import (
    SubcommandDeclaration,
    SubcommandGroupDeclaration,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from actors.discord_gateway.declarations import (
        CommandDeclaration,
        DeclaredChoice,
        DeclaredOption,
        Localized,
    )
    from actors.discord_gateway.payload import JsonObject

_KINDS: Final = {"slash": 1, "user": 2, "message": 3}
_SUBCOMMAND: Final = 1
_SUBCOMMAND_GROUP: Final = 2
_ADMINISTRATOR: Final = 8
_GUILD: Final = 0
"""Both the context "in a server" and the integration type "installed to a server"."""

_COMPARED: Final = frozenset(
    {
        "type",
        "name",
        "description",
        "options",
        "choices",
        "value",
        "required",
        "autocomplete",
        "min_length",
        "max_length",
        "min_value",
        "max_value",
        "name_localizations",
        "description_localizations",
        "default_member_permissions",
    }
)
_COMPARED_GLOBALLY: Final = _COMPARED | {"contexts", "integration_types"}


def command_body(declaration: CommandDeclaration, *, is_global: bool) -> JsonObject:
    """Build a command for the bulk overwrite.

    Args:
        declaration: The command.
        is_global: A command of one server knows no contexts and integration types: it is nowhere
            else by nature.
    """
    nested = [_child(child) for child in declaration.children]
    body: JsonObject = {
        "type": _KINDS[declaration.kind],
        **_named(declaration),
        "options": nested or [_option(option) for option in declaration.options],
        "default_member_permissions": _ADMINISTRATOR if declaration.administrators_only else None,
    }
    if is_global:
        body |= {"contexts": [_GUILD], "integration_types": [_GUILD]}
    return body


def fingerprint(commands: Iterable[Mapping[str, Any]], *, is_global: bool) -> str:
    """Hash what we set of a scope's commands, whether they are ours or Discord's own report.

    Args:
        commands: Bodies as sent, or as ``GET .../commands?with_localizations=true`` lists them.
        is_global: Whether the fields that only global commands have are compared.

    Returns:
        A hexadecimal hash; equal when there is nothing to register.
    """
    compared = _COMPARED_GLOBALLY if is_global else _COMPARED
    projected = [_project(command, compared) for command in commands]
    projected.sort(key=lambda command: (command.get("type", 1), command.get("name", "")))
    canonical = orjson.dumps(projected, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(canonical).hexdigest()


def _child(child: SubcommandDeclaration | SubcommandGroupDeclaration) -> JsonObject:
    match child:
        case SubcommandDeclaration():
            options = [_option(option) for option in child.options]
            return {"type": _SUBCOMMAND, **_named(child), "options": options}
        case SubcommandGroupDeclaration():
            options = [_child(subcommand) for subcommand in child.subcommands]
            return {"type": _SUBCOMMAND_GROUP, **_named(child), "options": options}


def _option(option: DeclaredOption) -> JsonObject:
    limits = {
        "min_length": option.min_length,
        "max_length": option.max_length,
        "min_value": option.min_value,
        "max_value": option.max_value,
    }
    body: JsonObject = {
        "type": option.kind.value,
        **_named(option),
        "required": option.required,
        **{name: limit for name, limit in limits.items() if limit is not None},
    }
    if option.autocomplete:
        body["autocomplete"] = True
    if option.choices:
        body["choices"] = [_choice(choice) for choice in option.choices]
    return body


def _choice(choice: DeclaredChoice) -> JsonObject:
    return {
        "name": choice.name,
        "value": choice.value,
        "name_localizations": _localizations(choice.name_localizations),
    }


def _named(
    declaration: CommandDeclaration
    | SubcommandDeclaration
    | SubcommandGroupDeclaration
    | DeclaredOption,
) -> JsonObject:
    return {
        "name": declaration.name,
        "description": declaration.description,
        "name_localizations": _localizations(declaration.name_localizations),
        "description_localizations": _localizations(declaration.description_localizations),
    }


def _localizations(localized: Localized) -> dict[str, str] | None:
    return dict(localized) or None


def _project(value: Any, compared: frozenset[str]) -> Any:
    """Keep the compared fields, without the ways in which Discord spells out a default."""
    if isinstance(value, list):
        return [_project(part, compared) for part in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)  # JSON's 3.0 and 3 are one number
    if not isinstance(value, dict):
        return value
    parts: dict[str, Any] = {}
    for name, part in value.items():
        if name.endswith("_localizations"):
            parts[name] = part
        elif name == "default_member_permissions" and part is not None:
            parts[name] = int(part)  # taken as a number, reported as a text
        elif name in compared:
            parts[name] = _project(part, compared)
    return {name: part for name, part in parts.items() if not _is_default(part)}


def _is_default(part: Any) -> bool:
    return part is None or part is False or part == "" or part in ([], {})
