"""Application commands as Discord answers them: defaults filled in, nulls and zeros settled.

Source: https://discord.com/developers/docs/interactions/application-commands
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sandbox.wire import JsonObject, Snowflake

_OPTION_KEYS: Final = (
    "required",
    "autocomplete",
    "channel_types",
    "min_value",
    "max_value",
    "min_length",
    "max_length",
)


def normalise_command(
    wanted: JsonObject, application_id: Snowflake, guild_id: Snowflake | None
) -> JsonObject:
    """Return a command without id and version."""
    kind = wanted.get("type") or 1
    permissions = wanted.get("default_member_permissions")
    command: JsonObject = {
        "application_id": application_id,
        "default_member_permissions": None if permissions is None else str(permissions),
        "type": kind,
        "name": wanted["name"],
        "name_localizations": wanted.get("name_localizations") or None,
        "description": wanted.get("description") or "",
        "description_localizations": wanted.get("description_localizations") or None,
        "nsfw": bool(wanted.get("nsfw")),
    }
    if guild_id is not None:
        command["guild_id"] = guild_id
    else:
        contexts = wanted.get("contexts")
        command["contexts"] = contexts
        command["dm_permission"] = bool(
            1 in contexts if contexts is not None else wanted.get("dm_permission", True)
        )
        command["integration_types"] = wanted.get("integration_types") or [0]
    options = [_normalise_option(option) for option in wanted.get("options") or []]
    if options:
        command["options"] = options
    return command


def localised(command: JsonObject, *, with_all: bool) -> JsonObject:
    """Return a command of a list: all translations only when they were asked for."""
    if with_all:
        return command
    return {key: value for key, value in command.items() if not key.endswith("_localizations")}


def _normalise_option(wanted: JsonObject) -> JsonObject:
    option: JsonObject = {
        "type": wanted["type"],
        "name": wanted["name"],
        "name_localizations": wanted.get("name_localizations") or None,
        "description": wanted.get("description") or "",
        "description_localizations": wanted.get("description_localizations") or None,
    }
    for key in _OPTION_KEYS:
        # false is the default and is left out of the answer
        if wanted.get(key) not in (None, False, []):
            option[key] = wanted[key]
    if wanted.get("choices"):
        option["choices"] = [
            {
                "name": choice["name"],
                "name_localizations": choice.get("name_localizations") or None,
                "value": choice["value"],
            }
            for choice in wanted["choices"]
        ]
    if wanted.get("options"):
        option["options"] = [_normalise_option(each) for each in wanted["options"]]
    return option
