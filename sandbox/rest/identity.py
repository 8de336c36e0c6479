"""Who the bot is and where the gateway is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sandbox.gateway_hello import IDENTIFIES_A_DAY
from sandbox.payloads import channel_object, user_object
from sandbox.permissions import effective
from sandbox.rest.errors import unknown
from sandbox.rest.router import Answer, Call, Limit, Route
from sandbox.world import Channel

if TYPE_CHECKING:
    from sandbox.state import State
    from sandbox.wire import JsonObject


def _get_gateway(state: State, _call: Call) -> Answer:
    return 200, {"url": state.gateway_url}


def _get_gateway_bot(state: State, _call: Call) -> Answer:
    used = state.gateway.identifies
    return 200, {
        "url": state.gateway_url,
        "shards": 1,
        "session_start_limit": {
            "total": IDENTIFIES_A_DAY,
            "remaining": max(IDENTIFIES_A_DAY - used, 0),
            "reset_after": 86_400_000,
            "max_concurrency": 1,
        },
    }


def _own_user(state: State) -> JsonObject:
    user = user_object(state.world.users[state.config.application_id])
    return {
        **user,
        "verified": True,
        "mfa_enabled": False,
        "email": None,
        "flags": 0,
        "locale": "en-US",
        "banner": None,
        "accent_color": None,
        "bio": "",
    }


def _get_me(state: State, _call: Call) -> Answer:
    return 200, _own_user(state)


def _get_user(state: State, call: Call) -> Answer:
    user = state.world.users.get(call.params["user_id"])
    if user is None:
        raise unknown("user")
    return 200, {**user_object(user), "flags": 0, "banner": None, "accent_color": None}


def _list_my_guilds(state: State, _call: Call) -> Answer:
    me = state.config.application_id
    return 200, [
        {
            "id": guild.id,
            "name": guild.name,
            "icon": None,
            "banner": None,
            "owner": False,
            "permissions": str(effective(guild, guild.members[me], None)),
            "features": [],
        }
        for guild in state.world.guilds.values()
    ]


def _open_direct_channel(state: State, call: Call) -> Answer:
    recipient = state.world.users.get(str(call.fields().get("recipient_id")))
    if recipient is None or recipient.role == "bot":
        raise unknown("user")
    opened = state.world.find_direct(recipient.id)
    if opened is not None:
        return 200, channel_object(opened, state.world)
    channel = Channel(
        id=state.snowflakes.next(),
        name=recipient.username,
        kind="dm",
        guild_id=None,
        recipient_id=recipient.id,
    )
    state.world.direct[channel.id] = channel
    return 200, channel_object(channel, state.world)


def _get_application(state: State, _call: Call) -> Answer:
    config = state.config
    owner = next(state.world.list_people())
    return 200, {
        "id": config.application_id,
        "name": config.bot_name,
        "icon": None,
        "description": "",
        "summary": "",
        "type": None,
        "bot_public": False,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "hook": True,
        "storefront_available": False,
        "integration_types_config": {"0": {}},
        "owner": user_object(owner),
        "team": None,
        "bot": _own_user(state),
        "approximate_guild_count": len(state.world.guilds),
        "approximate_user_install_count": 0,
        "redirect_uris": [],
        "interactions_endpoint_url": config.interactions_endpoint_url,
        "event_webhooks_url": None,
        "event_webhooks_status": 1,
        "role_connections_verification_url": None,
        "tags": [],
    }


_USUAL: Final = Limit(requests=5, within_s=1.0)

ROUTES: Final = (
    Route("GET", "/gateway", _get_gateway, needs_token=False),
    Route("GET", "/gateway/bot", _get_gateway_bot, _USUAL),
    Route("GET", "/users/@me", _get_me, _USUAL),
    Route("GET", "/users/@me/guilds", _list_my_guilds, _USUAL),
    Route("POST", "/users/@me/channels", _open_direct_channel, Limit(requests=10, within_s=10.0)),
    Route("GET", "/users/{user_id}", _get_user, Limit(requests=30, within_s=30.0)),
    Route("GET", "/oauth2/applications/@me", _get_application, _USUAL),
    Route("GET", "/applications/@me", _get_application, _USUAL),
)
