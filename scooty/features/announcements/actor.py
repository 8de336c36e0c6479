"""The announcer's actor: tells each team that a round is up.

Owns:
    Which announcements are under way. What was announced, and who was told, stands in the database.

Loses at restart:
    What was under way. The next incarnation finds in the database every round of the last hour
    whose message is missing or of which somebody is still to be told, and goes on with it; what had
    reached Discord before it could be remembered is not shown twice there, by its nonce.

Failure modes:
    Discord or the database out of reach: tried again after a while, at most a minute, for about an
    hour. A message that somebody deleted: a new one, when the round is applied again. A channel
    that the bot may not write in: whoever applied the round reads it, and nothing is tried by
    itself but at each check. A member whose direct messages are closed: a line in the team's
    channel that mentions them alone, once for each round.

Asks: the gateway, and the repository.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, assert_never

from typing_extensions import override

from actors.kernel import AsyncioActor
from scooty.core.round_applied import RoundApplied
from scooty.core.storage.function_call import list_rows
from scooty.errors import StorageUnavailable
from scooty.features.announcements.calls import DueRound
from scooty.features.announcements.messages import AnnouncerMessage, CheckRounds
from scooty.features.announcements.round_announcer import RoundAnnouncer

if TYPE_CHECKING:
    from actors.discord_gateway.protocol import GatewayMessage
    from actors.kernel import Address
    from actors.repository.messages import RepositoryMessage
    from scooty.core.calls import Calls
    from scooty.core.round_applied import AnnounceOutcome
    from scooty.domain.ids import GuildId

_MOST: Final = 500
_AT_ONCE: Final = 4
"""Direct messages on their way: opening one is limited by Discord more than anything else."""
_LIST_S: Final = 5.0
_RETRY_S: Final = 5.0


class Announcer(AsyncioActor[AnnouncerMessage]):
    """Announces the rounds of all guilds.

    Args:
        calls: What there is to say, and what was said.
        repository: Where it is asked of which rounds nobody was told.
        gateway: The way to Discord.
    """

    finishes_expired = True  # what was posted must be noted

    def __init__(
        self,
        *,
        calls: Calls,
        repository: Address[RepositoryMessage],
        gateway: Address[GatewayMessage],
    ) -> None:
        super().__init__()
        self._calls = calls
        self._repository = repository
        self._gateway = gateway
        self._round_announcers: dict[GuildId, RoundAnnouncer] = {}
        self._room = asyncio.Semaphore(_AT_ONCE)

    @override
    async def on_start(self) -> None:
        """Go on with what is missing; nobody waits for it."""
        self.spawn(self._take_up(), name="taking up")

    @override
    async def on_receive(self, message: AnnouncerMessage) -> AnnounceOutcome | int:
        match message:
            case RoundApplied(guild_id=guild_id):
                round_announcer = self._round_announcer(guild_id)
                return await round_announcer.announce(message.event_id, message.round_number)
            case CheckRounds():
                return await self._check()
            case _:
                assert_never(message)

    async def _take_up(self) -> None:
        while True:
            try:
                count = await self._check()
            except StorageUnavailable:
                await self.clock.sleep(_RETRY_S)
            else:
                self.log.info("rounds.taken_up", rounds=count)
                return

    async def _check(self) -> int:
        """See to every round of which something is missing, one after the other, later."""
        due = await list_rows(
            self._repository, "list_unannounced_rounds", DueRound, timeout_s=_LIST_S, at_most=_MOST
        )
        for each in due:
            self._round_announcer(each.guild_id).announce_soon(each.event_id, each.round_number)
        return len(due)

    def _round_announcer(self, guild_id: GuildId) -> RoundAnnouncer:
        round_announcer = self._round_announcers.get(guild_id)
        if round_announcer is None:
            round_announcer = RoundAnnouncer(
                guild_id,
                self,
                calls=self._calls,
                gateway=self._gateway,
                room=self._room,
            )
            self._round_announcers[guild_id] = round_announcer
        return round_announcer
