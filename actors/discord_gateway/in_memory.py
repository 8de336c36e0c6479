"""The gateway without Discord: the same messages, and a record of what people would see.

**Owns** nothing outside the process. **Loses at restart** nothing: the record is the test's own.
**Failure modes** only those that a test asks for by `Stage.refuse_next`.

For tests of the actors that answer interactions. It keeps Discord's rules that a caller can break:
the documented limits, a form only as the first answer, one first answer to an interaction.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, assert_never

from typing_extensions import override

from actors.discord_gateway.attachment_message import (
    AttachmentFetched,
    AttachmentNotFetched,
    FetchAttachment,
)
from actors.discord_gateway.channel_message import NotPosted, Posted, PostToChannel
from actors.discord_gateway.in_memory_channels import Channels
from actors.discord_gateway.incoming import DEFAULT_ATTACHMENT_LIMIT
from actors.discord_gateway.kept_message import (
    DeleteInChannel,
    EditInChannel,
    LookAtChannel,
    PinInChannel,
)
from actors.discord_gateway.limits import find_breach
from actors.discord_gateway.member_message import SendToMember
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
from actors.discord_gateway.protocol import GatewayMessage
from actors.discord_gateway.replies import OfferChoices, Reply, ShowModal, UpdateMessage
from actors.discord_gateway.standing import CheckStanding
from actors.kernel import AsyncioActor

if TYPE_CHECKING:
    from actors.discord_gateway.protocol import GatewayReply
    from actors.discord_gateway.replies import Response


@dataclass(slots=True, kw_only=True)
class Shown:
    """What the person of one interaction sees."""

    state: Literal["pending", "deferred", "answered"] = "pending"
    message: Reply | None = None
    """The reply, or what the message with the button became; the last edit of it."""
    choices: OfferChoices | None = None
    modal: ShowModal | None = None
    follow_ups: list[Reply] = field(default_factory=list)
    deferrals: int = 0
    """How often more time was asked for and was still needed."""
    original_is_source: bool = False


class Stage:
    """What the people of all interactions see; a test makes it and looks at it."""

    def __init__(self) -> None:
        self.private: list[tuple[int, Reply]] = []
        """Private messages, each with the id of the person who got it."""
        self.in_channels: list[tuple[int, Reply]] = []
        """Messages to people who take no private ones, each with the channel's id."""
        self.posted: list[PostToChannel] = []
        """Messages of the bot's own, without repetitions."""
        self.channels = Channels()
        """All that stands in channels."""
        self.attachments: dict[str, bytes] = {}
        """What people uploaded, by its address."""
        self.looks_asked_for = 0
        self._shown: dict[int, Shown] = {}
        self._refusals: deque[AnswerNotDelivered] = deque()
        self._changed = asyncio.Event()

    def shown(self, interaction_id: int) -> Shown:
        """Tell what the person of an interaction sees so far."""
        return self._shown.setdefault(interaction_id, Shown())

    def refuse_next(self, outcome: AnswerNotDelivered) -> None:
        """Let the next request to Discord end like this."""
        self._refusals.append(outcome)

    def refuse_next_post(self, outcome: NotPosted) -> None:
        """Let the next message of the bot's own end like this."""
        self.channels.refuse_next(outcome)

    async def wait_until_answered(self, interaction_id: int, *, timeout_s: float = 1.0) -> Shown:
        """Wait for the answer of an interaction.

        Raises:
            TimeoutError: When there is none in time.
        """
        async with asyncio.timeout(timeout_s):
            while self.shown(interaction_id).state != "answered":
                self._changed.clear()
                await self._changed.wait()
        return self.shown(interaction_id)

    def take_refusal(self) -> AnswerNotDelivered | None:
        """Take what a test wants to happen next; for the gateway alone."""
        return self._refusals.popleft() if self._refusals else None

    def note_change(self) -> None:
        """Wake those who wait; for the gateway alone."""
        self._changed.set()


