"""Guilds, members, roles and channel lists.

Source: https://discord.com/developers/docs/resources/guild
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sandbox.gateway_hub import INTENT_GUILD_MEMBERS
from sandbox.payloads import channel_object, guild_object, member_object, role_object
from sandbox.rest.access import guild_for
from sandbox.rest.errors import missing_access, unknown
from sandbox.rest.router import Answer, Call, Limit, Route

if TYPE_CHECKING:
    from sandbox.state import State
    from sandbox.wire import JsonObject
    from sandbox.world import Guild


def _get(state: State, call: Call) -> Answer:
    guild = guild_for(state, call)
    body = guild_object(guild)
    if call.query.get("with_counts") in {"1", "true", "True"}:
        body["approximate_member_count"] = body["approximate_presence_count"] = len(guild.members)
    return 200, body


def _list_channels(state: State, call: Call) -> Answer:
    guild = guild_for(state, call)
    return 200, [channel_object(channel, state.world) for channel in guild.channels.values()]


def _list_roles(state: State, call: Call) -> Answer:
    return 200, [role_object(role) for role in guild_for(state, call).roles.values()]


def _get_role(state: State, call: Call) -> Answer:
    role = guild_for(state, call).roles.get(call.params["role_id"])
    if role is None:
        raise unknown("role")
    return 200, role_object(role)


def _get_member(state: State, call: Call) -> Answer:
    guild = guild_for(state, call)
    if call.params["user_id"] not in guild.members:
        raise unknown("member" if call.params["user_id"] in state.world.users else "user")
    return 200, _member(state, guild, call.params["user_id"])


def _list_members(state: State, call: Call) -> Answer:
    guild = guild_for(state, call)
    if not state.config.privileged_intents & INTENT_GUILD_MEMBERS:
        # Source: the same page, "this endpoint is restricted" by the privileged intent
        raise missing_access()
    limit = int(call.query.get("limit", "1"))
    after = int(call.query.get("after", "0"))
    ids = sorted((user_id for user_id in guild.members if int(user_id) > after), key=int)
    return 200, [_member(state, guild, user_id) for user_id in ids[:limit]]


def _search_members(state: State, call: Call) -> Answer:
    guild = guild_for(state, call)
    prefix = call.query.get("query", "").casefold()
    limit = int(call.query.get("limit", "1"))
    found = [
        user_id
        for user_id in guild.members
        if state.world.users[user_id].username.casefold().startswith(prefix)
    ]
    return 200, [_member(state, guild, user_id) for user_id in found[:limit]]


def _member(state: State, guild: Guild, user_id: str) -> JsonObject:
    member = member_object(guild, guild.members[user_id], state.world.users[user_id])
    member.pop("permissions", None)
    return member


_LIMIT: Final = Limit(requests=5, within_s=5.0)
_GUILD: Final = "/guilds/{guild_id}"

ROUTES: Final = (
    Route("GET", _GUILD, _get, _LIMIT),
    Route("GET", f"{_GUILD}/channels", _list_channels, _LIMIT),
    Route("GET", f"{_GUILD}/roles", _list_roles, _LIMIT),
    Route("GET", f"{_GUILD}/roles/{{role_id}}", _get_role, _LIMIT),
    Route("GET", f"{_GUILD}/members", _list_members, Limit(requests=10, within_s=10.0)),
    Route("GET", f"{_GUILD}/members/search", _search_members, Limit(requests=10, within_s=10.0)),
    Route("GET", f"{_GUILD}/members/{{user_id}}", _get_member, _LIMIT),
)
