"""Tells captains, in their team's channel, when a player is believed to play something else.

One message for all that turned within a minute. It goes to the channel that the team has chosen, or
to the operators' where that is in the same server; nothing of a team is told in another's server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.channel_asking import ask_gateway, nonce_of
from actors.discord_gateway.channel_message import NotPosted, PostToChannel
from actors.discord_gateway.kept_message import LookAtChannel
from scooty.core.i18n import translator_for
from scooty.core.storage.function_call import call_function
from scooty.domain.ids import GuildId
from scooty.errors import StorageError, StorageUnavailable
from scooty.features.alerts.replies.turns import turns_told
from scooty.features.boards.calls import DescribeTurns, ListConsensuses

if TYPE_CHECKING:
    from datetime import datetime

    from actors.discord_gateway.protocol import GatewayMessage
    from actors.kernel import Address, TaskOwner
    from actors.repository.messages import RepositoryMessage
    from scooty.core.calls import Calls
    from scooty.features.alerts.last_told import LastTold
    from scooty.features.boards.calls import Turns

_WAIT_S: Final = 60.0
"""In which reports of one round come together."""
_RETRY_S: Final = 30.0
_ASK_S: Final = 7.5
_LIST_S: Final = 5.0
_MOST_GUILDS: Final = 500


class TurnWatch:
    """Watches all guilds.

    Args:
        owner: The actor.
        calls: Where it is read what teams believe.
        gateway: The way to Discord.
        repository: Where it is asked who has an event.
        channel_id: The operators' channel, for a team that has chosen none.
        last_told: What was told.
    """

    def __init__(  # noqa: PLR0913 - its surroundings, by name
        self,
        owner: TaskOwner,
        *,
        calls: Calls,
        gateway: Address[GatewayMessage],
        repository: Address[RepositoryMessage],
        channel_id: int | None,
        last_told: LastTold,
    ) -> None:
        self._owner = owner
        self._calls = calls
        self._gateway = gateway
        self._repository = repository
        self._channel_id = channel_id
        self._beliefs = last_told
        self._waiting: set[GuildId] = set()

    def begin(self) -> None:
        """Learn what teams believe now, to know from what anybody turns."""
        self._owner.spawn(self._learn_all(), name="last_told")

    def look_later(self, guild_id: GuildId) -> None:
        """Look at a guild that has changed, a minute after its first change."""
        if guild_id not in self._waiting:
            self._waiting.add(guild_id)
            self._owner.spawn(self._tell_later(guild_id), name="turns")

    async def _learn_all(self) -> None:
        while True:
            try:
                guild_ids = await call_function(
                    self._repository, "list_active_guilds", timeout_s=_LIST_S, at_most=_MOST_GUILDS
                )
                for guild_id in map(GuildId, guild_ids):
                    await self._learn(guild_id)
            except StorageUnavailable:
                await self._owner.clock.sleep(_RETRY_S)
            else:
                return

    async def _learn(self, guild_id: GuildId) -> None:
        try:
            found = await self._calls.read(guild_id, ListConsensuses())
        except StorageUnavailable:
            raise
        except StorageError as error:
            self._complain(guild_id, error)
            return
        if self._beliefs.take_in(guild_id, found):
            self.look_later(guild_id)  # it turned while nobody looked

    async def _tell_later(self, guild_id: GuildId) -> None:
        began_at = self._owner.clock.now()
        pause_s = _WAIT_S
        while True:
            await self._owner.clock.sleep(pause_s)
            self._waiting.discard(guild_id)  # what changes from here on has a minute of its own
            is_done = await self._look_and_tell(guild_id, began_at)
            if is_done or guild_id in self._waiting:
                return
            self._waiting.add(guild_id)
            pause_s = _RETRY_S

    async def _look_and_tell(self, guild_id: GuildId, began_at: datetime) -> bool:
        """Tell what turned; return whether that is done with."""
        try:
            found = await self._calls.read(guild_id, ListConsensuses())
            turned = self._beliefs.take_in(guild_id, found)
            if not turned:
                return True
            earlier = DescribeTurns(earlier=tuple(turned.items()))
            turns = await self._calls.read(guild_id, earlier)
        except StorageUnavailable:
            return False
        except StorageError as error:
            self._complain(guild_id, error)
            return True
        if turns.turns and not await self._tell(guild_id, turns, began_at):
            return False
        self._beliefs.told(guild_id, found)
        return True

    def _complain(self, guild_id: GuildId, error: StorageError) -> None:
        """Log a bug, which the next change of the guild meets again."""
        self._owner.log.warning("turns.not_read", guild=guild_id, reason=str(error))

    async def _tell(self, guild_id: GuildId, turns: Turns, began_at: datetime) -> bool:
        channel_id = turns.admin_channel_id or self._channel_id
        if channel_id is None:
            return True
        look = LookAtChannel(channel_id=channel_id)
        seen = await ask_gateway(self._gateway, look, timeout_s=_ASK_S)
        if isinstance(seen, NotPosted):
            return self._weigh(guild_id, seen)
        if seen.guild_id != guild_id:
            return True
        t = translator_for(turns.language or seen.locale)
        reply = turns_told(turns.turns, t, with_names=not seen.open_to_everyone)
        nonce = _nonce(guild_id, turns, began_at)
        post = PostToChannel(channel_id=channel_id, reply=reply, nonce=nonce)
        return self._weigh(guild_id, await ask_gateway(self._gateway, post, timeout_s=_ASK_S))

    def _weigh(self, guild_id: GuildId, outcome: object) -> bool:
        """Tell whether the matter is done with; what a person has to mend is left to them."""
        if not isinstance(outcome, NotPosted):
            return True
        if outcome.reason == "not_connected":
            return False
        self._owner.log.warning(
            "turns.not_posted", guild=guild_id, reason=outcome.reason, lacking=outcome.lacking
        )
        return True


def _nonce(guild_id: GuildId, turns: Turns, began_at: datetime) -> str:
    """Name a message: the same words of the same minute are the same message."""
    turned = [(each.player_id, each.now) for each in turns.turns]
    return nonce_of(repr((guild_id, began_at, turned)))
