"""The actor that is Scooty's ear and mouth in Discord.

**Owns** the discord.py client with its gateway connection, the pool of connections to Discord's
interaction endpoints, what was already sent for each interaction, and the registered commands.

**Loses at restart** the gateway session (a new incarnation identifies anew, 1,000 times a day at
most, so its child spec's back-off must begin at 5 s or more) and the states of the interactions
under way: an answer to one of those is first tried as a callback, and becomes an edit when Discord
says that it was acknowledged before. What was found of the bot's rights is looked for anew.

**Failure modes** A dropped connection is a state, "connecting": discord.py takes the session up
again, and answers still go out meanwhile. Discord being unreachable at the login is the same state,
tried again with back-off; after 15 minutes of it the process ends with exit code 69, since a
platform that starts it anew may do so where Discord can be reached. A wrong token or one of another
application, intents that are not allowed, and a wrong SCOOTY_DISCORD_BASE end the process at once,
with one sentence and exit code 78. Commands that cannot be registered leave the actor degraded, and
are tried again; those that somebody changes later are found and registered again. Ten refusals in
a row (401, 403, 429) pause all answers for a while and leave it degraded too, so that Discord does
not ban the address; a single 429 halves the number of answers under way. When discord.py gives up
for another reason the incarnation ends.

The child spec needs a concurrency well above 1, since an answer waits for Discord, and a handling
deadline above the 6.5 s that an answer may take while Discord is failing.
"""

from __future__ import annotations

import contextlib
import re
from functools import partial
from typing import TYPE_CHECKING, Final, assert_never

import discord
from typing_extensions import override

from actors.discord_gateway.acknowledgements import Acknowledgements
from actors.discord_gateway.answering import Answering
from actors.discord_gateway.attachment_message import FetchAttachment
from actors.discord_gateway.attachments import AttachmentStore
from actors.discord_gateway.base_url import check_base_url
from actors.discord_gateway.channel_delivery import post_to_channel
from actors.discord_gateway.channel_message import PostToChannel
from actors.discord_gateway.client import api_base, point_library_at, silence_secrets
from actors.discord_gateway.command_routes import CommandScope
from actors.discord_gateway.complaints import Complaints
from actors.discord_gateway.connection import Connection
from actors.discord_gateway.delivery import Delivery
from actors.discord_gateway.errors import ConfigurationRefusedError, OtherApplicationError
from actors.discord_gateway.giving_up import GIVE_UP_AFTER_S, GivingUp
from actors.discord_gateway.incoming import UnreadableInteractionError, parse_interaction
from actors.discord_gateway.kept_delivery import carry_out
from actors.discord_gateway.kept_message import (
    DeleteInChannel,
    EditInChannel,
    LookAtChannel,
    PinInChannel,
)
from actors.discord_gateway.library_requests import counting_trace
from actors.discord_gateway.member_delivery import send_to_member
from actors.discord_gateway.member_message import SendToMember
from actors.discord_gateway.messages import (
    Answer,
    Defer,
    FollowUp,
    GatewayHealth,
    GetGatewayHealth,
)
from actors.discord_gateway.protocol import GatewayMessage
from actors.discord_gateway.registration import Registration
from actors.discord_gateway.standing import CheckStanding
from actors.discord_gateway.upkeep import Upkeep
from actors.kernel import AsyncioActor, correlation

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Mapping
    from typing import Any

    from pydantic import SecretStr

    from actors.discord_gateway.client import GatewayClient
    from actors.discord_gateway.declarations import CommandDeclaration
    from actors.discord_gateway.interactions import InteractionReceived
    from actors.discord_gateway.protocol import GatewayReply
    from actors.kernel import Address

_USER_AGENT: Final = f"DiscordBot (https://github.com/Rapptz/discord.py, {discord.__version__})"
_TOKEN: Final = re.compile(r"[!-~]+")


