"""Turns what a person filled in into typed values, checked as Discord's own client does.

Source: https://discord.com/developers/docs/interactions/application-commands
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sandbox.client_refusal import ClientRefusalError
from sandbox.payloads import channel_object, member_object, role_object, user_object
from sandbox.rest.router import Upload

if TYPE_CHECKING:
    from sandbox.state import State
    from sandbox.wire import JsonObject
    from sandbox.world import Guild

_LONGEST_STRING: Final = 6000


@dataclass(slots=True)
class FilledOptions:
    """Typed options, and what the ids among them stand for."""

    options: list[JsonObject] = field(default_factory=list)
    resolved: dict[str, JsonObject] = field(default_factory=dict)


def fill_options(
    state: State,
    guild: Guild,
    declared: list[JsonObject],
    given: list[JsonObject],
    *,
    focused: str | None,
) -> FilledOptions:
    """Type the given options by their declaration.

    Args:
        state: The sandbox.
        guild: Where the command is used.
        declared: The command's (or sub-command's) options as registered.
        given: ``{"name", "value"}`` pairs.
        focused: The option being typed into, for autocomplete; then nothing is required yet.

    Raises:
        ClientRefusalError: For unknown, missing or impossible values.
    """
    by_name = {option["name"]: option for option in declared}
    filled = FilledOptions()
    for pair in given:
        option = by_name.get(pair["name"])
        if option is None:
            raise ClientRefusalError("client.no_option", option=pair["name"])
        value = pair["value"]
        if option["name"] == focused:
            typed: JsonObject = {"value": str(value), "focused": True}
        else:
            typed = {"value": _typed(state, guild, option, value, filled)}
        filled.options.append({"name": option["name"], "type": option["type"], **typed})
    if focused is None:
        _require_all(declared, filled.options)
    return filled


def _require_all(declared: list[JsonObject], options: list[JsonObject]) -> None:
    given = {option["name"] for option in options}
    for option in declared:
        if option.get("required") and option["name"] not in given:
            raise ClientRefusalError("client.option_required", option=option["name"])


def _typed(
    state: State, guild: Guild, option: JsonObject, value: Any, filled: FilledOptions
) -> Any:
    name = option["name"]
    try:
        match option["type"]:
            case 3:
                return _check_choice(option, _check_length(option, str(value)))
            case 4:
                return _check_choice(option, _check_range(option, int(value)))
            case 10:
                return _check_choice(option, _check_range(option, float(value)))
            case 5:
                return value if isinstance(value, bool) else str(value).lower() == "true"
            case 11:
                return _attach(state, value, filled)
            case _:
                return _resolve(state, guild, str(value), filled)
    except (ValueError, TypeError, KeyError) as error:
        raise ClientRefusalError(
            "client.option_impossible", option=name, value=str(value)
        ) from error


def _check_length(option: JsonObject, value: str) -> str:
    longest = option.get("max_length") or _LONGEST_STRING
    shortest = option.get("min_length") or 0
    if not value or not shortest <= len(value) <= longest:
        raise ClientRefusalError(
            "client.option_length", option=option["name"], least=max(shortest, 1), most=longest
        )
    return value


def _check_range(option: JsonObject, value: float) -> float:
    low, high = option.get("min_value"), option.get("max_value")
    if (low is not None and value < low) or (high is not None and value > high):
        raise ClientRefusalError("client.option_range", option=option["name"])
    return value


def _check_choice(option: JsonObject, value: Any) -> Any:
    choices = option.get("choices") or []
    if choices and value not in [choice["value"] for choice in choices]:
        raise ClientRefusalError("client.no_choice", option=option["name"], value=str(value))
    return value


def _resolve(state: State, guild: Guild, target: str, filled: FilledOptions) -> str:
    if target in guild.members:
        member, user = guild.members[target], state.world.users[target]
        filled.resolved.setdefault("users", {})[target] = user_object(user)
        filled.resolved.setdefault("members", {})[target] = member_object(guild, member, None)
    elif target in guild.roles:
        filled.resolved.setdefault("roles", {})[target] = role_object(guild.roles[target])
    else:
        channel = channel_object(guild.channels[target], state.world)
        filled.resolved.setdefault("channels", {})[target] = channel
    return target


def _attach(state: State, value: JsonObject, filled: FilledOptions) -> str:
    try:
        content = base64.b64decode(value["base64"], validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    upload = Upload(
        field_name="",
        filename=str(value["filename"]),
        content_type=str(value.get("content_type") or "application/octet-stream"),
        content=content,
    )
    attachment_id = state.snowflakes.next()
    attachment = state.files.add(
        upload,
        attachment_id=attachment_id,
        channel_id="0",
        base_url=state.base_url,
        ephemeral=True,
    )
    filled.resolved.setdefault("attachments", {})[attachment_id] = attachment
    return attachment_id
