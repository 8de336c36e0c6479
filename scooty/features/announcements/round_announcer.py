"""Announces one guild's rounds: one message each, kept as the pairings are."""

from __future__ import annotations

import asyncio
from itertools import count
from typing import TYPE_CHECKING, Final, TypeVar

from actors.discord_gateway.channel_asking import ask_gateway, nonce_of
from actors.discord_gateway.channel_message import NotPosted, PostToChannel
from actors.discord_gateway.kept_message import ChannelSeen, EditInChannel, LookAtChannel
from actors.kernel import Backoff
from scooty.core.call import Caller
from scooty.core.i18n import translator_for
from scooty.domain.announcing import NotNews, NowhereToAnnounce, RoundAnnounced
from scooty.domain.ids import MemberId, RequestId
from scooty.errors import StorageError, StorageUnavailable
from scooty.features.announcements.calls import (
    KeepRoundMessage,
    ReadAnnouncement,
    RoundGone,
)
from scooty.features.announcements.pairing_notifier import PairingNotifier
from scooty.features.announcements.replies import round_up

if TYPE_CHECKING:
    from actors.discord_gateway.protocol import GatewayMessage
    from actors.kernel import Address, Asked, TaskOwner
    from scooty.core.calls import Calls
    from scooty.core.round_applied import AnnounceOutcome
    from scooty.domain.ids import EventId, GuildId
    from scooty.features.announcements.calls import Announcement, StandingAt

R = TypeVar("R")

_PAUSES: Final = Backoff(first_s=5.0, max_s=60.0)
_ATTEMPTS: Final = 60
"""About an hour of them: after that a round is hardly news."""
_ASK_S: Final = 7.5
_NOBODY: Final = MemberId(0)
"""No member posts it."""
_NOWHERE: Final = frozenset({"unknown_channel", "forbidden"})
"""Of an earlier message's channel: the message is put where it belongs now."""


