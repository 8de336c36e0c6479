"""Application commands, global and of a guild.

Source: https://discord.com/developers/docs/interactions/application-commands#endpoints
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Final

from sandbox.command_objects import localised, normalise_command
from sandbox.rest.errors import RestError, bad_request, missing_access, one_problem, unknown
from sandbox.rest.router import Answer, Call, Limit, Route
from sandbox.validation.commands import check_command, check_command_set

if TYPE_CHECKING:
    from sandbox.state import State
    from sandbox.wire import JsonObject, Snowflake

_TRUE: Final = {"1", "true", "True"}


def _scope(state: State, call: Call) -> Snowflake | None:
    if call.params["application_id"] != state.config.application_id:
        raise missing_access()
    guild_id = call.params.get("guild_id")
    if guild_id is None:
        return None
    guild = state.world.guilds.get(guild_id)
    if guild is None or not guild.allows_commands:
        raise missing_access()
    return guild_id


def _list(state: State, call: Call) -> Answer:
    commands = state.commands.scope(_scope(state, call)).values()
    with_all = call.query.get("with_localizations") in _TRUE
    return 200, [localised(command, with_all=with_all) for command in commands]


def _get(state: State, call: Call) -> Answer:
    return 200, _existing(state, call)


def _existing(state: State, call: Call) -> JsonObject:
    command = state.commands.scope(_scope(state, call)).get(call.params["command_id"])
    if command is None:
        raise unknown("application command")
    return command


def _replace_all(state: State, call: Call) -> Answer:
    guild_id = _scope(state, call)
    wanted = call.body
    if not isinstance(wanted, list):
        raise one_problem(None, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
    check_command_set(state.trace, call.where, wanted)
    scope = state.commands.scope(guild_id)
    by_key = {_key(command): command for command in scope.values()}
    kept = [_updated(state, guild_id, by_key.get(_key(each)), each) for each in wanted]
    _count_creations(state, guild_id, sum(_key(each) not in by_key for each in wanted))
    scope.clear()
    scope.update({command["id"]: command for command in kept})
    _changed(state)
    return 200, list(kept)


def _create(state: State, call: Call) -> Answer:
    guild_id = _scope(state, call)
    wanted = call.fields()
    check_command(state.trace, call.where, wanted)
    scope = state.commands.scope(guild_id)
    existing = next((each for each in scope.values() if _key(each) == _key(wanted)), None)
    if existing is None:
        check_command_set(state.trace, call.where, [*scope.values(), wanted])
        _count_creations(state, guild_id, 1)
    command = _updated(state, guild_id, existing, wanted)
    scope[command["id"]] = command
    _changed(state)
    return (200 if existing else 201), command


def _edit(state: State, call: Call) -> Answer:
    guild_id = _scope(state, call)
    existing = _existing(state, call)
    wanted = {**existing, **call.fields()}
    check_command(state.trace, call.where, wanted)
    others = [
        each
        for each in state.commands.scope(guild_id).values()
        if each["id"] != existing["id"] and _key(each) == _key(wanted)
    ]
    if others:
        raise bad_request(30000, "An application command with that name already exists")
    command = _updated(state, guild_id, existing, wanted)
    state.commands.scope(guild_id)[command["id"]] = command
    _changed(state)
    return 200, command


def _delete(state: State, call: Call) -> Answer:
    existing = _existing(state, call)
    del state.commands.scope(_scope(state, call))[existing["id"]]
    _changed(state)
    return 204, None


def _key(command: JsonObject) -> tuple[int, str]:
    return command.get("type") or 1, command["name"]


def _updated(
    state: State, guild_id: Snowflake | None, existing: JsonObject | None, wanted: JsonObject
) -> JsonObject:
    """Keep id and version of a command that has not changed, so that a PUT is idempotent."""
    command = normalise_command(wanted, state.config.application_id, guild_id)
    if existing is None:
        return {"id": state.snowflakes.next(), "version": state.snowflakes.next(), **command}
    command = {"id": existing["id"], "version": existing["version"], **command}
    if command != existing:
        command["version"] = state.snowflakes.next()
    return command


_DAY_S: Final = 86_400.0
_CREATIONS_A_DAY: Final = 200
"""Source: the same page, "global rate limit of 200 application command creates per day, per
guild"."""


def _count_creations(state: State, guild_id: Snowflake | None, number: int) -> None:
    times = state.command_creations.setdefault(guild_id, deque())
    now = time.monotonic()
    while times and now - times[0] > _DAY_S:
        times.popleft()
    if len(times) + number > _CREATIONS_A_DAY:
        state.trace.breach("command_creations", "application commands", "over 200 in a day")
        raise RestError(
            400, 30034, "Max number of daily application command creates has been reached (200)"
        )
    times.extend([now] * number)


def _changed(state: State) -> None:
    state.dirty = True
    state.pages.commands_changed()


_GLOBAL: Final = "/applications/{application_id}/commands"
_GUILD: Final = "/applications/{application_id}/guilds/{guild_id}/commands"
_LIMIT: Final = Limit(requests=5, within_s=20.0)
_READ_LIMIT: Final = Limit(requests=5, within_s=5.0)

ROUTES: Final = tuple(
    Route(method, base + suffix, handler, _READ_LIMIT if method == "GET" else _LIMIT)
    for base in (_GLOBAL, _GUILD)
    for method, suffix, handler in (
        ("GET", "", _list),
        ("PUT", "", _replace_all),
        ("POST", "", _create),
        ("GET", "/{command_id}", _get),
        ("PATCH", "/{command_id}", _edit),
        ("DELETE", "/{command_id}", _delete),
    )
)
