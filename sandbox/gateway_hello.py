"""What a bot says first: IDENTIFY for a new session, RESUME for a dropped one."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import orjson

from sandbox.gateway_hub import (
    INTENT_GUILD_MEMBERS,
    INTENT_GUILDS,
    KNOWN_INTENTS,
    PRIVILEGED_INTENTS,
)
from sandbox.payloads import guild_create_object, user_object

if TYPE_CHECKING:
    from sandbox.gateway_session import Link, Session
    from sandbox.state import State
    from sandbox.wire import JsonObject
    from sandbox.world import Guild

IDENTIFIES_A_DAY: Final = 1000
"""Source: events/gateway#session-start-limit; Discord resets the token beyond it."""
_NOT_RESUMABLE: Final = b'{"op":9,"d":false}'


class CloseGatewayError(Exception):
    """The connection is to be closed with one of Discord's codes.

    Args:
        code: Source: topics/opcodes-and-status-codes#gateway-close-event-codes
        reason: The close frame's text.
    """

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"{code} {reason}")
        self.code = code
        self.reason = reason


def identify(state: State, link: Link, body: JsonObject) -> Session | None:
    """Open a session and send READY and the guilds; None when the bot came too soon.

    Raises:
        CloseGatewayError: For a wrong token, shard or intents.
    """
    _check_token(state, body)
    shard = _check_shard(body)
    intents = _check_intents(state, body)
    hub = state.gateway
    if time.monotonic() - hub.last_identify_s < state.config.identify_spacing_s:
        state.trace.breach("identify_concurrency", "gateway", "two IDENTIFYs too close together")
        link.send(_NOT_RESUMABLE)
        return None
    session = hub.open_session(intents, shard)
    if hub.identifies > IDENTIFIES_A_DAY:
        state.trace.breach("identify_limit", "gateway", "over 1,000 IDENTIFYs in a day")
    session.attach(link)
    state.trace.add("gateway", f"IDENTIFY, intents {intents}")
    session.dispatch("READY", orjson.dumps(_ready_object(state, session)))
    if intents & INTENT_GUILDS:
        everybody = bool(intents & INTENT_GUILD_MEMBERS)
        for guild in _guilds_of(state, session):
            guild_body = guild_create_object(guild, state.world, everybody=everybody)
            session.dispatch("GUILD_CREATE", orjson.dumps(guild_body))
    hub.presence_changed()
    return session


def resume(state: State, link: Link, body: JsonObject) -> Session | None:
    """Replay what a dropped session has missed; None when it cannot be resumed.

    Raises:
        CloseGatewayError: For a wrong token or a sequence that was never sent.
    """
    _check_token(state, body)
    session = state.gateway.find_session(str(body.get("session_id")))
    sequence = body.get("seq")
    if session is None or not isinstance(sequence, int):
        state.trace.add("gateway", "RESUME of an unknown session")
        link.send(_NOT_RESUMABLE)
        return None
    if sequence > session.sequence:
        raise CloseGatewayError(4007, "Invalid seq.")
    missed = session.list_missed(sequence)
    if missed is None:
        state.gateway.drop_session(session)
        link.send(_NOT_RESUMABLE)
        return None
    if session.link is not None:
        # a half-open socket that the bot has given up; the newest connection wins
        session.link.cut()
    session.attach(link)
    for frame in missed:
        link.send(frame)
    session.dispatch("RESUMED", b'{"_trace":[]}')
    state.trace.add("gateway", f"RESUME, {len(missed)} replayed")
    state.gateway.presence_changed()
    return session


def _guilds_of(state: State, session: Session) -> list[Guild]:
    return [guild for guild in state.world.guilds.values() if session.serves(guild.id)]


def _ready_object(state: State, session: Session) -> JsonObject:
    bot = state.world.users[state.config.application_id]
    return {
        "v": 10,
        "user": {**user_object(bot), "verified": True, "mfa_enabled": False, "email": None},
        "guilds": [{"id": guild.id, "unavailable": True} for guild in _guilds_of(state, session)],
        "session_id": session.session_id,
        "session_type": "normal",
        "resume_gateway_url": state.gateway_url,
        "shard": list(session.shard),
        "application": {"id": state.config.application_id, "flags": 0},
        "private_channels": [],
        "relationships": [],
        "presences": [],
        "guild_join_requests": [],
        "geo_ordered_rtc_regions": [],
        "user_settings": {},
        "_trace": [],
    }


def _check_token(state: State, body: object) -> None:
    token = body.get("token") if isinstance(body, dict) else None
    if not isinstance(token, str) or token.removeprefix("Bot ") != state.config.token:
        raise CloseGatewayError(4004, "Authentication failed.")


def _check_shard(body: JsonObject) -> tuple[int, int]:
    shard = body.get("shard", [0, 1])
    match shard:
        case [int(index), int(count)] if 0 <= index < count:
            return index, count
        case _:
            raise CloseGatewayError(4010, "Invalid shard.")


def _check_intents(state: State, body: JsonObject) -> int:
    intents = body.get("intents")
    if not isinstance(intents, int) or intents < 0 or intents & ~KNOWN_INTENTS:
        raise CloseGatewayError(4013, "Invalid intent(s).")
    if intents & PRIVILEGED_INTENTS & ~state.config.privileged_intents:
        raise CloseGatewayError(4014, "Disallowed intent(s).")
    return intents
