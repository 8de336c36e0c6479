"""Decides how an answer is sent: a callback at first, later an edit or a follow-up.

Every path ends in a reply value; Discord's error codes are mapped here and nowhere else.

Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final, Literal

from actors.discord_gateway.delivery import Delivered, NotReached, Refused, Request
from actors.discord_gateway.limits import find_breach
from actors.discord_gateway.messages import Answer, Answered, AnswerNotDelivered, Deferred
from actors.discord_gateway.payload import callback_body, deferral_body, files_of, message_body
from actors.discord_gateway.replies import OfferChoices, Reply, ShowModal, UpdateMessage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from structlog.typing import FilteringBoundLogger

    from actors.discord_gateway.acknowledgements import Acknowledgement, Acknowledgements
    from actors.discord_gateway.delivery import Delivery, Outcome
    from actors.discord_gateway.interactions import InteractionKey
    from actors.discord_gateway.messages import Defer, FollowUp
    from actors.discord_gateway.replies import Response
    from actors.kernel import Clock

_FIRST_ANSWER_S: Final = 3.0
_LATER_ANSWER_S: Final = 5.0
"""Discord leaves 15 minutes; a person does not. From the request's arrival, so that with its last
attempt it is over in 6.5 s even when a deferral had to be waited for."""

_ALREADY_ACKNOWLEDGED: Final = 40060
_TOO_LATE: Final[dict[int, str]] = {
    10062: "the 3 s for the first answer are over",
    10015: "the interaction is unknown, or its 15 min are over",
    50027: "the interaction's 15 min are over",
}


class Answering:
    """Carries out `Answer`, `Defer` and `FollowUp`.

    Args:
        acknowledgements: What was sent before.
        delivery: Where requests go.
        clock: Says how much of the 3 s is left.
        log: The actor's logger.
    """

    def __init__(
        self,
        *,
        acknowledgements: Acknowledgements,
        delivery: Delivery,
        clock: Clock,
        log: FilteringBoundLogger,
    ) -> None:
        self._acknowledgements = acknowledgements
        self._delivery = delivery
        self._clock = clock
        self._log = log
        self.failures = 0
        """Answers that Discord did not take."""
        self.acknowledged_before = 0
        """Answers to which Discord said that there was one already (40060): harmless."""
        self.superseded = 0
        """Edits that were not sent because a newer one of the same message waited."""

    async def answer(self, message: Answer) -> Answered | AnswerNotDelivered:
        """Answer an interaction, by whatever way its state leaves."""
        known = self._acknowledgements.find(message.key.id)
        until_s = self._clock.monotonic_s() + _LATER_ANSWER_S
        breach = find_breach(message.response, attachment_size_limit=known.attachment_size_limit)
        if breach is not None:
            self._log.error("gateway.answer_breaks_limit", breach=breach)
            return self._failed(message.key, "refused", f"over Discord's limits: {breach}")
        async with _in_turn(known, message.response) as is_newest:
            if known.state == "pending":
                return await self._answer_first(message, known, until_s)
            if not is_newest:
                self.superseded += 1
                return Answered()  # an edit that was asked for later shows the newer state
            return await self._answer_later(message.key, message.response, known, until_s)

    async def defer(self, message: Defer) -> Deferred | AnswerNotDelivered:
        """Ask for more time, unless something was sent already."""
        known = self._acknowledgements.find(message.key.id)
        async with known.lock:
            if known.state != "pending":
                return Deferred()
            body = deferral_body(ephemeral=message.ephemeral, update=message.update)
            request = Request(method="POST", path=_callback_path(message.key), body=body)
            outcome = await self._call_back(request, known)
            if isinstance(outcome, Delivered):
                known.state = "deferred"
                known.original_is_source = message.update
                return Deferred()
            if self._was_acknowledged_before(message.key, outcome):
                known.state = "deferred"
                return Deferred()
            return self._undelivered(message.key, outcome)

    async def follow_up(self, message: FollowUp) -> Answered | AnswerNotDelivered:
        """Send one more message."""
        known = self._acknowledgements.find(message.key.id)
        until_s = self._clock.monotonic_s() + _LATER_ANSWER_S
        breach = find_breach(message.reply, attachment_size_limit=known.attachment_size_limit)
        if breach is not None:
            self._log.error("gateway.answer_breaks_limit", breach=breach)
            return self._failed(message.key, "refused", f"over Discord's limits: {breach}")
        async with known.lock:
            request = _follow_up(message.key, message.reply)
            return await self._send_later(message.key, request, known, until_s)

    async def _answer_first(
        self, message: Answer, known: Acknowledgement, until_s: float
    ) -> Answered | AnswerNotDelivered:
        key, response = message.key, message.response
        request = Request(
            method="POST",
            path=_callback_path(key),
            body=callback_body(response),
            files=files_of(response),
        )
        outcome = await self._call_back(request, known)
        if isinstance(outcome, Delivered):
            known.state = "answered"
            known.original_is_source = isinstance(response, UpdateMessage)
            if isinstance(response, OfferChoices):
                self._acknowledgements.forget(key.id)
            return Answered()
        if self._was_acknowledged_before(key, outcome):
            # By an earlier incarnation, or by an attempt of ours whose answer was lost. Whichever
            # it was, an edit to the same content is right.
            known.state = "deferred"
            if isinstance(response, ShowModal):
                return Answered()
            return await self._answer_later(key, response, known, until_s)
        return self._undelivered(key, outcome)

    async def _answer_later(
        self, key: InteractionKey, response: Response, known: Acknowledgement, until_s: float
    ) -> Answered | AnswerNotDelivered:
        match response:
            case OfferChoices():
                return Answered()  # the choices of the first answer are on the screen
            case ShowModal():
                return self._failed(key, "refused", "a form must be the first answer")
            case Reply() if known.original_is_source:
                request = _follow_up(key, response)
            case Reply():
                request = _edit(key, response)
            case UpdateMessage(reply=reply):
                request = _edit(key, reply)
        return await self._send_later(key, request, known, until_s)

    async def _call_back(self, request: Request, known: Acknowledgement) -> Outcome:
        left_s = known.received_at_s + _FIRST_ANSWER_S - self._clock.monotonic_s()
        return await self._delivery.send(request, within_s=left_s)

    async def _send_later(
        self, key: InteractionKey, request: Request, known: Acknowledgement, until_s: float
    ) -> Answered | AnswerNotDelivered:
        if self._acknowledgements.has_expired(known):
            return self._failed(key, "too_late", _TOO_LATE[50027])
        left_s = until_s - self._clock.monotonic_s()
        outcome = await self._delivery.send(request, within_s=left_s)
        if isinstance(outcome, Delivered):
            known.state = "answered"
            return Answered()
        return self._undelivered(key, outcome)

    def _was_acknowledged_before(self, key: InteractionKey, outcome: Outcome) -> bool:
        if not (isinstance(outcome, Refused) and outcome.code == _ALREADY_ACKNOWLEDGED):
            return False
        self.acknowledged_before += 1
        self._log.info("gateway.acknowledged_before", interaction_id=key.id)
        return True

    def _undelivered(
        self, key: InteractionKey, outcome: Refused | NotReached
    ) -> AnswerNotDelivered:
        match outcome:
            case NotReached(detail=detail):
                return self._failed(
                    key, "unreachable", f"Discord did not take it in time: {detail}"
                )
            case Refused(code=code, detail=detail) if code in _TOO_LATE:
                return self._failed(key, "too_late", f"{_TOO_LATE[code]} ({detail})")
            case Refused(detail=detail):
                return self._failed(key, "refused", detail)

    def _failed(
        self,
        key: InteractionKey,
        reason: Literal["too_late", "refused", "unreachable"],
        detail: str,
    ) -> AnswerNotDelivered:
        self.failures += 1
        self._log.warning(
            "gateway.answer_not_delivered", interaction_id=key.id, reason=reason, detail=detail
        )
        return AnswerNotDelivered(reason=reason, detail=detail)


@asynccontextmanager
async def _in_turn(known: Acknowledgement, response: Response) -> AsyncIterator[bool]:
    """Hold the interaction's lock; gives False for an edit when a newer one waits by then."""
    if not _is_edit(known, response):
        async with known.lock:
            yield True
        return
    known.newest_edit = own = known.newest_edit + 1
    try:
        await known.lock.acquire()
    except asyncio.CancelledError:
        if known.newest_edit == own:
            known.newest_edit -= 1
        raise
    try:
        yield known.newest_edit == own
    finally:
        known.lock.release()


def _is_edit(known: Acknowledgement, response: Response) -> bool:
    match response:
        case UpdateMessage():
            return True
        case Reply():
            return not known.original_is_source
        case OfferChoices() | ShowModal():
            return False


def _callback_path(key: InteractionKey) -> str:
    return f"/interactions/{key.id}/{key.token}/callback"


def _edit(key: InteractionKey, reply: Reply) -> Request:
    return Request(
        method="PATCH",
        path=f"/webhooks/{key.application_id}/{key.token}/messages/@original",
        body=message_body(reply, replaces=True),
        files=reply.files,
    )


def _follow_up(key: InteractionKey, reply: Reply) -> Request:
    return Request(
        method="POST",
        path=f"/webhooks/{key.application_id}/{key.token}",
        body=message_body(reply, replaces=False),
        files=reply.files,
        repeatable=False,
    )
