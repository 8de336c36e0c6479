"""Players as options: suggested with their ids, and found by id or by a name typed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.inputs import TextOption
from scooty.core.requests import Refused
from scooty.core.text.custom_ids import parse_id
from scooty.domain.ids import PlayerId
from scooty.features.players.calls.players import (
    FindPlayer,
    FoundPlayer,
    NobodyCertain,
    SuggestPlayers,
)
from scooty.features.players.replies.player_names import (
    merged_already,
    nobody_certain,
    player_choices,
)

if TYPE_CHECKING:
    from actors.discord_gateway.replies import OfferChoices
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, TypingRequest

KNOWN_PLAYER: Final = TextOption(
    name="player",
    name_key="option.known_player.name",
    description_key="option.known_player",
    limit=100,
    autocomplete=True,
)
INTO_PLAYER: Final = TextOption(
    name="into",
    name_key="option.into_player.name",
    description_key="option.into_player",
    limit=100,
    autocomplete=True,
)


async def suggest_players(request: TypingRequest, ports: Ports) -> OfferChoices:
    """Offer the guild's players, of whatever event."""
    found = await ports.calls.read(request.guild_id, SuggestPlayers(text=request.text))
    return player_choices(found, request.t)


async def find_player(
    request: CommandRequest, ports: Ports, option: TextOption
) -> FoundPlayer | Refused:
    """Find whom an option means; a name that does not tell is refused with the candidates."""
    typed = option.read(request)
    chosen = parse_id(typed)
    call = FindPlayer(player_id=None if chosen is None else PlayerId(chosen), name=typed)
    found = await ports.calls.read(request.guild_id, call)
    if isinstance(found, FoundPlayer):
        return found
    if isinstance(found, NobodyCertain):
        return Refused(response=nobody_certain(found, typed, request.t))
    return Refused(response=merged_already(found, request.t))