class DiscordGateway(AsyncioActor[GatewayMessage]):
    """Talks to Discord for everybody else.

    Args:
        token: The bot's token.
        interactions: Told each `InteractionReceived`.
        commands: The commands to register.
        guild_id: The one server to register them in; None for everywhere.
        application_id: The application that the token has to belong to; None for whichever it is.
        base_url: A Discord-speaking server on this machine, instead of Discord.
        give_up_after_s: How long it may be without a connection before the process ends.

    Raises:
        ConfigurationRefusedError: When the token or the address cannot be right.
    """

    finishes_expired = True  # Discord may have taken it; what it answers must be known

    def __init__(  # noqa: PLR0913 - independent settings, given by name
        self,
        *,
        token: SecretStr,
        interactions: Address[InteractionReceived],
        commands: tuple[CommandDeclaration, ...],
        guild_id: int | None = None,
        application_id: int | None = None,
        base_url: str | None = None,
        give_up_after_s: float = GIVE_UP_AFTER_S,
    ) -> None:
        super().__init__()
        _check_token(token)
        self._token = token
        self._base_url = check_base_url(base_url) if base_url else None
        self._interactions = interactions
        self._commands = commands
        self._scope = CommandScope(guild_id=guild_id)
        self._application_id = application_id
        self._giving_up = GivingUp(self, after_s=give_up_after_s)
        self._keeping_up: asyncio.Task[None] | None = None
        self._complaints = Complaints(self)
        self._closing = contextlib.AsyncExitStack()

    @override
    async def on_start(self) -> None:
        """Begin to connect; not being connected yet is a state, so nothing waits for it here."""
        point_library_at(self._base_url)
        silence_secrets()
        self._acknowledgements = Acknowledgements(self.clock)
        self._delivery = Delivery(
            api_base(self._base_url),
            self.clock,
            user_agent=_USER_AGENT,
            report=self._report_refusals,
        )
        self._closing.push_async_callback(self._delivery.close)
        self._attachments = AttachmentStore(self._base_url, user_agent=_USER_AGENT)
        self._closing.push_async_callback(self._attachments.close)
        self._answering = Answering(
            acknowledgements=self._acknowledgements,
            delivery=self._delivery,
            clock=self.clock,
            log=self.log,
        )
        self._connection = Connection(
            self,
            token=self._token,
            base_url=self._base_url,
            clock=self.clock,
            log=self.log,
            trace=counting_trace(self._delivery.invalid),
        )
        self._upkeep = Upkeep(
            Registration(self._commands, scope=self._scope, log=self.log),
            scope=self._scope,
            clock=self.clock,
            log=self.log,
            report=partial(self._complaints.note, "commands"),
        )
        self._closing.push_async_callback(self._connection.close)
        self._complaints.note("connection", "not connected to Discord yet")
        self.spawn(self._connection.keep(), name="connection")

    @override
    async def on_receive(  # noqa: PLR0911 - one arm a message
        self, message: GatewayMessage
    ) -> GatewayReply:
        """Carry out what the others ask for."""
        match message:
            case Answer():
                return await self._answering.answer(message)
            case Defer():
                return await self._answering.defer(message)
            case FollowUp():
                return await self._answering.follow_up(message)
            case SendToMember():
                return await send_to_member(message, self._connection.http)
            case PostToChannel():
                http = self._connection.http
                return await post_to_channel(message, http, self._delivery.invalid)
            case EditInChannel() | PinInChannel() | DeleteInChannel() | LookAtChannel():
                return await carry_out(message, self._connection.http, self._delivery.invalid)
            case FetchAttachment():
                return await self._attachments.fetch(message)
            case CheckStanding():
                self._upkeep.look_soon()
                return None
            case GetGatewayHealth():
                return self._health()
            case _:
                assert_never(message)

    @override
    async def on_drain(self) -> None:
        """Leave the gateway, so that no more interactions come in; answers still go out."""
        await self._connection.close()

    @override
    async def on_stop(self) -> None:
        """Leave the gateway, and close the connections that answers went over."""
        await self._closing.aclose()

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

    def on_logged_in(self, client: GatewayClient) -> None:
        """Register the commands beside the connecting: it needs the login alone."""
        actual = client.application_id
        if self._application_id not in (None, actual):
            raise OtherApplicationError(given=self._application_id, actual=actual)
        self._keeping_up = self.spawn(
            self._upkeep.keep(
                client.http, actual or 0, list_guild_ids=self._connection.list_guild_ids
            ),
            name="upkeep",
        )

    def on_logged_out(self) -> None:
        """Stop looking after the commands: the next login begins again."""
        if self._keeping_up is not None:
            self._keeping_up.cancel()

    def on_connected(self) -> None:
        """Interactions arrive now; what changed meanwhile is looked for."""
        if self._upkeep.standing is not None:
            self._upkeep.look_soon()
        self._giving_up.call_off()
        self._complaints.note("connection", None)

    def on_guild_joined(self) -> None:
        """Look at once what the new server grants."""
        self._upkeep.look_soon()

    def on_connecting(self, reason: str) -> None:
        """No interactions arrive now; answers still go out."""
        self._giving_up.begin()
        self._complaints.note("connection", reason)

    def _report_refusals(self, sentence: str | None) -> None:
        if sentence is None:
            self.log.info("gateway.accepted_again")
        else:
            self.log.error("gateway.paused", reason=sentence)
        self._complaints.note("refusals", sentence)

    def _health(self) -> GatewayHealth:
        connection = self._connection
        return GatewayHealth(
            state=connection.state,
            latency_ms=connection.latency_ms,
            ready_at=connection.ready_at,
            guild_count=connection.guild_count,
            resumes=connection.resumes,
            rest_failures=self._answering.failures,
            rate_limited=self._delivery.invalid.rate_limited,
            invalid_requests=self._delivery.invalid.total,
            standing=self._upkeep.standing,
        )


def _check_token(token: SecretStr) -> None:
    """Refuse what no token looks like, before it is put in a header."""
    # No variable holds the plain token: a traceback may show the variables of a frame.
    if not _TOKEN.fullmatch(token.get_secret_value().strip()):
        raise ConfigurationRefusedError(
            "DISCORD_TOKEN is empty or has characters that no token has: copy the bot's token again"
            " from https://discord.com/developers/applications (Bot, Reset Token)."
        )