class InMemoryGateway(AsyncioActor[GatewayMessage]):
    """Answers like `DiscordGateway`, without a connection.

    Args:
        stage: Where answers are shown.
        health: What it says of itself.
    """

    def __init__(self, stage: Stage, *, health: GatewayHealth | None = None) -> None:
        super().__init__()
        self._stage = stage
        self._health = health or GatewayHealth(
            state="connected",
            latency_ms=1.0,
            ready_at=None,
            guild_count=1,
            resumes=0,
            rest_failures=0,
        )

    @override
    async def on_receive(  # noqa: PLR0911 - one arm a message
        self, message: GatewayMessage
    ) -> GatewayReply:
        """Show the answer on the stage."""
        match message:
            case Answer():
                outcome: Answered | AnswerNotDelivered = self._answer(message)
                self._stage.note_change()
                return outcome
            case Defer():
                return self._defer(message)
            case FollowUp():
                return self._follow_up(message)
            case SendToMember():
                return self._send_to_member(message)
            case PostToChannel():
                return self._post(message)
            case EditInChannel() | PinInChannel() | DeleteInChannel() | LookAtChannel():
                outcome_of_channel = self._stage.channels.carry_out(message)
                self._stage.note_change()
                return outcome_of_channel
            case FetchAttachment():
                return self._fetch(message)
            case CheckStanding():
                self._stage.looks_asked_for += 1
                return None
            case GetGatewayHealth():
                return self._health
            case _:
                assert_never(message)

    def _answer(self, message: Answer) -> Answered | AnswerNotDelivered:
        shown = self._stage.shown(message.key.id)
        refusal = _beyond_limits(message.response) or self._late_form(message, shown)
        refusal = refusal or self._stage.take_refusal()
        if refusal is not None:
            return refusal
        match message.response:
            case Reply() if shown.original_is_source:
                shown.follow_ups.append(message.response)
            case Reply():
                shown.message = message.response
            case UpdateMessage(reply=reply):
                shown.message = reply
                shown.original_is_source |= shown.state == "pending"
            case ShowModal():
                shown.modal = shown.modal or message.response
            case OfferChoices():
                shown.choices = shown.choices or message.response
            case _:
                assert_never(message.response)
        shown.state = "answered"
        return Answered()

    def _defer(self, message: Defer) -> Deferred | AnswerNotDelivered:
        shown = self._stage.shown(message.key.id)
        if shown.state != "pending":
            return Deferred()
        refusal = self._stage.take_refusal()
        if refusal is not None:
            return refusal
        shown.state = "deferred"
        shown.deferrals += 1
        shown.original_is_source = message.update
        return Deferred()

    def _follow_up(self, message: FollowUp) -> Answered | AnswerNotDelivered:
        refusal = _beyond_limits(message.reply) or self._stage.take_refusal()
        if refusal is not None:
            return refusal
        self._stage.shown(message.key.id).follow_ups.append(message.reply)
        self._stage.note_change()
        return Answered()

    def _send_to_member(self, message: SendToMember) -> Answered | AnswerNotDelivered:
        refusal = _beyond_limits(message.reply) or self._stage.take_refusal()
        is_closed = refusal is not None and refusal.reason == "refused"
        if is_closed and message.channel_id is not None and message.in_channel is not None:
            refusal = self._stage.take_refusal()
            if refusal is None:
                self._stage.in_channels.append((message.channel_id, message.in_channel))
        elif refusal is None:
            self._stage.private.append((message.user_id, message.reply))
        self._stage.note_change()
        return refusal or Answered()

    def _fetch(self, message: FetchAttachment) -> AttachmentFetched | AttachmentNotFetched:
        content = self._stage.attachments.get(message.url)
        if content is None:
            return AttachmentNotFetched(reason="refused", detail="HTTP 404")
        if len(content) > message.limit_bytes:
            detail = f"more than {message.limit_bytes} bytes"
            return AttachmentNotFetched(reason="too_large", detail=detail)
        return AttachmentFetched(content=content)

    def _post(self, message: PostToChannel) -> Posted | NotPosted:
        outcome = self._stage.channels.post(message)
        is_new = message.nonce not in {each.nonce for each in self._stage.posted}
        if isinstance(outcome, Posted) and is_new:
            self._stage.posted.append(message)
        self._stage.note_change()
        return outcome

    def _late_form(self, message: Answer, shown: Shown) -> AnswerNotDelivered | None:
        if isinstance(message.response, ShowModal) and shown.state != "pending":
            return AnswerNotDelivered(reason="refused", detail="a form must be the first answer")
        return None


def _beyond_limits(response: Response) -> AnswerNotDelivered | None:
    breach = find_breach(response, attachment_size_limit=DEFAULT_ATTACHMENT_LIMIT)
    if breach is None:
        return None
    return AnswerNotDelivered(reason="refused", detail=f"over Discord's limits: {breach}")
