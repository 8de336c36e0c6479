"""Tells members of one guild privately whom they play: those who asked for it, each once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from actors.discord_gateway.channel_asking import ask_gateway, nonce_of
from actors.discord_gateway.channel_message import NotPosted
from actors.discord_gateway.member_message import SendToMember
from actors.discord_gateway.messages import Answered
from scooty.core.call import Caller
from scooty.core.i18n import translator_for
from scooty.domain.ids import RequestId
from scooty.errors import StorageUnavailable
from scooty.features.announcements.calls import NoteTold
from scooty.features.announcements.replies import closed_for_messages, pairing_told

if TYPE_CHECKING:
    from actors.discord_gateway.protocol import GatewayMessage
    from actors.kernel import Address, TaskOwner
    from scooty.core.calls import Calls
    from scooty.domain.ids import GuildId
    from scooty.features.announcements.calls import Announcement, PairingNotice

_SEND_S: Final = 7.5


class PairingNotifier:
    """One guild's direct messages.

    Args:
        guild_id: Whose.
        owner: The actor.
        calls: Where it is remembered who was told what.
        gateway: The way to Discord.
        room: For how many may be on their way, of all guilds.
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
        self._room = room

    async def tell_all(
        self, found: Announcement, *, locale: str | None, channel_id: int | None
    ) -> bool:
        """Tell everybody who is still to be told.

        Args:
            found: The round.
            locale: The team's language.
            channel_id: Where its message is, for those who take no direct messages; None for
                nowhere.

        Returns:
            Whether nobody is left who is to be told later.
        """
        endings = await asyncio.gather(
            *(self._tell(found, each, locale, channel_id) for each in found.notices)
        )
        return all(endings)

    async def _tell(
        self,
        found: Announcement,
        notice: PairingNotice,
        locale: str | None,
        channel_id: int | None,
    ) -> bool:
        t = translator_for(locale)
        message = SendToMember(
            user_id=notice.member_id,
            reply=pairing_told(found, notice, t),
            channel_id=channel_id,
            in_channel=None if channel_id is None else closed_for_messages(t),
            nonce=nonce_of(f"told {self._guild_id} {notice.member_id} {notice.told}"),
        )
        async with self._room:
            outcome = await ask_gateway(self._gateway, message, timeout_s=_SEND_S)
        if isinstance(outcome, NotPosted) or (
            not isinstance(outcome, Answered) and outcome.reason != "refused"
        ):
            return False
        if not isinstance(outcome, Answered):  # closed, and no channel to say so: nothing helps
            self._owner.log.warning(
                "round.not_told", guild=self._guild_id, reason=outcome.reason, detail=outcome.detail
            )
        return await self._remember(notice)

    async def _remember(self, notice: PairingNotice) -> bool:
        caller = Caller(
            guild_id=self._guild_id,
            member_id=notice.member_id,
            request_id=RequestId(notice.member_id),
        )
        try:
            await self._calls.write(caller, NoteTold(told=notice.told))
        except StorageUnavailable:
            return False
        return True
