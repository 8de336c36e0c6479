"""The actor that is Scooty's ear and mouth in Discord.

**Owns** the discord.py client with its gateway connection, the pool of connections to Discord's
interaction endpoints, what was already sent for each interaction, and the registered commands.

**Loses at restart** the gateway session (a new incarnation identifies anew, 1,000 times a day at
most, so its child spec's back-off must begin at 5 s or more) and the states of the interactions
under way: an answer to one of those is first tried as a callback, and becomes an edit when Discord
says that it was acknowledged before.

**Failure modes** A dropped connection is a state, "connecting": discord.py takes the session up
again, and answers still go out meanwhile. Discord being unreachable at the login is the same state,
tried again with back-off. A wrong token, intents that are not allowed, and a wrong
SCOOTY_DISCORD_BASE end the process at once, with one sentence and exit code 78. Commands that
cannot be registered leave the actor degraded, and are tried again. When discord.py gives up for
another reason the incarnation ends.

The child spec needs a concurrency well above 1: an answer waits for Discord.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import math
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, assert_never

import discord
from typing_extensions import override

from actors.discord_gateway.acknowledgements import Acknowledgements
from actors.discord_gateway.answering import Answering
from actors.discord_gateway.base_url import check_base_url
from actors.discord_gateway.client import (
    GatewayClient,
    api_base,
    point_library_at,
    silence_secrets,
)
from actors.discord_gateway.command_routes import CommandRoutes, CommandScope
from actors.discord_gateway.delivery import Delivery
from actors.discord_gateway.errors import (
    ConfigurationRefusedError,
    GatewayEndedError,
    GatewayUnreachableError,
)
from actors.discord_gateway.incoming import UnreadableInteractionError, parse_interaction
from actors.discord_gateway.messages import (
    Answer,
    Answered,
    AnswerNotDelivered,
    Defer,
    Deferred,
    FollowUp,
    GatewayHealth,
    GetGatewayHealth,
)
from actors.discord_gateway.registration import Registration
from actors.kernel import AsyncioActor, Backoff, correlation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any

    from pydantic import SecretStr

    from actors.discord_gateway.declarations import CommandDeclaration
    from actors.kernel import Address

__all__ = ["DiscordGateway", "GatewayMessage"]

GatewayMessage: TypeAlias = Answer | Defer | FollowUp | GetGatewayHealth

_CLOSE_S: Final = 2.0
_PAUSES: Final = Backoff(first_s=1.0, max_s=60.0)
_PAUSE_AFTER_LOGIN_S: Final = 5.0
"""Once a session may have begun, the next try may be an IDENTIFY, of which there are few."""


class DiscordGateway(AsyncioActor[GatewayMessage]):
    """Talks to Discord for everybody else.

    Args:
        token: The bot's token.
        interactions: Told each `InteractionReceived`.
        commands: The commands to register.
        guild_id: The one server to register them in; None for everywhere.
        base_url: A Discord-speaking server on this machine, instead of Discord.

    Raises:
        ConfigurationRefusedError: When the token or the address cannot be right.
    """

    def __init__(
        self,
        *,
        token: SecretStr,
        interactions: Address,
        commands: tuple[CommandDeclaration, ...],
        guild_id: int | None = None,
        base_url: str | None = None,
    ) -> None:
        super().__init__()
        self._token = token
        self._interactions = interactions
        self._commands = commands
        self._scope = CommandScope(guild_id=guild_id)
        self._base_url = check_base_url(base_url) if base_url else None
        _check_token(token)
        self._client: GatewayClient | None = None
        self._state: Literal["disconnected", "connecting", "connected"] = "disconnected"
        self._is_ready = asyncio.Event()
        self._ready_at: datetime | None = None
        self._resumes = 0
        self._degraded: dict[str, str] = {}

    @override
    async def on_start(self) -> None:
        """Begin to connect; not being connected yet is a state, so nothing waits for it here."""
        point_library_at(self._base_url)
        silence_secrets()
        self._acknowledgements = Acknowledgements(self.clock)
        self._delivery = Delivery(
            api_base(self._base_url),
            self.clock,
            user_agent=f"DiscordBot (https://github.com/Rapptz/discord.py, {discord.__version__})",
        )
        self._answering = Answering(
            acknowledgements=self._acknowledgements,
            delivery=self._delivery,
            clock=self.clock,
            log=self.log,
        )
        self._enter_connecting("not connected to Discord yet")
        self.spawn(self._stay_connected(), name="connection")

    @override
    async def on_receive(
        self, message: GatewayMessage
    ) -> Answered | Deferred | AnswerNotDelivered | GatewayHealth:
        """Carry out what the desk asks for."""
        match message:
            case Answer():
                return await self._answering.answer(message)
            case Defer():
                return await self._answering.defer(message)
            case FollowUp():
                return await self._answering.follow_up(message)
            case GetGatewayHealth():
                return self._health()
            case _:
                assert_never(message)

    @override
    async def on_stop(self) -> None:
        """Leave the gateway properly, so that the bot goes offline at once."""
        self._state = "disconnected"
        if self._client is not None:
            await _close(self._client)
        await self._delivery.close()

    def on_interaction(self, raw: Mapping[str, Any]) -> None:
        """Hand an interaction on; one that cannot be read must not end the connection."""
        try:
            received = parse_interaction(raw, received_at=self.clock.now())
        except UnreadableInteractionError as error:
            self.log.warning("gateway.interaction_unreadable", detail=str(error))
            return
        interaction_id = received.key.id
        if interaction_id in self._acknowledgements:
            return  # a resumed session may replay what had just arrived
        self._acknowledgements.add(
            interaction_id, attachment_size_limit=received.attachment_size_limit
        )
        with correlation(str(interaction_id)):
            if not self._interactions.tell(received):
                self.log.warning("gateway.interaction_dropped", interaction_id=interaction_id)

    def on_ready(self) -> None:
        """A new session began."""
        self._ready_at = self.clock.now()
        self._enter_connected()
        self.log.info("gateway.connected", guild_id=self._scope.guild_id)

    def on_resumed(self) -> None:
        """The dropped session goes on."""
        self._resumes += 1
        self._enter_connected()
        self.log.info("gateway.resumed", resumes=self._resumes)

    def on_disconnected(self) -> None:
        """The connection dropped; the library takes it up again."""
        self.log.info("gateway.disconnected")
        self._enter_connecting("the connection to Discord dropped")

    async def _stay_connected(self) -> None:
        for failures in itertools.count(1):
            client = self._client = GatewayClient(self, base_url=self._base_url)
            try:
                await self._run_session(client)
            except GatewayUnreachableError as error:
                least_s = _PAUSE_AFTER_LOGIN_S if client.has_logged_in else 0.0
                pause_s = max(_PAUSES.delay_s(failures), least_s)
                self.log.warning("gateway.unreachable", reason=str(error), retry_in_s=pause_s)
                self._enter_connecting(str(error))
            finally:
                await _close(client)
            await self.clock.sleep(pause_s)

    async def _run_session(self, client: GatewayClient) -> None:
        await client.log_in(self._token.get_secret_value().strip())
        registration = self.spawn(self._keep_registered(client), name="registration")
        try:
            await client.stay_connected()
        finally:
            registration.cancel()
        raise GatewayEndedError("the connection to Discord was closed from within")

    async def _keep_registered(self, client: GatewayClient) -> None:
        async def guild_ids() -> set[int]:
            await self._is_ready.wait()  # READY names the servers
            return client.guild_ids

        await Registration(self._commands, scope=self._scope, log=self.log).keep_trying(
            CommandRoutes(client.http, client.application_id or 0),
            guild_ids=guild_ids,
            report=self._report_registration,
            clock=self.clock,
        )

    def _report_registration(self, failure: str | None) -> None:
        if failure is None:
            self._recover("commands")
        else:
            self._degrade("commands", failure)

    def _health(self) -> GatewayHealth:
        latency_s = math.inf if self._client is None else self._client.latency
        return GatewayHealth(
            state=self._state,
            latency_ms=latency_s * 1_000 if math.isfinite(latency_s) else None,
            ready_at=self._ready_at,
            guild_count=0 if self._client is None else len(self._client.guild_ids),
            resumes=self._resumes,
            rest_failures=self._answering.failures,
        )

    def _enter_connected(self) -> None:
        self._state = "connected"
        self._is_ready.set()
        self._recover("connection")

    def _enter_connecting(self, reason: str) -> None:
        self._state = "connecting"
        self._degrade("connection", reason)

    def _degrade(self, part: str, reason: str) -> None:
        self._degraded[part] = reason
        self.report_degraded("; ".join(self._degraded.values()))

    def _recover(self, part: str) -> None:
        self._degraded.pop(part, None)
        if self._degraded:
            self.report_degraded("; ".join(self._degraded.values()))
        else:
            self.report_recovered()


def _check_token(token: SecretStr) -> None:
    """Refuse what no token looks like, before it is put in a header."""
    text = token.get_secret_value().strip()
    if not text or not text.isascii() or not text.isprintable() or " " in text:
        raise ConfigurationRefusedError(
            "DISCORD_TOKEN is empty or has characters that no token has: copy the bot's token again"
            " from https://discord.com/developers/applications (Bot, Reset Token)."
        )


async def _close(client: GatewayClient) -> None:
    """Close a client; a server that does not answer the farewell is not waited for (30 s)."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_CLOSE_S):
            await client.close()
    await client.http.close()