class RoundAnnouncer:
    """One guild's announcements.

    Args:
        guild_id: Whose.
        owner: The actor.
        calls: What there is to say, and what was said.
        gateway: The way to Discord.
        room: For how many direct messages may be on their way, of all guilds.
    """

    def __init__(
        self,
        guild_id: GuildId,
        owner: TaskOwner,
        *,
        calls: Calls,
        gateway: Address[GatewayMessage],
        room: asyncio.Semaphore,
    ) -> None:
        self._guild_id = guild_id
        self._owner = owner
        self._calls = calls
        self._gateway = gateway
        self._notifier = PairingNotifier(guild_id, owner, calls=calls, gateway=gateway, room=room)
        self._turn = asyncio.Lock()
        self._turn_to_tell = asyncio.Lock()

    async def announce(self, event_id: EventId, round_number: int) -> AnnounceOutcome:
        """Announce a round now; members are told, and failures repeated, afterwards."""
        outcome = await self._announce(event_id, round_number)
        self._owner.spawn(self._see_through(event_id, round_number, outcome), name="telling")
        return outcome

    def announce_soon(self, event_id: EventId, round_number: int) -> None:
        """Announce a round for which nobody waits."""
        self._owner.spawn(self._see_through(event_id, round_number, None), name="announcing")

    async def _see_through(
        self, event_id: EventId, round_number: int, outcome: AnnounceOutcome | None
    ) -> None:
        for attempt in count(1):
            if outcome is None:
                outcome = await self._announce(event_id, round_number)
            is_away = isinstance(outcome, NotPosted) and outcome.reason == "not_connected"
            if not is_away and await self._tell(event_id, round_number, outcome):
                return
            if attempt >= _ATTEMPTS:
                self._owner.log.warning("round.given_up", guild=self._guild_id)
                return
            await self._owner.clock.sleep(_PAUSES.delay_s(attempt))
            outcome = None

    async def _tell(self, event_id: EventId, round_number: int, outcome: AnnounceOutcome) -> bool:
        """Tell the members who are still to be told; false when that is to be tried again."""
        channel_id = outcome.channel_id if isinstance(outcome, RoundAnnounced) else None
        try:
            async with self._turn_to_tell:  # who is told is remembered before the next one reads it
                found = await self._read(event_id, round_number)
                if isinstance(found, RoundGone) or not found.notices:
                    return True
                locale = found.language or await self._locale_of(channel_id)
                return await self._notifier.tell_all(found, locale=locale, channel_id=channel_id)
        except StorageUnavailable:
            return False
        except StorageError as error:
            self._complain(str(error))
            return True

    async def _read(self, event_id: EventId, round_number: int) -> Announcement | RoundGone:
        call = ReadAnnouncement(event_id=event_id, round_number=round_number)
        return await self._calls.read(self._guild_id, call)

    async def _locale_of(self, channel_id: int | None) -> str | None:
        if channel_id is None:
            return None
        seen = await self._ask(LookAtChannel(channel_id=channel_id))
        return seen.locale if isinstance(seen, ChannelSeen) else None

    async def _announce(self, event_id: EventId, round_number: int) -> AnnounceOutcome:
        try:
            async with self._turn:
                found = await self._read(event_id, round_number)
                outcome = NotNews() if isinstance(found, RoundGone) else await self._bring_up(found)
        except StorageUnavailable as error:
            return NotPosted(reason="not_connected", detail=type(error).__name__)
        except StorageError as error:  # a bug, which must not cost the other guilds their actor
            outcome = NotPosted(reason="refused", detail=str(error))
        if isinstance(outcome, NotPosted) and outcome.reason != "not_connected":
            self._complain(outcome.detail)
        return outcome

    async def _bring_up(self, found: Announcement) -> AnnounceOutcome:
        """Edit the round's message, or post one where it belongs."""
        if found.message is not None:
            outcome = await self._edit(found, found.message)
            if not _is_gone(outcome):
                return outcome
        if not found.is_newest:
            return NotNews()
        if found.place_id is None:
            return NowhereToAnnounce()
        return await self._post(found, found.place_id)

    async def _edit(self, found: Announcement, message: StandingAt) -> AnnounceOutcome:
        seen = await self._look(message.channel_id)
        if isinstance(seen, NotPosted):
            return seen
        edit = EditInChannel(
            channel_id=message.channel_id,
            message_id=message.message_id,
            reply=round_up(found, translator_for(found.language or seen.locale)),
        )
        outcome = await self._ask(edit)
        if isinstance(outcome, NotPosted):
            return outcome
        return RoundAnnounced(
            channel_id=message.channel_id, message_id=message.message_id, was_edited=True
        )

    async def _post(self, found: Announcement, channel_id: int) -> AnnounceOutcome:
        seen = await self._look(channel_id)
        if isinstance(seen, NotPosted):
            return seen
        post = PostToChannel(
            channel_id=channel_id,
            reply=round_up(found, translator_for(found.language or seen.locale)),
            nonce=self._nonce(found),
        )
        posted = await self._ask(post)
        if isinstance(posted, NotPosted):
            return posted
        caller = Caller(
            guild_id=self._guild_id,
            member_id=_NOBODY,
            request_id=RequestId(posted.message_id),
        )
        keep = KeepRoundMessage(
            event_id=found.event.id,
            round_number=found.round_number,
            channel_id=channel_id,
            message_id=posted.message_id,
        )
        await self._calls.write(caller, keep)
        self._owner.log.info("round.announced", guild=self._guild_id, round=found.round_number)
        return RoundAnnounced(channel_id=channel_id, message_id=posted.message_id, was_edited=False)

    async def _look(self, channel_id: int) -> ChannelSeen | NotPosted:
        seen = await self._ask(LookAtChannel(channel_id=channel_id))
        if isinstance(seen, ChannelSeen) and seen.guild_id != self._guild_id:
            return NotPosted(reason="refused", detail="a channel of another server")
        return seen

    async def _ask(self, query: Asked[GatewayMessage, R]) -> R | NotPosted:
        return await ask_gateway(self._gateway, query, timeout_s=_ASK_S)

    def _nonce(self, found: Announcement) -> str:
        """Name a message: the next one of a round after the one that is remembered."""
        before = None if found.message is None else found.message.message_id
        return nonce_of(f"round {self._guild_id} {found.event.id} {found.round_number} {before}")

    def _complain(self, detail: str) -> None:
        self._owner.log.warning("round.not_announced", guild=self._guild_id, detail=detail)


def _is_gone(outcome: AnnounceOutcome) -> bool:
    """Tell whether an earlier message is not there any more, or out of the bot's reach for good."""
    if not isinstance(outcome, NotPosted):
        return False
    return outcome.reason == "unknown_message" or outcome.reason in _NOWHERE
