"""What a member is told of a player they look up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.core.storage.player_card import PlayerCard

if TYPE_CHECKING:
    from tests.scooty.core.storage.conftest import Team


async def check(team: Team, name: str) -> object:
    return await team.storage.check_player(guild_id=team.guild_id, name=name)


async def found(team: Team, name: str) -> str:
    card = await check(team, name)
    assert isinstance(card, PlayerCard)
    return card.name
