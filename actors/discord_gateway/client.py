"""The seam to discord.py 2.7.1: its connection is used, its model of the world is not.

The library keeps a table from an event's name to a parser (``ConnectionState.parsers``), which its
websocket looks up for each event (``DiscordWebSocket.received_message``). Its own parsers build and
cache guilds, channels, members and messages; here the table holds five small functions instead, so
an interaction costs the decoding of its JSON and nothing else. Heartbeats, RESUME, reconnecting and
the back-off between attempts stay the library's.

discord.py keeps Discord's addresses in class attributes. They are set here, for the whole process.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from typing import TYPE_CHECKING, Any, Final, Protocol

import aiohttp
import discord
from discord.asset import Asset
from discord.gateway import DiscordWebSocket, KeepAliveHandler
from discord.http import Route
from typing_extensions import override
from yarl import URL

from actors.discord_gateway.base_url import is_loopback
from actors.discord_gateway.errors import (
    LIBRARY_ERRORS,
    DiscordBaseRefusedError,
    GatewayUnreachableError,
    name_connection_error,
    name_login_error,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import SecretStr

_FAREWELL_S: Final = 2.0
_API_PATH: Final = "/api/v10"
_DISCORD_API: Final = Route.BASE
_DISCORD_CDN: Final = Asset.BASE
_DISCORD_GATEWAY: Final = DiscordWebSocket.DEFAULT_GATEWAY

_NONSENSE: Final = (KeyError, TypeError, AttributeError, ValueError)
"""What the library raises when an answer is not Discord's (it checks none)."""


class Heartbeats(KeepAliveHandler):
    """The library's thread, which notes when it sends a heartbeat before the sending.

    The library's own notes it afterwards. An answer that comes before that note is held against the
    heartbeat before, 41 s ago: "Can't keep up". On a loopback it often does.

    Source: discord.py 2.7, discord/gateway.py, ``KeepAliveHandler.run`` and ``ack``.
    """

    @override
    def get_payload(self) -> dict[str, Any]:
        self._last_send = time.perf_counter()
        return super().get_payload()


discord.gateway.KeepAliveHandler = Heartbeats  # type: ignore[misc]


class GatewayEvents(Protocol):
    """What the client reports, on the event loop and without waiting."""

    def on_interaction(self, raw: Mapping[str, Any]) -> None:
        """Take the ``d`` of an INTERACTION_CREATE."""

    def on_ready(self) -> None:
        """A new session began."""

    def on_resumed(self) -> None:
        """A dropped session was taken up again; missed events follow or have followed."""

    def on_disconnected(self) -> None:
        """The connection is gone; the library is about to try again."""

    def on_guild_joined(self) -> None:
        """The bot was let into one more server."""


def api_base(base_url: str | None) -> str:
    """Tell where REST requests go."""
    return _DISCORD_API if base_url is None else base_url + _API_PATH


def point_library_at(base_url: str | None) -> None:
    """Set the library's addresses to a checked base address, or back to Discord's (None).

    The gateway's own address is asked for after the login; see `GatewayClient.log_in`.
    """
    Route.BASE = api_base(base_url)
    Asset.BASE = _DISCORD_CDN if base_url is None else f"{base_url}/cdn"
    DiscordWebSocket.DEFAULT_GATEWAY = _DISCORD_GATEWAY


def silence_secrets() -> None:
    """Keep the library's debug lines out of any log: they hold tokens and people's words."""
    logger = logging.getLogger("discord")
    logger.setLevel(max(logger.getEffectiveLevel(), logging.INFO))


