"""The connection to Discord as a state: disconnected, connecting, connected.

discord.py holds a session, takes a dropped one up again (RESUME) and identifies anew when it must.
What is left to do here is what it does not do: to try again while Discord cannot be reached at all,
and to tell what will never work from what may work later.
"""

from __future__ import annotations

import asyncio
import itertools
import math
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, TypeAlias

from actors.discord_gateway.client import GatewayClient
from actors.discord_gateway.errors import GatewayEndedError, GatewayUnreachableError
from actors.kernel import Backoff

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from aiohttp import TraceConfig
    from discord.http import HTTPClient
    from pydantic import SecretStr
    from structlog.typing import FilteringBoundLogger

    from actors.kernel import Clock

ConnectionState: TypeAlias = Literal["disconnected", "connecting", "connected"]

_PAUSES: Final = Backoff(first_s=1.0, max_s=60.0)
_PAUSE_AFTER_LOGIN_S: Final = 5.0
"""Once a session may have begun, the next try may be an IDENTIFY: 1,000 a day, 5 s apart."""


class ConnectionListener(Protocol):
    """Whom the connection tells what happens, on the event loop and without waiting."""

    def on_interaction(self, raw: Mapping[str, Any]) -> None:
        """Take the ``d`` of an INTERACTION_CREATE."""

    def on_logged_in(self, client: GatewayClient) -> None:
        """The client's HTTP part can be used from now on."""

    def on_logged_out(self) -> None:
        """The client is about to be closed."""

    def on_connected(self) -> None:
        """A session began or goes on."""

    def on_connecting(self, reason: str) -> None:
        """There is no session at the moment."""

    def on_guild_joined(self) -> None:
        """The bot was let into one more server."""


class Connection:
    """Keeps a session with Discord.

    Args:
        listener: Told what happens.
        token: The bot's token.
        base_url: A checked address to use instead of Discord's.
        clock: For the pauses.
        log: The actor's logger.
        trace: Sees the library's requests.
    """

    def __init__(  # noqa: PLR0913 - independent settings, given by name
        self,
        listener: ConnectionListener,
        *,
        token: SecretStr,
        base_url: str | None,
        clock: Clock,
        log: FilteringBoundLogger,
        trace: TraceConfig | None = None,
    ) -> None:
        self._listener = listener
        self._token = token
        self._base_url = base_url
        self._clock = clock
        self._log = log
        self._trace = trace
        self._client: GatewayClient | None = None
        self._is_closing = False
        self._knows_guilds = asyncio.Event()
        self.state: ConnectionState = "disconnected"
        self.ready_at: datetime | None = None
        self.resumes = 0

    @property
    def latency_ms(self) -> float | None:
        """Round trip of the last heartbeat; None before the first."""
        latency_s = math.inf if self._client is None else self._client.latency
        return latency_s * 1_000 if math.isfinite(latency_s) else None

    @property
    def guild_count(self) -> int:
        """How many servers the bot is in; 0 before the first session."""
        return 0 if self._client is None else len(self._client.guild_ids)

    @property
    def http(self) -> HTTPClient | None:
        """The client's HTTP part; None unless it has logged in."""
        client = self._client
        is_usable = client is not None and client.has_logged_in and not self._is_closing
        return client.http if client is not None and is_usable else None

    async def list_guild_ids(self) -> tuple[int, ...]:
        """List the servers the bot is in, once a session has told them."""
        await self._knows_guilds.wait()
        return () if self._client is None else tuple(sorted(self._client.guild_ids))

    async def keep(self) -> None:
        """Log in and stay connected, trying again while Discord cannot be reached.

        Raises:
            ConfigurationRefusedError: When it will never work.
            GatewayEndedError: When the library gave up a session for no known reason.
        """
        for failures in itertools.count(1):
            client = self._client = GatewayClient(self, base_url=self._base_url, trace=self._trace)
            self._enter_connecting("not connected to Discord yet")
            try:
                await self._run_session(client)
            except GatewayUnreachableError as error:
                least_s = _PAUSE_AFTER_LOGIN_S if client.has_logged_in else 0.0
                pause_s = max(_PAUSES.delay_s(failures), least_s)
                self._log.warning(
                    "gateway.unreachable", reason=str(error), retry_in_s=round(pause_s, 1)
                )
                self._enter_connecting(str(error))
            finally:
                await client.leave()
            if self._is_closing:
                return
            await self._clock.sleep(pause_s)

    async def close(self) -> None:
        """Leave the gateway properly, so that the bot goes offline at once."""
        self._is_closing = True
        self.state = "disconnected"
        if self._client is not None:
            await self._client.leave()

    def on_interaction(self, raw: Mapping[str, Any]) -> None:
        """Hand an interaction on."""
        self._listener.on_interaction(raw)

    def on_ready(self) -> None:
        """A new session began."""
        self.ready_at = self._clock.now()
        self._knows_guilds.set()
        self._enter_connected()
        self._log.info("gateway.connected", guilds=self.guild_count)

    def on_resumed(self) -> None:
        """The dropped session goes on."""
        self.resumes += 1
        self._enter_connected()
        self._log.info("gateway.resumed", resumes=self.resumes)

    def on_disconnected(self) -> None:
        """The connection dropped; the library takes it up again."""
        if not self._is_closing:
            self._log.info("gateway.disconnected")
            self._enter_connecting("the connection to Discord dropped")

    def on_guild_joined(self) -> None:
        """Tell the listener."""
        self._listener.on_guild_joined()

    async def _run_session(self, client: GatewayClient) -> None:
        await client.log_in(self._token)
        self._listener.on_logged_in(client)
        try:
            await client.stay_connected()
        finally:
            self._listener.on_logged_out()
        if not self._is_closing:
            raise GatewayEndedError("the connection to Discord was closed from within")

    def _enter_connected(self) -> None:
        self.state = "connected"
        self._listener.on_connected()

    def _enter_connecting(self, reason: str) -> None:
        self.state = "connecting"
        self._listener.on_connecting(reason)
