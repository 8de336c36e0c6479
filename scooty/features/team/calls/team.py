"""The book of the team: which member is which player, and whom they play."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.core.storage.book import Book
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import GuildId, MemberId, PlayerId
from scooty.domain.names import name_key, word_key
from scooty.domain.text import clean
from scooty.features.players.calls.players import PlayerGone
from scooty.features.team.calls.team_decoding import team_outcome
from scooty.features.team.calls.team_values import (
    AgainstTeammate,
    Drafting,
    Linked,
    LinkedBefore,
    Links,
    NoOpponent,
    NoRound,
    Notified,
    NotifiedBefore,
    NotLinked,
    OpponentFound,
    PlayerTaken,
    Unlinked,
)

if TYPE_CHECKING:
    from scooty.core.call import Caller
    from scooty.features.team.calls.team_values import LinkOutcome, OpponentOutcome


class TeamBook(Book):
    """Every guild's team."""

    async def link(
        self,
        caller: Caller,
        *,
        linked_id: MemberId,
        linked_name: str,
        player_id: PlayerId | None,
        name: str,
    ) -> LinkOutcome:
        """Say which player a member is.

        Args:
            caller: Who says so.
            linked_id: The member, who may be the caller.
            linked_name: How the member is called at Discord.
            player_id: The player; None for one of that name, who is made when there is none.
            name: The player's.
        """
        value = await self._write(
            "link_member",
            caller,
            linked_id=linked_id,
            linked_name=linked_name,
            player_id=player_id,
            name=clean(name),
            name_key=name_key(name),
            word_key=word_key(name),
        )
        return team_outcome(value, Linked, LinkedBefore, PlayerTaken, PlayerGone)

    async def unlink(self, caller: Caller, *, linked_id: MemberId) -> Unlinked | NotLinked:
        """Say that a member is no player any more."""
        value = await self._write("unlink_member", caller, linked_id=linked_id)
        return team_outcome(value, Unlinked, NotLinked)

    async def notify(
        self, caller: Caller, *, wanted: bool
    ) -> Notified | NotifiedBefore | NotLinked:
        """Say whether the caller gets direct messages when a round is up."""
        value = await self._write("set_notification", caller, wanted=wanted)
        return team_outcome(value, Notified, NotifiedBefore, NotLinked)

    async def list_links(self, *, guild_id: GuildId) -> Links:
        """Return who is which player."""
        return team_outcome(await self._calls.read("list_links", guild_id=guild_id), Links)

    async def find_opponent(
        self, *, guild_id: GuildId, member_id: MemberId, round_number: int | None = None
    ) -> OpponentOutcome:
        """Return whom a member plays, in the newest round if no other is asked for."""
        value = await self._calls.read_kept(
            "my_opponent", guild_id=guild_id, member_id=member_id, round=round_number
        )
        return team_outcome(
            value,
            OpponentFound,
            AgainstTeammate,
            Drafting,
            NoOpponent,
            NoRound,
            NotLinked,
            NoActiveEvent,
        )