class GatewayClient(discord.Client):
    """One login and one gateway session at a time.

    Args:
        events: Told what happens.
        base_url: A checked address to use instead of Discord's.
        trace: Sees the library's requests.
    """

    def __init__(
        self,
        events: GatewayEvents,
        *,
        base_url: str | None,
        trace: aiohttp.TraceConfig | None = None,
    ) -> None:
        intents = discord.Intents.none()
        intents.guilds = True  # not privileged; tells which servers the bot is in
        super().__init__(
            intents=intents,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            http_trace=trace or aiohttp.TraceConfig(),
        )
        self._events = events
        self._base_url = base_url
        self.guild_ids: set[int] = set()
        """The servers the bot is in."""
        self.has_logged_in = False
        parsers: dict[str, Callable[[Any], None]] = {
            "INTERACTION_CREATE": events.on_interaction,
            "READY": self._on_ready,
            "RESUMED": self._on_resumed,
            "GUILD_CREATE": self._on_guild_create,
            "GUILD_DELETE": self._on_guild_delete,
        }
        self._connection.parsers = parsers

    @override
    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Hear of a dropped connection; the library's listeners and views are not used."""
        if event == "disconnect":
            self._events.on_disconnected()

    async def log_in(self, token: SecretStr) -> None:
        """Check the token, and ask another Discord for its gateway's address.

        No variable here holds the plain token: a traceback may show the variables of a frame.

        Raises:
            ConfigurationRefusedError: When the token or the base address will never work.
            GatewayUnreachableError: When it may work later.
        """
        try:
            await self.login(token.get_secret_value())
            if self._base_url is not None:
                await self._ask_for_gateway()
            self.has_logged_in = True
        except DiscordBaseRefusedError:
            raise
        except (*LIBRARY_ERRORS, *_NONSENSE) as error:
            raise name_login_error(error, base_url=self._base_url) from None

    async def stay_connected(self) -> None:
        """Hold the gateway connection for as long as the library can.

        Raises:
            ConfigurationRefusedError: When Discord will never accept it.
            GatewayUnreachableError: When there never was a connection.
            GatewayEndedError: When the library gave up.
        """
        # connect() uses asyncio.wait_for, which can lose a cancellation before Python 3.12
        # (python/cpython#86296). So it has a task of its own, and closing the client ends it.
        connecting = asyncio.create_task(self.connect(), name="discord-connect")
        try:
            await asyncio.wait([connecting])
        finally:
            if not connecting.done():
                connecting.cancel()
                await self.leave()
                await asyncio.gather(connecting, return_exceptions=True)
        try:
            connecting.result()
        except LIBRARY_ERRORS as error:
            raise name_connection_error(error) from None
        except AttributeError as error:
            # connect() takes up self.ws after any failure, but has none when the very first
            # attempt failed (2.7.1); the reason is the error that it was dealing with.
            if self.ws is not None:
                raise
            reason = type(error.__context__).__name__
            raise GatewayUnreachableError(f"the gateway cannot be reached ({reason})") from None

    async def leave(self) -> None:
        """Close everything; a server that does not answer the farewell is not waited for (30 s)."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_FAREWELL_S):
                await self.close()
        await self.http.close()

    async def _ask_for_gateway(self) -> None:
        answer = await self.http.request(Route("GET", "/gateway"))
        url = URL(answer["url"])
        if not is_loopback(url.host):
            raise DiscordBaseRefusedError(
                "The server at SCOOTY_DISCORD_BASE names a gateway that is not on this machine"
                f" ({url.host}); the bot's token is not sent there."
            )
        DiscordWebSocket.DEFAULT_GATEWAY = url

    def _on_ready(self, event: Mapping[str, Any]) -> None:
        self.guild_ids = {int(guild["id"]) for guild in event.get("guilds") or ()}
        self._events.on_ready()

    def _on_resumed(self, _event: Mapping[str, Any]) -> None:
        self._events.on_resumed()

    def _on_guild_create(self, event: Mapping[str, Any]) -> None:
        guild_id = int(event["id"])
        is_new = guild_id not in self.guild_ids
        self.guild_ids.add(guild_id)
        if is_new:
            self._events.on_guild_joined()

    def _on_guild_delete(self, event: Mapping[str, Any]) -> None:
        # "unavailable" is an outage of the server's; without it the bot has been removed.
        if not event.get("unavailable"):
            self.guild_ids.discard(int(event["id"]))
