"""Op 8, Request Guild Members, answered by GUILD_MEMBERS_CHUNK.

Source: https://discord.com/developers/docs/events/gateway-events#request-guild-members
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from sandbox.gateway_hub import INTENT_GUILD_MEMBERS
from sandbox.payloads import member_object

if TYPE_CHECKING:
    from sandbox.gateway_session import Session
    from sandbox.state import State
    from sandbox.wire import JsonObject


def send_members(state: State, session: Session, body: JsonObject) -> None:
    """Send the members that match; the whole list needs the privileged intent."""
    guild = state.world.guilds.get(str(body.get("guild_id")))
    if guild is None:
        return
    wanted = body.get("user_ids")
    wanted_ids = [wanted] if isinstance(wanted, str | int) else list(wanted or [])
    prefix = str(body.get("query") or "").casefold()
    if not wanted_ids and not prefix and not session.intents & INTENT_GUILD_MEMBERS:
        state.trace.breach("members_intent", "gateway", "all members asked without the intent")
        return
    ids = {str(each) for each in wanted_ids}
    users = [state.world.users[user_id] for user_id in guild.members]
    found = [
        user
        for user in users
        if (user.id in ids if ids else user.username.casefold().startswith(prefix))
    ]
    chunk: JsonObject = {
        "guild_id": guild.id,
        "members": [member_object(guild, guild.members[user.id], user) for user in found],
        "chunk_index": 0,
        "chunk_count": 1,
        "not_found": sorted(ids - {user.id for user in found}),
    }
    if body.get("nonce") is not None:
        chunk["nonce"] = body["nonce"]
    session.dispatch("GUILD_MEMBERS_CHUNK", orjson.dumps(chunk))
