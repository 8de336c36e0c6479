"""All sessions of the bot, and which of them gets which event."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Final

import orjson

from sandbox.gateway_session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.config import SandboxConfig
    from sandbox.gateway_session import Link
    from sandbox.wire import JsonObject

INTENT_GUILDS: Final = 1 << 0
INTENT_GUILD_MEMBERS: Final = 1 << 1
INTENT_PRESENCES: Final = 1 << 8
INTENT_GUILD_MESSAGES: Final = 1 << 9
INTENT_DIRECT_MESSAGES: Final = 1 << 12
INTENT_MESSAGE_CONTENT: Final = 1 << 15
PRIVILEGED_INTENTS: Final = INTENT_GUILD_MEMBERS | INTENT_PRESENCES | INTENT_MESSAGE_CONTENT
KNOWN_INTENTS: Final = (1 << 17) - 1 | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25
"""Source: events/gateway#list-of-intents; bits 17 to 19, 22 and 23 are unused."""


class GatewayHub:
    """Keeps the sessions. ``on_presence`` is told whenever the bot goes on- or offline."""

    def __init__(self, config: SandboxConfig) -> None:
        self._config = config
        self._sessions: dict[str, Session] = {}
        self._was_online = False
        self.identifies = 0
        self.last_identify_s = float("-inf")
        self.on_presence: Callable[[bool], None] = lambda _online: None

    @property
    def is_online(self) -> bool:
        """Whether a bot is connected right now."""
        return any(session.link is not None for session in self._sessions.values())

    def open_session(self, intents: int, shard: tuple[int, int]) -> Session:
        """Start a session for a bot that has identified."""
        self._forget_expired()
        session = Session(secrets.token_hex(16), intents, shard, self._config.replay_size)
        self._sessions[session.session_id] = session
        self.identifies += 1
        self.last_identify_s = time.monotonic()
        return session

    def find_session(self, session_id: str) -> Session | None:
        """Return a session that can still be resumed."""
        self._forget_expired()
        return self._sessions.get(session_id)

    def drop_session(self, session: Session) -> None:
        """Make a session impossible to resume."""
        self._sessions.pop(session.session_id, None)
        self.presence_changed()

    def presence_changed(self) -> None:
        """Tell the listener when the bot went on- or offline."""
        online = self.is_online
        if online != self._was_online:
            self._was_online = online
            self.on_presence(online)

    def dispatch(self, event: str, body: JsonObject, *, intents: int = 0) -> None:
        """Send an event to the guild's sessions that have one of ``intents`` (0: to all)."""
        encoded = orjson.dumps(body)
        guild_id = body.get("guild_id")
        for session in self._sessions.values():
            if (not intents or session.intents & intents) and session.serves(guild_id):
                session.dispatch(event, encoded)

    def dispatch_message(self, event: str, body: JsonObject, *, intents: int, is_own: bool) -> None:
        """Send a message event; without the privileged intent others' texts arrive empty.

        Source: events/gateway#message-content-intent
        """
        full = orjson.dumps(body)
        bare: bytes | None = None
        for session in self._sessions.values():
            if not session.intents & intents or not session.serves(body.get("guild_id")):
                continue
            if is_own or session.intents & INTENT_MESSAGE_CONTENT:
                session.dispatch(event, full)
                continue
            bare = bare or orjson.dumps(
                {**body, "content": "", "embeds": [], "attachments": [], "components": []}
            )
            session.dispatch(event, bare)

    def list_links(self) -> list[tuple[Session, Link]]:
        """Return the connected sessions."""
        return [(each, each.link) for each in self._sessions.values() if each.link is not None]

    def drop_connections(self) -> None:
        """Fault: cut every socket; the sessions can be resumed."""
        for _, link in self.list_links():
            link.cut()

    def ask_to_reconnect(self) -> None:
        """Fault: op 7 to everybody."""
        for _, link in self.list_links():
            link.send(b'{"op":7,"d":null}')

    def invalidate_sessions(self, *, resumable: bool) -> None:
        """Fault: op 9 to everybody."""
        for session, link in self.list_links():
            if not resumable:
                self._sessions.pop(session.session_id, None)
            link.send(b'{"op":9,"d":true}' if resumable else b'{"op":9,"d":false}')
        self.presence_changed()

    def _forget_expired(self) -> None:
        limit = time.monotonic() - self._config.resume_window_s
        self._sessions = {
            key: session
            for key, session in self._sessions.items()
            if session.detached_at_s is None or session.detached_at_s > limit
        }
