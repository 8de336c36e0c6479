"""Tells people that a write of theirs, which they were told is safe, was refused in the end.

By a message under their own command while its 15 minutes last; after that by a private message;
where that is closed, by a mention in the channel that they asked in, which says nothing of what it
was. They are told at least once: a message whose arrival is uncertain is sent again.

Source: https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, TypeAlias

from actors.discord_gateway.interactions import InteractionKey
from actors.discord_gateway.member_message import SendToMember
from actors.discord_gateway.messages import Answered, FollowUp
from actors.kernel import ActorFailedError, ActorKitError
from scooty.core.i18n import translator_for

if TYPE_CHECKING:
    from datetime import datetime

    from actors.discord_gateway.messages import AnswerNotDelivered
    from actors.discord_gateway.protocol import GatewayMessage
    from actors.discord_gateway.replies import Reply
    from actors.kernel import Address
    from scooty.core.i18n import Translator
    from scooty.core.outbox.entries import Entry, Refused
    from scooty.domain.contact import Contact

Told: TypeAlias = Literal["told", "not_now", "crashed", "never"]
"""Whether the person knows. ``crashed``: the gateway failed over it. ``never``: nobody asked, or
Discord lets nothing through to them, or it is too long ago."""

_ANSWERABLE_FOR: Final = timedelta(minutes=14, seconds=45)
"""Discord's 15 minutes, and a margin for clocks and the way."""
_WORTH_TELLING_FOR: Final = timedelta(days=1)
_SEND_S: Final = 15.0
"""Long enough for a gateway that is restarting."""


class RefusalTexts(Protocol):
    """Whoever says what was refused, and what to do."""

    def queued_write_refused(  # noqa: PLR0913 - all that makes one sentence, by name
        self,
        promise: Any,
        refusal: Any,
        t: Translator,
        *,
        promised_at: datetime,
        refused_at: datetime,
        elsewhere: bool = False,
        channel_id: int | None = None,
    ) -> Reply:
        """Say that what was promised is not done after all, and what to do."""
        ...

    def refused_in_public(self, t: Translator) -> Reply:
        """Say where all can read it that something was refused, and nothing of what it was."""
        ...


async def tell_refusal(
    entry: Entry, gateway: Address[GatewayMessage], texts: RefusalTexts, *, now: datetime
) -> Told:
    """Tell the author of a refused entry."""
    contact, refused = entry.contact, entry.refused
    if contact is None or refused is None or now > refused.at + _WORTH_TELLING_FOR:
        return "never"
    try:
        if now < contact.asked_at + _ANSWERABLE_FOR:
            outcome = await gateway.ask(
                _follow_up(entry, refused, contact, texts), timeout_s=_SEND_S
            )
            if isinstance(outcome, Answered) or outcome.reason == "unreachable":
                return _verdict(outcome)
        outcome = await gateway.ask(_private(entry, refused, contact, texts), timeout_s=_SEND_S)
        return _verdict(outcome)
    except ActorFailedError:
        return "crashed"
    except ActorKitError:
        return "not_now"


def _verdict(outcome: Answered | AnswerNotDelivered) -> Told:
    if isinstance(outcome, Answered):
        return "told"
    return "not_now" if outcome.reason == "unreachable" else "never"


def _follow_up(entry: Entry, refused: Refused, contact: Contact, texts: RefusalTexts) -> FollowUp:
    reply = texts.queued_write_refused(
        entry.promise,
        refused.refusal,
        translator_for(contact.locale),
        promised_at=entry.queued_at,
        refused_at=refused.at,
    )
    key = InteractionKey(
        id=contact.interaction_id, application_id=contact.application_id, token=contact.token
    )
    return FollowUp(key=key, reply=reply)


def _private(entry: Entry, refused: Refused, contact: Contact, texts: RefusalTexts) -> SendToMember:
    t = translator_for(contact.locale)
    return SendToMember(
        user_id=contact.member_id,
        reply=texts.queued_write_refused(
            entry.promise,
            refused.refusal,
            t,
            promised_at=entry.queued_at,
            refused_at=refused.at,
            elsewhere=True,
            channel_id=contact.channel_id,
        ),
        channel_id=contact.channel_id,
        in_channel=texts.refused_in_public(t),
        nonce=str(entry.request_id),
    )
